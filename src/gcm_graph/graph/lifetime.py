"""Lifetimes: the first and last possible day of everything dated, and the dates as sources say.

Standards: EDTF (ISO 8601-2) for what sources say; ``xsd:date`` for the derived bounds.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from gcm_graph.graph.reader import Reader
from gcm_graph.graph.statement import iri_of
from gcm_graph.namespaces import DEF
from gcm_graph.store.protocol import Store


@dataclass(frozen=True)
class Lifetime:
    """When a thing can have been.

    Attributes:
        earliest: its first possible day, ``YYYY-MM-DD``, or empty.
        latest: its last possible day, ``YYYY-MM-DD``; empty when no end is known.
        said: the EDTF dates that sources give, by property.
    """

    earliest: str = ""
    latest: str = ""
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def holds(self, day: str) -> bool:
        """Tell whether the thing can have been on ``day``: it has begun and no end came before."""
        begun = bool(self.earliest) and self.earliest <= day
        return begun and (not self.latest or self.latest >= day)

    def first(self, *names: str) -> str:
        """Return the most exact date of the first of these properties that has one."""
        for name in names:
            values = self.said.get(DEF + name, ())
            if values:
                return min(values, key=lambda text: (-len(text), text))
        return ""


NEVER = Lifetime()
"""The lifetime of a thing without a date."""


def lifetimes(reader: Reader) -> Mapping[str, Lifetime]:
    """Return the lifetime of each dated thing by IRI; read once for a store."""
    return _read(reader.store, reader.texts["thing-days"])


@lru_cache(maxsize=4)
def _read(store: Store, text: str) -> Mapping[str, Lifetime]:
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in store.select(text):
        held[iri_of(row["thing"])][iri_of(row["property"])].add(iri_of(row["date"]))
    return {thing: _lifetime(dates) for thing, dates in held.items()}


def _lifetime(dates: Mapping[str, set[str]]) -> Lifetime:
    return Lifetime(
        earliest=min(dates.get(DEF + "earliest", ()), default=""),
        latest=max(dates.get(DEF + "latest", ()), default=""),
        said={name: tuple(sorted(values)) for name, values in sorted(dates.items())},
    )
