"""The answer to a question."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from gcm_graph.library.question import Question
from gcm_graph.store.protocol import Bindings, Row


@dataclass(frozen=True)
class Answer:
    """What the store answered.

    Attributes:
        question: the question.
        bindings: the values of its parameters, defaults included.
        rows: the solutions of a SELECT query; a bound parameter is in every row.
        triples: the triples of a CONSTRUCT query.
        truth: the answer to an ASK query.
    """

    question: Question
    bindings: Bindings
    rows: Sequence[Row] = ()
    triples: Sequence[ox.Triple] = ()
    truth: bool | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns worth showing: those whose value was not given."""
        return tuple(name for name in self.question.columns if name not in self.bindings)
