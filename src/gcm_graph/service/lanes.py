"""Where things stand on swim lanes in time.

Time is to scale from left to right; what began before 1990 stands in a narrow field at the left.
Each lane packs its things into as few rows as their bars and names allow. A folded lane keeps its
name only. Things that go back to the same thing by the same relation and to nothing else can be
bundled into one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gcm_graph.graph.architecture import Architecture, Life
from gcm_graph.graph.view import Step
from gcm_graph.service.layout import LANES, text_width
from gcm_graph.service.stroke import name_of

FIRST_YEAR = 1990
LEFT = 20.0
OLD = 150.0
TOP = 40.0
HEAD = 30.0
ROW = 30.0
END = 250.0
NAME = 12.5
LONGEST = 270.0
BUNDLE = 3


@dataclass(frozen=True)
class Spot:
    """A thing, or a bundle of things, on the drawing.

    Attributes:
        life: the thing; of a bundle the first one.
        x: where it begins.
        until: where it ends; the same for what has a day only.
        y: middle of its row.
        name: what is written.
        bundle: how many further things it stands for.
        key: name of the bundle, or empty.
    """

    life: Life
    x: float
    until: float
    y: float
    name: str
    bundle: int = 0
    key: str = ""


@dataclass(frozen=True)
class Band:
    """A lane: its name, place, how many things it has and whether it is folded."""

    lane: str
    top: float
    height: float
    count: int
    folded: bool


@dataclass(frozen=True)
class Bundle:
    """Things that go back to one thing by one relation, and to nothing else."""

    key: str
    relation: str
    target: str
    members: tuple[Life, ...]


@dataclass(frozen=True)
class Placed:
    """A drawing before it is drawn.

    Attributes:
        spots: by IRI; members of a closed bundle share a spot.
        bands: the lanes.
        years: each year with its place.
        today: where the release stands in time.
        width: of the whole.
        height: of the whole.
    """

    spots: dict[str, Spot]
    bands: tuple[Band, ...]
    years: tuple[tuple[int, float], ...]
    scale: "Scale"
    today: float
    width: float
    height: float


@dataclass(frozen=True)
class Scale:
    """Time to scale: the first and the last year, and the width of a year."""

    first: int
    last: int
    oldest: int
    year: float

    @property
    def start(self) -> float:
        """Where the first year begins."""
        return LEFT + (OLD if self.oldest < self.first else 0.0)

    def place(self, day: str) -> float:
        """Return where a day (``YYYY-MM-DD``) stands."""
        year, month, date = (int(part) for part in day.split("-"))
        moment = year + (month - 1) / 12 + (date - 1) / 372
        if moment < self.first:
            share = (moment - self.oldest) / max(1, self.first - self.oldest)
            return LEFT + 6 + share * (OLD - 30)
        return self.start + (min(moment, self.last + 1) - self.first) * self.year


def scale_of(things: Iterable[Life], today: str) -> Scale:
    """Return the scale on which things fit, up to the day of the release."""
    begun = [int(one.begins[:4]) for one in things if one.begins] or [FIRST_YEAR]
    last = max(int(today[:4]), *begun)
    late = [year for year in begun if year >= FIRST_YEAR]
    first = FIRST_YEAR if len(begun) > 40 else max(FIRST_YEAR, min(late, default=last) - 1)
    years = last + 1 - first
    return Scale(first, last, min(begun), min(150.0, max(46.0, 1500.0 / years)))


def bundles_of(architecture: Architecture) -> tuple[Bundle, ...]:
    """Return the bundles that things of one lane can be put into."""
    steps: dict[str, list[Step]] = defaultdict(list)
    targets = {step.earlier.iri for step in architecture.steps}
    for step in architecture.steps:
        steps[step.later.iri].append(step)
    alike: dict[tuple[str, str, str], list[Life]] = defaultdict(list)
    for life in architecture.things:
        own = steps.get(life.ref.iri, [])
        if len(own) == 1 and life.ref.iri not in targets:
            alike[life.lane, name_of(own[0].relation), own[0].earlier.iri].append(life)
    return tuple(
        Bundle(
            key=f"{lane}.{relation}.{target.rpartition('/')[2]}",
            relation=relation,
            target=target,
            members=tuple(members),
        )
        for (lane, relation, target), members in alike.items()
        if len(members) >= BUNDLE
    )


def place(
    architecture: Architecture,
    today: str,
    folded: Collection[str] = (),
    closed: Collection[Bundle] = (),
    more: str = "{count}",
) -> Placed:
    """Return where everything stands.

    Args:
        architecture: the things and steps.
        today: day of the release, ``YYYY-MM-DD``.
        folded: lanes of which only the name is shown.
        closed: bundles that are shown as one.
        more: how to say that a bundle holds further things.
    """
    scale = scale_of(architecture.things, today)
    right = scale.place(today)
    inside = {one.ref.iri: bundle for bundle in closed for one in bundle.members}
    spots: dict[str, Spot] = {}
    bands: list[Band] = []
    edge = TOP
    lanes = [one for one in LANES if any(life.lane == one for life in architecture.things)]
    for lane in lanes:
        lives = [life for life in architecture.things if life.lane == lane]
        if lane in folded:
            bands.append(Band(lane, edge, HEAD, len(lives), True))
            edge += HEAD
            continue
        rows: list[float] = []
        for life in lives:
            bundle = inside.get(life.ref.iri)
            if bundle is not None and bundle.members[0] is not life:
                continue
            name = life.ref.label
            if bundle is not None:
                name = more.format(count=len(bundle.members))
            elif text_width(name, NAME) > LONGEST and _says(life):
                name = life.ref.identifier
            name = _cut(name)
            x = scale.place(life.begins or _guess(architecture, life, today))
            until = x
            if lane == "body":
                until = scale.place(life.ends) if life.ends else right
            elif life.ends > life.begins and life.ends:
                until = scale.place(life.ends)
            taken = x - 10
            reach = max(until, x + 12 + text_width(name, NAME)) + 14
            row = next((number for number, full in enumerate(rows) if full <= taken), len(rows))
            if row == len(rows):
                rows.append(0.0)
            rows[row] = reach
            spot = Spot(
                life, x, max(x, until), edge + HEAD + row * ROW + ROW / 2, name,
                len(bundle.members) - 1 if bundle else 0, bundle.key if bundle else "",
            )  # fmt: skip
            for member in bundle.members if bundle else (life,):
                spots[member.ref.iri] = spot
        height = HEAD + len(rows) * ROW + 10
        bands.append(Band(lane, edge, height, len(lives), False))
        edge += height
    years = tuple(
        (year, scale.place(f"{year}-01-01")) for year in range(scale.first, scale.last + 1)
    )
    width = scale.start + (scale.last + 1 - scale.first) * scale.year + END
    return Placed(spots, tuple(bands), years, scale, right, width, edge + 8)


def _guess(architecture: Architecture, life: Life, today: str) -> str:
    """Return a day for a thing without a date: that of the first thing that goes back to it."""
    begins = {one.ref.iri: one.begins for one in architecture.things}
    later = [begins[s.later.iri] for s in architecture.steps if s.earlier.iri == life.ref.iri]
    return min((day for day in later if day), default=today)


def _says(life: Life) -> bool:
    """Tell whether the symbol says as much as the name: both end in the same number."""
    number = life.ref.identifier.rpartition("/")[2]
    return number.isdigit() and number in life.ref.label


def _cut(name: str) -> str:
    """Return the name cut after a whole word, so that its words are those of the full name."""
    words = name.split()
    while len(words) > 1 and text_width(" ".join(words), NAME) > LONGEST:
        words.pop()
    cut = " ".join(words)
    return cut if cut == " ".join(name.split()) else cut.rstrip(",;:") + "…"
