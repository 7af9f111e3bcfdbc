"""Which processes are asked for, and how far their circles of States overlap."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from gcm_graph.graph.process import Process
from gcm_graph.graph.state import Board, Fact, Profile
from gcm_graph.graph.statement import natural
from gcm_graph.service.problem import Problem

STATUSES = ("active", "dormant", "ended", "not-recorded")
SHOWS = ("common", "jaccard")
"""What the cells of the matrix hold: the number of common States, or their share in all of both."""

SORTS = ("name", "-name", "founded", "-founded", "members", "-members", "meetings", "-meetings")


@dataclass(frozen=True)
class Pair:
    """Two processes and the States that belong to both.

    Attributes:
        first: a process.
        second: another.
        common: how many States belong to both, at any time.
        either: how many belong to at least one.
    """

    first: Process
    second: Process
    common: int
    either: int

    @property
    def jaccard(self) -> float:
        """The share of the common States in all of both, from 0 to 1.

        Three decimals, halves rounded up, as ``ROUND`` of SPARQL 1.1 does in the question
        ``process-overlaps``: the same pair has the same figure wherever it is read.
        """
        return int(1000 * self.common / self.either + 0.5) / 1000 if self.either else 0.0


@dataclass(frozen=True)
class Shared:
    """A State that belongs to both of two processes, with what says so of each."""

    profile: Profile
    first: tuple[Fact, ...]
    second: tuple[Fact, ...]


@dataclass(frozen=True)
class Choice:
    """What the address of the view says.

    Attributes:
        processes: all of them.
        board: the States, with their roles in the processes.
        region: slug of a region, or empty for all.
        status: one of ``STATUSES``, or empty for all.
        first: the first process that is compared, if any.
        second: the second one.
        show: one of ``SHOWS``.
        sort: one of ``SORTS``.
    """

    processes: tuple[Process, ...]
    board: Board
    region: str = ""
    status: str = ""
    first: Process | None = None
    second: Process | None = None
    show: str = "common"
    sort: str = "name"

    @cached_property
    def circles(self) -> Mapping[str, Mapping[str, tuple[Fact, ...]]]:
        """The States that belong to each process, by IRI, with what says so."""
        found: dict[str, dict[str, tuple[Fact, ...]]] = {one.ref.iri: {} for one in self.processes}
        for profile in self.board.states:
            for fact in profile.processes:
                if fact.counted and fact.about.iri in found:
                    held = found[fact.about.iri]
                    held[profile.ref.iri] = (*held.get(profile.ref.iri, ()), fact)
        return found

    def members(self, process: Process) -> int:
        """Return how many States belong to a process, at any time."""
        return len(self.circles[process.ref.iri])

    def listed(self) -> list[Process]:
        """Return the processes that are asked for, in the order that is asked for."""
        found = [
            one
            for one in self.processes
            if (not self.region or self.region in {_slug(ref.iri) for ref in one.within})
            and (not self.status or (one.status or "not-recorded") == self.status)
        ]
        column = self.sort.removeprefix("-")
        if column == "members":
            found.sort(key=self.members, reverse=self.sort.startswith("-"))
        elif column == "meetings":
            found.sort(key=lambda one: len(one.meetings), reverse=self.sort.startswith("-"))
        elif column == "founded":
            # Those whose beginning no source gives come last both ways.
            known = [one for one in found if one.year]
            known.sort(key=lambda one: one.year or 0, reverse=self.sort.startswith("-"))
            found = known + [one for one in found if not one.year]
        elif self.sort == "-name":
            found.reverse()
        return found

    def peopled(self) -> list[Process]:
        """Return the listed processes of which a source names States, by name."""
        kept = {one.ref.iri for one in self.listed()}
        return [one for one in self.processes if one.ref.iri in kept and self.members(one)]

    def pair(self, first: Process, second: Process) -> Pair:
        """Return how far two processes have the same States."""
        one, other = self.circles[first.ref.iri].keys(), self.circles[second.ref.iri].keys()
        return Pair(first, second, len(one & other), len(one | other))

    def pairs(self) -> list[Pair]:
        """Return every pair of listed processes with a State in common, the most first."""
        peopled = self.peopled()
        found = [
            self.pair(one, other)
            for place, one in enumerate(peopled)
            for other in peopled[place + 1 :]
        ]
        value = (lambda p: p.jaccard) if self.show == "jaccard" else (lambda p: float(p.common))
        return sorted((one for one in found if one.common), key=lambda p: (-value(p), -p.common))

    def shared(self) -> list[Shared]:
        """Return the States that belong to both chosen processes, by name."""
        if self.first is None or self.second is None:
            return []
        one, other = self.circles[self.first.ref.iri], self.circles[self.second.ref.iri]
        return [
            Shared(profile, one[profile.ref.iri], other[profile.ref.iri])
            for profile in self.board.states
            if profile.ref.iri in one and profile.ref.iri in other
        ]

    def regions(self) -> list[tuple[str, str]]:
        """Return the slugs and names of the regions in which processes lie, by name."""
        named = {_slug(ref.iri): ref.label for one in self.processes for ref in one.within}
        return sorted(named.items(), key=lambda pair: natural(pair[1]))

    def address(self, **changed: str) -> str:
        """Return the path and query of this view with some values changed."""
        values = {
            "region": self.region,
            "status": self.status,
            "first": self.first.slug if self.first else "",
            "second": self.second.slug if self.second else "",
            "show": "" if self.show == SHOWS[0] else self.show,
            "sort": "" if self.sort == SORTS[0] else self.sort,
        }
        query = urlencode({name: text for name, text in (values | changed).items() if text})
        return f"processes?{query}" if query else "processes"


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]


def read(processes: tuple[Process, ...], board: Board, given: Mapping[str, str]) -> Choice:
    """Return what the parameters of an address describe.

    Raises:
        Problem: 400 when a value is none of those there are; the message lists them.
    """
    regions = sorted({_slug(ref.iri) for one in processes for ref in one.within})
    return Choice(
        processes,
        board,
        region=_one_of("region", given, regions),
        status=_one_of("status", given, STATUSES),
        first=_process("first", given, processes),
        second=_process("second", given, processes),
        show=_one_of("show", given, SHOWS) or SHOWS[0],
        sort=_one_of("sort", given, SORTS) or SORTS[0],
    )


def _one_of(name: str, given: Mapping[str, str], allowed: "list[str] | tuple[str, ...]") -> str:
    text = given.get(name, "").strip()
    if text and text not in allowed:
        detail = f"`{name}`: “{text[:60]}” is none of {', '.join(allowed)}."
        raise Problem(400, detail, "parameter", parameter=name)
    return text


def _process(name: str, given: Mapping[str, str], all_: tuple[Process, ...]) -> Process | None:
    """Return the process with this slug, ``process:slug`` or IRI."""
    asked = given.get(name, "").strip()
    if not asked:
        return None
    short = asked.replace(":", "/").rpartition("/")[2]
    for one in all_:
        if one.slug == short:
            return one
    slugs = ", ".join(sorted(one.slug for one in all_))
    detail = f"`{name}`: “{asked[:60]}” is no consultative process. There are: {slugs}."
    raise Problem(400, detail, "parameter", parameter=name)
