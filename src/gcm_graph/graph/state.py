"""What the graph says of States, as values: votes, stands, processes, reviews, pledges.

A `Profile` gathers it for one State; a `Board` holds the profiles of all and the votes that were
recorded. Nothing here is guessed: what no source says is absent.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from gcm_graph.graph.view import Passage, Ref


@dataclass(frozen=True)
class Fact:
    """One thing that sources say of a State.

    Attributes:
        node: IRI of the vote, position, membership, participation, event or pledge.
        about: the adoption, the object of a stand, the process, the review or the pledge.
        manner: the choice, stance, role or session; ``None`` when no source names one.
        passages: where it is said, the best evidence first.
        begins: EDTF date, or empty.
        ends: EDTF date, or empty.
        as_of: EDTF dates on which it is attested.
        time: these dates as a person reads them, or empty.
        earliest: first day that the dates allow (``YYYY-MM-DD``), or empty.
        counted: whether a role in a process is one of belonging to it.
    """

    node: str
    about: Ref
    manner: Ref | None
    passages: tuple[Passage, ...]
    begins: str = ""
    ends: str = ""
    as_of: tuple[str, ...] = ()
    time: str = ""
    earliest: str = ""
    counted: bool = True

    @property
    def day(self) -> str:
        """The day by which it is put in order: the first possible one, else an attested one."""
        return self.earliest or min(self.as_of, default="")


@dataclass(frozen=True)
class Profile:
    """One State.

    Attributes:
        ref: its IRI, name and page.
        iso3: ISO 3166-1 alpha-3 code, or empty.
        m49: United Nations M49 code (also ISO 3166-1 numeric), or empty.
        group: regional group of the United Nations; ``None`` when it is in none.
        regions: M49 regions, the widest first.
        votes: choices in recorded votes, the oldest first.
        stands: stands and championship, in order of time, the undated first.
        processes: roles in consultative processes.
        reviews: parts in reviews of the Compact.
        pledges: pledges.
    """

    ref: Ref
    iso3: str
    m49: str
    group: Ref | None
    regions: tuple[Ref, ...]
    votes: tuple[Fact, ...] = ()
    stands: tuple[Fact, ...] = ()
    processes: tuple[Fact, ...] = ()
    reviews: tuple[Fact, ...] = ()
    pledges: tuple[Fact, ...] = ()

    @property
    def slug(self) -> str:
        """The last part of its IRI."""
        return self.ref.iri.rpartition("/")[2]

    @property
    def belongs(self) -> tuple[Ref, ...]:
        """The processes it belongs to as member, participating, partner or signatory State."""
        return _distinct(fact.about for fact in self.processes if fact.counted)

    @property
    def reviewed(self) -> tuple[Ref, ...]:
        """The reviews in which a source names a part of it."""
        return _distinct(fact.about for fact in self.reviews)

    @property
    def pledged(self) -> tuple[Ref, ...]:
        """Its pledges, each once."""
        return _distinct(fact.about for fact in self.pledges)

    @property
    def champion(self) -> tuple[Fact, ...]:
        """What says that it is a champion country of the Compact."""
        return tuple(
            fact
            for fact in self.stands
            if fact.manner is not None and fact.manner.iri.endswith("/champion-country")
        )

    def votes_on(self, adoption: str) -> tuple[Fact, ...]:
        """Return its choices in one vote: none, one, or two where sources disagree."""
        return tuple(fact for fact in self.votes if fact.about.iri == adoption)


@dataclass(frozen=True)
class Total:
    """A recorded total of a vote: choice, number and where it is said."""

    choice: Ref
    number: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Ballot:
    """A recorded vote.

    Attributes:
        adoption: the event.
        instrument: what was adopted; the adoption itself when no source says.
        annexes: IRIs of the texts annexed to it, which the vote adopts too.
        earliest: first possible day, or empty.
        totals: the recorded totals; two of one choice where sources disagree.
    """

    adoption: Ref
    instrument: Ref
    annexes: tuple[str, ...] = ()
    earliest: str = ""
    totals: tuple[Total, ...] = ()

    @property
    def slug(self) -> str:
        """The last part of the instrument's IRI, which names the vote in addresses."""
        return self.instrument.iri.rpartition("/")[2]


@dataclass(frozen=True)
class Board:
    """All States and all recorded votes, in one language.

    Attributes:
        states: by name.
        ballots: the vote with the most named States first, then the latest.
    """

    states: tuple[Profile, ...]
    ballots: tuple[Ballot, ...]

    def find(self, name: str) -> Profile | None:
        """Return the State with this IRI, slug, ``state/slug``, ISO or M49 code."""
        asked = name.strip()
        short = asked.removeprefix("state:").rpartition("/")[2].lower()
        for profile in self.states:
            codes = {profile.iso3.lower(), profile.m49} - {""}
            if asked == profile.ref.iri or short == profile.slug or short in codes:
                return profile
        return None


def _distinct(found: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple({one.iri: one for one in found}.values())
