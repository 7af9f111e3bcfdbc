"""The timeline: what began, ended, was adopted, held or published, and when.

Standards: EDTF for the dates as sources give them; ``xsd:date`` for their bounds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from pyoxigraph import NamedNode

from gcm_graph.build.date import bounds
from gcm_graph.graph.lifetime import Lifetime, lifetimes
from gcm_graph.graph.literal import date as in_words
from gcm_graph.graph.passage import ordered, passage
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import gather, iri_of, natural
from gcm_graph.graph.view import Passage, Ref
from gcm_graph.graph.vocabulary import Vocabulary
from gcm_graph.namespaces import DEF

What = Literal[
    "began", "ended", "dated", "adopted", "held", "launched", "text-agreed", "signed",
    "published", "presented", "endorsed", "in-force",
]  # fmt: skip
"""What happened to a thing on a date."""

_CLASSES = (
    "Document", "Adoption", "Event", "Body", "Forum", "ConsultativeProcess",
    "StakeholderOrganization", "BodyChange",
)  # fmt: skip
_WHAT: dict[str, What] = {
    "launchedOn": "launched",
    "textAgreedOn": "text-agreed",
    "signedOn": "signed",
    "publishedOn": "published",
    "presentedOn": "presented",
    "endorsedOn": "endorsed",
    "entryIntoForce": "in-force",
    "begins": "began",
    "ends": "ended",
    "plannedBegins": "began",
    "plannedEnds": "ended",
}


_DATED: dict[str, What] = {
    "Document": "dated",
    "Event": "held",
    "Adoption": "adopted",
    "BodyChange": "held",
}
"""What a plain date is the date of, by class."""


@dataclass(frozen=True)
class Occurrence:
    """Something that happened to a thing on a date.

    Attributes:
        thing: the thing.
        types: IRIs of its most specific classes.
        what: what happened to it: a body ``began`` or ``ended``, an event was ``held``, a
            document was ``adopted`` or ``published``, and so on.
        date: when, as sources say it (EDTF); an interval for an event of several days.
        earliest: the first day that the date allows, ``YYYY-MM-DD``.
        latest: the last day that the date allows, ``YYYY-MM-DD``; empty for an open interval.
        shown: the date as a person reads it.
        planned: whether the date is a plan that nothing confirms.
        passages: where the date is said, best evidence first.
    """

    thing: Ref
    types: tuple[str, ...]
    what: What
    date: str
    earliest: str
    latest: str
    shown: str
    planned: bool = False
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Point:
    """A moment before it is told: the thing, what happened, and the properties that say when."""

    thing: str
    what: What
    date: str
    earliest: str
    latest: str
    properties: tuple[str, ...]
    planned: bool = False


def points(
    reader: Reader,
    cls: str = "",
    about: frozenset[str] = frozenset(),
    begin: str = "",
    end: str = "",
) -> tuple[Point, ...]:
    """Return what happened, the earliest first.

    Args:
        reader: what to read through.
        cls: IRI of a class, narrower ones included; any when empty.
        about: IRIs of things to keep to; all when empty.
        begin: first day, ``YYYY-MM-DD``; what can have happened on it or after it is kept.
        end: last day, ``YYYY-MM-DD``.
    """
    within = reader.index.vocabulary.within
    types = reader.index.types
    return tuple(
        one
        for one in _every(reader)
        if (not about or one.thing in about)
        and (not cls or any(within(name, cls) for name in types.get(one.thing, ())))
        and (not begin or not one.latest or one.latest >= begin)
        and (not end or one.earliest <= end)
    )


def told(reader: Reader, point: Point) -> Occurrence:
    """Return a moment with names and passages."""
    graphs: set[str] = set()
    for name in point.properties:
        bindings = {"subject": NamedNode(point.thing), "property": NamedNode(name)}
        for (_, value), said in gather(reader.rows("statement-graphs", bindings)).items():
            if iri_of(value) in point.date:
                graphs |= said
    return Occurrence(
        thing=ref(reader, point.thing),
        types=reader.index.types.get(point.thing, ()),
        what=point.what,
        date=point.date,
        earliest=point.earliest,
        latest=point.latest,
        shown=in_words(point.date, reader.language),
        planned=point.planned,
        passages=tuple(passage(reader, graph) for graph in ordered(reader, graphs)),
    )


def _every(reader: Reader) -> tuple[Point, ...]:
    return _points(_Key(reader))


class _Key:
    """A reader as the key of a cache: two readers of one store are the same."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def __hash__(self) -> int:
        return hash(id(self.reader.store))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.reader.store is self.reader.store


@lru_cache(maxsize=4)
def _points(key: _Key) -> tuple[Point, ...]:
    index = key.reader.index
    found = []
    for thing, life in lifetimes(key.reader).items():
        group = _group(index.vocabulary, index.types.get(thing, ()))
        if group:  # dated relations, sources and figures have no place on a timeline
            found += list(_happened(thing, group, life))
    label = {one.thing: natural(ref(key.reader, one.thing).label) for one in found}
    return tuple(
        sorted(found, key=lambda one: (one.earliest, label[one.thing], one.thing, one.what))
    )


def _group(vocabulary: Vocabulary, types: tuple[str, ...]) -> str:
    for name in _CLASSES:
        if any(vocabulary.within(one, DEF + name) for one in types):
            return name
    return ""


def _happened(thing: str, group: str, life: Lifetime) -> Iterator[Point]:
    said = {name.removeprefix(DEF): values for name, values in life.said.items()}
    dated = _DATED.get(group, "began")
    if group in {"Event", "BodyChange", "Adoption"}:
        for begins, ends, planned in (
            ("begins", "ends", False),
            ("plannedBegins", "plannedEnds", True),
        ):
            if begins in said and ends in said:
                first, last = life.first(begins), life.first(ends)
                names = (DEF + begins, DEF + ends)
                yield from _point(thing, dated, f"{first}/{last}", names, planned)
                said = {k: v for k, v in said.items() if k not in {begins, ends}}
                break
        if "date" in said or {"begins", "ends", "date"} & said.keys():
            said = {k: v for k, v in said.items() if not k.startswith("planned")}
    what: dict[str, What] = {**_WHAT, "date": dated, "plannedDate": dated}
    if "begins" in said:
        said.pop("plannedBegins", None)
    if "ends" in said:
        said.pop("plannedEnds", None)
    for name, values in said.items():
        if name in what:
            for value in values:
                yield from _point(
                    thing, what[name], value, (DEF + name,), name.startswith("planned")
                )


def _point(
    thing: str, what: What, date: str, names: tuple[str, ...], planned: bool
) -> Iterator[Point]:
    try:
        first, last = bounds(date)
    except ValueError:
        return
    if first:
        yield replace(Point(thing, what, date, first, last or "", names), planned=planned)
