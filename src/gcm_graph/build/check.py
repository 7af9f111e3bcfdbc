"""The checks: SHACL shapes and whole-dataset queries, with file and line for each fault."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

from gcm_graph.build.authored import Authored
from gcm_graph.build.fault import BuildError, Fault
from gcm_graph.build.rule import RuleFile
from gcm_graph.namespaces import XSD
from gcm_graph.terms import Term, text

rdflib.NORMALIZE_LITERALS = False

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=200_000)
def _foreign(term: Term) -> rdflib.term.Node:
    """Return the rdflib term that is ``term``, its lexical form untouched."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language, normalize=False)
        datatype = term.datatype.value
        # rdflib takes "a" and "a"^^xsd:string for two terms; RDF 1.1 says they are one.
        plain = datatype == XSD + "string"
        kind = None if plain else rdflib.URIRef(datatype)
        # said here, too: the validator sets the default back whenever it has run
        return rdflib.Literal(term.value, datatype=kind, normalize=False)
    return rdflib.BNode(str(term)[2:])


def _foreign_triple(
    triple: ox.Quad | ox.Triple,
) -> tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]:
    return _foreign(triple.subject), _foreign(triple.predicate), _foreign(triple.object)


def flat(quads: Iterable[ox.Quad | ox.Triple]) -> rdflib.Graph:
    """Return the distinct statements of ``quads`` as one rdflib graph, literals as written."""
    graph = rdflib.Graph()
    for quad in quads:
        graph.add(_foreign_triple(quad))
    return graph


def shapes(folder: Path) -> rdflib.Graph:
    """Return the shapes of ``ontology/shapes`` as one graph.

    Raises:
        BuildError: when a file is not Turtle; it names the file.
    """
    graph = rdflib.Graph()
    for path in sorted(folder.glob("*.ttl")):
        try:
            triples = list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
        except SyntaxError as error:
            name = path.relative_to(path.parents[2]).as_posix()
            said = f"this is not well-formed: {error.msg}"
            raise BuildError([Fault(name, error.lineno or 0, said)]) from error
        for triple in triples:
            graph.add(_foreign_triple(triple))
    return graph


def validate(data: rdflib.Graph, rules: rdflib.Graph) -> list[tuple[str, str, str, str, str]]:
    """Validate ``data`` against the shapes ``rules`` (W3C SHACL core).

    Returns:
        Severity, message, focus node, path and value of each result, as N-Triples terms.
    """
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, inference="none", advanced=False)
    assert isinstance(report, rdflib.Graph)
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        said = dict(report.predicate_objects(result))
        severity = "violation" if said[SH.resultSeverity] == SH.Violation else "warning"
        focus, path, value = (
            said[name].n3() if name in said else ""
            for name in (SH.focusNode, SH.resultPath, SH.value)
        )
        found.append((severity, str(said.get(SH.resultMessage, "")), focus, path, value))
    return sorted(found)


def shape_faults(
    triples: Iterable[ox.Quad | ox.Triple], folder: Path, authored: Authored
) -> list[Fault]:
    """Return what the shapes in ``folder`` find in ``triples`` (authored and derived).

    Raises:
        BuildError: when a shape cannot be read.
    """
    faults = []
    for severity, message, *nodes in validate(flat(triples), shapes(folder)):
        file, line = authored.place(*nodes)
        shown = " ".join(_short(node) for node in nodes if node)
        faults.append(Fault(file, line, message, shown, severity))
    return faults


def query_faults(
    store: ox.Store,
    checks: Sequence[RuleFile],
    authored: Authored,
    progress: Callable[[str], None] = lambda _: None,
) -> list[Fault]:
    """Return what the queries of ``ontology/checks`` find in the dataset.

    Args:
        store: the dataset; its default graph is the merge.
        checks: SELECT queries with a message; ``?subject``, ``?predicate``, ``?value`` and
            ``?graph`` say which statement is at fault.
        authored: knows file and line of each statement.
        progress: called with the name of each check before it runs.

    Raises:
        BuildError: when a query is not SPARQL, or its message names what it does not select.
    """
    faults = []
    for check in checks:
        progress(check.name)
        solutions = check.run(store)
        names = [variable.value for variable in solutions.variables]
        missing = set(_PLACEHOLDER.findall(check.message)).difference(names)
        if missing or not check.message or "subject" not in names:
            said = "a check needs a message and ?subject, and must select what its message names"
            raise BuildError([Fault(check.file, 1, said)])
        for row in solutions:
            values = {name: row[name] for name in names if row[name] is not None}
            place = authored.place(*map(values.get, ("subject", "predicate", "value", "graph")))
            message = filled(check.message, values)
            faults.append(Fault(*place, message, "", check.severity))
    return faults


def filled(message: str, values: dict[str, Term]) -> str:
    """Return the message of a check with what its query found in the place of each ``{name}``."""
    return _PLACEHOLDER.sub(lambda m: plain(values[m[1]]) if m[1] in values else "", message)


def plain(term: Term) -> str:
    """Return ``term`` as it stands in a sentence: a literal is its text, an IRI its short name."""
    return term.value if isinstance(term, ox.Literal) else text(term)


def _short(term: str) -> str:
    return text(ox.NamedNode(term[1:-1])) if term.startswith("<") else term
