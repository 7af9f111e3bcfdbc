"""Measures: by what the States are told apart on a map, and into which categories.

A category has a tone, which the style sheet turns into a colour and a pattern. Choices and stances
are called what the graph calls them; a count is put into classes. What no source says is a
category of its own, never one of the others.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gcm_graph.graph.state import Ballot, Board, Profile
from gcm_graph.service.translation import N_

VOTE, STANDS, PROCESSES, REVIEWS, PLEDGES = "vote", "stands", "processes", "reviews", "pledges"
NAMES = (VOTE, STANDS, PROCESSES, REVIEWS, PLEDGES)
"""The measures, in the order in which they are offered."""

DISPUTED, NOT_RECORDED = "disputed", "not-recorded"
TONES = {
    "in-favour": "for",
    "against": "against",
    "abstained": "abstained",
    "not-voting": "absent",
}
_ORDER = tuple(TONES)
_FAVOURABLE = {"supported", "approved", "joined", "returned", "champion-country"}
_CRITICAL = {"withdrew", "announced-withdrawal", "rejected", "opposed"}
_CLASSES = {
    PROCESSES: (
        (1, 2, "1-2", N_("1 or 2")),
        (3, 4, "3-4", N_("3 or 4")),
        (5, 999, "5-more", N_("5 or more")),
    ),
    REVIEWS: ((1, 1, "1", "1"), (2, 999, "2-more", N_("2 or more"))),
    PLEDGES: ((1, 1, "1", "1"), (2, 999, "2-more", N_("2 or more"))),
}
_TINTS = ("low", "middle", "high")


@dataclass(frozen=True)
class Category:
    """A class of States: its name in addresses, what people call it, and its tone."""

    key: str
    label: str
    tone: str


@dataclass(frozen=True)
class Measure:
    """How States are told apart.

    Attributes:
        name: one of ``NAMES``.
        categories: in the order of the legend.
        place: the category of a State on the map.
        keys: every name under which a State is found: its category and, for votes and stands,
            each choice or stance that a source gives it.
        further: names that are no category of the map but that one can choose.
    """

    name: str
    categories: tuple[Category, ...]
    place: Callable[[Profile], str]
    keys: Callable[[Profile], frozenset[str]]
    further: tuple[Category, ...] = ()

    def category(self, profile: Profile) -> Category:
        """Return the category of a State on the map."""
        key = self.place(profile)
        return next(one for one in self.categories if one.key == key)

    def known(self, key: str) -> bool:
        """Tell whether States can be chosen by ``key``."""
        return any(one.key == key for one in (*self.categories, *self.further))


def measure(name: str, board: Board, ballot: Ballot) -> Measure:
    """Return the measure of this name; ``ballot`` is the vote that is measured."""
    if name == VOTE:
        return _vote(board, ballot)
    if name == STANDS:
        return _stands(board)
    return _count(name)


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]


def choices(profile: Profile, ballot: Ballot) -> tuple[str, ...]:
    """Return the choices that sources give a State in a vote, each once."""
    found = (fact.manner.iri for fact in profile.votes_on(ballot.adoption.iri) if fact.manner)
    return tuple(dict.fromkeys(_slug(iri) for iri in found))


def _vote(board: Board, ballot: Ballot) -> Measure:
    named = {
        _slug(fact.manner.iri): fact.manner.label
        for profile in board.states
        for fact in profile.votes
        if fact.manner
    }
    ordered = sorted(named, key=lambda key: (_ORDER.index(key) if key in _ORDER else 9, key))
    categories = [Category(key, named[key], TONES.get(key, "middle")) for key in ordered]
    categories.append(Category(DISPUTED, N_("sources disagree"), "mixed"))
    categories.append(Category(NOT_RECORDED, N_("not recorded"), "none"))

    def place(profile: Profile) -> str:
        found = choices(profile, ballot)
        if not found:
            return NOT_RECORDED
        return found[0] if len(found) == 1 else DISPUTED

    def keys(profile: Profile) -> frozenset[str]:
        return frozenset({place(profile), *choices(profile, ballot)})

    return Measure(VOTE, tuple(categories), place, keys)


def _stands(board: Board) -> Measure:
    categories = (
        Category("favourable", N_("the latest stand is in favour"), "for"),
        Category("critical", N_("the latest stand is against or a withdrawal"), "against"),
        Category("open", N_("the latest stand is another one"), "abstained"),
        Category(NOT_RECORDED, N_("no stand recorded"), "none"),
    )
    named = {
        _slug(fact.manner.iri): fact.manner.label
        for profile in board.states
        for fact in profile.stands
        if fact.manner
    }

    def place(profile: Profile) -> str:
        if not profile.stands:
            return NOT_RECORDED
        latest = max(profile.stands, key=lambda fact: fact.day).manner
        stance = _slug(latest.iri) if latest else ""
        if stance in _FAVOURABLE:
            return "favourable"
        return "critical" if stance in _CRITICAL else "open"

    def keys(profile: Profile) -> frozenset[str]:
        taken = {_slug(fact.manner.iri) for fact in profile.stands if fact.manner}
        return frozenset({place(profile), *taken})

    further = tuple(Category(key, named[key], "middle") for key in sorted(named))
    return Measure(STANDS, categories, place, keys, further)


def counted(name: str, profile: Profile) -> int:
    """Return how many processes, reviews or pledges of a State sources name."""
    held: dict[str, Iterable[object]] = {
        PROCESSES: profile.belongs,
        REVIEWS: profile.reviewed,
        PLEDGES: profile.pledged,
    }
    return len(tuple(held[name]))


def _count(name: str) -> Measure:
    classes = _CLASSES[name]
    tints = _TINTS[-len(classes) :]
    categories = tuple(
        Category(key, label, tint)
        for (_, _, key, label), tint in zip(reversed(classes), reversed(tints), strict=True)
    )

    def place(profile: Profile) -> str:
        number = counted(name, profile)
        found = (key for low, high, key, _ in classes if low <= number <= high)
        return next(found, NOT_RECORDED)

    none = Category(NOT_RECORDED, N_("none recorded"), "none")
    return Measure(name, (*categories, none), place, lambda one: frozenset({place(one)}))
