"""A thing: everything that the graph says about it, ready for a page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import Literal

from gcm_graph.graph import dated
from gcm_graph.graph.disagreement import tell
from gcm_graph.graph.label import best
from gcm_graph.graph.passage import References, primary, witnesses
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import capital, inverse, ref, value
from gcm_graph.graph.statement import (
    Entry,
    Held,
    claim,
    gather,
    iri_of,
    label_of,
    natural,
    node,
    only_derived,
    visible,
)
from gcm_graph.graph.view import Disagreement, Group, Thing
from gcm_graph.graph.vocabulary import TECHNICAL
from gcm_graph.namespaces import DCTERMS, DEF, RDF, SCHEMA
from gcm_graph.terms import Term, is_iri

ROWS = 20_000
"""How many rows the queries for a page return at most (LIMIT in ``queries/service``)."""

_SUMMARY = (DCTERMS + "description", DEF + "purpose")


def read(reader: Reader, iri: str, limit: int | None = 50) -> Thing | None:
    """Return what the graph says about ``iri``.

    Three queries: its statements, statements about it, its dated relations. Of a thing that
    others name more than about ten thousand times only some of these are read, and a fourth
    query counts them.

    Args:
        reader: what to read through.
        iri: the thing.
        limit: how many claims a group lists; ``None`` for all. ``Group.total`` counts all.

    Returns:
        The thing, with references numbered in the order of ``groups``, ``dated``,
        ``incoming``, ``disagreements``; ``None`` when the graph has nothing about it.
    """
    if not is_iri(iri):
        return None
    outgoing = gather(reader.rows("thing-statements", node(iri)))
    mentions = list(reader.rows("thing-mentions", node(iri)))
    incoming = gather(mentions, "subject")
    if not outgoing and not incoming:
        return None
    totals = _counts(reader, iri) if len(mentions) >= ROWS else {}
    found = dated.nodes(reader.rows("thing-relations", node(iri)))
    relations = dated.entries(reader, iri, found)
    partners = dated.partners(relations)
    _fold_symmetric(reader, outgoing, incoming)
    vocabulary = reader.index.vocabulary
    out_shown = visible(outgoing, vocabulary, partners)
    in_shown = {
        key: graphs
        for key, graphs in visible(incoming, vocabulary, partners).items()
        if iri_of(key[1]) not in found and key[0] != RDF + "type"
    }
    references = References(reader)
    groups = _groups(reader, _plain(reader, iri, out_shown), references, limit)
    dated_groups = _groups(reader, relations, references, limit)
    incoming_groups = tuple(
        replace(each, total=max(each.total, totals.get(each.relation.iri, 0)))
        for each in _groups(reader, _turned(reader, iri, in_shown), references, limit)
    )
    names = reader.index.labels.get(iri, {})
    return Thing(
        ref=ref(reader, iri),
        types=tuple(ref(reader, name) for name in reader.index.types.get(iri, ())),
        labels=dict(sorted(names.items())),
        alternatives=reader.index.alternatives.get(iri, ()),
        same_as=tuple(
            ref(reader, iri_of(end))
            for relation, end in sorted(outgoing, key=str)
            if relation == SCHEMA + "sameAs"
        ),
        summary=_summary(reader, outgoing),
        groups=groups,
        incoming=incoming_groups,
        dated=dated_groups,
        disagreements=_disagreements(reader, iri, outgoing, found, references),
        references=references.listed(),
    )


def _counts(reader: Reader, iri: str) -> dict[str, int]:
    return {
        iri_of(row["property"]): int(iri_of(row["count"]))
        for row in reader.rows("thing-mention-counts", node(iri))
        if "property" in row
    }


def _fold_symmetric(reader: Reader, outgoing: Held, incoming: Held) -> None:
    """Move statements of symmetric properties to the outgoing side, with their passages."""
    for relation, end in [key for key in incoming if key[0] in reader.index.vocabulary.symmetric]:
        both = incoming.pop((relation, end)) | outgoing.get((relation, end), set())
        said = {graph for graph in both if not only_derived([graph])}
        outgoing[relation, end] = said or both


def _plain(reader: Reader, iri: str, held: Held) -> list[Entry]:
    return [
        Entry(iri, ref(reader, relation), end, frozenset(graphs))
        for (relation, end), graphs in held.items()
        if relation not in TECHNICAL
    ]


def _turned(reader: Reader, iri: str, held: Held) -> list[Entry]:
    return [
        Entry(iri, inverse(reader, relation), end, frozenset(graphs), turned=True)
        for (relation, end), graphs in held.items()
        if relation not in TECHNICAL
    ]


def _groups(
    reader: Reader, entries: Iterable[Entry], references: References, limit: int | None
) -> tuple[Group, ...]:
    apart: dict[tuple[str, str], list[tuple[Entry, tuple[object, ...]]]] = defaultdict(list)
    for entry in entries:
        order = entry.begins or "9999", natural(label_of(value(reader, entry.value))), entry.node
        apart[entry.relation.iri, entry.relation.label].append((entry, order))
    rank = reader.index.vocabulary.rank
    made = []
    for key in sorted(apart, key=lambda key: (rank(key[0]), key[1])):
        together = [entry for entry, _ in sorted(apart[key], key=lambda pair: pair[1])]
        claims = tuple(claim(reader, entry, references) for entry in together[:limit])
        made.append(Group(together[0].relation, claims, len(together)))
    return tuple(made)


def _summary(reader: Reader, held: Held) -> str:
    """Return what the thing is: its description, else its purpose, by the best evidence."""
    for wanted in _SUMMARY:
        texts: dict[str, tuple[tuple[bool, int], str]] = {}
        for (relation, end), graphs in held.items():
            if relation == wanted and isinstance(end, Literal):
                weight = not any(primary(reader, g) for g in graphs), -witnesses(reader, graphs)
                tag = end.language or ""
                texts[tag] = min(texts.get(tag, (weight, end.value)), (weight, end.value))
        found = best({tag: text for tag, (_, text) in texts.items()}, reader.languages)
        if found:
            return capital(found[0]).rstrip(".") + "."
    return ""


def _disagreements(
    reader: Reader, iri: str, held: Held, found: dated.Nodes, references: References
) -> tuple[Disagreement, ...]:
    """Return the disagreements about the thing and about its dated relations."""
    told = []
    for about, statements in ((iri, held), *found.items()):
        for rival in reader.index.rivalries.get(about, ()):
            values: dict[Term, frozenset[str]] = {
                end: frozenset(graphs)
                for (relation, end), graphs in statements.items()
                if relation == rival.on
            }
            told.append(tell(reader, rival, values, references))
    return tuple(told)
