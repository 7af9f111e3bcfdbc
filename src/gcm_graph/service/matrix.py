"""Linkages as a matrix: which kinds cross, which cells are asked for, and in what order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from pyoxigraph import Literal

from gcm_graph.graph import linkage
from gcm_graph.graph.linkage import Kind, Linkage
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import iri_of, natural
from gcm_graph.graph.view import Ref
from gcm_graph.namespaces import SDG
from gcm_graph.service.problem import Problem

OFFERED: tuple[Kind, ...] = (
    "objective", "principle", "goal", "target", "indicator", "action", "commitment", "provision",
    "workstream", "round-table", "body", "stakeholder", "event", "document", "other",
)  # fmt: skip
"""The kinds that can be crossed."""

EVIDENCE = ("official", "secondary")
"""On what a linkage rests: at least one official (primary) source, or secondary ones only."""

SORTS = ("row", "-row", "links", "-links")
ORDERS = ("column", "links")
PARAMETERS = ("rows", "columns", "sort", "order", "q", "source", "evidence", "cell")


@dataclass(frozen=True)
class Head:
    """The head of a row or a column.

    Attributes:
        ref: the thing.
        key: how the address names it: the last part of its IRI.
        short: a number or a short name; empty when it has none.
        links: number of its cells that are shown.
    """

    ref: Ref
    key: str
    short: str = ""
    links: int = 0


@dataclass(frozen=True)
class Cell:
    """Where a row and a column cross.

    Attributes:
        key: how the address names it: the keys of row and column, apart by ``~``.
        row: the thing of the row.
        column: the thing of the column.
        linkages: how the two are linked, one for each relation; never empty.
    """

    key: str
    row: Head
    column: Head
    linkages: tuple[Linkage, ...]

    @property
    def witnesses(self) -> int:
        """Number of independent sources of the best attested relation."""
        return max(one.witnesses for one in self.linkages)

    @property
    def official(self) -> bool:
        """Tell whether an official source is among those that say it."""
        return any(place.kind == "primary" for one in self.linkages for place in one.passages)

    @property
    def strength(self) -> str:
        """One of ``one``, ``two``, ``more`` (independent sources), or ``secondary``."""
        if not self.official:
            return "secondary"
        return {0: "one", 1: "one", 2: "two"}.get(self.witnesses, "more")


@dataclass(frozen=True)
class Matrix:
    """What the address of the view says, and the linkages that answer it.

    Attributes:
        rows: kind of the rows.
        columns: kind of the columns.
        found: the linkages between the two kinds, before any filter.
        heads: the head of every thing, by IRI.
        all_rows: IRIs of what has a row even without a linkage.
        sort: order of the rows: one of `SORTS`, or the key of a column whose rows come first.
        order: order of the columns, one of `ORDERS`.
        q: words that row or column must have.
        source: key of a source that must say it.
        evidence: one of `EVIDENCE`, or empty.
        cell: key of the cell that is explained, or empty.
    """

    rows: Kind
    columns: Kind
    found: tuple[Linkage, ...]
    heads: Mapping[str, Head]
    all_rows: tuple[str, ...] = ()
    sort: str = "row"
    order: str = "column"
    q: str = ""
    source: str = ""
    evidence: str = ""
    cell: str = ""

    def address(self, **changed: str) -> str:
        """Return the path and query of this view with some values changed."""
        values = {
            "rows": self.rows,
            "columns": self.columns,
            "sort": "" if self.sort == "row" else self.sort,
            "order": "" if self.order == "column" else self.order,
            "q": self.q,
            "source": self.source,
            "evidence": self.evidence,
            "cell": self.cell,
        } | changed
        return "linkages?" + urlencode({name: text for name, text in values.items() if text})

    @property
    def sources(self) -> list[tuple[str, str]]:
        """Keys and names of the sources that say any of it, by name."""
        named = {
            key(place.source.iri): place.source.identifier or place.source.label
            for one in self.found
            for place in one.passages
        }
        return sorted(named.items(), key=lambda pair: pair[1].lower())

    def cells(self) -> dict[str, Cell]:
        """Return the cells that are asked for, by key."""
        held: dict[tuple[str, str], list[Linkage]] = {}
        for one in self.found:
            if self._includes(one):
                held.setdefault((one.row.iri, one.column.iri), []).append(one)
        made = [
            Cell(f"{key(row)}~{key(column)}", self.heads[row], self.heads[column], tuple(links))
            for (row, column), links in held.items()
        ]
        return {
            one.key: one
            for one in made
            if not self.evidence or one.official == (self.evidence == "official")
        }

    def _includes(self, one: Linkage) -> bool:
        if self.source and all(key(place.source.iri) != self.source for place in one.passages):
            return False
        if not self.q:
            return True
        ends = self.heads[one.row.iri], self.heads[one.column.iri]
        told = " ".join(f"{end.short} {end.ref.label} {end.ref.identifier}" for end in ends)
        return all(word in told.casefold() for word in self.q.casefold().split())

    def shown(self, cells: Mapping[str, Cell]) -> tuple[list[Head], list[Head]]:
        """Return the heads of rows and of columns in the order that is asked for."""
        across = _totals([one.column for one in cells.values()])
        down = _totals([one.row for one in cells.values()])
        if not (self.q or self.source or self.evidence):
            known = {one.ref.iri for one in (*down, *across)}
            down += [self.heads[iri] for iri in self.all_rows if iri not in known]
        across.sort(key=_natural)
        down.sort(key=_natural)
        if self.order == "links":
            across.sort(key=lambda one: -one.links)
        if self.sort == "-row":
            down.reverse()
        elif self.sort.endswith("links"):
            down.sort(key=lambda one: one.links, reverse=self.sort.startswith("-"))
        elif self.sort not in SORTS:
            down.sort(key=lambda one: f"{one.key}~{self.sort}" not in cells)
        return down, across


def _totals(heads: Sequence[Head]) -> list[Head]:
    counted: dict[str, Head] = {}
    for one in heads:
        known = counted.get(one.ref.iri, replace(one, links=0))
        counted[one.ref.iri] = replace(known, links=known.links + 1)
    return list(counted.values())


def _natural(one: Head) -> tuple[object, ...]:
    return natural(one.short or one.ref.label), one.ref.iri


def key(iri: str) -> str:
    """Return how an address of the view names a thing: the last part of its IRI."""
    return iri.rpartition("/")[2].rpartition("#")[2]


def read(reader: Reader, given: Mapping[str, str]) -> Matrix:
    """Return the matrix that the parameters of an address describe.

    Raises:
        Problem: 400 when a value is none of those there are; the message lists them.
    """
    rows: Kind = _one_of("rows", given, OFFERED) or "objective"  # type: ignore[assignment]
    columns: Kind = _one_of("columns", given, OFFERED) or "target"  # type: ignore[assignment]
    found = linkage.linkages(reader, rows, columns)
    numbers = {
        iri_of(one["thing"]): one["number"].value
        for one in reader.rows("linkage-numbers")
        if isinstance(one["number"], Literal)
    }
    heads = {end.iri: _head(end, numbers) for one in found for end in (one.row, one.column)}
    every = tuple(iri for iri in numbers if linkage.kind(reader, iri) == rows)
    for iri in every:
        heads.setdefault(iri, _head(ref(reader, iri), numbers))
    made = Matrix(rows, columns, found, heads, every, q=given.get("q", "").strip()[:200])
    keys = sorted({key(one.column.iri) for one in found})
    cells = made.cells() if not made.q else replace(made, q="").cells()
    sort = given.get("sort", "").strip()
    if sort and sort not in SORTS and sort not in keys:
        raise _refused("sort", sort, (*SORTS, "the key of a column"))
    cell = given.get("cell", "").strip()
    if cell and cell not in cells:
        detail = f"`cell`: “{cell[:80]}” names no linkage; write row~column, such as {_any(cells)}."
        raise Problem(400, detail, "parameter", parameter="cell")
    return replace(
        made,
        sort=sort or "row",
        order=_one_of("order", given, ORDERS) or "column",
        source=_one_of("source", given, [name for name, _ in made.sources]),
        evidence=_one_of("evidence", given, EVIDENCE),
        cell=cell,
    )


def _any(cells: Mapping[str, Cell]) -> str:
    return next(iter(cells), "gcm-obj-7~10.7")


def _head(end: Ref, numbers: Mapping[str, str]) -> Head:
    local = key(end.iri)
    short = numbers.get(end.iri, "") or (local if end.iri.startswith(SDG) else "")
    return Head(end, local, short)


def _one_of(name: str, given: Mapping[str, str], allowed: Sequence[str]) -> str:
    text = given.get(name, "").strip()
    if text and text not in allowed:
        raise _refused(name, text, allowed)
    return text


def _refused(name: str, text: str, allowed: Sequence[str]) -> Problem:
    detail = f"`{name}`: “{text[:60]}” is none of {', '.join(allowed)}."
    return Problem(400, detail, "parameter", parameter=name)
