"""The header of a query file: ``#+`` lines that are one YAML mapping (grlc's syntax).

Keys: ``title``, ``description``, ``group``, ``parameters`` (name to ``type``, ``description``,
``default``, ``choices``, ``kinds``, ``optional``, ``edge``), ``example`` (parameter to value),
``answers`` (``least`` or ``exactly`` a number of rows, ``rows`` that must be among them, or
``is`` for a question of yes or no), ``display`` (``as`` a view with its columns) and ``graph``
(the columns of an edge). Nothing else is read, and nothing else is let through.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn, cast

from gcm_graph.library.display import EDGE, VIEWS, Display, Edges, View
from gcm_graph.library.fault import QueryFileError
from gcm_graph.library.parameter import EDGES, EXTRA_KINDS, TYPES, Edge, Parameter, Type
from gcm_graph.namespaces import KINDS

SERVICE = "service"
"""The group of the building blocks of pages, which are not shown to the public."""

GROUPS = (
    "Lineage",
    "Mandates and texts",
    "Bodies and time",
    "The Network",
    "Regional processes",
    "Goals and linkage",
    "Votes and follow-up",
    "Evidence",
    "Other vocabularies",
    SERVICE,
)
"""The groups, in the order in which people read them."""

_KEYS = ("title", "description", "group", "parameters", "example", "answers", "display", "graph")
_PARAMETER_KEYS = ("type", "description", "default", "choices", "kinds", "optional", "edge")
_ANSWER_KEYS = ("least", "exactly", "rows", "is")
_NAME = re.compile(r"[a-z][A-Za-z0-9]*")


@dataclass(frozen=True)
class Expectation:
    """What the answer to the example must be.

    Attributes:
        least: fewest rows (or triples).
        exactly: number of rows, when it is certain.
        rows: rows that must be there; each names some columns and their values as text.
        truth: the answer to a question of yes or no.
    """

    least: int = 1
    exactly: int | None = None
    rows: tuple[Mapping[str, str], ...] = ()
    truth: bool | None = None


@dataclass(frozen=True)
class Header:
    """What the header of a query file says."""

    title: str
    description: str
    group: str
    parameters: tuple[Parameter, ...] = ()
    example: Mapping[str, str] = field(default_factory=dict)
    answers: Expectation = Expectation()
    display: Display = field(default_factory=Display)
    edges: Edges | None = None


def read(file: str, text: str) -> Header:
    """Return the header of the query ``text``.

    Args:
        file: the file as messages call it.
        text: the whole file.

    Raises:
        QueryFileError: when the header is not a mapping of the known keys.
    """
    return _Reading(file, text.splitlines()).header()


class _Reading:
    """One header while it is read: it knows on which line a fault is."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self._file = file
        self._lines = lines
        self._count = next(
            (number for number, line in enumerate(lines) if not line.startswith("#+")), len(lines)
        )

    def header(self) -> Header:
        said = self._mapping()
        self._known(said, _KEYS, "the header")
        for key in ("title", "description", "group"):
            if not isinstance(said.get(key), str) or not said[key].strip():
                self._fail(key, f"the header must say its `{key}`, a text")
        if said["group"] not in GROUPS:
            self._fail("group", f"the group must be one of {', '.join(GROUPS)}")
        parameters = tuple(
            self._parameter(str(name), value)
            for name, value in self._mapping_at("parameters", said.get("parameters")).items()
        )
        return Header(
            title=said["title"].strip(),
            description=said["description"].strip(),
            group=said["group"],
            parameters=parameters,
            example=self._example(said.get("example"), parameters),
            answers=self._answers(said.get("answers")),
            display=self._display(said.get("display")),
            edges=self._edges(said.get("graph")),
        )

    def _fail(self, key: str, message: str) -> NoReturn:
        pattern = re.compile(rf"#\+(?:.*[{{,])?\s*{re.escape(key)}\s*:")
        found = (number for number, line in enumerate(self._lines, 1) if pattern.match(line))
        raise QueryFileError(self._file, next(found, 1), message)

    def _mapping(self) -> dict[str, Any]:
        for number in range(self._count, len(self._lines)):
            if self._lines[number].startswith("#+"):
                message = "the lines of the header (`#+`) must stand together at the top"
                raise QueryFileError(self._file, number + 1, message)
        import yaml  # only who reads headers waits for it

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C: ten times as fast
        source = "\n".join(line[2:] for line in self._lines[: self._count])
        try:
            said = yaml.load(source, Loader=loader)  # noqa: S506 - a safe loader
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            message = f"the header is not YAML ({error.problem}); put the text in quotation marks"
            raise QueryFileError(self._file, line, message) from error
        if not isinstance(said, dict):
            message = "the file must begin with a header: lines `#+ title: …`"
            raise QueryFileError(self._file, 1, message)
        return said

    def _mapping_at(self, key: str, said: Any) -> Mapping[str, Any]:
        if said is None:
            return {}
        if not isinstance(said, dict):
            self._fail(key, f"`{key}` must be a mapping")
        return said

    def _known(self, said: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
        for key in said:
            if key not in keys:
                self._fail(str(key), f"{where} says `{key}`, but only {', '.join(keys)} are known")

    def _parameter(self, name: str, value: Any) -> Parameter:
        if not _NAME.fullmatch(name):
            self._fail(name, f"`{name}` is no name of a parameter: letters and digits, as in asOf")
        said = self._mapping_at(name, value)
        self._known(said, _PARAMETER_KEYS, f"the parameter `{name}`")
        if said.get("type") not in TYPES:
            self._fail(name, f"the type of `{name}` must be one of {', '.join(TYPES)}")
        if not isinstance(said.get("description"), str):
            self._fail(name, f"the parameter `{name}` must have a description")
        if said.get("edge", "first") not in EDGES:
            self._fail(name, f"the edge of `{name}` must be one of {', '.join(EDGES)}")
        if not isinstance(said.get("optional", False), bool):
            self._fail(name, f"`optional` of `{name}` must be true or false")
        choices = said.get("choices", [])
        parameter = Parameter(
            name=name,
            type=cast(Type, said["type"]),
            description=said["description"],
            default=_text(said["default"]) if "default" in said else None,
            choices=choices if isinstance(choices, str) else self._texts(name, choices),
            kinds=self._texts(name, said.get("kinds", [])),
            optional=said.get("optional", False),
            edge=cast(Edge, said.get("edge", "first")),
        )
        for kind in parameter.kinds:
            if kind not in KINDS and kind not in EXTRA_KINDS:
                self._fail(name, f"`{kind}` is no kind of thing")
        if parameter.default is not None:
            self._parsed(parameter, parameter.default, "default")
        return parameter

    def _parsed(self, parameter: Parameter, text: str, what: str) -> None:
        try:
            parameter.parse(text)
        except ValueError as error:
            self._fail(parameter.name, f"the {what} of `{parameter.name}`: {error}")

    def _texts(self, key: str, said: Any) -> tuple[str, ...]:
        if not isinstance(said, list):
            self._fail(key, f"`{key}`: write a list, as in [first, second]")
        return tuple(_text(item) for item in said)

    def _example(self, said: Any, parameters: tuple[Parameter, ...]) -> Mapping[str, str]:
        given = {str(key): _text(value) for key, value in self._mapping_at("example", said).items()}
        known = {parameter.name: parameter for parameter in parameters}
        for name, text in given.items():
            if name not in known:
                self._fail("example", f"the example gives `{name}`, which is no parameter")
            self._parsed(known[name], text, "example")
        defaults = {name: each.default for name, each in known.items() if each.default is not None}
        return {name: (defaults | given)[name] for name in known if name in defaults | given}

    def _answers(self, said: Any) -> Expectation:
        answers = self._mapping_at("answers", said)
        self._known(answers, _ANSWER_KEYS, "`answers`")
        rows = answers.get("rows", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._fail("answers", "`rows` must be a list of mappings from column to value")
        for key in ("least", "exactly"):
            if type(answers.get(key, 0)) is not int:
                self._fail("answers", f"`{key}` must be a number")
        return Expectation(
            least=answers.get("least", 1),
            exactly=answers.get("exactly"),
            rows=tuple({str(key): _text(item) for key, item in row.items()} for row in rows),
            truth=answers.get("is"),
        )

    def _display(self, said: Any) -> Display:
        if said is None:
            return Display()
        columns = {key: _text(value) for key, value in self._mapping_at("display", said).items()}
        view = columns.pop("as", "")
        if view not in VIEWS:
            self._fail("display", f"`display` must say `as` what: one of {', '.join(VIEWS)}")
        return Display(cast(View, view), columns)

    def _edges(self, said: Any) -> Edges | None:
        if said is None:
            return None
        columns = {key: _text(value) for key, value in self._mapping_at("graph", said).items()}
        self._known(columns, (*EDGE[0], *EDGE[1]), "`graph`")
        for name in EDGE[0]:
            if name not in columns:
                self._fail("graph", f"`graph` must name the column of its `{name}`")
        return Edges(**columns)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
