"""The band of the timeline: a mark for each moment, as wide as its source leaves it open.

Plain SVG with presentation attributes. It repeats the list beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from gcm_graph.service.lanes import FIRST_YEAR, LEFT, OLD, Scale
from gcm_graph.service.layout import LANES

_INKS = {"document": "#2f5d8a", "body": "#7a4b12", "event": "#5a4a86"}
_SOFT, _INK, _RULE = "#5b6776", "#1d2733", "#d9dde2"
ROW = 7.0
TOP = 34.0
WIDTH = 1180.0


@dataclass(frozen=True)
class Mark:
    """A moment on the band.

    Attributes:
        lane: ``document``, ``body`` or ``event``.
        earliest: first day that the source allows.
        latest: last day that it allows.
        what: what happened.
        told: the moment in words.
        planned: whether it is a plan that nothing confirms.
    """

    lane: str
    earliest: str
    latest: str
    what: str
    told: str
    planned: bool = False


def draw(marks: Sequence[Mark], today: str) -> str:
    """Return the band as SVG.

    Args:
        marks: the moments, the earliest first.
        today: day of the release, ``YYYY-MM-DD``.
    """
    years = [int(one.earliest[:4]) for one in marks] or [FIRST_YEAR]
    last = (
        max(int(today[:4]), *years) if min(years) >= FIRST_YEAR or len(years) > 30 else max(years)
    )
    if len(marks) <= 30 and years:
        last = max(years)
    first = min(max(FIRST_YEAR, min(years)), last)
    old = OLD if min(years) < first else 0.0
    scale = Scale(first, last, min(years), (WIDTH - LEFT - old) / (last + 1 - first))
    parts: list[str] = []
    edge = TOP
    for position, lane in enumerate(one for one in LANES if any(m.lane == one for m in marks)):
        held = [one for one in marks if one.lane == lane]
        shapes, rows = _packed(held, scale, edge + 8)
        height = rows * ROW + 16
        shade, name = ("#f5f7f9", "even") if position % 2 == 0 else ("#ffffff", "odd")
        parts.append(
            f'<rect class="lane {name}" y="{edge:.1f}" width="{WIDTH + LEFT:.0f}" '
            f'height="{height:.1f}" fill="{shade}"/>'
        )
        parts += shapes
        edge += height
    axis = list(_axis(scale, edge))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing timeline" aria-hidden="true" '
        f'width="{WIDTH + LEFT:.0f}" height="{edge + 6:.0f}" '
        f'viewBox="0 0 {WIDTH + LEFT:.0f} {edge + 6:.0f}" font-family="system-ui, sans-serif">'
        f'<rect class="paper" width="{WIDTH + LEFT:.0f}" height="{edge + 6:.0f}" fill="#ffffff"/>'
    )
    return "\n".join([head, *parts, *axis, "</svg>"])


def _packed(marks: Sequence[Mark], scale: Scale, top: float) -> tuple[list[str], int]:
    """Return the marks of a lane in as few rows as they need, and the number of rows."""
    rows: list[float] = []
    shapes = []
    for one in marks:
        x = scale.place(one.earliest)
        wide = max(5.0, scale.place(one.latest) - x)
        row = next((place for place, full in enumerate(rows) if full <= x), len(rows))
        if row == len(rows):
            rows.append(0.0)
        rows[row] = x + wide + 1.5
        sure = wide <= 5.5
        ink = _INKS.get(one.lane, _SOFT)
        planned = f' stroke="{ink}" stroke-dasharray="2 1.5" fill-opacity="0.1"'
        looks = planned if one.planned else "" if sure else ' fill-opacity="0.45"'
        shapes.append(
            f'<rect class="moment-{one.lane} w-{one.what}" x="{x:.1f}" y="{top + row * ROW:.1f}" '
            f'width="{wide:.1f}" height="5" rx="{2.5 if sure else 1}" fill="{ink}"{looks}>'
            f"<title>{escape(one.told)}</title></rect>"
        )
    return shapes, len(rows)


def _axis(scale: Scale, bottom: float) -> Iterable[str]:
    if scale.oldest < scale.first:
        yield (
            f'<text class="date" x="{LEFT:.0f}" y="20" font-size="12" fill="{_SOFT}">'
            f"{scale.oldest} –</text>"
        )
    step = 1 if scale.year >= 40 else 5
    for year in range(scale.first, scale.last + 1):
        x = scale.place(f"{year}-01-01")
        strong = year % 5 == 0
        yield (
            f'<path class="grid" d="M{x:.1f} 26V{bottom:.0f}" stroke="{_RULE}" '
            f'stroke-width="{1 if strong else 0.4}" fill="none"/>'
        )
        if year % step == 0:
            yield (
                f'<text class="year" x="{x:.1f}" y="20" font-size="12" fill="{_INK}">{year}</text>'
            )
