"""The report in every representation: Turtle, JSON-LD, N-Triples, JSON, text and HTML."""

import html
import json
from typing import Any

import pyoxigraph as ox

from gcm_graph.store.media import GRAPHS, Media, named
from gcm_graph.validation.report import PREFIXES, Report, Result, shown, term

JSON = Media("json", "application/json", "json", "JSON", None)
TEXT = Media("text", "text/plain", "txt", "Text", None, (), True)
TURTLE, JSON_LD, N_TRIPLES = (
    media for name in ("turtle", "jsonld", "ntriples") if (media := named(name, GRAPHS))
)
OFFERS: tuple[Media, ...] = (TURTLE, JSON, JSON_LD, TEXT, N_TRIPLES)
"""What a report can be had as, beside the page."""


def write(report: Report, media: Media) -> bytes:
    """Return ``report`` written as ``media``."""
    if isinstance(media.engine, ox.RdfFormat):
        return graph(report, media.engine)
    if media.name == JSON.name:
        return (json.dumps(document(report), ensure_ascii=False, indent=2) + "\n").encode()
    if media.name == TEXT.name:
        return text(report).encode()
    return page(report).encode()


def graph(report: Report, form: ox.RdfFormat) -> bytes:
    """Return the report as RDF (W3C SHACL, section 3.6)."""
    held = ox.parse(report.graph.encode(), format=ox.RdfFormat.N_TRIPLES)
    prefixes = PREFIXES if form == ox.RdfFormat.TURTLE else None
    return ox.serialize((quad.triple for quad in held), format=form, prefixes=prefixes) or b""


def document(report: Report) -> dict[str, Any]:
    """Return the report as plain JSON.

    ``conforms``, ``statements``, ``shapes``, ``context``, ``release``, ``notes``, and ``results``
    with ``severity``, ``focus`` (IRI or ``_:label``), ``path`` (IRI or SPARQL path), ``value``
    (an RDF term as in SPARQL 1.1 Query Results JSON, or null), ``message``, ``mend``, ``shape``,
    ``constraint``, ``part`` and ``line`` (null when no statement bears the fault).
    """
    return {
        "conforms": report.conforms,
        "statements": report.statements,
        "shapes": report.shapes,
        "context": report.context,
        "release": report.release or None,
        "notes": list(report.notes),
        "results": [_plain(result) for result in report.results],
    }


def _plain(result: Result) -> dict[str, Any]:
    return {
        "severity": result.severity,
        "focus": _bare(result.focus),
        "path": _bare(result.path) or None,
        "value": _term(result.value),
        "message": result.message,
        "mend": result.mend or None,
        "shape": result.shape or None,
        "constraint": result.constraint or None,
        "part": result.part or None,
        "line": result.line or None,
    }


def _bare(text: str) -> str:
    found = term(text)
    return found.value if isinstance(found, ox.NamedNode) else text


def _term(text: str) -> dict[str, str] | None:
    found = term(text) if text else None
    if isinstance(found, ox.NamedNode):
        return {"type": "uri", "value": found.value}
    if isinstance(found, ox.BlankNode):
        return {"type": "bnode", "value": found.value}
    if isinstance(found, ox.Literal):
        more = {"xml:lang": found.language} if found.language else {}
        if not found.language:
            more = {"datatype": found.datatype.value}
        return {"type": "literal", "value": found.value, **more}
    return None


def verdict(report: Report) -> str:
    """Return in a few words whether the data conform."""
    number = len(report.results)
    if report.conforms:
        return "conforms"
    return f"does not conform: {number} {'result' if number == 1 else 'results'}"


def text(report: Report) -> str:
    """Return the report as lines of text: place, severity, statement, message."""
    lines = []
    for one in report.results:
        place = f"{one.part}:{one.line}: " if one.line else ""
        about = " ".join(shown(part) for part in (one.focus, one.path, one.value) if part)
        lines += [f"{place}{one.severity}: {about}", f"    {one.message}"]
        lines += [f"    {one.mend}"] if one.mend else []
    lines += [f"note: {note}" for note in report.notes]
    return "\n".join([*lines, verdict(report), ""])


def page(report: Report) -> str:
    """Return the report as a page that stands alone."""
    head = ("Line", "Severity", "Thing", "Path", "Value", "Message")
    rows = [
        (
            f"{one.part}:{one.line}" if one.line else "", one.severity, shown(one.focus),
            shown(one.path), shown(one.value), f"{one.message} {one.mend}".strip(),
        )
        for one in report.results
    ]  # fmt: skip
    cells = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    names = "".join(f"<th>{name}</th>" for name in head)
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in report.notes)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Validation</title>'
        f"<h1>The data: {verdict(report)}</h1>{notes}"
        f"<table><tr>{names}</tr>{cells}</table></html>\n"
    )
