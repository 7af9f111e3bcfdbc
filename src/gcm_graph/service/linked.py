"""Things, sources and passages in RDF: in a profile, in a format, as of a moment."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import orjson

from gcm_graph.graph import as_of, description
from gcm_graph.graph.as_of import Past
from gcm_graph.graph.moment import Moment
from gcm_graph.graph.profile import LABELS, PASSAGES
from gcm_graph.graph.serialization import rdf
from gcm_graph.jsonld import document
from gcm_graph.store.media import Media

if TYPE_CHECKING:
    from gcm_graph.service.state import State

_ADDRESSES = 8
EXPANDED = "http://www.w3.org/ns/json-ld#expanded"
"""The form of JSON-LD without a context, for programs that cannot fetch one."""


def write(state: "State", iri: str, token: str, media: Media, date: str, address: str) -> bytes:
    """Return what is said of ``iri``.

    Args:
        state: the service.
        iri: a thing, a source or a passage.
        token: token of the profile.
        media: the format.
        date: a moment, or nothing for the whole record.
        address: where the JSON-LD context is published; empty for expanded JSON-LD.
    """
    reader = state.reader
    past = Past(Moment.parse(date), state.spans) if date else None
    if token == PASSAGES.token:
        quads = description.quads(reader, iri)
        quads = as_of.quads(reader, iri, quads, past) if past else quads
        if media.name != "jsonld" or not address:
            return rdf(quads, media)
        return orjson.dumps(document.flat(quads, state.context, address))
    triples = description.triples(reader, iri)
    triples = as_of.triples(reader, iri, triples, past) if past else triples
    if token == LABELS.token:
        triples = description.labelled(reader, triples, iri)
    if media.name != "jsonld" or not address:
        return rdf(triples, media)
    return orjson.dumps(document.framed(triples, iri, state.context, address))


class Shelf:
    """What was written last, kept as bytes: a release never changes."""

    def __init__(self, state: "State") -> None:
        self._write = lru_cache(maxsize=128)(partial(write, state))
        self._kept: dict[tuple[str, str], bytes] = {}

    def write(self, iri: str, token: str, media: Media, date: str, address: str) -> bytes:
        """Return what `write` returns, made once while it is asked for often."""
        return self._write(iri, token, media, date, address)

    def once(self, name: str, address: str, make: Callable[[], bytes]) -> bytes:
        """Return a document that is the same for everybody at an address, made once."""
        if (name, address) not in self._kept:
            if len(self._kept) >= _ADDRESSES:
                self._kept.clear()
            self._kept[name, address] = make()
        return self._kept[name, address]
