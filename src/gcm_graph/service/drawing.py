"""Drawings made on the server: a lineage in time, and bars for dated relations.

The pictures are plain SVG: classes for the style sheet, presentation attributes so that a
saved file looks right on its own, no script and no style attribute.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape

from gcm_graph.graph import literal
from gcm_graph.graph.view import Claim, Lineage, Ref, Text
from gcm_graph.service.layout import BOX, LANES, LINE, Box, Layout, layout
from gcm_graph.service.translation import N_

TOP = 44.0
LEFT = 18.0
ROUND = 7.0
_INK = "#1d2733"
_SOFT = "#5b6776"
_LINES = {"document": "#2f5d8a", "body": "#7a4b12", "event": "#5a4a86"}
_FILLS = {"document": "#eef4fa", "body": "#faf3e8", "event": "#f3f0fa"}
_LANE_NAMES = {"document": N_("Documents"), "body": N_("Bodies and forums"), "event": N_("Events")}
_SHADES = ("#f5f7f9", "#ffffff")
_PARITY = ("even", "odd")
_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_FONT = 'font-family="system-ui, sans-serif"'


def _same(text: str) -> str:
    return text


def lineage_svg(
    lineage: Lineage,
    root: str | None = None,
    *,
    translate: Callable[[str], str] = _same,
    shown: Callable[[str], str] = literal.date,
) -> str:
    """Draw how one thing goes back to another: time runs to the right, arrows go back.

    Args:
        lineage: the chains to draw.
        root: prefix of links to pages of this service; ``None`` links to the IRIs, which
            is right for a file that is saved.
        translate: turns the few words on the drawing into the language of the page.
        shown: turns an EDTF date into words.
    """
    days = {node.ref.iri: shown(node.date) for node in lineage.nodes}
    placed = layout(lineage, TOP, LEFT, days)
    first, last = lineage.end.label, lineage.start.label
    title = translate("Lineage: from %(start)s back to %(end)s") % {"start": last, "end": first}
    told = translate(
        "%(things)d things and %(steps)d steps in order of time from left to right; each arrow "
        "goes from the later thing to the earlier one. The steps are listed below as text."
    ) % {"things": len(lineage.nodes), "steps": len(lineage.steps)}
    parts = [
        _open("lineage", placed.width, placed.height + 6, "lineage"),
        f'<title id="lineage-title">{escape(title)}</title>',
        f'<desc id="lineage-desc">{escape(told)}</desc>',
        f'<rect class="paper" width="{_n(placed.width)}" height="{_n(placed.height + 6)}" '
        'fill="#ffffff"/>',
        *_bands(placed),
        *_axis(placed, translate),
        *_lines(placed),
        *_turned(placed),
        *_lane_names(placed, translate),
        *_names(placed),
    ]
    ends = {lineage.start.iri, lineage.end.iri}
    parts += [_box(box, root, iri in ends) for iri, box in placed.boxes.items()]
    parts.append("</svg>")
    return "\n".join(parts)


def _open(name: str, width: float, height: float, label: str = "") -> str:
    told = (
        f'role="group" aria-labelledby="{label}-title" aria-describedby="{label}-desc"'
        if label
        else 'aria-hidden="true"'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing {name}" {told} '
        f'width="{_n(width)}" height="{_n(height)}" viewBox="0 0 {_n(width)} {_n(height)}" {_FONT}>'
    )


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _text(at: tuple[float, float], words: str, name: str, size: float, more: str) -> str:
    return (
        f'<text class="{escape(name)}" x="{_n(at[0])}" y="{_n(at[1])}" font-size="{_n(size)}" '
        f"{more}>{escape(words)}</text>"
    )


def _bands(placed: Layout) -> Iterable[str]:
    for position, (_, top, height) in enumerate(placed.lanes):
        yield (
            f'<rect class="lane {_PARITY[position % 2]}" x="0" y="{_n(top)}" '
            f'width="{_n(placed.width)}" height="{_n(height)}" fill="{_SHADES[position % 2]}"/>'
        )


def _lane_names(placed: Layout, translate: Callable[[str], str]) -> Iterable[str]:
    """Write the name of each lane at its left end, and again for those who have scrolled on."""
    for position, (lane, top, _) in enumerate(placed.lanes):
        more = f'fill="{_ink(lane)}" font-weight="600" {_halo(_SHADES[position % 2])}'
        name = f"lane-name {lane} {_PARITY[position % 2]}"
        for turn in range(1 + int(placed.width // 1300)):
            words = translate(_LANE_NAMES.get(lane, lane))
            yield _text((LEFT + turn * 1300, top + 17), words, name, 11.5, more)


def _halo(shade: str) -> str:
    return f'paint-order="stroke" stroke="{shade}" stroke-width="3" stroke-linejoin="round"'


def _ink(lane: str) -> str:
    return _LINES.get(lane, _SOFT)


def _axis(placed: Layout, translate: Callable[[str], str]) -> Iterable[str]:
    """Write the years above their columns; a dotted piece stands for years without a thing."""
    runs: list[tuple[str, float, float]] = []
    for x, time in zip(placed.columns, placed.times, strict=True):
        if runs and runs[-1][0] == time:
            runs[-1] = (time, runs[-1][1], x + BOX)
        else:
            runs.append((time, x, x + BOX))
    base = TOP - 12
    for position, (time, start, end) in enumerate(runs):
        words = time or translate("undated")
        dashed = "" if time else ' stroke-dasharray="2 4"'
        yield (
            f'<path class="axis" d="M{_n(start)} {_n(base)}H{_n(end)}" stroke="{_SOFT}" '
            f'stroke-width="1.5" fill="none"{dashed}/>'
        )
        middle = f'fill="{_INK}" text-anchor="middle" font-weight="600"'
        yield _text(((start + end) / 2, base - 8), words, "year", 13, middle)
        if position:
            yield (
                f'<path class="axis gap" d="M{_n(runs[position - 1][2] + 6)} {_n(base)}'
                f'H{_n(start - 6)}" stroke="{_SOFT}" stroke-width="1.5" '
                'stroke-dasharray="1.5 5" fill="none"/>'
            )


def _lines(placed: Layout) -> Iterable[str]:
    """Draw, for each thing, the trunk and everything that joins it as one path."""
    boxes = placed.boxes
    for iri, target in boxes.items():
        start = target.x + BOX
        far = start
        pieces: list[str] = []
        for box in boxes.values():
            gutter = placed.gutters[box.column]
            for port in box.ports:
                if iri not in port.targets:
                    continue
                track = gutter.tracks.get(iri)
                if track is None:
                    far = max(far, box.x)
                    continue
                far = max(far, track - ROUND if abs(port.y - target.y) > 1 else box.x)
                pieces.append(_bend(box.x, port.y, track, target.y))
        if far == start and not pieces:
            continue
        path = "".join([f"M{_n(far)} {_n(target.y)}H{_n(start + 6)}", *pieces])
        lane = target.node.lane
        ink = _ink(lane)
        yield f'<path class="casing" d="{path}" stroke="#ffffff" stroke-width="5" fill="none"/>'
        yield (
            f'<path class="line to-{escape(lane)}" d="{path}" stroke="{ink}" stroke-width="1.6" '
            'fill="none"/>'
        )
        yield (
            f'<path class="head to-{escape(lane)}" d="M{_n(start + 1)} {_n(target.y)}l9 -4.5v9z" '
            f'fill="{ink}"/>'
        )


def _bend(x: float, y: float, track: float, end: float) -> str:
    if abs(y - end) <= 1:
        return f"M{_n(x)} {_n(y)}H{_n(track - ROUND)}"
    round_ = min(ROUND, abs(end - y) / 2)
    down = round_ if end > y else -round_
    return (
        f"M{_n(x)} {_n(y)}H{_n(track + round_)}q{_n(-round_)} 0 {_n(-round_)} {_n(down)}"
        f"V{_n(end - down)}q0 {_n(down)} {_n(-round_)} {_n(down)}H{_n(track - ROUND)}"
    )


def _turned(placed: Layout) -> Iterable[str]:
    """Draw the steps that close a circle as dashed bows."""
    for step in placed.turned:
        later, earlier = placed.boxes[step.later.iri], placed.boxes[step.earlier.iri]
        x, y = later.x + BOX / 2, later.y + later.height / 2
        to, under = earlier.x + BOX / 2, earlier.y + earlier.height / 2
        low = max(y, under) + 40
        yield (
            f'<path class="line turned" d="M{_n(x)} {_n(y)}C{_n(x)} {_n(low)} {_n(to)} {_n(low)} '
            f'{_n(to)} {_n(under + 9)}" stroke="{_SOFT}" stroke-width="1.6" '
            f'stroke-dasharray="5 4" fill="none">'
            f"<title>{escape(step.relation.label)}</title></path>"
        )
        yield f'<path class="head" d="M{_n(to)} {_n(under + 1)}l-4.5 9h9z" fill="{_SOFT}"/>'


def _names(placed: Layout) -> Iterable[str]:
    shades = {lane: _SHADES[n % 2] for n, (lane, _, _) in enumerate(placed.lanes)}
    for box in placed.boxes.values():
        shade = shades[box.node.lane]
        end = f'fill="{_INK}" text-anchor="end" {_halo(shade)}'
        name = f"relation {_PARITY[_SHADES.index(shade)]}"
        for port in box.ports:
            yield _text((box.x - 6, port.y - 5.5), port.label, name, 11, end)


def _box(box: Box, root: str | None, strong: bool) -> str:
    ref = box.node.ref
    top = box.y - box.height / 2
    lane = box.node.lane
    undated = "" if box.node.earliest else ' stroke-dasharray="5 3"'
    name = f"box {escape(lane)}{' end' if strong else ''}{'' if box.node.earliest else ' undated'}"
    text = len(box.lines) * LINE + (LINE if box.day else 0)
    y = box.y - text / 2 + 11.5
    lines = [
        f'<rect class="{name}" x="{_n(box.x)}" y="{_n(top)}" width="{_n(BOX)}" '
        f'height="{_n(box.height)}" rx="4" fill="{_FILLS.get(lane, "#ffffff")}" '
        f'stroke="{_ink(lane)}" stroke-width="{"2.4" if strong else "1"}"{undated}/>'
    ]
    heavy = f'fill="{_INK}"' + (' font-weight="600"' if strong else "")
    for position, line in enumerate(box.lines):
        lines.append(_text((box.x + 11, y + position * LINE), line, "label", 13, heavy))
    if box.day:
        below = y + len(box.lines) * LINE
        lines.append(_text((box.x + 11, below), box.day, "date", 11.5, f'fill="{_SOFT}"'))
    told = ", ".join(part for part in (ref.label, ref.identifier, ref.kind, box.day) if part)
    language = f' lang="{escape(ref.language)}"' if ref.language else ""
    inside = f"<title>{escape(told)}</title>" + "".join(lines)
    href = _address(ref, root)
    if not href:
        return f"<g{language}>{inside}</g>"
    return f'<a href="{escape(href)}"{language}>{inside}</a>'


def _address(ref: Ref, root: str | None) -> str:
    if root is not None and ref.path is not None:
        return (root or "./") + ref.path
    return ref.iri if ref.iri.startswith(("https://", "http://")) else ""


def _moment(edtf: str, last: bool) -> float | None:
    """Return the time as a year with a fraction, or None when no year is known."""
    found = _YEAR.search(edtf)
    if not found:
        return None
    year, month, day = found.groups()
    if month is None:
        return float(year) + (0.99 if last else 0.0)
    if not 1 <= int(month) <= 12:
        return float(year)
    start = int(year) + (int(month) - 1) / 12
    return start + (int(day) / 31 / 12 if day else (1 / 12 if last else 0.0))


def bars_svg(claims: Sequence[Claim]) -> str:
    """Draw when dated relations began and ended; empty when fewer than two say when.

    The bars repeat a table that stands beside them, so they are hidden from screen readers.
    """
    spans: list[tuple[Ref | Text, float, float | None]] = []
    for claim in claims:
        begins = _moment(claim.begins, last=False)
        if begins is not None and len(spans) < 40:
            ends = _moment(claim.ends, last=True)
            spans.append((claim.value, begins, ends))
    if len(spans) < 2:
        return ""
    low = min(int(begins) for _, begins, _ in spans)
    high = max(int(ends or begins) for _, begins, ends in spans) + 1
    if any(ends is None for _, _, ends in spans):
        high += max(1, (high - low) // 12)
    left, right, row = 190.0, 700.0, 22.0

    def place(moment: float) -> float:
        return left + (moment - low) / (high - low) * (right - left)

    height = 30 + row * len(spans)
    parts = [_open("bars", right + 20, height)]
    jump = next(step for step in (1, 2, 5, 10, 20, 50, 100, 500, 9999) if (high - low) / step <= 9)
    for year in range(low + (-low) % jump, high + 1, jump):
        x = place(year)
        parts.append(
            f'<path class="axis" d="M{_n(x)} 22V{_n(height)}" stroke="{_SOFT}" '
            'stroke-width="0.5" opacity="0.5" fill="none"/>'
        )
        parts.append(
            _text((x, 15), str(year), "date", 11.5, f'fill="{_SOFT}" text-anchor="middle"')
        )
    for position, (value, begins, ends) in enumerate(spans):
        y = 30 + position * row
        label = value.label if isinstance(value, Ref) else (value.shown or value.value)
        short = label if len(label) <= 27 else label[:26].rstrip() + "…"
        parts.append(
            _text((left - 10, y + 11), short, "label", 12, f'fill="{_INK}" text-anchor="end"')
        )
        start, end = place(begins), place(ends) if ends is not None else right
        width = max(4.0, end - start)
        name = "bar" if ends is not None else "bar open"
        parts.append(
            f'<rect class="{name}" x="{_n(start)}" y="{_n(y + 1)}" width="{_n(width)}" '
            f'height="13" rx="2" fill="{_LINES["document"]}"/>'
        )
        if ends is None:
            parts.append(
                f'<path class="bar open" d="M{_n(right)} {_n(y + 1)}l8 6.5l-8 6.5z" '
                f'fill="{_LINES["document"]}"/>'
            )
    parts.append("</svg>")
    return "\n".join(parts)


__all__ = ["LANES", "bars_svg", "lineage_svg"]
