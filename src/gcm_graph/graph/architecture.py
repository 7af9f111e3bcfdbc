"""The architecture: what there is of migration governance, from when to when, and from what.

The whole of it is a selection by rule. Forums, bodies of several agencies and consultative
processes come first; with them instruments that go back to other things by several decisive
steps, and then everything that any of these goes back to by a decisive step.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gcm_graph.build.date import bounds
from gcm_graph.graph.lineage import Dates, Said, first_day, lane, said_in, step
from gcm_graph.graph.literal import span
from gcm_graph.graph.moment import Spans, last_date, spans
from gcm_graph.graph.passage import References
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import iri_of
from gcm_graph.graph.view import Lineage, Ref, Step
from gcm_graph.namespaces import DEF

DECISIVE = frozenset(
    DEF + name
    for name in (
        "replaces", "amends", "supplements", "mandatedBy", "establishedBy", "launchedAt",
        "launchedBy", "convenedBy", "adoptedAt", "endorsedAt", "endorses", "recommendedBy",
        "proposedBy", "buildsOn", "informedBy", "followsFrom", "adoptedFromDraft", "annexOf",
        "followsUp", "reviews", "implements", "outcomeOf",
    )
)  # fmt: skip
"""Relations by which something comes about; being cited or recalled is none of them."""

_SEEDS = tuple(DEF + name for name in ("Forum", "InteragencyBody", "ConsultativeProcess"))
_KINDS = tuple(
    DEF + name
    for name in ("Body", "Forum", "ConsultativeProcess", "Document", "Event", "Fund")
)  # fmt: skip
_INSTRUMENT = DEF + "Instrument"
_EDITION = DEF + "editionOf"
_STEPS = 2


@dataclass(frozen=True)
class Life:
    """A thing with its place in time.

    Attributes:
        ref: the thing.
        lane: ``document``, ``body`` or ``event``.
        begins: first day on which it can have begun, ``YYYY-MM-DD``, or empty.
        ends: last day on which it can have ended, ``YYYY-MM-DD``; empty when no end is known.
        shown: its dates as a person reads them, or empty.
        basis: ``own`` for dates of its own, ``edition`` for the date of its first edition,
            or empty.
    """

    ref: Ref
    lane: str
    begins: str
    ends: str
    shown: str
    basis: str = "own"


@dataclass(frozen=True)
class Architecture:
    """Things in time and the steps by which they go back to one another.

    Attributes:
        things: the things, the earliest first; undated ones last.
        steps: the steps between them.
    """

    things: tuple[Life, ...]
    steps: tuple[Step, ...]


class _Key:
    """A reader as the key of a cache: two readers of one store are the same."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def __hash__(self) -> int:
        return hash((id(self.reader.store), self.reader.languages))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Key)
            and other.reader.store is self.reader.store
            and other.reader.languages == self.reader.languages
        )


def whole(reader: Reader) -> Architecture:
    """Return the architecture of everything; read once for a store and a language."""
    return _whole(_Key(reader))


def along(reader: Reader, lineage: Lineage) -> Architecture:
    """Return the things and steps of a lineage with their places in time."""
    when = _when(_Key(reader))
    things = [_life(reader, node.ref.iri, *when) for node in lineage.nodes]
    return Architecture(tuple(sorted(things, key=_order)), lineage.steps)


@lru_cache(maxsize=8)
def _when(key: _Key) -> tuple[Spans, Mapping[str, str]]:
    """Return the spans of all things, and the first edition of each thing that has editions."""
    known = spans(key.reader)
    first: dict[str, str] = {}
    for row in key.reader.rows("architecture-steps"):
        if iri_of(row["relation"]) != _EDITION:
            continue
        edition, series = iri_of(row["later"]), iri_of(row["earlier"])
        day = first_day(known.of(edition).begins)
        if day and not known.of(edition).planned:
            held = first.get(series)
            if held is None or day < first_day(known.of(held).begins):
                first[series] = edition
    return known, first


def _life(reader: Reader, iri: str, known: Spans, first: Mapping[str, str]) -> Life:
    own = known.of(iri)
    basis = "own" if own.begins else ""
    if not own.begins and iri in first:
        own, basis = known.of(first[iri]), "edition"
        begins, last = own.begins, ""
    else:
        begins, last = own.begins, last_date(reader, iri, own)
    shown = begins if last in {begins, ""} and lane(reader, iri) != "body" else ""
    return Life(
        ref=ref(reader, iri),
        lane=lane(reader, iri),
        begins=first_day(begins),
        ends=_last_day(last),
        shown=span(begins, begins if shown else last, reader.language) if begins else "",
        basis=basis,
    )


def _last_day(date: str) -> str:
    try:
        return (bounds(date)[1] or "") if date else ""
    except ValueError:
        return ""


def _order(life: Life) -> tuple[str, str, str]:
    return life.begins or "9999", life.ref.label, life.ref.iri


@lru_cache(maxsize=8)
def _whole(key: _Key) -> Architecture:
    reader = key.reader
    said = said_in(reader, reader.rows("architecture-steps"))
    known, first = _when(key)
    decisive = {pair for pair, relations in said.items() if DECISIVE & relations.keys()}
    kept = _selected(reader, decisive, lambda iri: bool(known.of(iri).begins) or iri in first)
    pairs = [pair for pair in said if set(pair) <= kept and pair in decisive]
    dates = {iri: Dates(own=_best(known, iri)) for iri in kept}
    references = References(reader)
    steps = [step(reader, pair, _only(said, pair), dates, references) for pair in sorted(pairs)]
    things = [_life(reader, iri, known, first) for iri in kept]
    return Architecture(tuple(sorted(things, key=_order)), tuple(steps))


def _only(said: Said, pair: tuple[str, str]) -> dict[str, set[str]]:
    return {name: graphs for name, graphs in said[pair].items() if name in DECISIVE}


def _best(known: Spans, iri: str) -> dict[str, str]:
    return {
        name: min(values, key=lambda text: (-len(text), text))
        for name, values in known.dates.get(iri, {}).items()
        if values
    }


def _selected(
    reader: Reader, pairs: Iterable[tuple[str, str]], dated: Callable[[str], bool]
) -> set[str]:
    within = reader.index.vocabulary.within
    types = reader.index.types

    def is_a(iri: str, classes: tuple[str, ...]) -> bool:
        return any(within(name, cls) for name in types.get(iri, ()) for cls in classes)

    back: dict[str, set[str]] = defaultdict(set)
    for later, earlier in pairs:
        if all(is_a(one, _KINDS) and dated(one) for one in (later, earlier)):
            back[later].add(earlier)
    touched = Counter(earlier for found in back.values() for earlier in found)
    waiting = [
        iri
        for iri in {*back, *touched}
        if is_a(iri, _SEEDS) or (is_a(iri, (_INSTRUMENT,)) and len(back.get(iri, ())) >= _STEPS)
    ]
    kept = set(waiting)
    while waiting:
        for earlier in back.get(waiting.pop(), ()):
            if earlier not in kept:
                kept.add(earlier)
                waiting.append(earlier)
    return kept
