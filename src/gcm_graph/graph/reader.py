"""The reader: a store, its index and the language that answers are wanted in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from gcm_graph.graph import stored
from gcm_graph.graph.index import Index, build
from gcm_graph.graph.label import chain
from gcm_graph.library.text import Texts
from gcm_graph.settings import settings
from gcm_graph.store.protocol import Bindings, Row, Store


@dataclass(frozen=True)
class Reader:
    """What every function of this package reads through; make one with `open_reader`.

    Attributes:
        store: the dataset.
        index: names, classes, vocabulary and passages of what the store holds.
        texts: the service's queries by name.
        languages: language tags to try, best first (see `gcm_graph.graph.label`).
        rules: folder of the derivation rules.
    """

    store: Store
    index: Index
    texts: Mapping[str, str]
    languages: tuple[str, ...]
    rules: Path

    def speaking(self, language: str) -> "Reader":
        """Return a reader of the same data that prefers ``language`` (BCP 47 tag)."""
        return replace(self, languages=chain(language))

    @property
    def language(self) -> str:
        """The language for the words of answers: the first of the chain."""
        return self.languages[0]

    def rows(self, name: str, bindings: Bindings | None = None) -> Iterator[Row]:
        """Return the solutions of the service query ``name``.

        Raises:
            KeyError: when there is no such query.
        """
        return iter(self.store.select(self.texts[name], bindings))


def open_reader(
    store: Store,
    language: str = "en",
    root: Path | None = None,
    texts: Mapping[str, str] | None = None,
    kept: Path | None = None,
) -> Reader:
    """Return a reader over ``store``; its index is read now, once.

    Args:
        store: the dataset.
        language: language tag that answers should prefer.
        root: folder with ``queries/`` and ``ontology/``; the project's own by default.
        texts: the service's queries by name, when somebody has read them already.
        kept: file in which a build has left the index of what ``store`` holds.

    Raises:
        FileNotFoundError: when ``root`` has no service queries.
    """
    root = root or settings().root
    texts = texts or service_queries(root)
    index = stored.read(kept, stored.stamp(texts)) if kept else None
    index = index or build(store, texts)
    return Reader(store, index, texts, chain(language), root / "ontology/rules")


@lru_cache(maxsize=4)
def service_queries(root: Path) -> Mapping[str, str]:
    """Return the queries of the group ``service`` below ``root/queries`` by name.

    Raises:
        FileNotFoundError: when there are none.
    """
    return Texts(root / "queries")
