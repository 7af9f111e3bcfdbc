"""Terms and concepts: how they nest, and how statements that use them are grouped and read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal

from gcm_graph.namespaces import DCTERMS, DEF, EDTF, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, XSD
from gcm_graph.store.protocol import Row
from gcm_graph.terms import Term

TRACES_TO = DEF + "tracesTo"

IDENTITY = (
    DCTERMS + "title", DEF + "shortTitle", DCTERMS + "identifier", SKOS + "notation",
    DEF + "number", DEF + "letter", DEF + "paragraphs", DEF + "bodyKind", DEF + "eventKind",
    DEF + "instrumentKind", DEF + "legalStatus", DEF + "scope", DEF + "eventStatus",
    SCHEMA + "url",
)  # fmt: skip
"""Relations that say what a thing is; pages show them first, in this order."""

DATES = tuple(
    DEF + name
    for name in (
        "proposedOn", "announcedOn", "decidedOn", "textAgreedOn", "signedOn", "date",
        "endorsedOn", "publishedOn", "presentedOn", "entryIntoForce", "launchedOn", "begins",
        "ends", "plannedDate", "plannedBegins", "plannedEnds", "asOf", "periodicity",
    )
)  # fmt: skip
"""Relations that date a thing, in the order in which they mostly happen."""

TEXTS = (
    DCTERMS + "description", SKOS + "definition", SKOS + "scopeNote", SKOS + "example", *(
    DEF + name
    for name in (
        "topic", "purpose", "commitsTo", "callsFor", "recommends", "states", "characterizedAs",
        "challenge",
    )
))  # fmt: skip
"""Relations to text in the project's own words, in order."""

TECHNICAL = frozenset(
    {
        RDF + "type", SKOS + "prefLabel", SKOS + "altLabel", RDFS + "label", RDFS + "isDefinedBy",
        SCHEMA + "sameAs", SCHEMA + "member", DEF + "order", DEF + "earliest", DEF + "latest",
        DEF + "derivedBy",
        DEF + "disagreementAbout", DEF + "disagreementOn", PROV + "wasInfluencedBy",
        "http://www.w3.org/2003/06/sw-vocab-status/ns#term_status",
    }
)  # fmt: skip
"""Relations that a page shows in another way or not at all."""

_NESTING = {
    RDFS + "subClassOf": "classes",
    RDFS + "subPropertyOf": "properties",
    SKOS + "broader": "concepts",
}


@dataclass(frozen=True)
class Vocabulary:
    """What the ontology and the concept schemes say about terms.

    Attributes:
        wider: every wider class, property or concept of each term (not the term itself).
        inverse: inverse label of each property by language.
        ranges: declared ranges of each property.
        single: properties that can have one true value at a time.
        symmetric: properties that read the same both ways.
    """

    wider: Mapping[str, frozenset[str]] = field(default_factory=dict)
    inverse: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ranges: Mapping[str, frozenset[str]] = field(default_factory=dict)
    single: frozenset[str] = frozenset()
    symmetric: frozenset[str] = frozenset()

    def within(self, term: str, wider: str) -> bool:
        """Tell whether ``term`` is ``wider`` or narrower than it."""
        return term == wider or wider in self.wider.get(term, frozenset())

    def most_specific(self, classes: Iterable[str]) -> tuple[str, ...]:
        """Return those of ``classes`` that are wider than none of the others, in order."""
        every = set(classes)
        covered: set[str] = set()
        for name in every:
            covered |= self.wider.get(name, frozenset()) & every
        return tuple(sorted(every - covered))

    def rank(self, relation: str) -> tuple[int, int, str]:
        """Return the place of ``relation`` on a page.

        Identity comes first, then dates, lineage, structure and text.
        """
        for place, names in ((0, IDENTITY), (1, DATES), (5, TEXTS)):
            if relation in names:
                return place, names.index(relation), relation
        ranges = self.ranges.get(relation, frozenset())
        if ranges & {EDTF + "EDTF", XSD + "date", XSD + "duration"}:
            return 1, len(DATES), relation
        if self.within(relation, TRACES_TO):
            return 2, int(relation == TRACES_TO), relation
        if RDF + "langString" in ranges:
            return 5, len(TEXTS), relation
        return 3 + any(r.startswith(XSD) for r in ranges), 0, relation


def vocabulary_of(rows: Iterable[Row]) -> Vocabulary:
    """Return the vocabulary from the rows of ``index-terms``."""
    direct: dict[str, set[str]] = defaultdict(set)
    inverse: dict[str, dict[str, str]] = defaultdict(dict)
    ranges: dict[str, set[str]] = defaultdict(set)
    single: set[str] = set()
    symmetric: set[str] = set()
    for row in rows:
        term, relation, value = _text(row["term"]), _text(row["property"]), row["value"]
        if relation in _NESTING:
            direct[term].add(_text(value))
        elif relation == RDFS + "range":
            ranges[term].add(_text(value))
        elif relation == DEF + "inverseLabel" and isinstance(value, Literal):
            inverse[term][value.language or ""] = value.value
        elif relation == DEF + "singleValued" and _text(value) in {"true", "1"}:
            single.add(term)
        elif _text(value) == OWL + "SymmetricProperty":
            symmetric.add(term)
    return Vocabulary(
        wider={term: _closure(term, direct) for term in list(direct)},
        inverse=dict(inverse),
        ranges={term: frozenset(values) for term, values in ranges.items()},
        single=frozenset(single),
        symmetric=frozenset(symmetric),
    )


def _closure(term: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(direct.get(term, ()))
    while waiting:
        wider = waiting.pop()
        if wider not in found and wider != term:
            found.add(wider)
            waiting.extend(direct.get(wider, ()))
    return frozenset(found)


def _text(term: Term) -> str:
    return str(getattr(term, "value", term))
