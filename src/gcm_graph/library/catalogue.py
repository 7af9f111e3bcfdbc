"""The catalogue: every question of ``queries/``, found by name and asked of a store."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal

from gcm_graph.library import query_file
from gcm_graph.library.answer import Answer
from gcm_graph.library.fault import ParameterError, QueryFileError
from gcm_graph.library.header import GROUPS
from gcm_graph.library.parameter import Parameter
from gcm_graph.library.question import Question
from gcm_graph.store.protocol import Store
from gcm_graph.terms import text


@dataclass(frozen=True)
class Choice:
    """A value that a parameter may take, and what people call it."""

    value: str
    label: str


class Catalogue:
    """The questions, by group and then by name.

    Args:
        questions: questions whose names differ.
    """

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions = tuple(
            sorted(questions, key=lambda question: (GROUPS.index(question.group), question.name))
        )
        self._by_name = {question.name: question for question in self._questions}

    @classmethod
    def read(cls, folder: Path) -> "Catalogue":
        """Read every ``.rq`` file below ``folder``.

        Raises:
            QueryFileError: when a file is wrong, or two have the same name.
        """
        questions = [
            query_file.read(
                path.stem,
                f"{folder.name}/{path.relative_to(folder).as_posix()}",
                path.read_text(encoding="utf-8"),
            )
            for path in sorted(folder.rglob("*.rq"))
        ]
        counts = Counter(question.name for question in questions)
        names = {question.name: question for question in questions}
        for question in questions:
            if counts[question.name] > 1:
                message = f"there is more than one query named `{question.name}`"
                raise QueryFileError(question.file, 1, message)
            for parameter in question.parameters:
                _check_choices(question, parameter, names)
        return cls(questions)

    def __iter__(self) -> Iterator[Question]:
        return iter(self._questions)

    def __len__(self) -> int:
        return len(self._questions)

    def __getitem__(self, name: str) -> Question:
        """Return the question of this name.

        Raises:
            KeyError: when there is none.
        """
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    @property
    def public(self) -> tuple[Question, ...]:
        """The questions that people are shown."""
        return tuple(question for question in self._questions if question.public)

    @property
    def groups(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions that people are shown, by group, in reading order."""
        return {
            group: chosen
            for group in GROUPS
            if (chosen := tuple(item for item in self.public if item.group == group))
        }

    def run(self, store: Store, name: str, values: Mapping[str, str] | None = None) -> Answer:
        """Ask the question ``name`` of ``store``.

        Args:
            store: the store.
            name: name of the question.
            values: text by parameter; a default is taken for what is not given.

        Raises:
            KeyError: when there is no such question.
            ParameterError: when a parameter is unknown, is missing or cannot be read.
        """
        question = self._by_name[name]
        bindings = question.bind(values or {})
        if question.kind == "select":
            return Answer(question, bindings, rows=store.select(question.query, bindings))
        if question.kind == "ask":
            return Answer(question, bindings, truth=store.ask(question.query, bindings))
        return Answer(question, bindings, triples=store.construct(question.query, bindings))

    def choices(self, store: Store, parameter: Parameter) -> tuple[Choice, ...]:
        """Return the values to offer for ``parameter``; none when any will do.

        The query that lists them has the value in its first column and, where there is a second,
        its name there.
        """
        if not isinstance(parameter.choices, str):
            return tuple(Choice(value, value) for value in parameter.choices)
        question = self._by_name[parameter.choices]
        columns = [*question.columns, *question.columns][:2]
        found = []
        for row in store.select(question.query):
            value, label = row[columns[0]], row.get(columns[1], row[columns[0]])
            if isinstance(value, Literal) and parameter.type != "term":
                written = value.value
            else:
                written = text(value).strip("<>")
            found.append(Choice(written, getattr(label, "value", written)))
        return tuple(found)


def _check_choices(question: Question, parameter: Parameter, names: Mapping[str, Question]) -> None:
    if not isinstance(parameter.choices, str):
        return
    listing = names.get(parameter.choices)
    if listing is None or listing.kind != "select" or listing.parameters:
        message = (
            f"`{parameter.name}` takes its choices from `{parameter.choices}`, which is no "
            "SELECT query without parameters"
        )
        raise QueryFileError(question.file, 1, message)


__all__ = ["Answer", "Catalogue", "Choice", "ParameterError", "QueryFileError"]
