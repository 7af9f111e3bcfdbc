"""SHACL over posted statements, by pySHACL (W3C SHACL, SHACL-SPARQL, SHACL Advanced Features)."""

import io
from collections.abc import Collection, Iterable

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.helper.path_helper import shacl_path_to_sparql_path
from pyshacl.shapes_graph import ShapesGraph
from rdflib.namespace import RDF, SH
from rdflib.plugins import sparql

from gcm_graph.namespaces import BASE
from gcm_graph.store.guard import Refused, guard
from gcm_graph.validation.mending import mend
from gcm_graph.validation.report import Result

sparql.SPARQL_LOAD_GRAPHS = False  # FROM names no address to fetch

_QUERIES = ("select", "ask", "construct", "update")
_NODE = "http://posted.invalid/.well-known/genid/"


class Unusable(Exception):
    """Shapes that cannot be used; the message says why."""


def check_queries(shapes: Iterable[ox.Quad]) -> None:
    """Let shapes pass whose queries stay within the data.

    Raises:
        Unusable: when a query calls ``SERVICE``, names graphs by ``FROM`` or is an update.
    """
    names = {str(SH) + name for name in _QUERIES}
    for quad in shapes:
        if quad.predicate.value not in names or not isinstance(quad.object, ox.Literal):
            continue
        try:
            guarded = guard(quad.object.value)
        except Refused as refused:
            raise Unusable(f"A query in the shapes is refused: {refused}") from refused
        if guarded.default_graphs is not None:
            message = "A query in the shapes names graphs by FROM; it runs over the data sent only"
            raise Unusable(message)


def named_nodes(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return ``quads`` with an IRI for each blank node, so that it can be picked out to look at."""
    made = []
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.BlankNode):
            subject = ox.NamedNode(_NODE + subject.value)
        if isinstance(value, ox.BlankNode):
            value = ox.NamedNode(_NODE + value.value)
        made.append(ox.Quad(subject, quad.predicate, value, quad.graph_name))
    return made


def blank_again(text: str) -> str:
    """Return the name of a node, or N-Triples, with blank nodes in the place of `named_nodes`."""
    start = f"<{_NODE}"
    while start in text:
        before, _, rest = text.partition(start)
        label, _, after = rest.partition(">")
        text = f"{before}_:{label}{after}"
    return text


def run(
    data: rdflib.Graph, rules: rdflib.Graph, focus: Collection[str] = (), *, advanced: bool = True
) -> rdflib.Graph:
    """Return the SHACL report on ``data``.

    Args:
        data: what to validate.
        rules: the shapes.
        focus: IRIs of the nodes to look at; all that the shapes target when empty.
        advanced: whether SHACL Advanced Features are on.

    Raises:
        Unusable: when the shapes are no shapes.
    """
    # As text: the validator takes a node of an unusual scheme for a prefixed name, and an attempt
    # to expand it that is not given text is an error instead of the node itself.
    nodes: list[rdflib.URIRef | str] = list(focus)
    try:
        _, report, text = pyshacl.validate(
            data, shacl_graph=rules, inference="none", advanced=advanced, focus_nodes=nodes or None
        )
    except MemoryError:
        raise
    except Exception as error:  # whatever the validator cannot take from a stranger's shapes
        said = str(error) or type(error).__name__
        raise Unusable(f"The shapes cannot be used: {said.strip()}") from error
    if not isinstance(report, rdflib.Graph):
        raise Unusable(f"The shapes cannot be used: {str(text).strip()}")
    return report


def results(report: rdflib.Graph, rules: rdflib.Graph) -> dict[rdflib.term.Node, Result]:
    """Return the results of a SHACL report by their node, without their lines."""
    paths = ShapesGraph(report)
    found = {}
    for node in report.subjects(RDF.type, SH.ValidationResult):
        said = dict(report.predicate_objects(node))
        shape = said.get(SH.sourceShape)
        constraint = str(said.get(SH.sourceConstraintComponent, "")).rpartition("#")[2]
        told = str(shape).startswith(BASE) or (shape, SH.message, None) in rules
        found[node] = Result(
            severity=str(said[SH.resultSeverity]).rpartition("#")[2].lower(),
            focus=_text(said.get(SH.focusNode)),
            path=_path(paths, said.get(SH.resultPath)),
            value=_text(said.get(SH.value)),
            message=str(said.get(SH.resultMessage, "")),
            shape="" if shape is None else blank_again(str(shape)),
            constraint=constraint,
            mend="" if told else mend(constraint),
        )
    return found


def _text(node: rdflib.term.Node | None) -> str:
    return "" if node is None else blank_again(node.n3())


def _path(paths: ShapesGraph, node: rdflib.term.Node | None) -> str:
    if node is None or isinstance(node, rdflib.URIRef):
        return _text(node)
    try:
        return str(shacl_path_to_sparql_path(paths, node))
    except Exception:  # a path is shown as far as it can be
        return ""


def triples(report: rdflib.Graph) -> list[ox.Triple]:
    """Return a report as statements, literals as written."""
    written = blank_again(report.serialize(format="nt", encoding="utf-8").decode())
    read = ox.parse(io.BytesIO(written.encode()), format=ox.RdfFormat.N_TRIPLES)
    return [quad.triple for quad in read]
