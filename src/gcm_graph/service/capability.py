"""What the SPARQL endpoint can do and which graphs it holds, as RDF for programs.

Standard: https://www.w3.org/TR/sparql11-service-description/. No ``sd:feature`` is claimed: the
default graph is not the union of the named ones, nothing is fetched, and ``SERVICE`` is refused.
"""

from collections.abc import Mapping
from itertools import chain

import pyoxigraph as ox

from gcm_graph.namespaces import RDF_TYPE, SD, VOID, XSD, named
from gcm_graph.store.media import GRAPHS, SOLUTIONS, Media
from gcm_graph.terms import Term

_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {"jsonld": "JSON-LD"}  # the engine's own IRI for it is not that of the W3C's list
_PREFIXES = {"sd": SD, "void": VOID, "xsd": XSD}


def statements(sizes: Mapping[str, int], endpoint: str) -> list[ox.Triple]:
    """Return the description of the service at ``endpoint``.

    Args:
        sizes: triples of each graph, see `gcm_graph.graph.size.sizes`.
        endpoint: address of the service.
    """
    service = ox.NamedNode(f"{endpoint}#service")
    dataset = ox.NamedNode(f"{endpoint}#dataset")
    default = ox.NamedNode(f"{endpoint}#default-graph")
    media = (*SOLUTIONS, *GRAPHS)
    named_graphs = [(name, size) for name, size in sizes.items() if name]
    return [
        _kind(service, "Service"),
        _told(service, "endpoint", ox.NamedNode(endpoint)),
        _told(service, "supportedLanguage", named(SD, "SPARQL11Query")),
        *(_told(service, "resultFormat", one) for one in map(_format, media) if one is not None),
        _told(service, "defaultDataset", dataset),
        _kind(dataset, "Dataset"),
        _told(dataset, "defaultGraph", default),
        *_graph(default, sizes.get("", 0)),
        *(_told(dataset, "namedGraph", _node("entry", n)) for n in range(len(named_graphs))),
        *chain.from_iterable(_entry(n, *pair) for n, pair in enumerate(named_graphs)),
    ]


def write(sizes: Mapping[str, int], endpoint: str, media: Media) -> bytes:
    """Return the description of the service at ``endpoint`` written as ``media``."""
    assert isinstance(media.engine, ox.RdfFormat)
    told = statements(sizes, endpoint)
    prefixed = media.name in {"turtle", "trig", "rdfxml"}
    return ox.serialize(told, format=media.engine, prefixes=_PREFIXES if prefixed else None) or b""


def _kind(subject: ox.NamedNode | ox.BlankNode, name: str) -> ox.Triple:
    return ox.Triple(subject, RDF_TYPE, named(SD, name))


def _told(subject: ox.NamedNode | ox.BlankNode, name: str, value: Term) -> ox.Triple:
    return ox.Triple(subject, named(SD, name), value)


def _format(media: Media) -> ox.NamedNode | None:
    if media.engine is None:
        return None
    name = _NAMES.get(media.name)
    return ox.NamedNode(_FORMATS + name if name else media.engine.iri)


def _graph(graph: ox.NamedNode | ox.BlankNode, size: int) -> tuple[ox.Triple, ...]:
    return _kind(graph, "Graph"), ox.Triple(graph, named(VOID, "triples"), ox.Literal(size))


def _node(kind: str, number: int) -> ox.BlankNode:
    """Return a blank node whose label is the same whenever the description is written."""
    return ox.BlankNode(f"{kind}{number}")


def _entry(number: int, name: str, size: int) -> tuple[ox.Triple, ...]:
    entry, graph = _node("entry", number), _node("graph", number)
    return (
        _kind(entry, "NamedGraph"),
        _told(entry, "name", ox.NamedNode(name)),
        _told(entry, "graph", graph),
        *_graph(graph, size),
    )
