"""Reading what the graph says of all States at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from gcm_graph.graph.literal import date, span, words
from gcm_graph.graph.passage import derived, ordered, passage
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import inverse, ref
from gcm_graph.graph.state import Ballot, Board, Fact, Profile, Total
from gcm_graph.graph.statement import iri_of, natural
from gcm_graph.graph.view import Passage, Ref
from gcm_graph.namespaces import DEF, EDITORS, ID
from gcm_graph.store.protocol import Row

FIRST = f"{ID}event/adoption-a-res-73-195"
"""The vote on the Compact, which the view of States shows when nothing else is asked."""


def read(reader: Reader) -> Board:
    """Return every State and every recorded vote, named in the reader's language."""
    books = {
        name: _facts(reader, f"states-{name}")
        for name in ("votes", "stands", "processes", "reviews", "pledges")
    }
    found = _states(reader)
    profiles = [
        Profile(
            ref=ref(reader, iri),
            iso3=codes.iso3,
            m49=codes.m49,
            group=codes.group,
            regions=tuple(codes.regions),
            votes=tuple(books["votes"].get(iri, ())),
            stands=tuple(sorted(books["stands"].get(iri, ()), key=lambda fact: fact.day)),
            processes=tuple(
                sorted(books["processes"].get(iri, ()), key=lambda f: (not f.counted, f.day))
            ),
            reviews=tuple(books["reviews"].get(iri, ())),
            pledges=tuple(books["pledges"].get(iri, ())),
        )
        for iri, codes in found.items()
    ]
    profiles.sort(key=lambda one: (natural(one.ref.label), one.ref.iri))
    voters = Counter(fact.about.iri for profile in profiles for fact in profile.votes)
    ballots = _ballots(reader)
    ballots.sort(key=lambda one: one.earliest, reverse=True)
    ballots.sort(key=lambda one: (one.adoption.iri != FIRST, -voters[one.adoption.iri]))
    return Board(tuple(profiles), tuple(ballots))


@dataclass
class _Codes:
    iso3: str = ""
    m49: str = ""
    group: Ref | None = None
    regions: list[Ref] = field(default_factory=list)


def _states(reader: Reader) -> dict[str, _Codes]:
    """Return codes, regional group and M49 regions of each State."""
    found: dict[str, _Codes] = defaultdict(_Codes)
    named: dict[str, Ref] = {}
    above: dict[str, str] = {}
    for row in reader.rows("states"):
        codes = found[iri_of(row["state"])]
        codes.iso3, codes.m49 = _text(row, "iso3"), _text(row, "m49")
        region, broader = _text(row, "region"), _text(row, "broader")
        if not region:
            continue
        named.setdefault(region, ref(reader, region))
        if not broader:
            codes.group = named[region]
        elif named[region] not in codes.regions:
            above[region] = broader
            codes.regions.append(named[region])
    for codes in found.values():
        codes.regions.sort(key=lambda one: _depth(above, one.iri))
    return found


def _depth(above: dict[str, str], region: str) -> int:
    depth = 0
    while region in above and depth < 9:
        region, depth = above[region], depth + 1
    return depth


@dataclass
class _Draft:
    """A fact while its rows come together."""

    graphs: set[str] = field(default_factory=set)
    begins: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    as_of: set[str] = field(default_factory=set)
    earliest: str = ""
    counted: bool = True


def _facts(reader: Reader, query: str) -> dict[str, list[Fact]]:
    """Return the facts that a query finds, by State, in the order of its rows."""
    drafts: dict[tuple[str, str, str, str], _Draft] = {}
    roles = query == "states-processes"
    for row in reader.rows(query):
        key = (
            iri_of(row["state"]),
            iri_of(row["node"]),
            iri_of(row["about"]),
            _text(row, "manner"),
        )
        draft = drafts.setdefault(key, _Draft())
        graph = iri_of(row["graph"])
        if not derived(graph) and not graph.startswith(EDITORS):
            draft.graphs.add(graph)
        draft.begins.add(_text(row, "begins"))
        draft.ends.add(_text(row, "ends"))
        draft.as_of.add(_text(row, "asOf"))
        draft.earliest = _text(row, "earliest")
        draft.counted = not roles or "counted" in row
    named = _Names(reader)
    facts: dict[str, list[Fact]] = defaultdict(list)
    for (state, node, about, manner), draft in drafts.items():
        begins, ends = _exact(draft.begins), _exact(draft.ends)
        if query == "states-reviews":
            ends = ends or begins  # an event that names no last day
        as_of = tuple(sorted(draft.as_of - {""}))
        facts[state].append(
            Fact(
                node=node,
                about=named.ref(about),
                manner=named.manner(manner),
                passages=named.passages(draft.graphs),
                begins=begins,
                ends=ends,
                as_of=as_of,
                time=_time(begins, ends, as_of, reader.language),
                earliest=draft.earliest,
                counted=draft.counted,
            )
        )
    return facts


class _Names:
    """References and passages, each made once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._refs: dict[str, Ref] = {}
        self._passages: dict[str, Passage] = {}

    def ref(self, iri: str) -> Ref:
        if iri not in self._refs:
            self._refs[iri] = ref(self._reader, iri)
        return self._refs[iri]

    def manner(self, iri: str) -> Ref | None:
        """Return a choice, stance or role; of a property the name as its object reads it."""
        if iri.startswith(DEF):
            return inverse(self._reader, iri)
        return self.ref(iri) if iri else None

    def passages(self, graphs: Iterable[str]) -> tuple[Passage, ...]:
        cited = ordered(self._reader, graphs)
        for graph in cited:
            if graph not in self._passages:
                self._passages[graph] = passage(self._reader, graph)
        return tuple(self._passages[graph] for graph in cited)


def _ballots(reader: Reader) -> list[Ballot]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in reader.rows("states-ballots"):
        rows[iri_of(row["adoption"])].append(row)
    named = _Names(reader)
    found = []
    for adoption, held in rows.items():
        said: dict[tuple[str, int], set[str]] = defaultdict(set)
        for row in held:
            if "total" in row:
                said[iri_of(row["choice"]), int(iri_of(row["total"]))].add(iri_of(row["graph"]))
        totals = tuple(
            Total(named.ref(choice), number, named.passages(graphs))
            for (choice, number), graphs in said.items()
            if any(not derived(graph) for graph in graphs)
        )
        first = held[0]
        found.append(
            Ballot(
                adoption=named.ref(adoption),
                instrument=named.ref(_text(first, "instrument") or adoption),
                annexes=tuple(sorted({_text(row, "annex") for row in held} - {""})),
                earliest=_text(first, "earliest"),
                totals=totals,
            )
        )
    return found


def _text(row: Row, name: str) -> str:
    return iri_of(row[name]) if name in row else ""


def _exact(values: set[str]) -> str:
    """Return the most exact of several dates."""
    return min(values - {""}, key=lambda text: (-len(text), text), default="")


def _time(begins: str, ends: str, as_of: tuple[str, ...], language: str) -> str:
    told = span(begins, ends, language)
    if told or not as_of:
        return told
    return words(language).as_of.format(", ".join(date(day, language) for day in as_of))
