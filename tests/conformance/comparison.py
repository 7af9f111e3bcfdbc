"""Whether an answer is the expected one: graphs up to the names of their blank nodes, rows as
bags, or as sequences where the expected answer numbers its rows.

Numbers and instants are compared by value, as the engine holds them: ``1.10`` is ``1.1``.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from suite import RDF, Graph

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
_TERM = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True)
class Rows:
    """Solutions; ``ordered`` when their order is part of the answer."""

    names: frozenset[str]
    rows: Sequence[Mapping[str, _TERM]]
    ordered: bool = False


Answer = bool | Rows | frozenset[ox.Triple]


def read(path: Path, base: str) -> Answer:
    """Return the expected answer that a file of a suite holds."""
    if path.suffix in _FORMATS:
        return solutions(path.read_bytes(), _FORMATS[path.suffix])
    if path.suffix == ".csv":
        return table(path.read_text(encoding="utf-8"))
    graph = Graph.read(path, base)
    heads = graph.subjects(RDF + "type", RS + "ResultSet")
    if not heads:
        return frozenset(quad.triple for quad in graph.store)
    head = heads[0]
    truth = graph.value(head, RS + "boolean")
    if truth is not None:
        return bool(truth.value == "true")
    listed = graph.values(head, RS + "solution")
    places = {row: graph.value(row, RS + "index") for row in listed}
    ordered = bool(listed) and all(place is not None for place in places.values())
    if ordered:
        listed.sort(key=lambda row: int(places[row].value))
    rows = [
        {
            graph.value(pair, RS + "variable").value: graph.value(pair, RS + "value")
            for pair in graph.values(row, RS + "binding")
        }
        for row in listed
    ]
    names = frozenset(name.value for name in graph.values(head, RS + "resultVariable"))
    return Rows(names, rows, ordered)


def solutions(body: bytes, form: ox.QueryResultsFormat) -> Answer:
    """Return an answer in one of the formats for rows and booleans."""
    found = ox.parse_query_results(body, format=form)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    variables = found.variables
    rows = [{v.value: row[v] for v in variables if row[v] is not None} for row in found]
    return Rows(frozenset(v.value for v in variables), rows)


def table(text: str) -> Rows:
    """Return rows from CSV: every value is text, ``_:x`` a blank node, nothing is unbound."""
    head, *lines = csv.reader(io.StringIO(text, newline=""))

    def term(cell: str) -> _TERM:
        return ox.BlankNode(cell[2:]) if cell.startswith("_:") else ox.Literal(cell)

    rows = [{n: term(c) for n, c in zip(head, line, strict=True) if c} for line in lines]
    return Rows(frozenset(head), rows)


def same(found: Answer, expected: Answer, lax: bool = False) -> bool:
    """Tell whether two answers are the same.

    Args:
        found: what came.
        expected: what should have come.
        lax: whether duplicates may be missing.
    """
    if isinstance(found, Rows) and isinstance(expected, Rows):
        if found.names != expected.names:
            return False
        if lax:
            return _canonical(_once(found)) == _canonical(_once(expected)) and len(
                found.rows
            ) <= len(expected.rows)
        return _canonical(_graph(found, expected.ordered)) == _canonical(
            _graph(expected, expected.ordered)
        )
    if isinstance(found, frozenset) and isinstance(expected, frozenset):
        return _canonical(found) == _canonical(expected)
    return type(found) is type(expected) and found == expected


def _once(rows: Rows) -> list[ox.Triple]:
    different = {tuple(sorted((name, str(term)) for name, term in row.items())): row
                 for row in rows.rows}  # fmt: skip
    return _graph(Rows(rows.names, list(different.values())), False)


def _graph(rows: Rows, ordered: bool) -> list[ox.Triple]:
    """Return rows as a graph: one blank node for each row."""
    triples = []
    for place, row in enumerate(rows.rows):
        node = ox.BlankNode()
        triples.append(ox.Triple(node, ox.NamedNode(RDF + "type"), ox.NamedNode("urn:x:row")))
        if ordered:
            triples.append(ox.Triple(node, ox.NamedNode("urn:x:place"), ox.Literal(place)))
        triples += [ox.Triple(node, ox.NamedNode(f"urn:x:{n}"), term) for n, term in row.items()]
    return triples


def _canonical(triples: Iterable[ox.Triple]) -> set[str]:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    held = ox.Dataset(store)
    held.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in held}
