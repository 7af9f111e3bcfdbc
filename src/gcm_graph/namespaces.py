"""The namespaces of the graph: the project's own and those it reuses.

Every IRI that the code needs is built here; the base is the w3id form that RDF always carries,
whatever host the service runs on (DESIGN: "The base is one setting").
"""

from pyoxigraph import NamedNode

BASE = "https://w3id.org/gcm-graph/"
DEF = BASE + "def#"
ID = BASE + "id/"
SOURCE = BASE + "source/"
GRAPH = BASE + "graph/"
EDITORS = GRAPH + "editors/"
DERIVED = GRAPH + "derived/"
FUNCTION = BASE + "function#"
SHAPE = BASE + "shape#"
ONTOLOGY = BASE + "def"

ONTOLOGY_GRAPH = NamedNode(GRAPH + "ontology")
SOURCES_GRAPH = NamedNode(GRAPH + "sources")
DISAGREEMENTS_GRAPH = NamedNode(GRAPH + "disagreements")
DESCRIPTION_GRAPH = NamedNode(GRAPH + "description")

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "http://schema.org/"
SDG = "http://metadata.un.org/sdg/"
SDGO = "http://metadata.un.org/sdg/ontology#"
EDTF = "http://id.loc.gov/datatypes/edtf/"
ELI = "http://data.europa.eu/eli/ontology#"
FOAF = "http://xmlns.com/foaf/0.1/"
DCAT = "http://www.w3.org/ns/dcat#"
SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
SH = "http://www.w3.org/ns/shacl#"

PREFIXES: dict[str, str] = {
    "dcterms": DCTERMS,
    "edtf": EDTF,
    "eli": ELI,
    "foaf": FOAF,
    "gcm": DEF,
    "graph": GRAPH,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sdg": SDG,
    "sdgo": SDGO,
    "skos": SKOS,
    "source": SOURCE,
    "xsd": XSD,
}
"""Prefixes that files, answers and pages share; a kind of thing is a prefix of its own."""

KINDS = (
    "instrument",
    "report",
    "document",
    "provision",
    "body",
    "forum",
    "process",
    "event",
    "state",
    "person",
    "stakeholder",
    "change",
    "membership",
    "participation",
    "vote",
    "figure",
    "position",
    "pledge",
    "judgement",
    "disagreement",
    "programme",
    "territory",
)
"""The coarse kinds in ``/id/{kind}/{slug}``; a kind never changes when a class is refined."""

for _kind in KINDS:
    PREFIXES[_kind] = f"{ID}{_kind}/"


def gcm(name: str) -> NamedNode:
    """Return the term of the project's ontology with this local name."""
    return NamedNode(DEF + name)


def named(namespace: str, name: str) -> NamedNode:
    """Return ``namespace + name`` as a term."""
    return NamedNode(namespace + name)


RDF_TYPE = named(RDF, "type")
RDFS_LABEL = named(RDFS, "label")
PREF_LABEL = named(SKOS, "prefLabel")
ALT_LABEL = named(SKOS, "altLabel")
EDTF_LITERAL = named(EDTF, "EDTF")
XSD_DATE = named(XSD, "date")
