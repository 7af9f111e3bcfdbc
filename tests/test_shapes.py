"""Every shape and every check: a datum that breaks it, and the message that a person reads."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SH

from gcm_graph.build import check, rule
from gcm_graph.build.authored import Authored
from gcm_graph.namespaces import ONTOLOGY_GRAPH

ROOT = Path(__file__).resolve().parent.parent
TERM_FILES = [*(ROOT / "ontology").glob("*.ttl"), *(ROOT / "ontology/schemes").glob("*.ttl")]
FIXTURES = sorted((ROOT / "tests" / "shapes").glob("*.ttl"))
CHECKS = sorted((ROOT / "tests" / "checks").glob("*.trig"))


def expected(path: Path) -> str:
    return path.read_text().splitlines()[0].removeprefix("# expect: ")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return check.shapes(ROOT / "ontology" / "shapes")


@pytest.fixture(scope="module")
def terms() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in TERM_FILES:
        graph.parse(file, format="turtle")
    return graph


@pytest.fixture(scope="module")
def ontology() -> ox.Store:
    store = ox.Store()
    for file in TERM_FILES:
        store.load(path=file, format=ox.RdfFormat.TURTLE, to_graph=ONTOLOGY_GRAPH)
        store.load(path=file, format=ox.RdfFormat.TURTLE)
    return store


def with_its_terms(data: rdflib.Graph, terms: rdflib.Graph) -> rdflib.Graph:
    """Add to ``data`` what the ontology says of the terms in it, and which class is which.

    A shape looks no further than that (``sh:class`` follows types and subclasses), and the
    few triples make each datum as quick to validate as it is small.
    """
    mentioned = {*data.subjects(), *data.predicates(), *data.objects()}
    for term in mentioned:
        for triple in terms.triples((term, None, None)):
            data.add(triple)
    for triple in terms.triples((None, RDFS.subClassOf, None)):
        data.add(triple)
    return data


def test_every_shape_and_every_check_has_a_datum_that_breaks_it(shapes: rdflib.Graph) -> None:
    names = {
        str(shape).rpartition("#")[2]
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes.subjects(RDF.type, kind)
        if isinstance(shape, rdflib.URIRef)
    }
    assert names == {path.stem for path in FIXTURES}
    queries = {path.stem for path in (ROOT / "ontology" / "checks").glob("*.rq")}
    assert queries == {f"{path.stem}-violation" for path in CHECKS}


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_each_shape_says_what_is_wrong(
    path: Path, shapes: rdflib.Graph, terms: rdflib.Graph
) -> None:
    data = with_its_terms(rdflib.Graph().parse(path, format="turtle"), terms)
    messages = [message for _, message, *_ in check.validate(data, shapes)]
    assert any(expected(path) in message for message in messages), messages


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_each_check_says_what_is_wrong(path: Path, ontology: ox.Store) -> None:
    store = ox.Store()
    store.extend(ontology)
    quads = list(ox.parse(path=path, format=ox.RdfFormat.TRIG))
    store.extend(quads)
    store.extend([ox.Quad(q.subject, q.predicate, q.object) for q in quads])
    query = rule.read(ROOT / "ontology/checks" / f"{path.stem}-violation.rq")
    found = check.query_faults(store, [query], Authored())
    assert any(expected(path) in fault.message for fault in found), [str(f) for f in found]


TWINS = """
PREFIX body: <https://w3id.org/gcm-graph/id/body/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX instrument: <https://w3id.org/gcm-graph/id/instrument/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX report: <https://w3id.org/gcm-graph/id/report/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
body:one skos:altLabel "GMG"@en , "Group"@en . body:two skos:altLabel "GMG" , "Group"@en .
instrument:one dcterms:identifier "A/73/12" . report:two dcterms:identifier "A/73/12" .
"""


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("", {"acronym, “GMG”", "symbol, “A/73/12”"}),
        ("instrument:one owl:differentFrom report:two .", {"acronym, “GMG”"}),
        ("report:two owl:differentFrom instrument:one .", {"acronym, “GMG”"}),
        ("body:three skos:altLabel 'GMG' . body:one owl:differentFrom body:three .",
         {"acronym, “GMG”", "symbol, “A/73/12”"}),
    ],
)  # fmt: skip
def test_twins_are_found_by_acronym_and_symbol_unless_editors_tell_them_apart(
    more: str, found: set[str]
) -> None:
    store = ox.Store()
    store.load(TWINS + more, format=ox.RdfFormat.TURTLE)
    query = rule.read(ROOT / "ontology/checks/twin-labels-violation.rq")
    messages = [fault.message for fault in check.query_faults(store, [query], Authored())]
    assert {m.partition("have the same ")[2].partition(":")[0] for m in messages} == found
    if "three" in more:
        assert sum("“GMG”" in message for message in messages) == 2


DATED = """
PREFIX body: <https://w3id.org/gcm-graph/id/body/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX edtf: <http://id.loc.gov/datatypes/edtf/>
PREFIX gcm: <https://w3id.org/gcm-graph/def#>
PREFIX p: <https://w3id.org/gcm-graph/source/a/>
p:para-1 dcterms:isPartOf <https://w3id.org/gcm-graph/source/a> .
<https://w3id.org/gcm-graph/source/a> dcterms:issued "2006-12"^^edtf:EDTF .
"""


@pytest.mark.parametrize(
    ("name", "begins", "ends", "faults"),
    [
        ("date-after-source", "2006-21", "2006", 0),
        ("date-after-source", "2006-12-31", "2006-12~", 0),
        ("date-after-source", "2006/2007", "2006", 1),
        ("date-after-source", "2006/..", "2007-01", 1),
        ("interval-backwards", "2006-23", "2006-06", 1),
        ("interval-backwards", "2006-12-19", "2006", 0),
        ("interval-backwards", "2007", "2006-12", 1),
    ],
)
def test_dates_are_a_fault_only_when_no_reading_of_them_can_be_right(
    name: str, begins: str, ends: str, faults: int
) -> None:
    store = ox.Store()
    said = f'p:para-1 {{ body:a gcm:begins "{begins}"^^edtf:EDTF ; gcm:ends "{ends}"^^edtf:EDTF }}'
    store.load(DATED + said, format=ox.RdfFormat.TRIG)
    query = rule.read(ROOT / f"ontology/checks/{name}-violation.rq")
    assert len(check.query_faults(store, [query], Authored())) == faults
