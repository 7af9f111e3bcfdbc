"""The matrix of an answer: what its rows say where two of its columns cross."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gcm_graph.graph.reader import Reader
from gcm_graph.graph.statement import natural
from gcm_graph.service.answer import told
from gcm_graph.store.protocol import Row

MOST_ROWS, MOST_COLUMNS = 60, 48
"""How much of a matrix is drawn; the table beside it has the rest."""
_LEVELS = 5


@dataclass(frozen=True)
class Crossing:
    """Where a row and a column cross.

    Attributes:
        words: what the cell says: a number.
        level: how dark it is, 1 to 5; 0 for an empty cell.
        lines: the values that the answer gives here.
    """

    words: str = ""
    level: int = 0
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    """A matrix.

    Attributes:
        rows: the names of the rows, in their natural order.
        columns: the names of the columns, likewise.
        cells: the crossings of each row.
        cut: whether there are more rows or columns.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Crossing, ...], ...]
    cut: bool


def draw(reader: Reader, answer: Sequence[Row], columns: Mapping[str, str]) -> Grid:
    """Return the matrix of an answer.

    Args:
        reader: names things.
        answer: its rows.
        columns: the column of ``row``, of ``column``, and of ``value`` where one is declared. A
            value that is a number stands in its cell; of other values, their number does.
    """
    held: dict[tuple[str, str], list[str]] = {}
    for one in answer:
        row, column = (told(reader, one, columns[part]) for part in ("row", "column"))
        if row and column:
            value = told(reader, one, columns["value"]) if "value" in columns else ""
            held.setdefault((row, column), []).append(value)
    downs = sorted({row for row, _ in held}, key=natural)
    acrosses = sorted({column for _, column in held}, key=natural)
    amounts = {place: _amount(values) for place, values in held.items()}
    most = max(amounts.values(), default=0)
    shown = tuple(
        tuple(
            _crossing(held.get((row, column)), amounts.get((row, column), 0), most)
            for column in acrosses[:MOST_COLUMNS]
        )
        for row in downs[:MOST_ROWS]
    )
    cut = len(downs) > MOST_ROWS or len(acrosses) > MOST_COLUMNS
    return Grid(tuple(downs[:MOST_ROWS]), tuple(acrosses[:MOST_COLUMNS]), shown, cut)


def _amount(values: Sequence[str]) -> int:
    if all(value.isdecimal() for value in values):
        return sum(int(value) for value in values)
    return len(values)


def _crossing(values: Sequence[str] | None, amount: int, most: int) -> Crossing:
    if not values:
        return Crossing()
    level = max(1, min(_LEVELS, -(-amount * _LEVELS // most))) if most > 1 else 3
    return Crossing(str(amount), level, tuple(dict.fromkeys(filter(None, values))))
