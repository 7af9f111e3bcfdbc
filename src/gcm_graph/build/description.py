"""The description of a release in VoID and DCAT 3, with SPDX checksums of its files."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyoxigraph as ox

from gcm_graph.namespaces import (
    BASE,
    DCAT,
    DCTERMS,
    DEF,
    FOAF,
    ONTOLOGY,
    PREFIXES,
    PROV,
    RDF_TYPE,
    RDFS,
    RDFS_LABEL,
    SCHEMA,
    SKOS,
    VOID,
    XSD,
    named,
)
from gcm_graph.terms import curie

SPDX = "http://spdx.org/rdf/terms#"
DATASET = ox.NamedNode(BASE + "dataset")
LICENCE = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
TITLE = "Global migration governance as a knowledge graph"
ABOUT = (
    "How the world governs international migration: instruments, bodies, forums, processes and "
    "States, and what joins them, each statement with the passage of the document it rests on."
)
ELSEWHERE = {
    "http://www.wikidata.org/entity/": "wikidata",
    "http://metadata.un.org/sdg/": "sdg",
    "http://metadata.un.org/thesaurus/": "unbis",
}
"""Namespaces of the datasets that this one links to, with a short name."""

_IDENTITIES = {
    SCHEMA + "sameAs",
    SKOS + "exactMatch",
    SKOS + "closeMatch",
    DEF + "alignedWith",
    DCTERMS + "subject",
}
_BUILD = ox.NamedNode(DATASET.value + "#build")
_CATALOGUE = ox.NamedNode(BASE + "catalogue")
_IANA = "https://www.iana.org/assignments/media-types/"


class Distribution(NamedTuple):
    """One file of a release.

    Attributes:
        name: its name.
        media_type: what is in it, unpacked.
        packed: whether it is packed with gzip.
        size: its length in bytes.
        checksum: its SHA-256, hexadecimal.
    """

    name: str
    media_type: str
    packed: bool
    size: int
    checksum: str


class Version(NamedTuple):
    """What makes a release this one.

    Attributes:
        digest: its digest.
        software: version of the software that wrote it.
        built: when it was written (ISO 8601).
        previous: digest of the release that was current before it, or empty.
    """

    digest: str
    software: str
    built: str
    previous: str = ""


@dataclass
class _Writer:
    triples: list[ox.Triple]

    def say(self, subject: ox.NamedNode, *pairs: tuple[str, ox.NamedNode | ox.Literal]) -> None:
        self.triples += [ox.Triple(subject, ox.NamedNode(name), value) for name, value in pairs]


def describe(merge: Sequence[ox.Triple], files: Iterable[Distribution], version: Version) -> bytes:
    """Return the description of a release as Turtle.

    Args:
        merge: the statements of its default graph.
        files: its files.
        version: what makes it this one.
    """
    writer = _Writer([])
    say = writer.say
    type_ = RDF_TYPE.value
    subjects = {t.subject for t in merge}
    say(
        DATASET,
        (type_, named(DCAT, "Dataset")),
        (type_, named(VOID, "Dataset")),
        (DCTERMS + "title", ox.Literal(TITLE, language="en")),
        (DCTERMS + "description", ox.Literal(ABOUT, language="en")),
        (DCTERMS + "identifier", ox.Literal(version.digest)),
        (DCTERMS + "license", LICENCE),
        (DCTERMS + "issued", ox.Literal(version.built, datatype=named(XSD, "dateTime"))),
        (DCAT + "version", ox.Literal(f"{version.software}+{version.digest[:16]}")),
        (PROV + "wasGeneratedBy", _BUILD),
        (DCTERMS + "conformsTo", ox.NamedNode(ONTOLOGY)),
        (VOID + "exampleResource", ox.NamedNode(BASE + "id/instrument/gcm")),
        (FOAF + "homepage", ox.NamedNode(BASE)),
        (VOID + "sparqlEndpoint", ox.NamedNode(BASE + "sparql")),
        (VOID + "uriSpace", ox.Literal(BASE)),
        (VOID + "vocabulary", ox.NamedNode(ONTOLOGY)),
        (VOID + "triples", _number(len(merge))),
        (VOID + "distinctSubjects", _number(len(subjects))),
        (VOID + "distinctObjects", _number(len({t.object for t in merge}))),
        (VOID + "properties", _number(len({t.predicate for t in merge}))),
    )
    if version.previous:
        earlier = ox.NamedNode(f"{DATASET.value}?release={version.previous[:16]}")
        say(DATASET, (DCAT + "previousVersion", earlier))
    say(
        _BUILD,
        (type_, named(PROV, "Activity")),
        (RDFS_LABEL.value, ox.Literal(f"gcm-graph build, version {version.software}")),
        (PROV + "endedAtTime", ox.Literal(version.built, datatype=named(XSD, "dateTime"))),
        (PROV + "generated", DATASET),
    )
    _catalogue(writer)
    _partitions(writer, merge)
    _linksets(writer, merge)
    for file in files:
        _distribution(writer, file)
    prefixes = PREFIXES | {"dcat": DCAT, "spdx": SPDX, "void": VOID, "rdfs": RDFS}
    names = ("dcat", "dcterms", "foaf", "prov", "rdfs", "spdx", "void", "xsd")
    used = {name: prefixes[name] for name in names}
    turtle = ox.serialize(writer.triples, format=ox.RdfFormat.TURTLE, prefixes=used)
    assert turtle is not None
    return turtle


def _partitions(writer: _Writer, merge: Sequence[ox.Triple]) -> None:
    kinds = Counter(t.object.value for t in merge if t.predicate == RDF_TYPE)  # type: ignore[union-attr]
    for kind, number in sorted(kinds.items()):
        part = _part("class", kind)
        writer.say(DATASET, (VOID + "classPartition", part))
        writer.say(part, (VOID + "class", ox.NamedNode(kind)), (VOID + "entities", _number(number)))
    properties = Counter(t.predicate.value for t in merge)
    for name, number in sorted(properties.items()):
        part = _part("property", name)
        writer.say(DATASET, (VOID + "propertyPartition", part))
        writer.say(
            part, (VOID + "property", ox.NamedNode(name)), (VOID + "triples", _number(number))
        )


def _catalogue(writer: _Writer) -> None:
    """Say where the dataset is listed, and by which services it is answered."""
    type_ = RDF_TYPE.value
    endpoint = ox.NamedNode(BASE + "sparql")
    writer.say(
        _CATALOGUE,
        (type_, named(DCAT, "Catalog")),
        (DCTERMS + "title", ox.Literal("gcm-graph", language="en")),
        (DCAT + "dataset", DATASET),
        (DCAT + "service", endpoint),
    )
    writer.say(
        endpoint,
        (type_, named(DCAT, "DataService")),
        (DCTERMS + "title", ox.Literal("SPARQL 1.1 endpoint", language="en")),
        (DCAT + "endpointURL", endpoint),
        (DCAT + "endpointDescription", endpoint),
        (DCAT + "servesDataset", DATASET),
        (DCTERMS + "conformsTo", ox.NamedNode("http://www.w3.org/TR/sparql11-protocol/")),
    )


def _linksets(writer: _Writer, merge: Sequence[ox.Triple]) -> None:
    """Say how many statements lead to each dataset elsewhere, by property."""
    counted: Counter[tuple[str, str]] = Counter()
    for triple in merge:
        if isinstance(triple.object, ox.NamedNode):
            for space in ELSEWHERE:
                if triple.object.value.startswith(space):
                    counted[space, triple.predicate.value] += 1
    for (space, relation), number in sorted(counted.items()):
        if relation in _IDENTITIES:
            node = ox.NamedNode(f"{_part('linkset', relation).value}-{ELSEWHERE[space]}")
            writer.say(DATASET, (VOID + "subset", node))
            writer.say(
                node,
                (RDF_TYPE.value, named(VOID, "Linkset")),
                (VOID + "subjectsTarget", DATASET),
                (VOID + "objectsTarget", ox.NamedNode(space)),
                (VOID + "linkPredicate", ox.NamedNode(relation)),
                (VOID + "triples", _number(number)),
            )


def _distribution(writer: _Writer, file: Distribution) -> None:
    node = ox.NamedNode(f"{BASE}download/{file.name}")
    checksum = ox.NamedNode(f"{node.value}#sha256")
    url = ox.NamedNode(f"{BASE}download/{file.name}")
    type_ = RDF_TYPE.value
    writer.say(DATASET, (DCAT + "distribution", node), (VOID + "dataDump", url))
    writer.say(
        node,
        (type_, named(DCAT, "Distribution")),
        (DCTERMS + "title", ox.Literal(file.name)),
        (DCTERMS + "license", LICENCE),
        (DCAT + "downloadURL", url),
        (DCAT + "mediaType", ox.NamedNode(_IANA + file.media_type)),
        (DCAT + "byteSize", ox.Literal(str(file.size), datatype=named(XSD, "nonNegativeInteger"))),
        (SPDX + "checksum", checksum),
    )
    if file.packed:
        packed = ox.NamedNode(_IANA + "application/gzip")
        writer.say(node, (DCAT + "compressFormat", packed))
    writer.say(
        checksum,
        (type_, named(SPDX, "Checksum")),
        (SPDX + "algorithm", named(SPDX, "checksumAlgorithm_sha256")),
        (SPDX + "checksumValue", ox.Literal(file.checksum, datatype=named(XSD, "hexBinary"))),
    )


def _part(kind: str, iri: str) -> ox.NamedNode:
    name = curie(iri).strip("<>").replace(":", "-").replace("/", "-").replace("#", "-")
    return ox.NamedNode(f"{DATASET.value}#{kind}-{name}")


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=named(XSD, "integer"))
