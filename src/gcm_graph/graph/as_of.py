"""A thing as of a moment: what of its statements held then.

A dated relation (a membership, a vote, an office …) stays when its dates reach into the moment or
when it has none, and both its ends were there: nobody sits in a body that has ended. Of the other
statements those about something that had not come about yet are left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from gcm_graph.graph import dated
from gcm_graph.graph.literal import words
from gcm_graph.graph.moment import Moment, Spans, last_date
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.statement import gather, iri_of, node, only_derived
from gcm_graph.graph.view import Claim, Disagreement, Group, Passage, Ref, Thing
from gcm_graph.namespaces import RDF_TYPE


@dataclass(frozen=True)
class Past:
    """A moment, and when the things of the release were there."""

    moment: Moment
    spans: Spans

    def names_future(self, iri: str, about: str) -> bool:
        """Tell whether ``iri``, which is not ``about``, had not come about yet."""
        return iri != about and self.spans.absent(iri, self.moment)

    def holds(self, reader: Reader, begins: str, ends: str, between: Iterable[str]) -> bool:
        """Tell whether a relation with these dates between these things held, or may have."""
        if not self.moment.holds(begins, ends):
            return False
        for iri in between:
            span = self.spans.of(iri)
            if not self.moment.holds(span.begins, last_date(reader, iri, span)):
                return False
        return True


def narrowed(reader: Reader, found: Thing, past: Past, limit: int | None = 50) -> Thing:
    """Return a thing with only what held then.

    Args:
        reader: what it was read through.
        found: the thing with all its claims (`thing.read` with ``limit=None``).
        past: the moment.
        limit: how many claims a group lists; ``Group.total`` counts all that held.
    """
    iri = found.ref.iri
    numbers: dict[int, int] = {}

    def groups(held: Sequence[Group], timed: bool) -> tuple[Group, ...]:
        made = []
        for group in held:
            if timed:
                held_then = [one for one in group.claims if _held(reader, one, past, iri)]
                claims = [_marked(one, reader) for one in held_then]
            else:
                claims = [one for one in group.claims if not _ahead(one, past, iri)]
            if claims:
                shown = tuple(_numbered(one, numbers) for one in claims[:limit])
                made.append(Group(group.relation, shown, len(claims)))
        return tuple(made)

    plain, timed, incoming = (
        groups(found.groups, False),
        groups(found.dated, True),
        groups(found.incoming, False),
    )
    disagreements = tuple(_renumbered(one, numbers) for one in found.disagreements)
    kept = [one for one in found.references if one.number in numbers]
    kept.sort(key=lambda one: numbers[one.number])
    return replace(
        found,
        groups=plain,
        dated=timed,
        incoming=incoming,
        disagreements=disagreements,
        references=tuple(replace(one, number=numbers[one.number]) for one in kept),
    )


def undated(found: Thing) -> tuple[str, ...]:
    """Return the dated relations of a thing that have no beginning and no end."""
    return tuple(
        one.node
        for group in found.dated
        for one in group.claims
        if not one.begins and not one.ends and one.node
    )


def _ahead(claim: Claim, past: Past, about: str) -> bool:
    return isinstance(claim.value, Ref) and past.names_future(claim.value.iri, about)


def _held(reader: Reader, claim: Claim, past: Past, about: str) -> bool:
    ends = [about, *([claim.value.iri] if isinstance(claim.value, Ref) else [])]
    return past.holds(reader, claim.begins, claim.ends, ends)


def _marked(claim: Claim, reader: Reader) -> Claim:
    return claim if claim.time else replace(claim, time=words(reader.language).undated)


def _numbered(claim: Claim, numbers: dict[int, int]) -> Claim:
    passages = tuple(_cited(one, numbers) for one in claim.passages)
    return replace(claim, passages=passages)


def _cited(passage: Passage, numbers: dict[int, int]) -> Passage:
    if not passage.number:
        return passage
    return replace(passage, number=numbers.setdefault(passage.number, len(numbers) + 1))


def _renumbered(found: Disagreement, numbers: dict[int, int]) -> Disagreement:
    return replace(found, claims=tuple(_numbered(one, numbers) for one in found.claims))


def triples(reader: Reader, iri: str, held: Iterable[ox.Triple], past: Past) -> list[ox.Triple]:
    """Return those of the statements that describe ``iri`` that held then, in their order."""
    gone, shortcuts = _dropped(reader, iri, past)
    return [one for one in held if _keeps(one, iri, past, gone, shortcuts)]


def quads(reader: Reader, iri: str, held: Iterable[ox.Quad], past: Past) -> list[ox.Quad]:
    """Return those of the statements in their graphs that held then, in their order.

    The descriptions of passages and sources stay only when a statement in the passage does.
    """
    gone, shortcuts = _dropped(reader, iri, past)
    every = list(held)
    kept = [one for one in every if _keeps(one.triple, iri, past, gone, shortcuts)]
    places = reader.index.passages
    used = {one.graph_name.value for one in kept if isinstance(one.graph_name, ox.NamedNode)}
    used |= {places[name].source for name in used if name in places}
    known = set(places) | {place.source for place in places.values()}
    return [
        one
        for one in kept
        if iri_of(one.subject) not in known or iri_of(one.subject) in used | {iri}
    ]


def _keeps(
    triple: ox.Triple,
    iri: str,
    past: Past,
    gone: set[str],
    shortcuts: set[tuple[str, str]],
) -> bool:
    subject, end = iri_of(triple.subject), triple.object
    if subject in gone:
        return False
    if isinstance(end, ox.NamedNode) and triple.predicate != RDF_TYPE:
        if end.value in gone or past.names_future(end.value, iri):
            return False
        return subject != iri or (triple.predicate.value, end.value) not in shortcuts
    return True


def _dropped(reader: Reader, iri: str, past: Past) -> tuple[set[str], set[tuple[str, str]]]:
    """Return the dated relations that did not hold, and the derived statements they gave."""
    found = dated.nodes(reader.rows("thing-relations", node(iri)))
    entries = dated.entries(reader, iri, found)
    gone: set[str] = set()
    partners: set[str] = set()
    for entry in entries:
        other = [entry.value.value] if isinstance(entry.value, ox.NamedNode) else []
        if not past.holds(reader, entry.begins, entry.ends, [iri, *other]):
            gone.add(entry.node)
            partners.add(iri_of(entry.value))
    kept = {iri_of(entry.value) for entry in entries if entry.node not in gone}
    held = gather(reader.rows("thing-statements", node(iri)))
    shortcuts = {
        (relation, iri_of(end))
        for (relation, end), graphs in held.items()
        if only_derived(graphs) and iri_of(end) in partners - kept
    }
    return gone, shortcuts
