"""The build: what it refuses, what it leaves alone, what a release holds."""

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from gcm_graph.build import pipeline, release
from gcm_graph.build.fault import BuildError

ROOT = Path(__file__).resolve().parent.parent
HEAD = """@prefix gcm: <https://w3id.org/gcm-graph/def#> .
@prefix body: <https://w3id.org/gcm-graph/id/body/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix r: <https://w3id.org/gcm-graph/source/A-RES-73-195/> .
@prefix n: <https://w3id.org/gcm-graph/source/no-such-source/> .
@prefix e: <https://w3id.org/gcm-graph/graph/editors/> .
"""

BAD = {
    "broken Turtle": ("r:para-45 { body:iom gcm:begins }", "data/bad.trig:8: violation: this is not"),
    "outside any graph": ("body:iom gcm:purpose \"x\"@en .", "outside any graph"),
    "undescribed source": ("n:para-1 { body:iom gcm:purpose \"helps\"@en . }", "is not described"),
    "unknown term": ("r:para-45 { body:iom gcm:noSuchTerm \"x\"@en . }", "noSuchTerm"),
    "bad date": ("r:para-45 { body:iom gcm:begins \"sometime\"^^edtf:EDTF . }", "EDTF"),
    "second English label": ("e:more { body:iom skos:prefLabel \"Another name\"@en . }", "name"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_fails_with_its_own_message_and_keeps_the_last_release(
    case: str, tmp_path: Path, built: pipeline.Built
) -> None:
    text, message = BAD[case]
    root = tmp_path / "root"
    for folder in ("ontology", "data"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "data" / "bad.trig").write_text(HEAD + text + "\n")
    out = tmp_path / "release"
    digest, _ = release.write(out, built.quads, "test")
    with pytest.raises(BuildError) as error:
        pipeline.build(root, out)
    assert any(message in str(fault) for fault in error.value.faults), str(error.value)
    assert json.loads((out / "current" / "manifest.json").read_text())["digest"] == digest


def test_no_triple_lacks_a_described_graph(store: ox.Store) -> None:
    undescribed = store.query("""
        PREFIX gcm: <https://w3id.org/gcm-graph/def#>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX graph: <https://w3id.org/gcm-graph/graph/>
        SELECT DISTINCT ?g WHERE {
          GRAPH ?g { ?s ?p ?o }
          FILTER(?g NOT IN (graph:sources, graph:ontology, graph:description))
          FILTER NOT EXISTS { ?g a gcm:Passage ; gcm:locator ?l ; dcterms:isPartOf ?d .
                              ?d a gcm:Source ; dcterms:title ?t }
          FILTER NOT EXISTS { ?g a gcm:EditorsGraph }
          FILTER NOT EXISTS { ?g a gcm:DerivedGraph ; gcm:derivedBy ?rule }
        }""")
    assert [row["g"].value for row in undescribed] == []


def test_the_merge_has_each_triple_once(store: ox.Store) -> None:
    corroborated = store.query("""
        SELECT ?s ?p ?o (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }
        GROUP BY ?s ?p ?o HAVING(COUNT(DISTINCT ?g) > 2) LIMIT 20""")
    rows = list(corroborated)
    assert rows
    for row in rows:
        found = list(store.quads_for_pattern(row["s"], row["p"], row["o"], ox.DefaultGraph()))
        assert len(found) == 1


@pytest.mark.parametrize(
    ("subject", "predicate", "values"),
    [
        ("forum/gcm-regional-reviews", "periodicity", {"P2Y", "P4Y"}),
        (
            "body/un-network-on-migration",
            "replaces",
            {
                "https://w3id.org/gcm-graph/id/body/global-migration-group",
                "https://w3id.org/gcm-graph/id/body/global-migration-coalition",
            },
        ),
    ],
)
def test_disagreements_are_kept_each_in_its_passage(
    store: ox.Store, subject: str, predicate: str, values: set[str]
) -> None:
    node = ox.NamedNode("https://w3id.org/gcm-graph/id/" + subject)
    term = ox.NamedNode("https://w3id.org/gcm-graph/def#" + predicate)
    found = {
        quad.object.value: quad.graph_name.value
        for quad in store.quads_for_pattern(node, term, None, None)
        if not isinstance(quad.graph_name, ox.DefaultGraph)
    }
    assert values <= set(found)
    assert len({found[value].rpartition("/")[0] for value in values}) == 2
