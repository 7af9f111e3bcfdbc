"""A file of the library, read into a question; whatever does not fit is named with its line."""

import re
from collections.abc import Mapping

import pyoxigraph as ox

from gcm_graph.library import display, header
from gcm_graph.library.fault import QueryFileError
from gcm_graph.library.header import SERVICE, Header
from gcm_graph.library.parameter import Parameter
from gcm_graph.library.question import LINE, Kind, Question
from gcm_graph.namespaces import BASE
from gcm_graph.terms import Term

_PREFIX = re.compile(r"^[ \t]*PREFIX[ \t].*$", re.IGNORECASE | re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
_PLACE = re.compile(r"at (\d+):\d+")
_CUT = re.compile(r"\}[^{}]*\b(?:LIMIT|OFFSET)\b[^{}]*\Z", re.IGNORECASE)
_EMPTY = ox.Store()
_ANY = ox.NamedNode(BASE + "any")


def read(name: str, file: str, text: str) -> Question:
    """Return the question that a file holds.

    Args:
        name: name of the file without its ending.
        file: the file as messages call it.
        text: its text.

    Raises:
        QueryFileError: when header or query are wrong, or do not fit each other.
    """
    return _Reading(name, file, text).question()


class _Reading:
    """One file while it is read."""

    def __init__(self, name: str, file: str, text: str) -> None:
        self._name = name
        self._file = file
        self._text = text
        self._head: Header = header.read(file, text)
        self._known = {parameter.name: parameter for parameter in self._head.parameters}

    def question(self) -> Question:
        self._parse(self._text)
        query = self._without_lines()
        kind, columns = self._form(query)
        self._check_answers(kind, columns)
        self._check_pages(kind)
        self._check_display(kind, columns)
        return Question(
            name=self._name,
            title=self._head.title,
            description=self._head.description,
            group=self._head.group,
            parameters=self._head.parameters,
            example=self._head.example,
            answers=self._head.answers,
            kind=kind,
            columns=columns,
            text=self._text,
            query=query,
            file=self._file,
            display=self._head.display,
            edges=self._head.edges,
        )

    def _fault(self, line: int, message: str) -> QueryFileError:
        return QueryFileError(self._file, line, message)

    def _parse(
        self, query: str, values: Mapping[ox.Variable, Term] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return _EMPTY.query(query, substitutions=values)  # type: ignore[arg-type]
        except SyntaxError as error:
            place = _PLACE.search(error.msg)
            line = int(place[1]) if place else 1
            raise self._fault(line, f"this is not SPARQL 1.1: {error.msg}") from error

    def _without_lines(self) -> str:
        lines = self._text.splitlines()
        own: set[str] = set()
        for number, line in enumerate(lines):
            found = LINE.fullmatch(line)
            if not found:
                continue
            name = found["name"]
            if name not in self._known:
                message = f"?{name} has one value here, but the header knows no parameter `{name}`"
                raise self._fault(number + 1, message)
            if name in own:
                raise self._fault(number + 1, f"`{name}` has a second VALUES line")
            self._check_value(number + 1, self._known[name], found["term"])
            own.add(name)
            lines[number] = ""
        query = "\n".join(lines) + "\n"
        self._check_use(query, own)
        return query

    def _check_value(self, line: int, parameter: Parameter, written: str) -> None:
        text = parameter.default
        if text is None and not parameter.optional:
            text = self._head.example.get(parameter.name)
            if text is None:
                raise self._fault(1, f"`{parameter.name}` needs a default or an example")
        if text is None:
            if written != "UNDEF":
                message = f"`{parameter.name}` is optional and has no default: write {{ UNDEF }}"
                raise self._fault(line, message)
            return
        prologue = "\n".join(_PREFIX.findall(self._text))
        found = self._parse(f"{prologue}\nSELECT ?it {{ VALUES ?it {{ {written} }} }}")
        assert isinstance(found, ox.QuerySolutions)
        if [row["it"] for row in found] != [parameter.parse(text)]:
            message = f"?{parameter.name} is {written} here, but “{text}” in the header"
            raise self._fault(line, message)

    def _check_use(self, query: str, own: set[str]) -> None:
        body = _COMMENT.sub("", query).partition("{")[2]
        for name in self._known:
            if self._head.group != SERVICE and name not in own:
                message = f"the parameter `{name}` needs a line `VALUES ?{name} {{ … }}`"
                raise self._fault(1, message)
            if not re.search(rf"[?$]{name}\b", body):
                raise self._fault(1, f"the query does not use its parameter `{name}`")

    def _form(self, query: str) -> tuple[Kind, tuple[str, ...]]:
        values = {ox.Variable(name): _ANY for name in self._known}
        try:
            found = self._parse(query, values)
        except RuntimeError as error:
            names = ", ".join(f"?{name}" for name in self._known)
            message = f"the outermost SELECT must project the parameters ({names}): {error}"
            raise self._fault(1, message) from error
        if isinstance(found, ox.QuerySolutions):
            return "select", tuple(variable.value for variable in found.variables)
        return ("ask" if isinstance(found, ox.QueryBoolean) else "construct"), ()

    def _check_pages(self, kind: Kind) -> None:
        """Let a question pass whose rows can be given page by page."""
        public = self._head.group != SERVICE
        if public and kind == "select" and _CUT.search(_COMMENT.sub("", self._text)):
            raise self._fault(1, "leave LIMIT and OFFSET out: every answer comes in pages")

    def _check_answers(self, kind: Kind, columns: tuple[str, ...]) -> None:
        answers = self._head.answers
        if (answers.truth is not None) != (kind == "ask" and self._head.group != SERVICE):
            raise self._fault(1, "`answers` must say `is` for an ASK query, and only for one")
        for row in answers.rows:
            for column in row:
                if column not in columns:
                    raise self._fault(1, f"`answers` speak of the column `{column}`; there is none")

    def _check_display(self, kind: Kind, columns: tuple[str, ...]) -> None:
        edges, shown = self._head.edges, self._head.display
        if edges and (fault := display.faults("edge", edges.columns, columns)):
            raise self._fault(1, f"`graph`: {fault}")
        if shown.view == "graph" and edges is None and kind != "construct":
            raise self._fault(1, "`display` as graph: say which columns are its edges in `graph`")
        if fault := display.faults(shown.view, shown.columns, columns):
            raise self._fault(1, f"`display`: {fault}")
