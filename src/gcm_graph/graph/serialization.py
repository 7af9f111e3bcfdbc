"""Statements written in the formats of RDF, with the shared prefixes that occur in them."""

from collections.abc import Iterable
from typing import Any, TypeAlias

import pyoxigraph as ox

from gcm_graph.namespaces import PREFIXES
from gcm_graph.store.media import Media

Statements: TypeAlias = Iterable[ox.Triple] | Iterable[ox.Quad]

_QUADS = {ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS}
_PREFIXED = {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML}


def carries_graphs(media: Media) -> bool:
    """Tell whether the representation names the graph of each statement."""
    return media.engine in _QUADS


def used_prefixes(statements: Iterable[ox.Triple | ox.Quad]) -> dict[str, str]:
    """Return the shared prefixes that occur in ``statements``."""
    iris: set[str] = set()
    for statement in statements:
        parts: list[Any] = [statement.subject, statement.predicate, statement.object]
        if isinstance(statement, ox.Quad):
            parts.append(statement.graph_name)
        for part in parts:
            if isinstance(part, ox.NamedNode):
                iris.add(part.value)
            elif isinstance(part, ox.Literal):
                iris.add(part.datatype.value)
    namespaces = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in iris}
    return {name: value for name, value in PREFIXES.items() if value in namespaces}


def rdf(statements: Statements, media: Media) -> bytes:
    """Return ``statements`` written as ``media``."""
    held: list[Any] = list(statements)
    engine = media.engine
    assert isinstance(engine, ox.RdfFormat)
    prefixes = used_prefixes(held) if engine in _PREFIXED else None
    return ox.serialize(held, format=engine, prefixes=prefixes) or b""
