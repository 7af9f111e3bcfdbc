"""Values in the text of a query, for engines that take text only.

The embedded engine binds parameters beside the text. The SPARQL 1.1 Protocol has no such thing,
so the values are written into the text here, token by token, as RDF terms in N-Triples form. What
a query means then is what it means in the embedded engine (see `gcm_graph.library.question`):

- in the groups of the WHERE clause, and in a CONSTRUCT template, the term stands in place of the
  variable;
- the outer group, and the groups that compare by shared variables (MINUS), also get ``VALUES``, so
  that the variable stays bound for SELECT, GROUP BY, HAVING and ORDER BY;
- a sub-select that does not project the variable does not see the value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from gcm_graph.store.lexer import Token, tokens
from gcm_graph.store.protocol import Bindings


@dataclass(frozen=True)
class _Group:
    """An open brace: what kind of group it begins, and which variables are given there."""

    kind: str
    given: frozenset[str]


@dataclass(frozen=True)
class _Gap:
    """A place of the text to write to: in place of a variable, or where one is declared."""

    start: int
    end: int
    names: tuple[str, ...]
    declares: bool


def bound(query: str, bindings: Bindings | None) -> str:
    """Return ``query`` as standard SPARQL 1.1 with the values of its parameters.

    Args:
        query: a query of the project.
        bindings: values by the name of the variable.
    """
    if not bindings:
        return query
    return _write(query, {name: str(term) for name, term in bindings.items()})


def _write(query: str, values: Mapping[str, str]) -> str:
    pieces: list[str] = []
    done = 0
    for gap in _gaps(query, frozenset(values)):
        pieces.append(query[done : gap.start])
        if gap.declares:
            pieces.extend(f" VALUES ?{name} {{ {values[name]} }}" for name in gap.names)
        else:
            pieces.append(values[gap.names[0]])
        done = gap.end
    return "".join([*pieces, query[done:]])


@lru_cache(maxsize=1024)
def _gaps(query: str, names: frozenset[str]) -> tuple[_Gap, ...]:
    return tuple(_Walk(list(tokens(query)), names).gaps())


class _Walk:
    """One way through the tokens of a query."""

    def __init__(self, found: list[Token], names: frozenset[str]) -> None:
        self._found = found
        self._names = names
        self._open: list[_Group] = []
        self._template = any(token.text.upper() == "CONSTRUCT" for token in found)

    def gaps(self) -> list[_Gap]:
        made: list[_Gap] = []
        for place, token in enumerate(self._found):
            if token.text == "{":
                group = self._begin(place)
                self._open.append(group)
                declared = group.kind in {"where", "minus"} and group.given
                if declared:
                    made.append(_Gap(token.end, token.end, tuple(sorted(group.given)), True))
            elif token.text == "}" and self._open:
                self._open.pop()
            elif token.kind == "variable" and self._replaced(place):
                made.append(_Gap(token.start, token.end, (token.text[1:],), False))
        return made

    def _begin(self, place: int) -> _Group:
        before = self._word(place - 1)
        if not self._open:
            if self._template:
                self._template = False
                if before != "WHERE":
                    return _Group("template", self._names)
            return _Group("where", self._names)
        outer = self._open[-1]
        if outer.kind == "wrapper":
            return _Group("where", outer.given)
        if self._word(place + 1) == "SELECT":
            return _Group("wrapper", outer.given & self._projected(place + 2))
        return _Group("minus" if before == "MINUS" else "group", outer.given)

    def _projected(self, place: int) -> frozenset[str]:
        """Return which of the variables the sub-select projects whose words begin at ``place``."""
        seen: set[str] = set()
        while place < len(self._found) and self._found[place].text != "{":
            token = self._found[place]
            if token.text == "*" and self._found[place - 1].text != "(":
                return self._names
            if token.kind == "variable":
                seen.add(token.text[1:])
            place += 1
        return frozenset(seen) & self._names

    def _replaced(self, place: int) -> bool:
        group = self._open[-1] if self._open else None
        name = self._found[place].text[1:]
        if group is None or group.kind == "wrapper" or name not in group.given:
            return False
        if self._word(place - 1) in {"AS", "VALUES"} or self._word(place - 2) == "BOUND":
            return False
        start = place  # the variables of VALUES (?a ?b) are its columns
        while self._found[start].kind == "variable":
            start -= 1
        return not (self._found[start].text == "(" and self._word(start - 1) == "VALUES")

    def _word(self, place: int) -> str:
        inside = 0 <= place < len(self._found)
        return self._found[place].text.upper() if inside else ""
