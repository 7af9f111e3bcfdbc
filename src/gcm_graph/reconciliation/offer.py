"""What the service offers while somebody types: things, classes and properties; and columns."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from gcm_graph.graph import listing, reference
from gcm_graph.graph.label import best
from gcm_graph.namespaces import DEF, XSD
from gcm_graph.reconciliation.candidate import describe
from gcm_graph.reconciliation.question import Column, Extension
from gcm_graph.reconciliation.value import Values
from gcm_graph.search.name import Realm
from gcm_graph.search.narrowing import is_of
from gcm_graph.search.text import words
from gcm_graph.terms import Term, curie

SHOWN = 20
"""Suggestions in one answer."""

_WHOLE = {XSD + name for name in ("integer", "int", "nonNegativeInteger", "positiveInteger")}
_REAL = {XSD + name for name in ("decimal", "double", "float")}


@dataclass(frozen=True)
class Offer:
    """A thing, class or property to choose from."""

    iri: str
    name: str
    description: str = ""
    types: tuple[tuple[str, str], ...] = ()


def things(values: Values, prefix: str, types: tuple[str, ...] = ()) -> tuple[Offer, ...]:
    """Return the things whose names begin with or contain ``prefix``, the best first."""
    reader, realms = values.reader, values.search.realms

    def accept(iri: str) -> bool:
        if not types:
            return realms[iri] is not Realm.VOCABULARY
        return any(is_of(reader, iri, name) for name in types)

    found = []
    for match in values.search.find(prefix, accept)[:SHOWN]:
        ref = reference.ref(reader, match.iri)
        classes = reader.index.types.get(match.iri, ())
        named = tuple((name, reference.ref(reader, name).label) for name in classes)
        found.append(Offer(ref.iri, ref.label, describe(values, ref), named))
    return tuple(found)


def classes(values: Values, prefix: str) -> tuple[Offer, ...]:
    """Return the classes of things that ``prefix`` may mean; the largest first for no prefix."""
    reader = values.reader
    counted = {one.iri: count for one, count in listing.list_classes(reader)}
    for name, count in list(counted.items()):
        for wider in reader.index.vocabulary.wider.get(name, ()):
            if wider.startswith(DEF) and wider in reader.index.labels:
                counted[wider] = counted.get(wider, 0) + count
    offers = [
        Offer(name, reference.ref(reader, name).label, f"{curie(name)}, {count:,} things")
        for name, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return _beginning(offers, prefix)


def properties(values: Values, prefix: str, name: str = "") -> tuple[Offer, ...]:
    """Return the properties that ``prefix`` may mean, the most used first.

    Args:
        values: what to read through.
        prefix: how a label or prefixed name begins; empty for all.
        name: IRI of a class; only the properties that its things have.
    """
    used = sorted(values.tables.used(name).items(), key=lambda pair: (-pair[1], pair[0]))
    reader = values.reader
    offers = [
        Offer(iri, reference.ref(reader, iri).label, f"{curie(iri)}, of {count:,} things")
        for iri, count in used
    ]
    return _beginning(offers, prefix)


def _beginning(offers: Iterable[Offer], prefix: str) -> tuple[Offer, ...]:
    wanted = " ".join(words(prefix))
    if not wanted:
        return tuple(offers)
    ranked: list[tuple[int, Offer]] = []
    for offer in offers:
        names = (" ".join(words(offer.name)), " ".join(words(curie(offer.iri))))
        if offer.iri == prefix.strip() or any(name.startswith(wanted) for name in names):
            ranked.append((0, offer))
        elif any(f" {wanted}" in name for name in names):
            ranked.append((1, offer))
    return tuple(offer for _, offer in sorted(ranked, key=lambda pair: pair[0]))


def extend(values: Values, asked: Extension) -> dict[str, Any]:
    """Return the answer to a data extension query."""
    reader = values.reader
    meta = []
    for column in asked.columns:
        entry: dict[str, Any] = {"id": column.iri, "name": reference.ref(reader, column.iri).label}
        ranges = sorted(reader.index.vocabulary.ranges.get(column.iri, ()))
        known = [name for name in ranges if name in reader.index.members]
        if len(known) == 1:
            entry["type"] = {"id": known[0], "name": reference.ref(reader, known[0]).label}
        meta.append(entry)
    rows = {
        written: {column.iri: _cells(values, iri, column) for column in asked.columns}
        for written, iri in asked.ids.items()
    }
    return {"meta": meta, "rows": rows}


def _cells(values: Values, iri: str, column: Column) -> list[dict[str, Any]]:
    held = values.tables.of(column.iri).get(iri, ())
    tagged: dict[str, list[Term]] = {}
    for term in held:
        tag = term.language if isinstance(term, Literal) and term.language else ""
        tagged.setdefault(tag, []).append(term)
    if any(tagged) and "" not in tagged:
        reader = values.reader.speaking(column.language) if column.language else values.reader
        found = best({tag: tag for tag in tagged}, reader.languages)
        held = tuple(tagged[found[1]]) if found else held
    cells = [_cell(values, term) for term in held]
    return cells[: column.limit] if column.limit else cells


def _cell(values: Values, term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        found = reference.ref(values.reader, term.value)
        return {"id": found.iri, "name": found.label}
    if not isinstance(term, Literal):
        return {"str": str(term)}
    datatype, text = term.datatype.value, term.value
    if datatype in _WHOLE and re.fullmatch(r"[+-]?\d{1,15}", text):
        return {"int": int(text)}
    if datatype in _REAL and re.fullmatch(r"[+-]?\d+(\.\d+)?", text):
        return {"float": float(text)}
    if datatype == XSD + "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return {"date": f"{text}T00:00:00Z"}
    return {"str": text}
