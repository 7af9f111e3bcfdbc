"""The guard of free-form queries: what is refused or rewritten before anything runs.

``SERVICE`` would make the engine fetch an address that a stranger names (server-side request
forgery), so it is refused. ``FROM`` and ``FROM NAMED`` are taken out of the text and become
the dataset of the query, because the engine's own handling of several ``FROM`` counts a
triple once for each graph that holds it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from gcm_graph.store.lexer import Token, tokens, unescape

_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


class Refused(Exception):
    """The query is not run.

    Attributes:
        reason: short name of the reason, such as ``service``.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True)
class Guarded:
    """A query that may run.

    Attributes:
        text: the query without dataset clauses; every other character keeps its place.
        default_graphs: graphs of ``FROM``; ``None`` when the query names no dataset.
        named_graphs: graphs of ``FROM NAMED``; ``None`` when the query names no dataset.
    """

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


DEPTH = 100
"""How deep brackets may be nested unless something else is said."""


def guard(text: str, base: str = "", depth: int = DEPTH) -> Guarded:
    """Return ``text`` ready to run.

    Args:
        text: the query.
        base: what relative IRIs are relative to, until the query sets its own.
        depth: how deep its brackets may be nested; a parser would go as deep.

    Raises:
        Refused: when it calls ``SERVICE``, is an update or is nested too deeply.
    """
    plain = unescape(text)
    if sum(map(plain.count, "{([")) > depth:
        _refuse_depth(tokens(plain), depth)
    upper = plain.upper()
    if not any(word in upper for word in ("SERVICE", "FROM", *_UPDATES)):
        return Guarded(text)
    found = list(tokens(plain))
    _refuse(found)
    clauses = list(_clauses(found, base))
    if not clauses:
        return Guarded(text)
    characters = list(plain)
    for clause in clauses:
        for position in range(clause.start, clause.end):
            if characters[position] not in "\r\n":
                characters[position] = " "
    return Guarded(
        "".join(characters),
        tuple(c.iri for c in clauses if not c.named),
        tuple(c.iri for c in clauses if c.named),
    )


def _refuse_depth(found: Iterable[Token], limit: int) -> None:
    depth = 0
    for token in found:
        depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(token.text, 0)
        if depth > limit:
            detail = f"The brackets of the query are nested more than {limit} deep (`query_depth`)."
            raise Refused("nesting", detail)


def form(text: str) -> str:
    """Return the word that says what a query does, such as ``SELECT``; empty without one."""
    return _form(tokens(unescape(text)))


def _form(found: Iterable[Token]) -> str:
    words = (token.text.upper() for token in found if token.kind == "word")
    return next((word for word in words if word in _FORMS | _UPDATES), "")


def _refuse(found: list[Token]) -> None:
    words = [(token.text.upper(), token) for token in found if token.kind == "word"]
    first = _form(found)
    if first in _UPDATES:
        raise Refused("update", f"{first} changes data; this endpoint only answers queries.")
    if any(word == "SERVICE" for word, _ in words):
        raise Refused(
            "service",
            "SERVICE makes this server call another one, which it does not do. Run the query "
            "on your own engine, or ask the other endpoint yourself and join the results.",
        )


@dataclass(frozen=True)
class _Clause:
    iri: str
    named: bool
    start: int
    end: int


def _clauses(found: list[Token], base: str) -> list[_Clause]:
    prefixes: dict[str, str] = {}
    depth = 0
    clauses: list[_Clause] = []
    for position, token in enumerate(found):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        word = token.text.upper() if token.kind == "word" and depth == 0 else ""
        after = found[position + 1 : position + 3]
        if word == "BASE" and after and after[0].kind == "iri":
            base = _joined(base, after[0].text[1:-1])
        elif word == "PREFIX" and len(after) == 2 and after[1].kind == "iri":
            prefixes[after[0].text[:-1]] = _joined(base, after[1].text[1:-1])
        elif word == "FROM" and after:
            named = after[0].text.upper() == "NAMED"
            target = after[-1] if named else after[0]
            iri = _iri(target, prefixes, base)
            if iri is not None:
                clauses.append(_Clause(iri, named, token.start, target.end))
    return clauses


def _joined(base: str, reference: str) -> str:
    """Return ``reference`` relative to ``base``; itself when one of them is no address at all."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def _iri(token: Token, prefixes: dict[str, str], base: str) -> str | None:
    if token.kind == "iri":
        return _joined(base, token.text[1:-1])
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        return prefixes[prefix] + local.replace("\\", "") if prefix in prefixes else None
    return None
