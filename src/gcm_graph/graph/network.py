"""The network of a release for graph tools such as Gephi, yEd, Cytoscape and igraph.

Things are nodes, and what a passage says of two things is an edge. A dated relation (a membership,
a vote, a participation, a stand) is one edge from who to what, named by the role or choice, with
its dates, and not a node of its own. Left out are the apparatus (sources, passages, concepts) and
relations that are only derived.

Standards: GraphML 1.0; GEXF 1.2 with `start` and `end` as dates, which Gephi reads as a timeline.
"""

import io
from collections import defaultdict
from typing import TYPE_CHECKING

from gcm_graph.graph.passage import cited, passage
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import iri_of
from gcm_graph.namespaces import ID, SDG, SKOS

if TYPE_CHECKING:
    import networkx as nx

Days = dict[str, dict[str, str]]
"""The ``start`` and ``end`` of things, where they are known."""

Edge = tuple[str, str, str, str]
"""From, to, name of the relation, and the dated relation that it stands for (or empty)."""


def network(reader: Reader) -> "nx.MultiDiGraph":
    """Return the network of everything that is related, names in the reader's language.

    Nodes (IRIs) have ``label``, ``kind`` (the most specific class), ``identifier`` and, where
    known, ``start`` and ``end`` (``gcm:earliest`` and ``gcm:latest``); edges have ``label`` (the
    relation, role or choice), ``relation`` (its IRI), ``passages`` (as one cites them), ``weight``
    (the number of sources that say it) and, for dated relations, ``start`` and ``end``.
    """
    import networkx as nx  # heavy: only who asks for the network waits for it

    days = _days(reader)
    graph = nx.MultiDiGraph(mode="dynamic", defaultedgetype="directed")
    for (first, second, relation, node), passages in _edges(reader).items():
        for iri in (first, second):
            if iri not in graph:
                named = ref(reader, iri)
                dates = days.get(iri, {})
                graph.add_node(
                    iri, label=named.label, kind=named.kind, identifier=named.identifier, **dates
                )
        told = [passage(reader, one) for one in sorted(passages)]
        graph.add_edge(
            first,
            second,
            key=node or relation,
            label=ref(reader, relation).label,
            relation=relation,
            passages=" | ".join(cited(one) for one in told),
            weight=len({one.source.iri for one in told}),
            **days.get(node, {}),
        )
    return graph


def graphml(graph: "nx.MultiDiGraph") -> bytes:
    """Return a network as GraphML, UTF-8."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml(graph, out, encoding="utf-8", named_key_ids=True)
    return out.getvalue()


def gexf(graph: "nx.MultiDiGraph") -> bytes:
    """Return a network as dynamic GEXF, UTF-8."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_gexf(graph, out, encoding="utf-8")
    return out.getvalue()


def _edges(reader: Reader) -> dict[Edge, set[str]]:
    """Return every edge with the passages that say it."""
    links = reader.index.links
    found: dict[Edge, set[str]] = defaultdict(set)
    for row in reader.rows("network-relations"):
        subject, value, where = (iri_of(row[name]) for name in ("subject", "object", "passage"))
        link = links.get(subject)
        if link:
            if link.actor and link.place and _thing(reader, link.actor, link.place):
                found[link.actor, link.place, link.qualifier, subject].add(where)
        elif value not in links and _thing(reader, subject, value):
            found[subject, value, iri_of(row["relation"]), ""].add(where)
    return found


def _thing(reader: Reader, *names: str) -> bool:
    """Say whether all of ``names`` are things of the field, and no concepts."""
    return all(
        name.startswith((ID, SDG))
        and (types := reader.index.types.get(name)) is not None
        and SKOS + "Concept" not in types
        for name in names
    )


def _days(reader: Reader) -> Days:
    names = {"start": "earliest", "end": "latest"}
    return {
        iri_of(row["thing"]): {
            name: iri_of(day) for name, column in names.items() if (day := row.get(column))
        }
        for row in reader.rows("network-dates")
    }
