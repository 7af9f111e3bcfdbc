"""A graph of named nodes and typed links, written for tools that draw graphs.

Standards: GraphML 1.0, GEXF 1.2 (dynamic where something is dated; read by Gephi). Both are
written by networkx.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gcm_graph.graph.label import label
from gcm_graph.graph.lifetime import NEVER, lifetimes
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.view import Ref

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Node:
    """A thing in a graph.

    Attributes:
        ref: the thing; ``ref.kind`` is the name of its most specific class.
        types: IRIs of its most specific classes.
        earliest: its first possible day, ``YYYY-MM-DD``, or empty.
        latest: its last possible day, ``YYYY-MM-DD``; empty when no end is known.
    """

    ref: Ref
    types: tuple[str, ...] = ()
    earliest: str = ""
    latest: str = ""


@dataclass(frozen=True)
class Edge:
    """A link from one thing to another.

    Attributes:
        source: IRI of the thing that it starts from.
        target: IRI of the thing that it leads to.
        relation: IRI of the property, or of the role of a dated relation; may be empty.
        label: name of the relation.
        earliest: first possible day, ``YYYY-MM-DD``, or empty.
        latest: last possible day, ``YYYY-MM-DD``, or empty.
        graphs: IRIs of the passages that say it; empty when it is derived.
    """

    source: str
    target: str
    relation: str = ""
    label: str = ""
    earliest: str = ""
    latest: str = ""
    graphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class NodeLink:
    """Nodes and the edges between them; every end of an edge is one of the nodes."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def node(reader: Reader, iri: str) -> Node:
    """Return the thing ``iri`` with its name, classes and days."""
    lifetime = lifetimes(reader).get(iri, NEVER)
    types = reader.index.types.get(iri, ())
    return Node(ref(reader, iri), types, lifetime.earliest, lifetime.latest)


def of_edges(reader: Reader, edges: Iterable[Edge]) -> NodeLink:
    """Return the graph of ``edges`` with their ends as nodes, in the order of appearance."""
    held = tuple(dict.fromkeys(edges))
    names = dict.fromkeys(end for edge in held for end in (edge.source, edge.target))
    return NodeLink(tuple(node(reader, name) for name in names), held)


def relation_label(reader: Reader, iri: str) -> str:
    """Return the name of a property or role in the reader's language."""
    return label(reader.index, iri, reader.languages)[0] if iri else ""


def graphml(graph: NodeLink) -> bytes:
    """Return ``graph`` as directed GraphML, UTF-8.

    Nodes and edges carry ``label``; nodes ``type`` (name of the class), ``class`` (its IRI),
    ``symbol``, ``start`` and ``end``; edges ``relation``, ``start``, ``end`` and ``passages``.
    What has no value is left out.
    """
    import networkx as nx  # heavy: only who asks for a graph waits for it

    out = io.BytesIO()
    nx.write_graphml(_made(graph), out, encoding="utf-8", named_key_ids=True)
    return out.getvalue()


def gexf(graph: NodeLink) -> bytes:
    """Return ``graph`` as directed GEXF, UTF-8; dynamic when something in it is dated.

    Attributes are those of `graphml`; ``start`` and ``end`` are GEXF's own.
    """
    import networkx as nx

    made = _made(graph)
    held: tuple[Node | Edge, ...] = (*graph.nodes, *graph.edges)
    if any(one.earliest or one.latest for one in held):
        made.graph["mode"] = "dynamic"
    out = io.BytesIO()
    nx.write_gexf(made, out, encoding="utf-8", version="1.2draft")
    return out.getvalue()


def _made(graph: NodeLink) -> "nx.MultiDiGraph":
    import networkx as nx

    made: nx.MultiDiGraph = nx.MultiDiGraph()
    for one in graph.nodes:
        attributes = {
            "label": one.ref.label,
            "type": one.ref.kind,
            "class": one.types[0] if one.types else "",
            "symbol": one.ref.identifier,
        }
        made.add_node(one.ref.iri, **_dated(attributes, one.earliest, one.latest))
    for number, edge in enumerate(graph.edges):
        attributes = {
            "label": edge.label,
            "relation": edge.relation,
            "passages": " | ".join(edge.graphs),
        }
        more = _dated(attributes, edge.earliest, edge.latest)
        made.add_edge(edge.source, edge.target, key=str(number), **more)
    return made


def _dated(attributes: dict[str, str], earliest: str, latest: str) -> dict[str, Any]:
    whole = {**attributes, "start": earliest, "end": latest}
    return {name: value for name, value in whole.items() if value}
