"""The checks: SHACL shapes and whole-dataset queries, with file and line for each fault."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

from gcm_graph.build.authored import Authored
from gcm_graph.build.fault import Fault
from gcm_graph.build.rule import RuleFile
from gcm_graph.terms import Term, text

rdflib.NORMALIZE_LITERALS = False


def flat(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Return the distinct statements of ``quads`` as one rdflib graph, literals as written."""
    triples = sorted({str(ox.Triple(q.subject, q.predicate, q.object)) for q in quads})
    graph = rdflib.Graph()
    graph.parse(data=" .\n".join([*triples, ""]), format="nt")
    return graph


def shapes(folder: Path) -> rdflib.Graph:
    """Return the shapes of ``ontology/shapes`` as one graph."""
    graph = rdflib.Graph()
    for path in sorted(folder.glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def validate(data: rdflib.Graph, rules: rdflib.Graph) -> list[tuple[str, str, str, str, str]]:
    """Validate ``data`` against the shapes ``rules`` (W3C SHACL core).

    Returns:
        Severity, message, focus node, path and value of each result, as N-Triples terms.
    """
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, inference="none", advanced=False)
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):  # type: ignore[union-attr]

        def one(term: rdflib.URIRef, result: rdflib.term.Node = result) -> str:
            value = report.value(result, term)  # type: ignore[union-attr]
            return value.n3() if value is not None else ""

        severity = "violation" if one(SH.resultSeverity) == SH.Violation.n3() else "warning"
        message = str(report.value(result, SH.resultMessage) or "")  # type: ignore[union-attr]
        shown = (one(SH.focusNode), one(SH.resultPath), one(SH.value))
        found.append((severity, message, *shown))
    return sorted(found)


def shape_faults(quads: Sequence[ox.Quad], folder: Path, authored: Authored) -> list[Fault]:
    """Return what the shapes find in ``quads`` (authored and derived)."""
    by_focus: dict[tuple[str, str], ox.Quad] = {}
    for quad in quads:
        by_focus.setdefault((str(quad.subject), str(quad.predicate)), quad)
        by_focus.setdefault((str(quad.subject), ""), quad)
    faults = []
    for severity, message, focus, path, value in validate(flat(quads), shapes(folder)):
        quad = by_focus.get((focus, path)) or by_focus.get((focus, ""))
        file, line = authored.place(quad) if quad else ("", 0)
        shown = " ".join(_short(t) for t in (focus, path, value) if t)
        faults.append(Fault(file, line, message, shown, severity))
    return faults


def query_faults(store: ox.Store, checks: Sequence[RuleFile], authored: Authored) -> list[Fault]:
    """Return what the queries of ``ontology/checks`` find in the dataset."""
    index: dict[tuple[str, str], tuple[str, int]] = {}
    for quad, place in authored.places.items():
        index.setdefault((str(quad.subject), str(quad.predicate)), place)
        index.setdefault((str(quad.subject), ""), place)
        index.setdefault((str(quad.graph_name), ""), place)
    faults = []
    for check in checks:
        solutions = store.query(check.text)
        names = [variable.value for variable in solutions.variables]  # type: ignore[union-attr]
        for row in solutions:  # type: ignore[union-attr]
            values = {name: row[name] for name in names if row[name] is not None}
            message = str(check.header["message"])
            for name in names:
                shown = plain(values[name]) if name in values else ""
                message = message.replace("{" + name + "}", shown)
            subject = str(values["subject"])
            predicate = str(values.get("predicate", ""))
            file, line = index.get((subject, predicate)) or index.get((subject, "")) or ("", 0)
            severity = str(check.header.get("severity", "violation"))
            faults.append(Fault(file, line, message, "", severity))
    return faults


def plain(term: Term) -> str:
    """Return ``term`` as it stands in a sentence: a literal is its text, an IRI its short name."""
    return term.value if isinstance(term, ox.Literal) else text(term)


def _short(term: str) -> str:
    return text(ox.NamedNode(term[1:-1])) if term.startswith("<") else term
