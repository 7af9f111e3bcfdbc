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
    FOAF,
    ONTOLOGY,
    PREFIXES,
    RDF_TYPE,
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


@dataclass
class _Writer:
    triples: list[ox.Triple]

    def say(self, subject: ox.NamedNode, *pairs: tuple[str, ox.NamedNode | ox.Literal]) -> None:
        self.triples += [ox.Triple(subject, ox.NamedNode(name), value) for name, value in pairs]


def describe(
    merge: Sequence[ox.Triple], files: Iterable[Distribution], digest: str, version: str
) -> bytes:
    """Return the description of a release as Turtle.

    Args:
        merge: the statements of its default graph.
        files: its files.
        digest: its digest.
        version: version of the software that wrote it.
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
        (DCTERMS + "identifier", ox.Literal(digest)),
        (DCTERMS + "license", LICENCE),
        (DCAT + "version", ox.Literal(f"{version}+{digest[:16]}")),
        (FOAF + "homepage", ox.NamedNode(BASE)),
        (VOID + "sparqlEndpoint", ox.NamedNode(BASE + "sparql")),
        (VOID + "uriSpace", ox.Literal(BASE)),
        (VOID + "vocabulary", ox.NamedNode(ONTOLOGY)),
        (VOID + "triples", _number(len(merge))),
        (VOID + "distinctSubjects", _number(len(subjects))),
        (VOID + "distinctObjects", _number(len({t.object for t in merge}))),
        (VOID + "properties", _number(len({t.predicate for t in merge}))),
    )
    _partitions(writer, merge)
    for file in files:
        _distribution(writer, file)
    prefixes = PREFIXES | {"dcat": DCAT, "spdx": SPDX, "void": VOID}
    used = {name: prefixes[name] for name in ("dcat", "dcterms", "foaf", "spdx", "void", "xsd")}
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
