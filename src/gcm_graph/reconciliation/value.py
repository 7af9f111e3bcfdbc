"""The values of properties: read once for a property, and compared with what a table says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz

from gcm_graph.graph.reader import Reader
from gcm_graph.namespaces import RDF_TYPE
from gcm_graph.reconciliation.question import Entity, Value
from gcm_graph.search.index import Search
from gcm_graph.search.text import words
from gcm_graph.terms import Term

_LIKE = 80
"""How like a value must be to count at all, of 100."""


class Tables:
    """What things have for their properties, in no particular language; one for each release.

    Args:
        reader: what to read through.
        search: the index of names, for values that are things.
    """

    def __init__(self, reader: Reader, search: Search) -> None:
        self.reader = reader
        self.search = search

    @lru_cache(maxsize=64)  # noqa: B019 - it lives as long as the service
    def of(self, relation: str) -> Mapping[str, tuple[Term, ...]]:
        """Return the values of a property, by thing."""
        found: dict[str, list[Term]] = defaultdict(list)
        for row in self.reader.rows("property-values", {"property": NamedNode(relation)}):
            found[str(getattr(row["thing"], "value", ""))].append(row["value"])
        return {thing: tuple(values) for thing, values in found.items()}

    @lru_cache(maxsize=64)  # noqa: B019
    def used(self, name: str = "") -> Mapping[str, int]:
        """Return the properties that things have, with how many things have each.

        Args:
            name: IRI of a class; only its things count. Empty for all things.
        """
        counts: dict[str, int] = {}
        query = "class-properties" if name else "used-properties"
        for row in self.reader.rows(query, {"class": NamedNode(name)} if name else None):
            things = row["things"]
            assert isinstance(things, Literal)
            counts[str(getattr(row["property"], "value", ""))] = int(things.value)
        return counts

    def is_class(self, iri: str) -> bool:
        """Tell whether ``iri`` is a class of the ontology or of some thing."""
        index = self.reader.index
        known = index.types.get(iri, ())
        return (
            iri in index.members
            or any(name.endswith("#Class") for name in known)
            or iri
            in (wider for all_wider in index.vocabulary.wider.values() for wider in all_wider)
        )

    def is_property(self, iri: str) -> bool:
        """Tell whether some thing has the property ``iri``."""
        return iri in self.used() or iri == RDF_TYPE.value

    @lru_cache(maxsize=16_384)  # noqa: B019
    def names(self, iri: str) -> tuple[tuple[str, ...], ...]:
        """Return the names of a thing, as words."""
        index = self.reader.index
        every: Iterable[str] = (
            *index.labels.get(iri, {}).values(),
            *index.titles.get(iri, {}).values(),
            *index.alternatives.get(iri, ()),
        )
        return tuple({words(name) for name in every})

    def likeness(self, thing: str, relation: str, wanted: tuple[Value, ...]) -> float:
        """Return how well a property of ``thing`` agrees with one of ``wanted``, from 0 to 1."""
        held = self.of(relation).get(thing, ())
        return max((self._like(have, want) for have in held for want in wanted), default=0.0)

    def _like(self, have: Term, want: Value) -> float:
        if isinstance(have, NamedNode):
            if isinstance(want, Entity):
                return float(have.value == want.iri)
            return self._named(have.value, want)
        text = want.iri if isinstance(want, Entity) else want
        value = have.value if isinstance(have, Literal) else str(have)
        if value == text or _number(value) == _number(text) != text:
            return 1.0
        if len(text) == 4 and text.isdigit() and value.startswith(text + "-"):
            return 0.95  # a year that a date lies in
        if any(letter.isdigit() for letter in text):
            return float(words(value) == words(text) != ())
        return _ratio(words(value), words(text))

    def _named(self, iri: str, want: str) -> float:
        """Return how well ``want`` names the thing ``iri``."""
        known = self.search.identities.get(want.rstrip("/").casefold(), ())
        slug = "/" + want.replace(" ", "-").lower()
        if iri == want or iri in known or iri.endswith(slug):
            return 1.0
        asked = words(want)
        return max((_ratio(name, asked) for name in self.names(iri)), default=0.0)


@dataclass(frozen=True)
class Values:
    """The tables, read in the language of an answer.

    Attributes:
        reader: reads names in that language.
        tables: the values.
    """

    reader: Reader
    tables: Tables

    @property
    def search(self) -> Search:
        """The index of names."""
        return self.tables.search


def _ratio(have: tuple[str, ...], want: tuple[str, ...]) -> float:
    if have == want:
        return 1.0 if have else 0.0
    return fuzz.ratio(" ".join(have), " ".join(want), score_cutoff=_LIKE) / 100


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
