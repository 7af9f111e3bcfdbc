"""The embedded store: a release held by pyoxigraph, read-only, in this process."""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from gcm_graph.namespaces import PREFIXES
from gcm_graph.release import manifest
from gcm_graph.store.media import Media
from gcm_graph.store.protocol import Bindings, Row, Store
from gcm_graph.terms import Term

FILE = "dataset.nq"
"""The dataset in a release folder."""


class Embedded(Store):
    """A pyoxigraph store behind the `Store` interface.

    Args:
        store: the dataset; its default graph is the merge.
        digest: digest of what is in it.
    """

    def __init__(self, store: ox.Store, digest: str) -> None:
        self._store = store
        self._digest = digest

    def __hash__(self) -> int:
        """Return the hash of the object itself."""
        return id(self)

    @property
    def digest(self) -> str:
        """Digest of the release."""
        return self._digest

    def lift(self, store: ox.Store) -> None:
        """Answer from ``store`` from now on, which holds the same and is faster."""
        self._store = store

    def select(self, query: str, bindings: Bindings | None = None) -> Sequence[Row]:
        """Return the solutions of a SELECT query (SPARQL 1.1)."""
        found = self._store.query(query, substitutions=_substitutions(bindings))
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError("this is not a SELECT query")
        names = [(variable.value, variable) for variable in found.variables]
        return [
            {name: row[variable] for name, variable in names if row[variable] is not None}
            for row in found
        ]

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Return the answer of an ASK query (SPARQL 1.1)."""
        found = self._store.query(query, substitutions=_substitutions(bindings))
        if not isinstance(found, ox.QueryBoolean):
            raise TypeError("this is not an ASK query")
        return bool(found)

    def construct(self, query: str, bindings: Bindings | None = None) -> Sequence[ox.Triple]:
        """Return the triples of a CONSTRUCT query (SPARQL 1.1)."""
        found = self._store.query(query, substitutions=_substitutions(bindings))
        if not isinstance(found, ox.QueryTriples):
            raise TypeError("this is not a CONSTRUCT query")
        return list(found)

    def answer(self, query: str, media: Media, bindings: Bindings | None = None) -> bytes:
        """Return the answer to a query in the representation ``media``."""
        found = self._store.query(query, substitutions=_substitutions(bindings))
        if isinstance(found, ox.QueryTriples):
            if not isinstance(media.engine, ox.RdfFormat):
                raise TypeError(f"a graph cannot be written as {media.type}")
            return ox.serialize(found, format=media.engine, prefixes=_prefixes(media)) or b""
        if not isinstance(media.engine, ox.QueryResultsFormat):
            raise TypeError(f"rows cannot be written as {media.type}")
        return found.serialize(format=media.engine) or b""


def _prefixes(media: Media) -> dict[str, str] | None:
    return PREFIXES if media.prefixed else None


def _substitutions(bindings: Bindings | None) -> dict[ox.Variable, Term] | None:
    if not bindings:
        return None
    return {ox.Variable(name): term for name, term in bindings.items()}


def load(release: Path) -> ox.Store:
    """Return the dataset of a release folder, in memory.

    Graphs that hold nothing, which N-Quads cannot carry, are named by the manifest.

    Raises:
        FileNotFoundError: when ``release`` holds no ``dataset.nq``.
        SyntaxError: when the file is damaged.
    """
    store = ox.Store()
    store.bulk_load(path=str(release / FILE), format=ox.RdfFormat.N_QUADS)
    if (release / manifest.FILE).exists():
        for name in manifest.read(release).empty_graphs:
            store.add_graph(ox.NamedNode(name))
    return store


def digest_of(release: Path) -> str:
    """Return the digest that the manifest of a release states."""
    return manifest.read(release).digest
