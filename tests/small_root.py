"""A small project of its own: the real ontology over a few statements, built in two seconds."""

from pathlib import Path
from shutil import copytree

ROOT = Path(__file__).resolve().parent.parent

PREFIXES = """@prefix body: <https://w3id.org/gcm-graph/id/body/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix disagreement: <https://w3id.org/gcm-graph/id/disagreement/> .
@prefix e: <https://w3id.org/gcm-graph/graph/editors/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix forum: <https://w3id.org/gcm-graph/id/forum/> .
@prefix gcm: <https://w3id.org/gcm-graph/def#> .
@prefix judgement: <https://w3id.org/gcm-graph/id/judgement/> .
@prefix n: <https://w3id.org/gcm-graph/source/no-such-source/> .
@prefix r: <https://w3id.org/gcm-graph/source/A-RES-73-195/> .
@prefix read-state: <https://w3id.org/gcm-graph/id/read-state/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/gcm-graph/source/> .
@prefix source-kind: <https://w3id.org/gcm-graph/id/source-kind/> .
@prefix w: <https://w3id.org/gcm-graph/source/whitepaper/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

SOURCES = """
source:A-RES-73-195 a gcm:Source ; dcterms:title "The Compact"@en ;
    gcm:sourceKind source-kind:primary ; gcm:readState read-state:full .
source:whitepaper a gcm:Source ; dcterms:title "A white paper"@en ;
    gcm:sourceKind source-kind:secondary ; gcm:readState read-state:full .
"""

STATEMENTS = """
e:names {
  body:iom a gcm:InternationalOrganization ; skos:prefLabel "International Organization for Migration"@en .
  forum:gcm-regional-reviews a gcm:Forum ; skos:prefLabel "Regional reviews"@en .
}
r:para-50 { forum:gcm-regional-reviews gcm:periodicity "P4Y"^^xsd:duration ; gcm:begins "2020"^^edtf:EDTF . }
w:para-7 { forum:gcm-regional-reviews gcm:periodicity "P2Y"^^xsd:duration ; gcm:begins "2020-11"^^edtf:EDTF . }
w:para-8 { forum:gcm-regional-reviews gcm:periodicity "P2Y"^^xsd:duration , "P4Y"^^xsd:duration . }
"""  # noqa: E501

JUDGEMENT = """
e:judgements {
  judgement:regional-reviews-periodicity a gcm:Judgement ;
    gcm:settles disagreement:gcm-regional-reviews-periodicity ;
    gcm:judges r:para-50 , w:para-7 ;
    gcm:prefers r:para-50 ;
    gcm:date "2026-01-31"^^edtf:EDTF ;
    gcm:reason "The Compact itself sets the interval."@en .
}
"""


def make(root: Path, more: str = "") -> Path:
    """Write the small project into ``root``, with ``more`` in ``data/more.trig``; return it."""
    (root / "data" / "sources").mkdir(parents=True)
    (root / "ontology").symlink_to(ROOT / "ontology")
    copytree(ROOT / "queries" / "service", root / "queries" / "service")
    graphs = ROOT / "data" / "sources" / "graphs.ttl"
    (root / "data" / "sources" / "graphs.ttl").symlink_to(graphs)
    (root / "data" / "sources" / "sources.ttl").write_text(PREFIXES + SOURCES)
    (root / "data" / "statements.trig").write_text(PREFIXES + STATEMENTS)
    if more:
        (root / "data" / "more.trig").write_text(PREFIXES + more)
    return root
