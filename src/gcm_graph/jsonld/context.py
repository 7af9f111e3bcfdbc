"""The JSON-LD 1.1 context of the graph, made from the ontology and from the terms in use.

Each term of the ontology goes by its local name, and each term of another vocabulary that the
release uses too, unless the name is taken: then by its prefixed name (``dcterms:date``). A
property whose values are things is typed ``@id``, names are language maps, dates and numbers
carry their datatype. A property is a list unless the ontology says that it has one value
(``gcm:singleValued``), so that a program meets the same shape whatever the number of values.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import NamedNode

from gcm_graph.graph.reader import Reader
from gcm_graph.graph.statement import iri_of
from gcm_graph.namespaces import (
    BASE,
    DCTERMS,
    DEF,
    ELI,
    FOAF,
    GRAPH,
    ORG,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SDG,
    SDGO,
    SKOS,
    SOURCE,
    XSD,
)

Definition = dict[str, Any]
Context = dict[str, Any]

PATH = "context.jsonld"
"""Where the context is published, below the address of the service."""

REVERSE: dict[str, str] = {
    "memberships": ORG + "organization",
    "membershipsHeld": ORG + "member",
    "participations": DEF + "inEvent",
    "participationsHeld": DEF + "participant",
    "votes": DEF + "onAdoption",
    "votesCast": DEF + "voter",
    "positions": DEF + "towards",
    "positionsHeld": DEF + "holder",
    "figures": DEF + "figureOf",
    "pledges": DEF + "madeAt",
    "pledgesMade": DEF + "pledger",
}
"""Name under which a thing lists its dated relations, with the property that leads back."""

_ORDER = (SKOS, DCTERMS, ORG, PROV, ELI, SDGO, SCHEMA, FOAF, RDFS, OWL)
"""Vocabularies by their claim to a plain name; any other keeps its prefix or its whole IRI."""

_LANGUAGE = RDF + "langString"
_STRING = XSD + "string"
_THINGS = {GRAPH, SOURCE, SDG}
"""Namespaces of things: their IRIs stand in full."""


def make(reader: Reader) -> Context:
    """Return the context of the release that ``reader`` reads, without the ``@context`` around it.

    The same release always gives the same context, with its entries in a stable order.
    """
    told = _ontology(reader)
    kinds = _kinds(reader)
    made: Context = {"@version": 1.1, "id": "@id", "type": "@type"}
    made |= {
        name: namespace
        for name, namespace in sorted(PREFIXES.items())
        if not namespace.startswith(BASE + "id/") and namespace not in _THINGS
    }
    classes = {iri for iri, types in told.items() if OWL + "Class" in types["type"]}
    classes |= set(reader.index.members) | _used_classes(reader)
    for iri in sorted({*classes, *kinds, *_terms(told)} - {RDF + "type"}, key=_claim):
        name = _name(iri, made)
        if not name:
            continue  # its IRI stands in full
        if iri in classes:
            made[name] = iri
        else:
            made[name] = _definition(iri, told.get(iri, {}), kinds.get(iri, set()), reader)
    for name, iri in REVERSE.items():
        made[name] = {"@reverse": iri, "@container": "@set"}
    return made


def _ontology(reader: Reader) -> dict[str, dict[str, set[str]]]:
    """Return type and range of every term by its IRI."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in reader.rows("ontology-statements"):
        relation = iri_of(row["property"])
        if isinstance(row["term"], NamedNode) and relation in {RDF + "type", RDFS + "range"}:
            found[row["term"].value][relation.rpartition("#")[2]].add(iri_of(row["value"]))
    return dict(found)


def _terms(told: dict[str, dict[str, set[str]]]) -> Iterator[str]:
    """Yield the terms of the project's own ontology that are classes or properties."""
    kinds = {
        OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    }
    for iri, types in told.items():
        if iri.startswith(DEF) and types["type"] & kinds:
            yield iri


def _kinds(reader: Reader) -> dict[str, set[str]]:
    """Return the kinds of values of each property in use: ``@id``, or datatypes."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in reader.rows("property-kinds"):
        literal = "datatype" in row
        kind = iri_of(row["datatype"]) if literal else "@id"
        found[iri_of(row["property"])].add(kind)
    return dict(found)


def _used_classes(reader: Reader) -> set[str]:
    return {name for names in reader.index.types.values() for name in names}


def _claim(iri: str) -> tuple[int, str]:
    """Return the sort key that lets the project's own terms choose their names first."""
    if iri.startswith(DEF):
        return -1, iri
    place = next((n for n, space in enumerate(_ORDER) if iri.startswith(space)), len(_ORDER))
    return place, iri


def _name(iri: str, taken: Iterable[str]) -> str:
    """Return the name of a term in the context; empty when it has no fitting one."""
    local = iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
    rank, _ = _claim(iri)
    if rank < len(_ORDER) and local.isidentifier() and local not in taken and local not in REVERSE:
        return local
    space = iri[: len(iri) - len(local)]
    prefix = next((name for name, value in PREFIXES.items() if value == space), "")
    return f"{prefix}:{local}" if prefix and local else ""


def _definition(iri: str, told: dict[str, set[str]], kinds: set[str], reader: Reader) -> Definition:
    ranges = told.get("range", set())
    declared = {kind for kind in ranges if kind.startswith((XSD, RDF, PREFIXES["edtf"]))}
    if OWL + "ObjectProperty" in told.get("type", set()):
        declared = {"@id"}
    wanted = declared or kinds
    single = iri in reader.index.vocabulary.single
    made: Definition = {"@id": iri}
    if len(wanted) == 1:
        (kind,) = wanted
        if kind == _LANGUAGE:
            made["@container"] = ["@language", "@set"]
            return made
        if kind != _STRING:
            made["@type"] = kind
    if not single:
        made["@container"] = "@set"
    return made
