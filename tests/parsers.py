"""A real parser for every media type that the service sends."""

import csv
import html.parser
import io
import json
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pyoxigraph as ox
from pyld import jsonld

RDF = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}


def linked(content: bytes, client: httpx.Client) -> list[ox.Quad]:
    """Return the statements of a JSON-LD document, whose context the service itself publishes."""

    def load(url: str, _: Any = None) -> dict[str, Any]:
        answer = client.get(url)
        assert answer.headers["content-type"] == "application/ld+json"
        return {"contextUrl": None, "documentUrl": url, "document": answer.json()}

    options = {"documentLoader": load, "format": "application/n-quads"}
    text = jsonld.to_rdf(json.loads(content), options)
    return list(ox.parse(text, format=ox.RdfFormat.N_QUADS))


class _Page(html.parser.HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.append(tag)


def _html(text: str) -> object:
    assert text.lstrip().lower().startswith("<!doctype html>")
    tags = _Page(text).tags
    assert {"html", "title", "main"} <= set(tags)
    return tags


def _table(text: str) -> object:
    rows = list(csv.reader(io.StringIO(text)))
    assert rows
    assert len({len(row) for row in rows if row}) == 1
    return rows


def _bibtex(text: str) -> object:
    assert text.startswith("@")
    assert text.count("{") == text.count("}")
    return text


def _ris(text: str) -> object:
    lines = [line for line in text.splitlines() if line]
    assert lines[0].startswith("TY  - ")
    assert lines[-1].startswith("ER  - ")
    return lines


_OTHER: dict[str, Callable[[str], object]] = {
    "application/json": json.loads,
    "application/problem+json": json.loads,
    "application/vnd.citationstyles.csl+json": json.loads,
    "application/x-bibtex": _bibtex,
    "application/x-research-info-systems": _ris,
    "application/graphml+xml": ET.fromstring,
    "image/svg+xml": ET.fromstring,
    "application/xhtml+xml": _html,
    "text/html": _html,
    "text/csv": _table,
}


_READ: OrderedDict[tuple[str, bytes], object] = OrderedDict()
_KEPT = 64
"""Bodies of which is remembered what was read: the same bytes of the same type say the same."""


def parsed(answer: httpx.Response, client: httpx.Client) -> object:
    """Return what a parser of the answer's own media type reads in its body.

    Raises:
        Exception: when the body is something else than its ``Content-Type`` says.
    """
    kind = answer.headers["content-type"].partition(";")[0]
    key = (answer.headers["content-type"], sha256(answer.content).digest())
    if key not in _READ:
        _READ[key] = _read(kind, answer, client)
        if len(_READ) > _KEPT:
            _READ.popitem(last=False)
    return _READ[key]


def _read(kind: str, answer: httpx.Response, client: httpx.Client) -> object:
    if kind in RDF:
        return list(ox.parse(answer.content, format=RDF[kind]))
    if kind == "application/ld+json":
        return linked(answer.content, client)
    if kind in ROWS:
        found = ox.parse_query_results(answer.content, format=ROWS[kind])
        return bool(found) if isinstance(found, ox.QueryBoolean) else list(found)
    return _OTHER[kind](answer.text)
