"""The growth, drawn: one small chart a figure, both axes logarithmic (SVG 1.1)."""

from collections.abc import Sequence
from html import escape
from math import log10

WIDTH, HEIGHT, GAP = 250, 170, 24
LEFT, BOTTOM, TOP = 46, 30, 26

Points = Sequence[tuple[float, float]]


def draw(charts: Sequence[tuple[str, str, dict[str, Points]]]) -> str:
    """Return a drawing.

    Args:
        charts: title, unit, and the points (quads, value) of each line by its name.
    """
    width = 2 * (WIDTH + GAP) + GAP
    height = ((len(charts) + 1) // 2) * (HEIGHT + GAP) + GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11" role="img">',
        "<title>How time, memory and disk grow with the number of quads</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for place, (title, unit, lines) in enumerate(charts):
        x = GAP + (place % 2) * (WIDTH + GAP)
        y = GAP + (place // 2) * (HEIGHT + GAP)
        parts.append(f'<g transform="translate({x},{y})">')
        parts.extend(_chart(title, unit, lines))
        parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _chart(title: str, unit: str, lines: dict[str, Points]) -> list[str]:
    values = [value for points in lines.values() for _, value in points]
    low, high = _decades(values)
    first, last = _decades([quads for points in lines.values() for quads, _ in points])

    def across(quads: float) -> float:
        return LEFT + (log10(quads) - first) / (last - first) * (WIDTH - LEFT - 8)

    def up(value: float) -> float:
        span = HEIGHT - TOP - BOTTOM
        return HEIGHT - BOTTOM - (log10(value) - low) / (high - low) * span

    made = [f'<text x="0" y="12" font-weight="bold">{escape(title)}, {escape(unit)}</text>']
    for power in range(low, high + 1):
        y = up(10**power)
        made.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - 8}" stroke="#ddd"/>')
        made.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10**power:g}</text>')
    for power in range(first, last + 1):
        x = across(10**power)
        made.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#eee"/>')
        label = f"{10 ** (power - 6):g} M"
        made.append(f'<text x="{x:.1f}" y="{HEIGHT - 14}" text-anchor="middle">{label}</text>')
    for (name, points), colour in zip(lines.items(), _COLOURS, strict=False):
        path = " ".join(f"{across(quads):.1f},{up(value):.1f}" for quads, value in points)
        made.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for quads, value in points:
            made.append(
                f'<circle cx="{across(quads):.1f}" cy="{up(value):.1f}" r="3" fill="{colour}"/>'
            )
        quads, value = points[0]
        x, y = across(quads), up(value) - 8
        made.append(f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}">{escape(name)}</text>')
    return made


_COLOURS = ("#1b5e9e", "#a3360f", "#2d6a2d")


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low = int(log10(min(values)) // 1)
    high = int(-(-log10(max(values)) // 1))
    return low, max(high, low + 1)
