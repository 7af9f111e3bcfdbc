"""Charts of an answer, drawn on the server: bars that compare numbers, and spans in time.

They repeat the table that stands below them, so they are hidden from screen readers; classes are
for the style sheet, presentation attributes for a saved file, and there is no style attribute.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from gcm_graph.graph.reader import Reader
from gcm_graph.service.answer import Answer, day, told
from gcm_graph.store.protocol import Row

MOST = 80
"""Rows that a chart shows."""

_LEFT, _RIGHT, _WIDTH, _ROW, _TOP = 300.0, 780.0, 960.0, 22.0, 30.0
_INK, _SOFT, _FILL = "#1d2733", "#5b6776", "#2f5d8a"


@dataclass(frozen=True)
class _Bar:
    """One bar: what it is called, from where to where it goes (0 to 1), and its note."""

    label: str
    start: float
    end: float
    note: str = ""
    open: bool = False


def drawing(reader: Reader, found: Answer) -> Markup:
    """Return the chart that the question declares, as SVG; empty for other views and few rows.

    Args:
        reader: names things.
        found: a page of the answer.
    """
    shown = found.question.display
    if shown.view not in {"bar", "timeline"}:
        return Markup("")
    rows = list(found.rows)[:MOST]
    columns = shown.columns
    if shown.view == "bar":
        bars, marks = _numbers(reader, rows, columns["label"], columns["value"], columns)
    else:
        bars, marks = _times(reader, rows, columns["label"], columns["begins"], columns)
    return Markup(_svg(bars, marks)) if len(bars) > 1 else Markup("")  # noqa: S704 -- escaped


Marks = list[tuple[float, str]]


def _numbers(
    reader: Reader, rows: list[Row], label: str, number: str, columns: Mapping[str, str]
) -> tuple[list[_Bar], Marks]:
    group = columns.get("group", "")
    held = [(told(reader, row, label), _number(row.get(number)), row) for row in rows]
    known = [(name, amount, row) for name, amount, row in held if amount is not None]
    most = max((amount for _, amount, _ in known), default=0.0)
    if most <= 0:
        return [], []
    bars = []
    for name, amount, row in known:
        extra = told(reader, row, group) if group else ""
        note = f"{amount:,g}" + (f" · {extra}" if extra else "")
        bars.append(_Bar(name, 0.0, max(0.0, amount) / most, note))
    step = _step(most, 6)
    marks = [(step * n / most, f"{step * n:,g}") for n in range(int(most // step) + 1)]
    return bars, marks


def _times(
    reader: Reader, rows: list[Row], label: str, begins: str, columns: Mapping[str, str]
) -> tuple[list[_Bar], Marks]:
    spans = []
    for row in rows:
        start = _moment(_text(row, begins), 0)
        if start is None:
            continue
        closed = "ends" in columns
        end = _moment(_text(row, columns["ends"]), 1) if closed else _moment(_text(row, begins), 1)
        extra = told(reader, row, columns["group"]) if "group" in columns else ""
        spans.append((told(reader, row, label), start, end, extra, closed and end is None))
    if not spans:
        return [], []
    low = float(int(min(start for _, start, _, _, _ in spans)))
    ends = [end if end is not None else start for _, start, end, _, _ in spans]
    high = float(int(max(ends)) + 1)
    if any(unended for *_, unended in spans):
        high += max(1, (high - low) // 12)
    width = high - low
    bars = [
        _Bar(
            name,
            (start - low) / width,
            1.0 if unended else ((end if end is not None else start) - low) / width,
            extra,
            unended,
        )
        for name, start, end, extra, unended in spans
    ]
    step = max(1, round(_step(width, 8)))
    first = int(low) + (-int(low)) % step
    return bars, [((year - low) / width, str(year)) for year in range(first, int(high) + 1, step)]


def _step(whole: float, pieces: int) -> float:
    """Return a round step (1, 2 or 5 times a power of ten) that cuts ``whole`` into few pieces."""
    step = 1.0
    while True:
        for times in (1, 2, 5):
            if whole / (step * times) <= pieces:
                return step * times
        step *= 10


def _svg(bars: list[_Bar], marks: Marks) -> str:
    height = _TOP + _ROW * len(bars) + 4
    span = _RIGHT - _LEFT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing bars chart" aria-hidden="true" '
        f'width="{_WIDTH:g}" height="{height:g}" viewBox="0 0 {_WIDTH:g} {height:g}" '
        'font-family="system-ui, sans-serif">'
    ]
    for place, words in marks:
        x = f"{_LEFT + place * span:.1f}"
        parts.append(
            f'<path class="axis" d="M{x} 22V{height:g}" stroke="{_SOFT}" stroke-width="0.5" '
            'opacity="0.5" fill="none"/>'
        )
        parts.append(_words(x, "15", words, "date", f'fill="{_SOFT}" text-anchor="middle"'))
    for number, bar in enumerate(bars):
        y = _TOP + number * _ROW
        short = bar.label if len(bar.label) <= 44 else bar.label[:43].rstrip() + "…"
        anchor = f'fill="{_INK}" text-anchor="end"'
        parts.append(_words(f"{_LEFT - 10:g}", f"{y + 11:g}", short, "label", anchor, bar.label))
        start, width = _LEFT + bar.start * span, max(4.0, (bar.end - bar.start) * span)
        name = "bar open" if bar.open else "bar"
        parts.append(
            f'<rect class="{name}" x="{start:.1f}" y="{y + 1:g}" width="{width:.1f}" '
            f'height="13" rx="2" fill="{_FILL}"/>'
        )
        if bar.open:
            parts.append(
                f'<path class="bar open" d="M{_RIGHT:g} {y + 1:g}l8 6.5l-8 6.5z" fill="{_FILL}"/>'
            )
        if bar.note:
            note = bar.note if len(bar.note) <= 28 else bar.note[:27].rstrip() + "…"
            x = f"{min(start + width, _RIGHT) + 12:.1f}"
            parts.append(_words(x, f"{y + 11:g}", note, "date", f'fill="{_SOFT}"', bar.note))
    return "\n".join([*parts, "</svg>"])


def _words(x: str, y: str, words: str, name: str, more: str, whole: str = "") -> str:
    title = f"<title>{escape(whole)}</title>" if whole and whole != words else ""
    return (
        f'<text class="{name}" x="{x}" y="{y}" font-size="12" {more}>{title}{escape(words)}</text>'
    )


def _text(row: Row, column: str) -> str:
    return str(getattr(row.get(column), "value", ""))


def _number(term: object) -> float | None:
    try:
        return float(getattr(term, "value", ""))
    except ValueError:
        return None


def _moment(edtf: str, end: int) -> float | None:
    """Return the first or last day of a date as a year with a fraction."""
    found = day(edtf, end)
    if not found:
        return None
    year, month, number = (int(part) for part in found.split("-"))
    return year + (month - 1) / 12 + (number - 1) / 31 / 12
