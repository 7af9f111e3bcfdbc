"""The neighbourhood of a thing: typed edges to what stands one or two steps from it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from gcm_graph.graph.lifetime import NEVER, lifetimes
from gcm_graph.graph.node_link import Edge, Node, NodeLink, node, of_edges, relation_label
from gcm_graph.graph.passage import ordered
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import gather, iri_of, only_derived
from gcm_graph.graph.statement import node as bound
from gcm_graph.graph.view import Ref
from gcm_graph.graph.vocabulary import TECHNICAL
from gcm_graph.namespaces import DEF, RDF

EXPANDED = 150
"""Things whose own edges are read at most; beyond it the answer says that it is cut off."""

_EVIDENCE = {DEF + name for name in ("Source", "Passage", "Disagreement", "Judgement", "Rule")} | {
    DEF + "DerivedGraph",
    DEF + "EditorsGraph",
}


@dataclass(frozen=True)
class Neighbourhood:
    """What stands around a thing.

    Attributes:
        centre: the thing.
        depth: how many steps away the farthest things may stand.
        nodes: every thing, the centre first.
        edges: the edges between them that are read, each once, the nearest first.
        truncated: whether there are more edges than are listed.
    """

    centre: Ref
    depth: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    truncated: bool

    @property
    def graph(self) -> NodeLink:
        """The nodes and edges, to be written as GraphML or GEXF."""
        return NodeLink(self.nodes, self.edges)


def read(
    reader: Reader, iri: str, depth: int = 1, relations: Collection[str] = (), limit: int = 200
) -> Neighbourhood:
    """Return the neighbourhood of a thing.

    A dated relation (membership, vote …) is one edge from who to what, named by the role; derived
    statements are left out, because what they are derived from is there.

    Args:
        reader: what to read through.
        iri: the thing.
        depth: 1 for its own edges, 2 for those of its neighbours too.
        relations: properties and roles to keep to, narrower ones included; all when empty.
        limit: how many edges to list at most.
    """
    found: dict[tuple[str, str, str, str], Edge] = {}
    truncated = False
    ring, seen = [iri], {iri}
    for _ in range(depth):
        following: list[str] = []
        for name in ring:
            if len(found) >= limit:
                truncated = True
                break
            for edge in edges_of(reader, name, relations):
                key = edge.source, edge.target, edge.relation, edge.earliest
                if key in found:
                    continue
                if len(found) >= limit:
                    truncated = True
                    break
                found[key] = edge
                for end in (edge.source, edge.target):
                    if end not in seen:
                        seen.add(end)
                        following.append(end)
        ring = following[:EXPANDED]
        truncated = truncated or (len(following) > EXPANDED and _ < depth - 1)
    graph = of_edges(reader, found.values())
    others = tuple(one for one in graph.nodes if one.ref.iri != iri)
    return Neighbourhood(
        ref(reader, iri), depth, (node(reader, iri), *others), graph.edges, truncated
    )


def edges_of(reader: Reader, iri: str, relations: Collection[str] = ()) -> list[Edge]:
    """Return the edges of the thing ``iri`` in a stable order, as `read` has them."""
    made = [
        edge
        for edge in (*_outgoing(reader, iri), *_incoming(reader, iri))
        if edge.source != edge.target and _wanted(reader, edge.relation, relations)
    ]
    return sorted(
        set(made), key=lambda edge: (edge.relation, edge.source, edge.target, edge.earliest)
    )


def _outgoing(reader: Reader, iri: str) -> Iterator[Edge]:
    for (relation, end), graphs in gather(reader.rows("thing-statements", bound(iri))).items():
        if isinstance(end, NamedNode) and _told(reader, relation, end.value, graphs):
            yield _edge(reader, iri, end.value, relation, graphs)


def _incoming(reader: Reader, iri: str) -> Iterator[Edge]:
    held = gather(reader.rows("thing-mentions", bound(iri)), "subject")
    for (relation, end), graphs in held.items():
        name = iri_of(end)
        link = reader.index.links.get(name)
        if link is not None:
            if iri in {link.actor, link.place} and link.actor and link.place:
                yield _dated(reader, name, link.actor, link.place, link.qualifier, graphs)
        elif isinstance(end, NamedNode) and _told(reader, relation, name, graphs):
            yield _edge(reader, name, iri, relation, graphs)


def _told(reader: Reader, relation: str, other: str, graphs: Collection[str]) -> bool:
    """Tell whether a statement is one that somebody makes about two things."""
    if relation in TECHNICAL or relation == RDF + "type" or only_derived(graphs):
        return False
    types = reader.index.types.get(other)
    return bool(types) and not _EVIDENCE.intersection(types or ())


def _edge(reader: Reader, source: str, target: str, relation: str, graphs: Collection[str]) -> Edge:
    said = tuple(ordered(reader, graphs))
    return Edge(source, target, relation, relation_label(reader, relation), graphs=said)


def _dated(
    reader: Reader, name: str, actor: str, place: str, role: str, graphs: Collection[str]
) -> Edge:
    types = reader.index.types.get(name, ("",))
    relation = role or types[0]
    life = lifetimes(reader).get(name, NEVER)
    said = tuple(ordered(reader, graphs))
    label = relation_label(reader, relation)
    return Edge(actor, place, relation, label, life.earliest, life.latest, said)


def _wanted(reader: Reader, relation: str, relations: Collection[str]) -> bool:
    within = reader.index.vocabulary.within
    return not relations or any(within(relation, wider) for wider in relations)
