"""The report of a validation: what is wrong, where, by which rule, and how to mend it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from gcm_graph.namespaces import RDF_TYPE, SH, XSD, named
from gcm_graph.terms import Term
from gcm_graph.terms import text as in_words

PREFIXES = {"sh": SH, "xsd": XSD}


@dataclass(frozen=True)
class Result:
    """One thing that is wrong.

    Attributes:
        severity: ``violation``, ``warning`` or ``info``.
        focus: the node that was looked at, as an N-Triples term.
        path: the property or SHACL path from there, in words of SPARQL; empty for the node itself.
        value: the value at fault, as an N-Triples term; empty when there is none.
        message: what is wrong.
        shape: IRI of the rule, or its blank node; empty when it is not known.
        constraint: the kind of constraint, as the local name of its SHACL component.
        mend: what to do, when the message of the rule does not say it.
        part: which text the statement stands in: ``data``, or the name of a file.
        line: line in that text; 0 when no statement of it is at fault.
    """

    severity: str
    focus: str
    path: str
    value: str
    message: str
    shape: str = ""
    constraint: str = ""
    mend: str = ""
    part: str = ""
    line: int = 0

    @property
    def order(self) -> tuple[str, int, str, str, str]:
        """What results are sorted by: their place first."""
        return self.part, self.line, self.focus, self.path, self.message


@dataclass(frozen=True)
class Report:
    """What a validation found (W3C SHACL, section 3.6).

    Attributes:
        conforms: whether nothing was found.
        statements: how many statements were looked at.
        shapes: ``ours``, ``own`` or ``data``: where the rules come from.
        context: ``release`` or ``none``: what was known beside the data.
        release: digest of that release, or empty.
        results: what was found, by line.
        notes: what the sender should know beside it.
        graph: the report as N-Triples.
    """

    conforms: bool
    statements: int
    shapes: str
    context: str
    release: str = ""
    results: tuple[Result, ...] = ()
    notes: tuple[str, ...] = ()
    graph: str = field(default="", repr=False)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Report":
        """Return the report that its members as JSON tell."""
        results = tuple(Result(**one) for one in told["results"])
        return cls(**{**told, "results": results, "notes": tuple(told["notes"])})


def term(text: str) -> Term | None:
    """Return the term that ``text`` writes as N-Triples; ``None`` for nothing or a path."""
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    if not text.startswith(("<", '"')):
        return None
    statement = f"<urn:s> <urn:p> {text} .".encode()
    quad: ox.Quad = next(iter(ox.parse(statement, format=ox.RdfFormat.N_TRIPLES)))
    return quad.object


def shown(text: str) -> str:
    """Return an N-Triples term as people read it."""
    found = term(text)
    return in_words(found) if found is not None else text


def reading_order(triple: ox.Triple) -> tuple[bool, str, bool, str]:
    """Return what the statements of a report are sorted by: its head first, node by node."""
    head = triple.subject == ox.BlankNode("report")
    return not head, str(triple.subject), triple.predicate != RDF_TYPE, str(triple)


def rdf(conforms: bool, results: Iterable[Result]) -> Iterator[ox.Triple]:
    """Yield a SHACL report of results that no SHACL validator found."""
    head = ox.BlankNode("report")
    truth = ox.Literal(str(conforms).lower(), datatype=named(XSD, "boolean"))
    yield ox.Triple(head, RDF_TYPE, named(SH, "ValidationReport"))
    yield ox.Triple(head, named(SH, "conforms"), truth)
    for number, result in enumerate(results):
        yield from _result(head, ox.BlankNode(f"check{number}"), result)


def _result(head: ox.BlankNode, node: ox.BlankNode, result: Result) -> Iterator[ox.Triple]:
    yield ox.Triple(head, named(SH, "result"), node)
    yield ox.Triple(node, RDF_TYPE, named(SH, "ValidationResult"))
    severity = named(SH, result.severity.capitalize())
    component = named(SH, "SPARQLConstraintComponent")
    for name, value in (
        ("focusNode", term(result.focus)), ("resultPath", term(result.path)),
        ("value", term(result.value)), ("resultSeverity", severity),
        ("resultMessage", ox.Literal(result.message)),
        ("sourceShape", term(f"<{result.shape}>") if result.shape else None),
        ("sourceConstraintComponent", component),
    ):  # fmt: skip
        if value is not None:
            yield ox.Triple(node, named(SH, name), value)
