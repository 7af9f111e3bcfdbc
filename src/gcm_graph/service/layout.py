"""Where the boxes and lines of a lineage drawing go.

Time runs from left to right in columns: a column holds things of one year, or of a few years
when none of them goes back to another, and a thing stands to the right of everything it goes
back to. Each lane (documents, bodies, events) is a band. All lines to one thing join in a
trunk, which runs straight from that thing to the right; a box is put where no trunk passes, so
no line crosses a box. Between two columns lies a gutter: names of relations stand in its right
part, the lines turn in its left part.
"""

from dataclasses import dataclass, field
from itertools import permutations

from gcm_graph.graph.view import Lineage, Node, Step

LANES = ("document", "body", "event")

BOX = 176.0
LINE = 15.0
PORT = 19.0
TRACK = 9.0
MARGIN = 10.0
CLEAR = 9.0
STACK = 4
LINES = 4
YEARS = 5

_NARROW = "fijlrtI.,:;'|()[] -\N{EN DASH}\N{RIGHT SINGLE QUOTATION MARK}"
_WIDE = "mwMW%@\N{EM DASH}"


def text_width(text: str, size: float) -> float:
    """Return about how wide the text is in a system sans-serif of that size (a safe guess)."""
    units = 0.0
    for letter in text:
        if letter in _NARROW:
            units += 0.36
        elif letter in _WIDE:
            units += 0.92
        elif letter.isupper():
            units += 0.72
        elif ord(letter) > 0x2E7F:
            units += 1.0
        else:
            units += 0.58
    return units * size


def wrapped(text: str, width: float, size: float, most: int) -> list[str]:
    """Break the text into at most ``most`` lines of that width, the last cut with an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    lines = [_cut(line, width, size) for line in lines] or [""]
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = _cut(lines[-1] + " …", width, size)
    return lines


def _cut(line: str, width: float, size: float) -> str:
    if text_width(line, size) <= width:
        return line
    body = line.removesuffix(" …")
    while body and text_width(body + "…", size) > width:
        body = body[:-1]
    return body.rstrip() + "…"


@dataclass
class Port:
    """Where the lines of one relation leave a box on its left side."""

    label: str
    targets: list[str]
    y: float = 0.0


@dataclass
class Box:
    """A thing on the drawing; ``y`` is its middle."""

    node: Node
    lines: list[str]
    day: str
    time: str
    column: int = 0
    x: float = 0.0
    y: float = 0.0
    height: float = 0.0
    reach: int = 0
    placed: bool = False
    ports: list[Port] = field(default_factory=list)


@dataclass
class Gutter:
    """The space to the left of a column: its tracks by the thing that the line goes to."""

    left: float = 0.0
    right: float = 0.0
    tracks: dict[str, float] = field(default_factory=dict)


@dataclass
class Layout:
    """A placed lineage.

    Attributes:
        boxes: by IRI, in order of column and height.
        gutters: one to the left of each column (the first is empty).
        columns: the left edge of each column.
        times: the year or years of each column, empty for a column of undated things.
        lanes: name, top and height of each lane in use.
        turned: steps that close a circle and are drawn apart.
        width: of the whole.
        height: of the whole.
    """

    boxes: dict[str, Box]
    gutters: list[Gutter]
    columns: list[float]
    times: list[str]
    lanes: list[tuple[str, float, float]]
    turned: list[Step]
    width: float
    height: float


def layout(lineage: Lineage, top: float, left: float, days: dict[str, str]) -> Layout:
    """Place every thing and line of the lineage.

    Args:
        lineage: what to draw.
        top: room above the lanes, for the year axis.
        left: room to the left of the first column, for the names of the lanes.
        days: how a person reads the date of each thing, by IRI.
    """
    boxes = {
        node.ref.iri: Box(
            node,
            wrapped(node.ref.label, BOX - 22, 13.5, LINES),
            days.get(node.ref.iri, ""),
            node.earliest,
        )
        for node in lineage.nodes
    }
    steps = [s for s in lineage.steps if s.later.iri in boxes and s.earlier.iri in boxes]
    order, turned = _ordered(boxes, steps)
    straight = [s for s in steps if s not in turned]
    times = _columns(boxes, order, straight)
    _ports(boxes, straight)
    lanes, height = _rows(boxes, order, len(times), top)
    gutters, columns, width = _across(boxes, len(times), left)
    return Layout(boxes, gutters, columns, times, lanes, turned, width, height)


def _ordered(boxes: dict[str, Box], steps: list[Step]) -> tuple[list[str], list[Step]]:
    """Return the things, each after all it goes back to, and the steps that close a circle."""
    earlier: dict[str, list[Step]] = {iri: [] for iri in boxes}
    for step in steps:
        earlier[step.later.iri].append(step)
    turned: list[Step] = []
    done: dict[str, bool] = {}
    order: list[str] = []

    def visit(iri: str) -> None:
        done[iri] = False
        for step in earlier[iri]:
            other = step.earlier.iri
            if done.get(other) is False:
                turned.append(step)
            elif other not in done:
                visit(other)
        done[iri] = True
        order.append(iri)

    for iri in sorted(boxes, key=lambda one: (boxes[one].time, one)):
        if iri not in done:
            visit(iri)
    _date_the_undated(boxes, order, [s for s in steps if s not in turned])
    depth = {iri: position for position, iri in enumerate(order)}
    order.sort(key=lambda one: (boxes[one].time, depth[one]))
    return order, turned


def _date_the_undated(boxes: dict[str, Box], order: list[str], steps: list[Step]) -> None:
    """Give every thing a time that is not before the time of what it goes back to."""
    for iri in reversed(order):
        if not boxes[iri].time:
            later = [boxes[s.later.iri].time for s in steps if s.earlier.iri == iri]
            boxes[iri].time = min((time for time in later if time), default="")
    for iri in order:
        before = [boxes[s.earlier.iri].time for s in steps if s.later.iri == iri]
        known = boxes[iri].time if boxes[iri].node.earliest else ""
        times = [time for time in (known, *before) if time]
        boxes[iri].time = max(times) if times else boxes[iri].time


def _columns(boxes: dict[str, Box], order: list[str], steps: list[Step]) -> list[str]:
    """Put the things in columns, and return the years of each column."""
    earlier: dict[str, set[str]] = {iri: set() for iri in boxes}
    for step in steps:
        earlier[step.later.iri].add(step.earlier.iri)
    held: list[list[str]] = []
    for iri in order:
        box = boxes[iri]
        first = 1 + max((boxes[one].column for one in earlier[iri]), default=-1)
        for column in range(first, len(held)):
            alike = [one for one in held[column] if boxes[one].node.lane == box.node.lane]
            latest = boxes[held[column][-1]].time[:4]
            near = column == len(held) - 1 and _near(boxes[held[column][0]].time, box.time)
            if len(alike) < STACK and (latest == box.time[:4] or near):
                break
        else:
            column = len(held)
            held.append([])
        box.column = column
        held[column].append(iri)
    return [_span([boxes[iri] for iri in column]) for column in held]


def _near(start: str, time: str) -> bool:
    if not (start[:4].isdigit() and time[:4].isdigit()):
        return start == time
    return int(time[:4]) - int(start[:4]) < YEARS


def _span(boxes: list[Box]) -> str:
    """Return the years of a column; empty when nothing in it has a date."""
    years = sorted(box.time[:4] for box in boxes if box.node.earliest)
    if not years or years[0] == years[-1]:
        return years[0] if years else ""
    return f"{years[0]}\N{EN DASH}{years[-1]}"


def _ports(boxes: dict[str, Box], steps: list[Step]) -> None:
    for box in boxes.values():
        named: dict[str, list[str]] = {}
        for step in steps:
            if step.later.iri == box.node.ref.iri:
                named.setdefault(step.relation.label, [])
                if step.earlier.iri not in named[step.relation.label]:
                    named[step.relation.label].append(step.earlier.iri)
        box.ports = [Port(label, targets) for label, targets in named.items()]
        text = LINE * len(box.lines) + (LINE if box.day else 0) + 18
        box.height = max(text, PORT * len(box.ports) + 14)
        box.reach = box.column
    for step in steps:
        target = boxes[step.earlier.iri]
        target.reach = max(target.reach, boxes[step.later.iri].column - 1)


def _rows(
    boxes: dict[str, Box], order: list[str], columns: int, top: float
) -> tuple[list[tuple[str, float, float]], float]:
    """Set the height of every box; return the lanes and the bottom of the last one."""
    used = [lane for lane in LANES if any(box.node.lane == lane for box in boxes.values())]
    used += sorted({box.node.lane for box in boxes.values()} - set(LANES))
    for column in range(columns):
        here = [boxes[iri] for iri in order if boxes[iri].column == column]
        for box in here:
            box.ports.sort(
                key=lambda port: min(
                    (used.index(boxes[iri].node.lane), boxes[iri].y) for iri in port.targets
                )
            )
            for position, port in enumerate(box.ports):
                port.y = PORT * (position - (len(box.ports) - 1) / 2)
        here.sort(key=lambda box: (_wish(box, boxes), box.time, box.node.ref.iri))
        for box in here:
            _put(box, boxes, order)
    lanes: list[tuple[str, float, float]] = []
    edge = top
    for lane in used:
        inside = [box for box in boxes.values() if box.node.lane == lane]
        high = min(box.y - box.height / 2 for box in inside) - 26
        low = max(box.y + box.height / 2 for box in inside) + 16
        for box in inside:
            box.y += edge - high
        lanes.append((lane, edge, low - high))
        edge += low - high
    for box in boxes.values():
        for port in box.ports:
            port.y += box.y
    return lanes, edge


def _wish(box: Box, boxes: dict[str, Box]) -> float:
    """Return where the middle should be so that a line to the same lane runs straight."""
    for port in box.ports:
        for iri in port.targets:
            if boxes[iri].node.lane == box.node.lane:
                return boxes[iri].y - port.y
    return 0.0


def _put(box: Box, boxes: dict[str, Box], order: list[str]) -> None:
    """Put the box as near to its wish as neither a box nor a passing trunk is in the way."""
    wish = _wish(box, boxes)
    taken: list[tuple[float, float]] = []
    for iri in order:
        other = boxes[iri]
        if other is box or other.node.lane != box.node.lane or other.column > box.column:
            continue
        if other.column == box.column:
            if not other.placed:
                continue
            half = other.height / 2 + 14
        elif other.reach >= box.column:
            half = CLEAR
        else:
            continue
        taken.append((other.y - half - box.height / 2, other.y + half + box.height / 2))
    choices = [wish] + [edge for pair in taken for edge in pair]
    free = [y for y in choices if all(y <= low or y >= high for low, high in taken)]
    box.y = min(free, key=lambda y: (abs(y - wish), y))
    box.placed = True


def _across(
    boxes: dict[str, Box], columns: int, left: float
) -> tuple[list[Gutter], list[float], float]:
    """Set the width of every gutter and the place of every column."""
    gutters: list[Gutter] = []
    places: list[float] = []
    x = left
    for column in range(columns):
        here = [box for box in boxes.values() if box.column == column]
        gutter = Gutter(left=x)
        labels = [text_width(port.label, 11) for box in here for port in box.ports]
        if labels:
            ends = _ends(here, boxes)
            tracks = _tracks(ends)
            x += 20
            for iri in tracks:
                gutter.tracks[iri] = x
                x += TRACK
            x += max(labels) + 16
        elif column:
            x += 26
        gutter.right = x
        gutters.append(gutter)
        places.append(x)
        for box in here:
            box.x = x
        x += BOX
    return gutters, places, x + MARGIN + 14


def _ends(here: list[Box], boxes: dict[str, Box]) -> dict[str, list[float]]:
    ends: dict[str, list[float]] = {}
    for box in here:
        for port in box.ports:
            for iri in port.targets:
                ends.setdefault(iri, [boxes[iri].y]).append(port.y)
    return ends


def _tracks(ends: dict[str, list[float]]) -> list[str]:
    """Order the tracks of a gutter from left to right so that few lines cross."""
    bent = sorted(
        (iri for iri in ends if any(abs(y - ends[iri][0]) > 1 for y in ends[iri][1:])),
        key=lambda iri: (ends[iri][0], iri),
    )
    if len(bent) > 6:
        return bent

    def crossings(tracks: list[str]) -> int:
        count = 0
        for place, right in enumerate(tracks):
            low, high = min(ends[right]), max(ends[right])
            for left in tracks[:place]:
                count += sum(low < y < high for y in ends[left][1:])
                count += min(ends[left]) < ends[right][0] < max(ends[left])
        return count

    return min(map(list, permutations(bent)), key=lambda tracks: (crossings(tracks), tracks))
