"""The drawing of the architecture: swim lanes in time, bars for lives, lines for steps.

Plain SVG: classes for the style sheet, presentation attributes so that a saved file looks right on
its own, ``data-`` attributes by which a script can follow the lines; no script, no style attribute.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from gcm_graph.graph.architecture import Architecture, Life
from gcm_graph.graph.view import Ref, Step
from gcm_graph.service.lanes import HEAD, LEFT, NAME, TOP, Bundle, Placed, Spot, place
from gcm_graph.service.stroke import INKS, Stroke, name_of

_INK, _SOFT, _RULE = "#1d2733", "#5b6776", "#d9dde2"
_LANES = {"document": "#2f5d8a", "body": "#7a4b12", "event": "#5a4a86"}
_SHADES = ("#f5f7f9", "#ffffff")
_PARITY = ("even", "odd")
_FONT = 'font-family="system-ui, sans-serif"'


@dataclass(frozen=True)
class Words:
    """The words on the drawing, in the language of the page."""

    title: str
    description: str
    lanes: dict[str, str]
    before: str
    more: str
    undated: str


@dataclass(frozen=True)
class Choice:
    """What is shown of an architecture.

    Attributes:
        strokes: the look of each relation, with those that are hidden.
        folded: lanes of which only the name is shown.
        closed: bundles that are shown as one.
        moment: the last day of the moment that is asked about, ``YYYY-MM-DD``, or empty.
        selected: key of the step that is picked out, or empty.
        ends: IRIs of the things that were asked for.
    """

    strokes: tuple[Stroke, ...]
    folded: frozenset[str] = frozenset()
    closed: tuple[Bundle, ...] = ()
    moment: str = ""
    selected: str = ""
    ends: frozenset[str] = frozenset()


def key_of(step: Step) -> str:
    """Return the name of a step in an address: the paths of its two things."""
    return f"{_short(step.later)}~{_short(step.earlier)}"


def _short(ref: Ref) -> str:
    return (ref.path or ref.iri).removeprefix("id/")


def standing(life: Life, moment: str) -> str:
    """Return ``future``, ``ended`` or nothing for how a thing stands at a day."""
    if not moment or not life.begins:
        return ""
    if life.begins > moment:
        return "future"
    return "ended" if life.lane == "body" and life.ends and life.ends < moment else ""


def draw(
    architecture: Architecture,
    choice: Choice,
    words: Words,
    today: str,
    link: Callable[[Ref], str],
    opening: Callable[[str], str],
) -> str:
    """Return the drawing as SVG.

    Args:
        architecture: the things and steps.
        choice: what is shown of it.
        words: the words on it.
        today: day of the release, ``YYYY-MM-DD``.
        link: the address of a thing.
        opening: the address of the view with a bundle opened.
    """
    placed = place(architecture, today, choice.folded, choice.closed, words.more)
    width, height = _n(placed.width), _n(placed.height)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing architecture" role="group" '
        f'aria-labelledby="architecture-title" aria-describedby="architecture-desc" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" {_FONT} '
        f'data-start="{_n(placed.scale.start)}" data-first="{placed.scale.first}" '
        f'data-year="{_n(placed.scale.year)}">',
        f'<title id="architecture-title">{escape(words.title)}</title>',
        f'<desc id="architecture-desc">{escape(words.description)}</desc>',
        f'<rect class="paper" width="{width}" height="{height}" fill="#ffffff"/>',
        *_bands(placed),
        *_axis(placed, words),
        *_moment(placed, choice.moment),
        '<g class="edges">',
        *_edges(architecture, placed, choice),
        '</g><g class="lives">',
        *_lives(placed, choice, words, link, opening),
        '</g><g class="lane-names">',
        *_names(placed, words),
        "</g></svg>",
    ]
    return "\n".join(parts)


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _bands(placed: Placed) -> Iterable[str]:
    for position, band in enumerate(placed.bands):
        yield (
            f'<rect class="lane {_PARITY[position % 2]}" y="{_n(band.top)}" '
            f'width="{_n(placed.width)}" height="{_n(band.height)}" '
            f'fill="{_SHADES[position % 2]}"/>'
        )


def _names(placed: Placed, words: Words) -> Iterable[str]:
    for position, band in enumerate(placed.bands):
        yield (
            f'<text class="lane-name {band.lane} {_PARITY[position % 2]}" x="{_n(LEFT - 8)}" '
            f'y="{_n(band.top + 20)}" font-size="12.5" font-weight="600" '
            f'fill="{_LANES[band.lane]}" paint-order="stroke" stroke="{_SHADES[position % 2]}" '
            f'stroke-width="4">{escape(words.lanes[band.lane])} ({band.count})</text>'
        )


def _axis(placed: Placed, words: Words) -> Iterable[str]:
    bottom = placed.height - 8
    every = 1 if placed.scale.year >= 40 else 2
    if placed.scale.start > LEFT:
        yield _text(LEFT - 8, TOP - 16, words.before, "date", 12, _SOFT)
    for year, x in placed.years:
        strong = year % 5 == 0
        yield (
            f'<path class="grid{" strong" if strong else ""}" d="M{_n(x)} {_n(TOP - 8)}'
            f'V{_n(bottom)}" stroke="{_RULE}" stroke-width="{"1.4" if strong else "0.7"}" '
            'fill="none"/>'
        )
        if year % every == 0:
            weight = ' font-weight="600"' if strong else ""
            yield _text(x, TOP - 16, str(year), "year", 12, _INK, f' text-anchor="middle"{weight}')


def _text(x: float, y: float, words: str, name: str, size: float, ink: str, more: str = "") -> str:
    return (
        f'<text class="{name}" x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" '
        f'fill="{ink}"{more}>{escape(words)}</text>'
    )


def _moment(placed: Placed, moment: str) -> Iterable[str]:
    if moment:
        x = placed.scale.place(moment)
        yield (
            f'<path class="moment" d="M{_n(x)} {_n(TOP - 8)}V{_n(placed.height - 8)}" '
            'stroke="#b45309" stroke-width="2" fill="none"/>'
        )


def _edges(architecture: Architecture, placed: Placed, choice: Choice) -> Iterable[str]:
    looks = {one.name: one for one in choice.strokes}
    lives = {one.ref.iri: one for one in architecture.things}
    drawn: set[tuple[str, str, str]] = set()
    for number, step in enumerate(architecture.steps):
        look = looks[name_of(step.relation)]
        later, earlier = placed.spots.get(step.later.iri), placed.spots.get(step.earlier.iri)
        if look.hidden or later is None or earlier is None:
            continue
        mark = (later.life.ref.iri, earlier.life.ref.iri, look.name)
        if mark in drawn:
            continue  # the other lines of a bundle
        drawn.add(mark)
        ends = (lives[step.later.iri], lives[step.earlier.iri])
        future = "future" in {standing(one, choice.moment) for one in ends}
        key = key_of(step)
        names = ["edge", f"f-{look.family}"]
        names += ["future"] if future else []
        names += ["selected"] if key == choice.selected else []
        told = f"{step.later.label}: {step.relation.label}: {step.earlier.label}"
        told += f" ({step.shown})" if step.shown else ""
        ink = INKS[look.family]
        path, head = _line(later, earlier)
        dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
        hidden = ' visibility="hidden"' if future else ""
        yield (
            f'<a class="{" ".join(names)}" href="#step-{number}" data-step="{number}" '
            f'data-key="{escape(key)}" data-relation="{look.name}" '
            f'data-later="{escape(later.life.ref.iri)}" '
            f'data-earlier="{escape(earlier.life.ref.iri)}" aria-label="{escape(told)}"{hidden}>'
            f"<title>{escape(told)}</title>"
            f'<path class="hit" d="{path}" stroke="#ffffff" stroke-opacity="0" stroke-width="11" '
            'fill="none"/>'
            f'<path class="line" d="{path}" stroke="{ink}" stroke-width="1.5"{dash} fill="none"/>'
            f'<path class="head" d="{head}" fill="{ink}"/></a>'
        )


def _line(later: Spot, earlier: Spot) -> tuple[str, str]:
    """Return the path from a thing back to an earlier one, and its head."""
    x, y = later.x - 5, later.y
    to = earlier.x + 7
    if earlier.until - earlier.x > 20:  # a bar: meet it where the later thing begins
        to = max(to, min(earlier.until, later.x - 18))
        bend = max(22.0, min(120.0, abs(x - to) * 0.45))
        path = (
            f"M{_n(x)} {_n(y)}C{_n(x - bend)} {_n(y)} {_n(to + bend)} {_n(earlier.y)} "
            f"{_n(to + 6)} {_n(earlier.y)}"
        )
        return path, f"M{_n(to)} {_n(earlier.y)}l8 -4v8z"
    # a mark: meet it from above or below, where its name does not stand
    side = 1 if y > earlier.y else -1
    end = earlier.y + side * 8
    rise = max(18.0, min(160.0, abs(y - end) * 0.6))
    path = (
        f"M{_n(x)} {_n(y)}C{_n(x - max(22.0, (x - earlier.x) * 0.5))} {_n(y)} {_n(earlier.x)} "
        f"{_n(end + side * rise)} {_n(earlier.x)} {_n(end + side * 6)}"
    )
    return path, f"M{_n(earlier.x)} {_n(end)}l-4 {side * 8}h8z"


def _lives(
    placed: Placed,
    choice: Choice,
    words: Words,
    link: Callable[[Ref], str],
    opening: Callable[[str], str],
) -> Iterable[str]:
    for spot in dict.fromkeys(placed.spots.values()):
        life = spot.life
        state = standing(life, choice.moment)
        names = ["life", life.lane, *([state] if state else [])]
        names += ["end"] if life.ref.iri in choice.ends else []
        names += ["bundle"] if spot.key else []
        told = [life.ref.label, life.ref.identifier, life.ref.kind, life.shown or words.undated]
        said = spot.name if spot.key else ", ".join(dict.fromkeys(one for one in told if one))
        href = opening(spot.key) if spot.key else link(life.ref)
        looks = {"future": ' visibility="hidden"', "ended": ' opacity="0.5"'}.get(state, "")
        language = f' lang="{escape(life.ref.language)}"' if life.ref.language else ""
        yield (
            f'<a class="{" ".join(names)}" href="{escape(href)}" '
            f'data-thing="{escape(life.ref.iri)}" '
            f'data-begins="{life.begins}" data-ends="{life.ends if life.lane == "body" else ""}" '
            f'aria-label="{escape(said)}"{language}{looks}><title>{escape(said)}</title>'
            f"{''.join(_shape(spot, choice))}</a>"
        )


def _shape(spot: Spot, choice: Choice) -> Iterable[str]:
    life, ink = spot.life, _LANES.get(spot.life.lane, _SOFT)
    x, y = spot.x, spot.y
    wide = max(spot.until - x, len(spot.name) * 6.5 + 12) + 8
    yield (
        f'<rect class="back" x="{_n(x - 6)}" y="{_n(y - 17)}" width="{_n(wide)}" height="24" '
        'rx="3" fill="#ffffff" fill-opacity="0"/>'
    )
    dashed = ' stroke-dasharray="3 2"' if life.basis != "own" else ""
    if spot.until - x > 3:
        yield (
            f'<rect class="bar" x="{_n(x)}" y="{_n(y - 2.5)}" width="{_n(spot.until - x)}" '
            f'height="5" rx="2.5" fill="{ink}" fill-opacity="0.55"/>'
        )
        if life.ends and life.lane == "body":
            yield (
                f'<path class="stop" d="M{_n(spot.until)} {_n(y - 6)}v12" stroke="{ink}" '
                'stroke-width="2.5" fill="none"/>'
            )
    mark = {
        "document": f'<rect x="{_n(x - 4.5)}" y="{_n(y - 4.5)}" width="9" height="9"',
        "event": f'<path d="M{_n(x)} {_n(y - 6)}l6 6l-6 6l-6 -6z"',
    }.get(life.lane, f'<circle cx="{_n(x)}" cy="{_n(y)}" r="4.8"')
    yield (
        f'{mark} class="mark" fill="{ink if life.basis == "own" else "#ffffff"}" '
        f'stroke="{ink}" stroke-width="1.5"{dashed}/>'
    )
    heavy = ' font-weight="700"' if life.ref.iri in choice.ends else ""
    above = spot.until - x > 3
    yield _text(
        x + (8 if above else 10), y - (6 if above else -4.2), spot.name, "label", NAME, _INK,
        f'{heavy} paint-order="stroke" stroke="#ffffff" stroke-width="3" stroke-opacity="0.85"',
    )  # fmt: skip


__all__ = ["HEAD", "Choice", "Words", "draw", "key_of", "standing"]
