"""Every name by which a thing can be found, with what kind of name it is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from pyoxigraph import Literal

from gcm_graph.graph.reader import Reader
from gcm_graph.namespaces import DCTERMS, DEF, OWL, RDF, RDFS, SCHEMA, SDG, SDGO, SH, SKOS
from gcm_graph.search import text
from gcm_graph.search.symbol import is_symbol


class Kind(IntEnum):
    """What kind of name a name is."""

    LABEL = 0
    TITLE = 1
    ALTERNATIVE = 2
    SYMBOL = 3
    NUMBER = 4
    CODE = 5
    INITIALS = 6


class Realm(IntEnum):
    """What a found thing is part of; among equals the first realm comes first."""

    THING = 0
    SOURCE = 1
    CONCEPT = 2
    VOCABULARY = 3


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a thing.

    Attributes:
        iri: the thing.
        text: the name as it is written.
        language: its language tag, or empty.
        kind: what kind of name it is.
        words: its words as search compares them.
        loose: its significant words.
        key: its words as one text.
    """

    iri: str
    text: str
    language: str
    kind: Kind
    words: tuple[str, ...]
    loose: tuple[str, ...]
    key: str

    @property
    def acronym(self) -> bool:
        """Whether it is written as an acronym: one word of capitals."""
        return len(self.text) > 1 and self.text.isupper() and " " not in self.text


def name(iri: str, written: str, language: str, kind: Kind) -> Name:
    """Return the name ``written`` of the thing ``iri``."""
    found = text.words(written)
    return Name(iri, written, language, kind, found, text.significant(found), " ".join(found))


_CODES = (DEF + "isoAlpha2", DEF + "isoAlpha3", DEF + "m49")
_GOALS = {
    SDGO + "Goal": ("goal", "SDG goal", "SDG", "ODD", "ODS"),
    SDGO + "Target": ("target", "SDG target", "SDG", "ODD", "ODS", "cible", "meta"),
    SDGO + "Indicator": ("indicator", "SDG indicator", "SDG", "ODD", "ODS"),
}
"""What people write before the number of a goal, a target and an indicator."""

_SHORT = {DEF + "Objective": "obj.", DEF + "RoundTable": "RT"}
"""How people shorten the class of a numbered thing."""

_VOCABULARY = (OWL, RDF, RDFS, SH, "http://purl.org/vocommons/")
_MACHINERY = {
    DEF + local
    for local in (
        "BuildGraph", "DerivedGraph", "EditorsGraph", "Rule", "Disagreement", "Judgement",
        "Passage",
    )
}  # fmt: skip
_CONCEPTS = {SKOS + "Concept", SKOS + "ConceptScheme", DEF + "StakeholderGroup"}


def realm(reader: Reader, iri: str) -> Realm:
    """Return what ``iri`` is part of, by its most specific classes."""
    types = reader.index.types.get(iri, ())
    if any(found in _MACHINERY or found.startswith(_VOCABULARY) for found in types):
        return Realm.VOCABULARY
    if DEF + "Source" in types:
        return Realm.SOURCE
    return Realm.CONCEPT if not types or types[0] in _CONCEPTS else Realm.THING


@dataclass(frozen=True)
class Numbered:
    """What numbers and codes are read from: properties of each thing that has some."""

    values: Mapping[str, Mapping[str, tuple[Literal, ...]]]
    wholes: Mapping[str, str]
    identities: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, reader: Reader) -> "Numbered":
        """Read the numbers, codes and identities of every thing."""
        values: dict[str, dict[str, list[Literal]]] = defaultdict(lambda: defaultdict(list))
        wholes: dict[str, str] = {}
        identities: dict[str, list[str]] = defaultdict(list)
        for row in reader.rows("search-names"):
            thing, relation = str(getattr(row["thing"], "value", "")), row["property"]
            value, kind = row["value"], str(getattr(relation, "value", ""))
            if kind == SCHEMA + "sameAs":
                identities[thing].append(str(getattr(value, "value", "")))
            elif isinstance(value, Literal):
                values[thing][kind].append(value)
            elif kind == DEF + "partOf":
                part = str(getattr(value, "value", ""))
                wholes[thing] = min(wholes.get(thing, part), part)
        return cls(
            {t: {k: tuple(v) for k, v in held.items()} for t, held in values.items()},
            wholes,
            {thing: tuple(sorted(found)) for thing, found in identities.items()},
        )


def names_of(reader: Reader, numbered: Numbered) -> Iterator[Name]:
    """Yield every name that a thing can be found by, `Kind.INITIALS` excepted."""
    index = reader.index
    for table, kind in ((index.labels, Kind.LABEL), (index.titles, Kind.TITLE)):
        for iri, held in table.items():
            for language, written in held.items():
                yield name(iri, written, language, kind)
    for iri, symbol in index.identifiers.items():
        yield name(iri, symbol, "", Kind.SYMBOL)
    for iri, values in numbered.values.items():
        for relation in (SKOS + "altLabel", DEF + "shortTitle"):
            for value in values.get(relation, ()):
                kind = Kind.SYMBOL if is_symbol(value.value) else Kind.ALTERNATIVE
                yield name(iri, value.value, value.language or "", kind)
        for value in values.get(DCTERMS + "identifier", ()):
            if value.value != index.identifiers.get(iri):
                yield name(iri, value.value, "", Kind.SYMBOL)
        for relation in _CODES:
            for value in values.get(relation, ()):
                yield name(iri, value.value, "", Kind.CODE)
        yield from _numbers(reader, numbered, iri)


def _numbers(reader: Reader, numbered: Numbered, iri: str) -> Iterator[Name]:
    index, values = reader.index, numbered.values[iri]
    types = index.types.get(iri, ())
    notations = values.get(SKOS + "notation", ()) if iri.startswith(SDG) else ()
    for value in notations:
        yield name(iri, value.value, "", Kind.NUMBER)
        for class_name in types:
            for before in _GOALS.get(class_name, ()):
                yield name(iri, f"{before} {value.value}", "", Kind.NUMBER)
    whole = numbered.values.get(numbered.wholes.get(iri, ""), {})
    short = [a.value for a in whole.get(SKOS + "altLabel", ()) if a.value.isupper()]
    for value in values.get(DEF + "number", ()):
        for class_name in types:
            if class_name in _SHORT:
                yield name(iri, f"{_SHORT[class_name]} {value.value}", "en", Kind.NUMBER)
            for language, label in index.labels.get(class_name, {}).items():
                yield name(iri, f"{label} {value.value}", language, Kind.NUMBER)
                for acronym in short:
                    yield name(iri, f"{acronym} {label} {value.value}", language, Kind.NUMBER)
