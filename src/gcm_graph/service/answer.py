"""The answer to a question: a page of it, in each of its representations.

Standards: SPARQL 1.1 query results (JSON, XML, CSV, TSV), RDF formats, GraphML, GEXF.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
import pyoxigraph as ox

from gcm_graph.build.date import bounds
from gcm_graph.graph.node_link import Edge, NodeLink, gexf, graphml, of_edges, relation_label
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import value
from gcm_graph.graph.view import Ref
from gcm_graph.library.question import Question
from gcm_graph.namespaces import PREFIXES, XSD
from gcm_graph.service import negotiation
from gcm_graph.store.media import GRAPHS, SOLUTIONS, Media
from gcm_graph.store.protocol import Bindings, Row, Store
from gcm_graph.terms import Term

ROWS = negotiation.JSON
"""Rows as plain JSON, with the total and the way to the next page."""

RESULTS = Media("srj", "application/sparql-results+json", "srj", "SPARQL JSON", SOLUTIONS[0].engine)
"""The W3C's own JSON; plain ``application/json`` asks for `ROWS` here."""

GRAPHML = Media("graphml", "application/graphml+xml", "graphml", "GraphML", None)
GEXF = Media("gexf", "application/gexf+xml", "gexf", "GEXF", None)
_RDF = tuple(media for media in GRAPHS if media.name not in {"trig", "nquads"})
_NUMBERS = {XSD + name for name in ("integer", "int", "long", "nonNegativeInteger")}
_FRACTIONS = {XSD + name for name in ("decimal", "double", "float")}


def offers(question: Question) -> tuple[Media, ...]:
    """Return what the answer to ``question`` can be had as, beside the page for people."""
    if question.kind == "construct":
        return (*GRAPHS, GRAPHML, GEXF)
    rows = (ROWS, RESULTS, *SOLUTIONS[1:])
    if question.edges is None:
        return rows
    return (*rows, GRAPHML, GEXF, *(_RDF if question.edges.relation else ()))


@dataclass(frozen=True)
class Page:
    """Which part of an answer is asked for.

    Attributes:
        offset: rows (or triples) before it.
        limit: rows (or triples) that it has at most.
    """

    offset: int
    limit: int


@dataclass(frozen=True)
class Answer:
    """A page of the answer to a question.

    Attributes:
        reader: what it was read through.
        question: the question.
        bindings: the values of its parameters.
        page: which part of the answer this is.
    """

    reader: Reader
    question: Question
    bindings: Bindings
    page: Page

    @property
    def total(self) -> int:
        """How many rows (or triples) the whole answer has; 1 for yes or no."""
        if self.question.kind == "ask":
            return 1
        held = tuple(sorted(self.bindings.items()))
        return _total(self.reader.store, self.question.kind, self.question.query, held)

    @property
    def triples(self) -> list[ox.Triple]:
        """The triples of this page of a graph, in a stable order."""
        found = self.reader.store.construct(self.question.query, self.bindings)
        every = sorted(set(found), key=str)
        return every[self.page.offset : self.page.offset + self.page.limit]

    @property
    def rows(self) -> Sequence[Row]:
        """The rows of this page, in a stable order."""
        return self.reader.store.select(self._text, self.bindings)

    @property
    def truth(self) -> bool:
        """The answer to a question of yes or no."""
        return self.reader.store.ask(self.question.query, self.bindings)

    @property
    def graph(self) -> NodeLink:
        """The page as nodes and edges.

        Raises:
            TypeError: when the question declares no graph.
        """
        if self.question.kind == "construct":
            return of_edges(self.reader, self._links())
        return of_edges(self.reader, self._edges())

    def written(self, media: Media) -> bytes:
        """Return the page as ``media``, one of `offers` other than `ROWS`."""
        if media.name == "graphml":
            return graphml(self.graph)
        if media.name == "gexf":
            return gexf(self.graph)
        engine = media.engine
        if isinstance(engine, ox.RdfFormat):
            held = self.triples if self.question.kind == "construct" else self._stated()
            prefixed = media.name in {"turtle", "trig", "rdfxml", "jsonld"}
            prefixes = PREFIXES if prefixed else None
            return ox.serialize(held, format=engine, prefixes=prefixes) or b""
        text = self.question.query if self.question.kind == "ask" else self._text
        return self.reader.store.answer(text, media, self.bindings)

    def plain(self, links: dict[str, str]) -> bytes:
        """Return the page as plain JSON: columns, total, offset, limit, items and ``links``."""
        if self.question.kind == "ask":
            return orjson.dumps({"answer": self.truth})
        names = self.question.columns
        items = [{name: plain(row.get(name)) for name in names} for row in self.rows]
        page = {"total": self.total, "offset": self.page.offset, "limit": self.page.limit}
        ways = {"next": links.get("next"), "previous": links.get("prev")}
        return orjson.dumps({"columns": names, **page, **ways, "items": items})

    @property
    def _text(self) -> str:
        return self.question.page(self.page.offset, self.page.limit)

    def _edges(self) -> list[Edge]:
        edges = self.question.edges
        if edges is None:
            raise TypeError("the answer is no graph")
        made = []
        for row in self.rows:
            source, target = row.get(edges.source), row.get(edges.target)
            if isinstance(source, ox.NamedNode) and isinstance(target, ox.NamedNode):
                said = row.get(edges.relation)
                relation = said.value if isinstance(said, ox.NamedNode) else ""
                label = relation_label(self.reader, relation) or _value(row.get(edges.label))
                if not relation:  # a text names the edge and is no property
                    label = label or _value(said)
                begins = day(_value(row.get(edges.begins)), 0)
                ends = day(_value(row.get(edges.ends)), 1)
                graphs = tuple(filter(None, [_value(row.get("passage"))]))
                made.append(Edge(source.value, target.value, relation, label, begins, ends, graphs))
        return made

    def _links(self) -> list[Edge]:
        return [
            Edge(
                triple.subject.value,
                triple.object.value,
                triple.predicate.value,
                relation_label(self.reader, triple.predicate.value),
            )
            for triple in self.triples
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode)
        ]

    def _stated(self) -> list[ox.Triple]:
        """Return the edges as triples whose predicate is the relation."""
        return [
            ox.Triple(*(ox.NamedNode(part) for part in (one.source, one.relation, one.target)))
            for one in self._edges()
            if one.relation
        ]


@lru_cache(maxsize=512)
def _total(store: Store, kind: str, query: str, bindings: tuple[tuple[str, Term], ...]) -> int:
    if kind == "construct":
        return len(set(store.construct(query, dict(bindings))))
    return len(store.select(query, dict(bindings)))


def plain(term: Term | None) -> Any:
    """Return a term as JSON has it: numbers and booleans as such, all else as text."""
    if not isinstance(term, ox.Literal):
        return _value(term) if term is not None else None
    kind = term.datatype.value
    try:
        if kind in _NUMBERS and abs(int(term.value)) < 2**53:
            return int(term.value)
        if kind in _FRACTIONS:
            return float(term.value)
    except ValueError:
        return term.value
    if kind == XSD + "boolean":
        return term.value in {"true", "1"}
    return term.value


def told(reader: Reader, row: Row, column: str) -> str:
    """Return what a person reads in ``column``; a thing by its name in the reader's language."""
    thing = row.get(column.removesuffix("Label"))
    term = thing if isinstance(thing, ox.NamedNode) else row.get(column)
    if term is None:
        return ""
    found = value(reader, term)
    return found.label if isinstance(found, Ref) else found.shown or found.value


def day(edtf: str, end: int) -> str:
    """Return the first (``end`` 0) or last (1) day of an EDTF date; empty when it has none."""
    try:
        return bounds(edtf)[end] or "" if edtf else ""
    except ValueError:
        return ""


def _value(term: Term | None) -> str:
    return "" if term is None else str(getattr(term, "value", term))
