"""The interface of a store: what the rest of the project may ask of an engine."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from gcm_graph.store.media import Media
from gcm_graph.terms import Term

Bindings: TypeAlias = Mapping[str, Term]
"""Values of a query's parameters: name of the variable, without ``?``, to an RDF term."""

Row: TypeAlias = Mapping[str, Term]
"""One solution: bound variables only."""


class Store(Protocol):
    """A read-only RDF dataset whose default graph is the merge.

    The queries are the project's own (files of ``queries/``); parameters are bound as typed
    terms and never pasted as text. Free-form queries of the public go through
    `gcm_graph.store.pool.Pool`.
    """

    def __hash__(self) -> int:
        """Return the hash of the object itself; what is read from a store is kept for it."""
        ...

    @property
    def digest(self) -> str:
        """Digest of the release that is served; it changes whenever an answer may change."""
        ...

    def select(self, query: str, bindings: Bindings | None = None) -> Sequence[Row]:
        """Return the solutions of a SELECT query."""
        ...

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Return the answer of an ASK query."""
        ...

    def construct(self, query: str, bindings: Bindings | None = None) -> Sequence[ox.Triple]:
        """Return the triples of a CONSTRUCT query."""
        ...

    def answer(self, query: str, media: Media, bindings: Bindings | None = None) -> bytes:
        """Return the answer to a query, written by the engine.

        Args:
            query: any query.
            media: one of `gcm_graph.store.media.SOLUTIONS` for rows and booleans, one of
                `gcm_graph.store.media.GRAPHS` for graphs.
            bindings: values of its parameters.

        Raises:
            TypeError: when ``media`` cannot hold what the query answers with.
        """
        ...
