"""Which States are asked for, how they are told apart and put in order: the state of the view."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from gcm_graph.graph.state import Ballot, Board, Profile
from gcm_graph.graph.statement import natural
from gcm_graph.graph.view import Ref
from gcm_graph.service import measure
from gcm_graph.service.measure import Measure
from gcm_graph.service.problem import Problem

GROUPINGS = ("group", "region")
"""How totals are broken down: by regional group of the United Nations, or by M49 region."""

PARAMETERS = ("instrument", "measure", "region", "group", "choice", "by", "sort")


def _slug(ref: Ref) -> str:
    return ref.iri.rpartition("/")[2]


@dataclass(frozen=True)
class Selection:
    """What the address of the view says.

    Attributes:
        board: the States.
        ballot: the vote that is shown.
        measure: by what States are told apart.
        region: slug of an M49 region, or empty for all.
        group: slug of a regional group, or empty for all.
        choice: a category of the measure, or empty for all.
        by: how totals are broken down, one of ``GROUPINGS``.
        sort: name of a column, with ``-`` before it for the other way round.
    """

    board: Board
    ballot: Ballot
    measure: Measure
    region: str = ""
    group: str = ""
    choice: str = ""
    by: str = "group"
    sort: str = "state"

    def within(self, profile: Profile) -> bool:
        """Tell whether a State lies in the region and group that are asked for."""
        here = not self.region or any(_slug(one) == self.region for one in profile.regions)
        return here and (
            not self.group or (profile.group is not None and _slug(profile.group) == self.group)
        )

    def includes(self, profile: Profile) -> bool:
        """Tell whether a State is asked for."""
        return self.within(profile) and (
            not self.choice or self.choice in self.measure.keys(profile)
        )

    def listed(self) -> list[Profile]:
        """Return the States that are asked for, in the order that is asked for."""
        found = [one for one in self.board.states if self.includes(one)]
        column = self.sort.removeprefix("-")
        found.sort(key=SORTS[column](self), reverse=self.sort.startswith("-"))
        return found

    def bands(self) -> list[tuple[Ref | None, list[Profile]]]:
        """Return the States in the region and group that are asked for, band by band.

        The band without a name holds the States that are in no group or region.
        """
        bands: dict[str, tuple[Ref | None, list[Profile]]] = {}
        for profile in self.board.states:
            if not self.within(profile):
                continue
            band = profile.group if self.by == "group" else next(iter(profile.regions), None)
            bands.setdefault(band.iri if band else "", (band, []))[1].append(profile)
        return sorted(bands.values(), key=lambda one: (one[0] is None, one[0] and one[0].label))

    def address(self, **changed: str) -> str:
        """Return the path and query of this view with some values changed."""
        first = self.board.ballots[0].slug
        values = {
            "instrument": "" if self.ballot.slug == first else self.ballot.slug,
            "measure": "" if self.measure.name == measure.VOTE else self.measure.name,
            "region": self.region,
            "group": self.group,
            "choice": self.choice,
            "by": "" if self.by == "group" else self.by,
            "sort": "" if self.sort == "state" else self.sort,
        }
        query = urlencode({name: text for name, text in (values | changed).items() if text})
        return f"states?{query}" if query else "states"


def _stand_count(profile: Profile) -> tuple[int, str]:
    return len(profile.stands), max((fact.day for fact in profile.stands), default="")


SORTS: Mapping[str, Callable[[Selection], Callable[[Profile], tuple[object, ...]]]] = {
    "state": lambda _: lambda one: (natural(one.ref.label),),
    "iso3": lambda _: lambda one: (one.iso3 == "", one.iso3),
    "group": lambda _: lambda one: (one.group is None, one.group.label if one.group else ""),
    "value": lambda chosen: (
        lambda one: (chosen.measure.categories.index(chosen.measure.category(one)),)
    ),
    "stands": lambda _: _stand_count,
    "processes": lambda _: lambda one: (len(one.belongs),),
    "reviews": lambda _: lambda one: (len(one.reviewed),),
    "pledges": lambda _: lambda one: (len(one.pledged),),
}
"""The columns by which the table can be put in order."""


def read(board: Board, given: Mapping[str, str]) -> Selection:
    """Return the selection that the parameters of an address describe.

    Raises:
        Problem: 400 when a value is none of those there are; the message lists them.
    """
    ballot = _ballot(board, given.get("instrument", "").strip())
    name = _one_of("measure", given, measure.NAMES) or measure.VOTE
    chosen = Selection(board, ballot, measure.measure(name, board, ballot))
    regions = {_slug(one): one for profile in board.states for one in profile.regions}
    groups = {_slug(one.group): one.group for one in board.states if one.group}
    keys = [one.key for one in (*chosen.measure.categories, *chosen.measure.further)]
    sorts = [sign + column for column in SORTS for sign in ("", "-")]
    return replace(
        chosen,
        region=_one_of("region", given, sorted(regions)),
        group=_one_of("group", given, sorted(groups)),
        choice=_one_of("choice", given, keys),
        by=_one_of("by", given, GROUPINGS) or GROUPINGS[0],
        sort=_one_of("sort", given, sorts) or "state",
    )


def _one_of(name: str, given: Mapping[str, str], allowed: "list[str] | tuple[str, ...]") -> str:
    text = given.get(name, "").strip()
    if text and text not in allowed:
        detail = f"`{name}`: “{text[:60]}” is none of {', '.join(allowed)}."
        raise Problem(400, detail, "parameter", parameter=name)
    return text


def _ballot(board: Board, asked: str) -> Ballot:
    if not asked:
        return board.ballots[0]
    short = asked.replace(":", "/").rpartition("/")[2]
    for ballot in board.ballots:
        adopted = (ballot.instrument.iri, ballot.adoption.iri, *ballot.annexes)
        if asked in adopted or short in {iri.rpartition("/")[2] for iri in adopted}:
            return ballot
    names = ", ".join(ballot.slug for ballot in board.ballots)
    detail = (
        f"`instrument`: no vote of States on “{asked[:60]}” is recorded; there is one on {names}."
    )
    raise Problem(400, detail, "parameter", parameter="instrument")
