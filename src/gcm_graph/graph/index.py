"""The index of a release: names, classes, vocabulary, passages, held in memory.

A release is immutable, so the index is built once for a digest, by one query for each part
(``queries/service/index-*.rq``), and then answers without the store. It takes about a kilobyte
for each named thing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from pyoxigraph import Literal

from gcm_graph.graph.vocabulary import Vocabulary, vocabulary_of
from gcm_graph.namespaces import DCTERMS, DEF, ORG, RDFS, SKOS
from gcm_graph.store.protocol import Row, Store
from gcm_graph.terms import Term

Names = Mapping[str, str]
"""Names by language tag; the empty tag for a name without one."""

_PREF, _ALT = SKOS + "prefLabel", SKOS + "altLabel"
_LABEL, _TITLE, _IDENTIFIER = RDFS + "label", DCTERMS + "title", DCTERMS + "identifier"


@dataclass(frozen=True)
class Place:
    """A passage as the index knows it.

    Attributes:
        locator: the place in the source, as a reader would cite it.
        source: IRI of the source.
        kind: ``primary`` or ``secondary``.
        date: EDTF date of the source, or empty.
        primary: IRI of the primary source or passage that it names, or empty.
    """

    locator: str
    source: str
    kind: str
    date: str
    primary: str


@dataclass(frozen=True)
class Rivalry:
    """A disagreement as the build found it: which property of what, and how it was judged."""

    iri: str
    about: str
    on: str
    preferred: str
    reason: str


@dataclass(frozen=True)
class Link:
    """The ends of a dated relation.

    Attributes:
        actor: who (the member, participant, voter, holder); empty for a figure.
        place: in or towards what (the body, event, adoption, instrument, thing counted).
        qualifier: as what (role, capacity, choice, stance, measure).
    """

    actor: str
    place: str
    qualifier: str


@dataclass(frozen=True)
class Index:
    """What a release says often needed and never changes.

    Attributes:
        labels: preferred labels (``skos:prefLabel``, else ``rdfs:label``) of each thing.
        titles: official titles of each thing.
        alternatives: other names of each thing, in order.
        identifiers: symbol of each thing that has one.
        types: most specific classes of each thing, in order.
        members: things of each most specific class, in order.
        vocabulary: terms and concepts.
        passages: each passage.
        links: each dated relation.
        rivalries: disagreements about each thing.
    """

    labels: Mapping[str, Names]
    titles: Mapping[str, Names]
    alternatives: Mapping[str, tuple[str, ...]]
    identifiers: Mapping[str, str]
    types: Mapping[str, tuple[str, ...]]
    members: Mapping[str, tuple[str, ...]]
    vocabulary: Vocabulary
    passages: Mapping[str, Place]
    links: Mapping[str, Link]
    rivalries: Mapping[str, tuple[Rivalry, ...]]

    @cached_property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """The passages of each source, in order of IRI."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.passages):
            found[self.passages[name].source].append(name)
        return {source: tuple(names) for source, names in found.items()}


def build(store: Store, texts: Mapping[str, str]) -> Index:
    """Read the index of what ``store`` holds.

    Args:
        store: the dataset.
        texts: the service's queries by name.

    Raises:
        KeyError: when a query of the index is missing.
    """
    vocabulary = vocabulary_of(store.select(texts["index-terms"]))
    types = _types(store.select(texts["index-types"]), vocabulary)
    members: dict[str, list[str]] = defaultdict(list)
    for thing in sorted(types):
        for name in types[thing]:
            members[name].append(thing)
    labels, titles, alternatives, identifiers = _names(store.select(texts["index-names"]))
    both_ways = {
        term
        for term, inverse in vocabulary.inverse.items()
        if inverse.get("en") and inverse.get("en") == labels.get(term, {}).get("en")
    }
    vocabulary = replace(vocabulary, symmetric=vocabulary.symmetric | both_ways)
    return Index(
        labels=labels,
        titles=titles,
        alternatives=alternatives,
        identifiers=identifiers,
        types=types,
        members={name: tuple(things) for name, things in members.items()},
        vocabulary=vocabulary,
        passages=_passages(store.select(texts["index-passages"])),
        links=_links(store.select(texts["index-relations"])),
        rivalries=_rivalries(store.select(texts["index-disagreements"])),
    )


def _names(
    rows: Iterable[Row],
) -> tuple[dict[str, Names], dict[str, Names], dict[str, tuple[str, ...]], dict[str, str]]:
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    fallback: dict[str, dict[str, str]] = defaultdict(dict)
    titles: dict[str, dict[str, str]] = defaultdict(dict)
    others: dict[str, set[str]] = defaultdict(set)
    identifiers: dict[str, str] = {}
    for row in rows:
        thing, kind, name = _iri(row["thing"]), _iri(row["property"]), row["name"]
        if not isinstance(name, Literal):
            continue
        if kind == _ALT:
            others[thing].add(name.value)
        elif kind == _IDENTIFIER:
            known = identifiers.get(thing)
            identifiers[thing] = min(known, name.value) if known else name.value
        else:
            table = {_PREF: labels, _LABEL: fallback, _TITLE: titles}[kind]
            tag = name.language or ""
            known = table[thing].get(tag)
            table[thing][tag] = min(known, name.value) if known else name.value
    for thing, names in fallback.items():
        labels[thing] = names | labels.get(thing, {})
    alternatives = {thing: tuple(sorted(names)) for thing, names in others.items()}
    return dict(labels), dict(titles), alternatives, identifiers


def _types(rows: Iterable[Row], vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    every: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        every[_iri(row["thing"])].add(_iri(row["class"]))
    known: dict[frozenset[str], tuple[str, ...]] = {}
    found: dict[str, tuple[str, ...]] = {}
    for thing, classes in every.items():
        key = frozenset(classes)
        if key not in known:
            known[key] = vocabulary.most_specific(key)
        found[thing] = known[key]
    return found


def _passages(rows: Iterable[Row]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for row in rows:
        kind = _value(row.get("kind")).rstrip("/").rpartition("/")[2]
        found[_iri(row["passage"])] = Place(
            locator=_value(row.get("locator")),
            source=_iri(row["source"]),
            kind=kind,
            date=_value(row.get("date")),
            primary=_value(row.get("primary")),
        )
    return found


_ROLES = {
    ORG + "member": "actor", DEF + "participant": "actor", DEF + "voter": "actor",
    DEF + "holder": "actor",
    ORG + "organization": "place", DEF + "inEvent": "place", DEF + "onAdoption": "place",
    DEF + "towards": "place", DEF + "figureOf": "place",
    ORG + "role": "qualifier", DEF + "capacity": "qualifier", DEF + "choice": "qualifier",
    DEF + "stance": "qualifier", DEF + "measure": "qualifier",
}  # fmt: skip
"""Which end of a dated relation a property names."""


def _links(rows: Iterable[Row]) -> dict[str, Link]:
    ends: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        end, value = _ROLES[_iri(row["property"])], _value(row["value"])
        known = ends[_iri(row["node"])]
        known[end] = min(known.get(end, value), value)
    return {
        node: Link(end.get("actor", ""), end.get("place", ""), end.get("qualifier", ""))
        for node, end in ends.items()
    }


def _rivalries(rows: Iterable[Row]) -> dict[str, tuple[Rivalry, ...]]:
    found: dict[str, dict[str, Rivalry]] = defaultdict(dict)
    for row in rows:
        rivalry = Rivalry(
            iri=_iri(row["disagreement"]),
            about=_iri(row["about"]),
            on=_iri(row["property"]),
            preferred=_value(row.get("preferred")),
            reason=_value(row.get("reason")),
        )
        found[rivalry.about].setdefault(rivalry.iri, rivalry)
    return {about: tuple(each[iri] for iri in sorted(each)) for about, each in found.items()}


def _iri(term: Term) -> str:
    return str(getattr(term, "value", term))


def _value(term: Term | None) -> str:
    return "" if term is None else _iri(term)
