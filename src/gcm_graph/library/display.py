"""How an answer is best seen, and which of its columns are the edges of a graph.

A question says both in its header: ``display`` (``as`` and the columns that it takes) and
``graph`` (the columns of an edge). Neither changes the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

View = Literal["table", "bar", "map", "timeline", "graph", "matrix"]
VIEWS: tuple[str, ...] = get_args(View)

COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "table": ((), ()),
    "bar": (("label", "value"), ("group",)),
    "map": (("state",), ("value", "label")),
    "timeline": (("label", "begins"), ("ends", "group")),
    "graph": ((), ()),
    "matrix": (("row", "column"), ("value",)),
}
"""The columns that each view needs, and those that it may have."""

EDGE = (("source", "target"), ("relation", "label", "begins", "ends"))
"""The columns that an edge needs, and those that it may have."""


@dataclass(frozen=True)
class Display:
    """How an answer is best seen.

    Attributes:
        view: the view.
        columns: the column of the answer that each part of the view takes.
    """

    view: View = "table"
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Edges:
    """The columns of an answer whose rows are the edges of a graph.

    Attributes:
        source: column of the thing that an edge starts from.
        target: column of the thing that it leads to.
        relation: column of its property; empty when it has none.
        label: column of the name of its property; empty when it has none.
        begins: column of the first day on which it holds; empty when it has none.
        ends: column of the last day on which it holds; empty when it has none.
    """

    source: str
    target: str
    relation: str = ""
    label: str = ""
    begins: str = ""
    ends: str = ""

    @property
    def columns(self) -> Mapping[str, str]:
        """The column of each part of an edge."""
        return {name: value for name, value in vars(self).items() if value}


def faults(what: str, columns: Mapping[str, str], held: Sequence[str]) -> str:
    """Return what is wrong with the columns of a view (or of ``edge``); empty when nothing is.

    Args:
        what: name of the view, or ``edge``.
        columns: the column of each part.
        held: the columns that the answer has.
    """
    needed, allowed = EDGE if what == "edge" else COLUMNS[what]
    for name in needed:
        if name not in columns:
            return f"`{what}` must name the column of its `{name}`"
    for name, column in columns.items():
        if name not in (*needed, *allowed):
            return f"`{what}` has no part `{name}`, only {', '.join((*needed, *allowed)) or 'none'}"
        if column not in held:
            return f"`{name}` is the column `{column}`; there is none"
    return ""
