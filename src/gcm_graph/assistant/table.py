"""Tables for assistants: the answer to a question of the library or to a free-form query."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from gcm_graph.assistant.answer import Cell
from gcm_graph.assistant.row import BUDGET, Sources, cut, worded
from gcm_graph.graph.passage import cited, passage
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import value
from gcm_graph.namespaces import PREFIXES, SOURCE
from gcm_graph.store.guard import Refused, guard
from gcm_graph.store.pool import Answer, Pool, Trouble
from gcm_graph.store.protocol import Row
from gcm_graph.store.relay import Relay
from gcm_graph.terms import Term

_DECLARED = re.compile(r"\bPREFIX\s+([\w-]*):", re.IGNORECASE)
_USED = re.compile(r"([A-Za-z][\w-]*):(?!//)")

READ = 2_000_000
"""Bytes of the answer to a free-form query that are read before it is called too large."""


class TooLarge(Exception):
    """The answer is larger than an assistant is given."""


def rows_of(
    reader: Reader, columns: Sequence[str], rows: Sequence[Row], offset: int, limit: int
) -> dict[str, Any]:
    """Return the members of a `Table` for a page of solutions."""
    sources = Sources()
    made: list[dict[str, Cell]] = []
    size = 0
    for row in rows[offset : offset + limit]:
        cited = len(sources)
        cells = {name: cell(reader, row[name], sources) for name in columns if name in row}
        size += sum(len(name) + len(one.model_dump_json()) for name, one in cells.items())
        if made and size + sources.size > BUDGET:
            sources.keep(cited)
            break
        made.append(cells)
    return {
        "columns": list(columns),
        "rows": made,
        "total": len(rows),
        "sources": sources.listed,
        "note": _note(len(rows), sources),
    }


_NO_PASSAGES = (
    "The rows name no passages: use `explain` for what a statement rests on, or ask for the graph "
    "of a statement (GRAPH ?passage { … }); the name of the graph is the passage."
)


def _note(rows: int, sources: Sources) -> str:
    if not rows:
        return "The answer has no rows."
    return "" if sources.listed else _NO_PASSAGES


def cell(reader: Reader, term: Term, sources: Sources) -> Cell:
    """Return a term as a value of a table; a passage gets its number among the sources."""
    if isinstance(term, ox.NamedNode) and _is_passage(reader, term.value):
        place = passage(reader, term.value)
        numbers, _ = sources.cite([place])
        return Cell(value=cut(cited(place)), iri=term.value, cite=numbers[0])
    words, iri = worded(value(reader, term))
    return Cell(value=words, iri=iri if isinstance(term, ox.NamedNode) else "")


def _is_passage(reader: Reader, iri: str) -> bool:
    place = reader.index.passages.get(iri)
    return place is not None and place.source.startswith(SOURCE)


def graph_of(triples: Sequence[str], offset: int, limit: int) -> dict[str, Any]:
    """Return the members of a `Table` for a page of triples (lines of N-Triples)."""
    held: list[str] = []
    size = 0
    for line in triples[offset : offset + limit]:
        size += len(line) + 1
        if held and size > BUDGET:
            break
        held.append(line)
    return {"graph": "\n".join(held), "total": len(triples), "shown": len(held)}


def prefixed(query: str) -> str:
    """Return ``query`` with the project's prefixes that it uses and does not declare.

    They stand before its first line, so that the lines that errors name stay as they are.
    """
    declared = {name.lower() for name in _DECLARED.findall(query)}
    used = dict.fromkeys(name for name in _USED.findall(query) if name in PREFIXES)
    missing = (name for name in used if name.lower() not in declared)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in missing) + query


async def free_form(pool: Pool | Relay, query: str) -> tuple[str, bytes]:
    """Run a query of the public in the isolated lane (SPARQL 1.1 Query, read-only).

    Returns:
        ``json`` or ``ntriples``, and the answer in it.

    Raises:
        Refused: when the guard refuses it.
        Trouble: when there is no answer within the limits.
        TooLarge: when the answer has more than `READ` bytes.
    """
    guarded = guard(prefixed(query))
    answer = await pool.run(
        {
            "query": guarded.text,
            "default": guarded.default_graphs,
            "named": guarded.named_graphs,
            "solutions": "json",
            "graph": "ntriples",
            "prefixes": PREFIXES,
        }
    )
    return answer.media, await _taken(answer)


async def _taken(answer: Answer) -> bytes:
    held: list[bytes] = []
    size = 0
    pieces: Any = aiter(answer)
    try:
        async for piece in pieces:
            held.append(piece)
            size += len(piece)
            if size > READ:
                raise TooLarge(
                    f"The answer has more than {READ:,} bytes: ask for less, with LIMIT, fewer "
                    "columns or an aggregate."
                )
    finally:
        await pieces.aclose()
    return b"".join(held)


def solutions(body: bytes) -> tuple[list[str], list[Row], bool | None]:
    """Return columns, rows and truth of an answer in SPARQL 1.1 Query Results JSON."""
    said = json.loads(body)
    if "boolean" in said:
        return [], [], bool(said["boolean"])
    rows: list[Row] = [
        {name: _term(told) for name, told in row.items()} for row in said["results"]["bindings"]
    ]
    return list(said["head"]["vars"]), rows, None


def _term(told: Mapping[str, Any]) -> Term:
    if told["type"] == "uri":
        return ox.NamedNode(told["value"])
    if told["type"] == "bnode":
        return ox.BlankNode(told["value"])
    if told["type"] == "triple":
        return ox.Literal(json.dumps(told["value"]))
    if "xml:lang" in told:
        return ox.Literal(told["value"], language=told["xml:lang"])
    datatype = told.get("datatype")
    return ox.Literal(told["value"], datatype=ox.NamedNode(datatype) if datatype else None)


__all__ = [
    "Refused", "TooLarge", "Trouble", "cell", "free_form", "graph_of", "rows_of",
    "solutions",
]  # fmt: skip
