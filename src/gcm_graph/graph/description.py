"""Descriptions in RDF: what is sent for a thing, a passage or a source in Turtle, TriG and so on.

Three profiles: `triples` is the plain description from the merge, `labelled` adds the names of
what it mentions, `quads` has every statement in the graph of its passage and describes these
passages and their sources too.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from gcm_graph.graph.passage import MERGE
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.statement import node
from gcm_graph.namespaces import DEF, PREF_LABEL
from gcm_graph.store.protocol import Row

_SOURCE = DEF + "Source"


def triples(reader: Reader, iri: str, *, labels: bool = False) -> list[ox.Triple]:
    """Return the plain description of ``iri``.

    Args:
        reader: what to read through.
        iri: a thing, a passage or a source.
        labels: whether to add the preferred labels of the things that it names (`labelled`).

    Returns:
        For a thing every statement of the merge with it as subject and the statements of its
        dated relations (memberships, votes, figures …); for a passage its description and what
        its graph says; for a source its description and that of its passages. In a stable
        order, each once; empty when the graph has nothing.
    """
    found = set(reader.store.construct(reader.texts["thing-description"], node(iri)))
    for quad in _further(reader, iri):
        found.add(ox.Triple(quad.subject, quad.predicate, quad.object))
    if labels:
        return labelled(reader, found, iri)
    return sorted(found, key=str)


def labelled(reader: Reader, found: Iterable[ox.Triple], iri: str) -> list[ox.Triple]:
    """Return ``found`` and the preferred labels of everything it names beside ``iri``.

    In a stable order, each once.
    """
    held = set(found)
    return sorted(held | set(_labels(reader, held, iri)), key=str)


def quads(reader: Reader, iri: str) -> list[ox.Quad]:
    """Return the description of ``iri`` with each statement in the graphs that hold it.

    Args:
        reader: what to read through.
        iri: a thing, a passage or a source.

    Returns:
        As `triples`, in the named graphs of passages, editors and rules, and the descriptions
        of the passages and sources. In a stable order, each once; empty when there is nothing.
    """
    found = set(_quads(reader.rows("thing-statements", node(iri)), "thing"))
    found |= set(_quads(reader.rows("thing-relations", node(iri)), "node"))
    found |= set(_quads(reader.rows("thing-evidence", node(iri)), "described"))
    found |= set(_further(reader, iri))
    return sorted(found, key=str)


def _further(reader: Reader, iri: str) -> Iterator[ox.Quad]:
    """Yield what a passage says, or the descriptions of the passages of a source."""
    if iri in reader.index.passages:
        rows = reader.rows("passage-statements", {"graph": ox.NamedNode(iri)})
        yield from _quads(rows, "subject")
    elif _SOURCE in reader.index.types.get(iri, ()):
        rows = reader.rows("source-descriptions", {"source": ox.NamedNode(iri)})
        yield from _quads(rows, "described")


def _quads(rows: Iterable[Row], subject: str) -> Iterator[ox.Quad]:
    for row in rows:
        graph = row.get("graph")
        about, relation = row[subject], row["property"]
        if (
            isinstance(graph, ox.NamedNode)
            and graph.value != MERGE
            and isinstance(about, ox.NamedNode | ox.BlankNode)
            and isinstance(relation, ox.NamedNode)
        ):
            yield ox.Quad(about, relation, row["value"], graph)


def _labels(reader: Reader, found: set[ox.Triple], iri: str) -> Iterator[ox.Triple]:
    named = {
        term.value
        for triple in found
        for term in (triple.subject, triple.object)
        if isinstance(term, ox.NamedNode) and term.value != iri
    }
    for name in named:
        for tag, text in reader.index.labels.get(name, {}).items():
            label = ox.Literal(text, language=tag) if tag else ox.Literal(text)
            yield ox.Triple(ox.NamedNode(name), PREF_LABEL, label)
