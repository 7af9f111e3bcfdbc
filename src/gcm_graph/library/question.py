"""A question: one query file, with its parameters bound as typed RDF terms.

How a value reaches the query. In the file every parameter has a line of its own in the outer
group of the WHERE clause, ``VALUES ?body { body:gcim }``, with the default or the example
(``{ UNDEF }`` when it is optional), so that the file runs as it stands on any SPARQL 1.1
endpoint. When the question is asked here, these lines are left out (`Question.query`) and the
store binds the variables; no text is pasted. `Question.filled` is the standard form with given
values, for editors and for other endpoints.

What pyoxigraph 0.5.13 does with ``Store.query(text, substitutions={Variable: term})``, as tried:

- A SELECT must project the variable in its outermost SELECT clause, else it raises RuntimeError
  ("does not contains variable"); so every parameter is projected (and grouped by, where there is
  a GROUP BY). The column stays in the rows, with the value. ASK and CONSTRUCT need the variable
  in a pattern; one that stands only in a FILTER is refused. The library tries this when it
  loads.
- The variable is bound before the query begins, not replaced in the text: triple patterns,
  property paths, GRAPH, FILTER, BIND, HAVING, ORDER BY, OPTIONAL, UNION, EXISTS and MINUS all see
  the value. Standard VALUES in the outer group is not seen by a FILTER inside a UNION or a
  nested group: write such filters in the outer group, and both forms agree (a test compares them).
- A sub-select sees it only when it projects the variable; in one that does not, a FILTER on it
  finds nothing and a pattern with it ranges over everything.
- BOUND is decided before the value is known: ``FILTER(!BOUND(?x) || ?y = ?x)`` lets every row
  through when ``?x`` is in no pattern, even if a value is bound. For an optional parameter write
  ``FILTER(COALESCE(?y = ?x, true))``, which is right in both forms.
- A variable that the text lacks is refused in the same way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pyoxigraph as ox

from gcm_graph.library.display import Display, Edges
from gcm_graph.library.fault import ParameterError
from gcm_graph.library.header import SERVICE, Expectation
from gcm_graph.library.parameter import Parameter
from gcm_graph.store.protocol import Bindings

Kind = Literal["select", "ask", "construct"]

LINE = re.compile(
    r'[ \t]*VALUES[ \t]+\?(?P<name>\w+)[ \t]*\{[ \t]*(?P<term>\S+|"[^"]*"\S*)[ \t]*\}[ \t]*'
)
"""The line of a parameter in the query text."""


_ORDERED = re.compile(r"\}[^{}]*\bORDER\s+BY\b[^{}]*\Z", re.IGNORECASE)
_COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """One question of the library.

    Attributes:
        name: name of the file without its ending; part of the address, never reused.
        title: the question in a few words.
        description: what is answered, and how it is counted.
        group: what it belongs to; ``service`` for a building block of pages.
        parameters: in the order of the header.
        example: a value for each parameter that has a default or an example, as text.
        answers: what the answer to the example must be.
        kind: the form of the query.
        columns: the columns of a SELECT query, parameters included.
        text: the whole file.
        query: the text with the parameters' own lines left out.
        file: folder and name, as people know it.
        display: how the answer is best seen.
        edges: the columns of an edge, when the answer of a SELECT query is a graph.
    """

    name: str
    title: str
    description: str
    group: str
    parameters: tuple[Parameter, ...]
    example: Mapping[str, str]
    answers: Expectation
    kind: Kind
    columns: tuple[str, ...]
    text: str
    query: str
    file: str
    display: Display = field(default_factory=Display)
    edges: Edges | None = None

    @property
    def graphic(self) -> bool:
        """Whether the answer is a graph: triples, or rows that are edges."""
        return self.kind == "construct" or self.edges is not None

    @property
    def public(self) -> bool:
        """Whether people are shown it."""
        return self.group != SERVICE

    def parameter(self, name: str) -> Parameter:
        """Return the parameter of this name.

        Raises:
            ParameterError: when there is none; the message lists those there are.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        names = ", ".join(parameter.name for parameter in self.parameters)
        allowed = f"its parameters are {names}" if names else "it takes none"
        message = f"“{self.name}” has no parameter “{name}”; {allowed}."
        raise ParameterError(self.name, name, message)

    def bind(self, values: Mapping[str, str]) -> Bindings:
        """Return the terms that ``values`` (text by parameter) stand for, defaults included.

        A text of blanks counts as not given.

        Raises:
            ParameterError: when a parameter is unknown, is missing or cannot be read.
        """
        for name in values:
            self.parameter(name)
        bound = {}
        for parameter in self.parameters:
            text = values.get(parameter.name, "").strip() or parameter.default
            if text is not None:
                bound[parameter.name] = self._parsed(parameter, text)
            elif parameter.required:
                example = self.example.get(parameter.name)
                hint = f", for example {parameter.name}={example}" if example else ""
                message = f"“{self.name}” needs a value for “{parameter.name}”{hint}."
                raise ParameterError(self.name, parameter.name, message)
        return bound

    def _parsed(self, parameter: Parameter, text: str) -> "ox.NamedNode | ox.Literal":
        try:
            term = parameter.parse(text)
        except ValueError as error:
            message = f"The value of “{parameter.name}”: {error}."
            raise ParameterError(self.name, parameter.name, message) from error
        assert isinstance(term, ox.NamedNode | ox.Literal)
        return term

    def filled(self, bindings: Bindings) -> str:
        """Return the query as standard SPARQL 1.1 with these values, for use anywhere."""
        lines = [f"# {self.title}"]
        for line in self.text.splitlines():
            found = LINE.fullmatch(line)
            if found and found["name"] in bindings:
                indent = " " * (len(line) - len(line.lstrip()))
                name = found["name"]
                lines.append(f"{indent}VALUES ?{name} {{ {bindings[name]} }}")
            elif not line.startswith("#+"):
                lines.append(line)
        return "\n".join(lines) + "\n"

    def page(self, offset: int, limit: int) -> str:
        """Return the text that answers with one page of the rows; only for a SELECT query.

        The order of the query is made total by its columns, so that the pages of one release
        together are the whole answer, each row once.
        """
        ties = " ".join(f"?{name}" for name in self.columns)
        order = "" if _ORDERED.search(_COMMENT.sub("", self.query)) else "\nORDER BY"
        return f"{self.query.rstrip()}{order} {ties}\nLIMIT {limit} OFFSET {offset}\n"
