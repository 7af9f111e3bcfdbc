"""The media types of answers: one table for the store, the service and the terminal.

Names and types are those of the W3C: SPARQL 1.1 Query Results JSON, XML, CSV and TSV formats;
Turtle, TriG, N-Triples, N-Quads, JSON-LD and RDF/XML.
"""

from dataclasses import dataclass

import pyoxigraph as ox


@dataclass(frozen=True)
class Media:
    """One representation.

    Attributes:
        name: short name, as in ``?format=turtle``.
        type: media type.
        suffix: file suffix without dot.
        title: name for people.
        engine: the engine's format, for rows and booleans or for graphs; ``None`` when the
            service writes the representation itself.
        aliases: other media types that ask for the same thing.
        charset: whether the type carries a ``charset`` parameter.
    """

    name: str
    type: str
    suffix: str
    title: str
    engine: ox.QueryResultsFormat | ox.RdfFormat | None
    aliases: tuple[str, ...] = ()
    charset: bool = False

    @property
    def prefixed(self) -> bool:
        """Whether the representation can carry prefixes."""
        return self.name in {"turtle", "trig", "rdfxml", "jsonld"}

    @property
    def content_type(self) -> str:
        """The value of ``Content-Type``."""
        return f"{self.type}; charset=utf-8" if self.charset else self.type


SOLUTIONS: tuple[Media, ...] = (
    Media(
        "json", "application/sparql-results+json", "srj", "JSON", ox.QueryResultsFormat.JSON,
        ("application/json", "text/json"),
    ),
    Media(
        "xml", "application/sparql-results+xml", "srx", "XML", ox.QueryResultsFormat.XML,
        ("application/xml", "text/xml"),
    ),
    Media("csv", "text/csv", "csv", "CSV", ox.QueryResultsFormat.CSV, (), True),
    Media(
        "tsv", "text/tab-separated-values", "tsv", "TSV", ox.QueryResultsFormat.TSV, (), True
    ),
)  # fmt: skip
"""Representations of rows and booleans, the preferred one first."""

GRAPHS: tuple[Media, ...] = (
    Media(
        "turtle", "text/turtle", "ttl", "Turtle", ox.RdfFormat.TURTLE,
        ("application/x-turtle", "application/turtle"), True,
    ),
    Media("trig", "application/trig", "trig", "TriG", ox.RdfFormat.TRIG, ("application/x-trig",)),
    Media(
        "jsonld", "application/ld+json", "jsonld", "JSON-LD", ox.RdfFormat.JSON_LD,
        ("application/json",),
    ),
    Media(
        "ntriples", "application/n-triples", "nt", "N-Triples", ox.RdfFormat.N_TRIPLES,
        ("text/plain",),
    ),
    Media("nquads", "application/n-quads", "nq", "N-Quads", ox.RdfFormat.N_QUADS),
    Media(
        "rdfxml", "application/rdf+xml", "rdf", "RDF/XML", ox.RdfFormat.RDF_XML,
        ("application/xml", "text/xml"),
    ),
)  # fmt: skip
"""Representations of graphs, the preferred one first."""


def named(name: str, table: tuple[Media, ...]) -> Media | None:
    """Return the row of ``table`` with this short name, suffix or media type."""
    for media in table:
        if name in {media.name, media.suffix, media.type, *media.aliases}:
            return media
    return None
