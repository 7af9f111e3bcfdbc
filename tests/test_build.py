"""The build: what it refuses, what it leaves alone, what it finds."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

import small_root
from gcm_graph.build import pipeline
from gcm_graph.build.fault import BuildError
from gcm_graph.namespaces import DISAGREEMENTS_GRAPH, ID, RDF_TYPE, gcm

BAD = {
    "broken Turtle": ("r:para-45 { body:iom gcm:begins }", "more.trig:17: violation: this is not"),
    "outside any graph": ("body:iom gcm:purpose \"x\"@en .", "outside any graph"),
    "undescribed source": ("n:para-1 { body:iom gcm:purpose \"helps\"@en . }", "is not described"),
    "unknown term": ("r:para-45 { body:iom gcm:noSuchTerm \"x\"@en . }", "noSuchTerm"),
    "bad date": ("r:para-45 { body:iom gcm:begins \"sometime\"^^edtf:EDTF . }", "EDTF"),
    "second English label": ("e:more { body:iom skos:prefLabel \"Another name\"@en . }", "name"),
}  # fmt: skip
PERIODICITY = ox.NamedNode(ID + "disagreement/gcm-regional-reviews-periodicity")


@pytest.fixture(scope="module")
def last_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("last")
    return pipeline.build(small_root.make(folder / "root"), folder / "release").folder


@pytest.mark.parametrize("case", BAD)
def test_bad_input_fails_with_its_own_message_and_keeps_the_last_release(
    case: str, tmp_path: Path, last_release: Path
) -> None:
    text, message = BAD[case]
    root = small_root.make(tmp_path, text + "\n")
    out = last_release.parent
    before = sorted(out.iterdir())
    with pytest.raises(BuildError) as error:
        pipeline.build(root, out)
    faults = [fault for fault in error.value.faults if fault.severity == "violation"]
    assert any(message in str(fault) for fault in faults), str(error.value)
    if case == "second English label":  # either of the two is one too many
        assert {fault.file for fault in faults} <= {"data/more.trig", "data/statements.trig"}
    else:
        assert {(fault.file, fault.line) for fault in faults} == {("data/more.trig", 17)}
    assert sorted(out.iterdir()) == before
    assert (out / "current").resolve() == last_release


def test_no_triple_lacks_a_described_graph(store: ox.Store) -> None:
    undescribed = store.query("""
        PREFIX gcm: <https://w3id.org/gcm-graph/def#>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX graph: <https://w3id.org/gcm-graph/graph/>
        SELECT DISTINCT ?g WHERE {
          GRAPH ?g { ?s ?p ?o }
          FILTER NOT EXISTS { ?g a gcm:Passage ; gcm:locator ?l ; dcterms:isPartOf ?d .
                              ?d a gcm:Source ; dcterms:title ?t }
          FILTER NOT EXISTS { ?g a gcm:EditorsGraph }
          FILTER NOT EXISTS { ?g a gcm:BuildGraph }
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
    ("subject", "predicate", "label", "values"),
    [
        (
            "forum/gcm-regional-reviews",
            "periodicity",
            "Regional reviews of the Global Compact: held every",
            {"P2Y", "P4Y"},
        ),
        (
            "body/un-network-on-migration",
            "replaces",
            "United Nations Network on Migration: replaces",
            {ID + "body/global-migration-group", ID + "body/global-migration-coalition"},
        ),
    ],
)
def test_disagreements_are_found_and_kept_each_in_its_passage(
    store: ox.Store, subject: str, predicate: str, label: str, values: set[str]
) -> None:
    node = ox.NamedNode(ID + subject)
    found = {
        quad.object.value: quad.graph_name.value
        for quad in store.quads_for_pattern(node, gcm(predicate), None, None)
        if not isinstance(quad.graph_name, ox.DefaultGraph)
    }
    assert values <= set(found)
    assert len({found[value].rpartition("/")[0] for value in values}) == 2
    merged = store.quads_for_pattern(node, gcm(predicate), None, ox.DefaultGraph())
    assert values <= {quad.object.value for quad in merged}
    listed = ox.NamedNode(f"{ID}disagreement/{subject.partition('/')[2]}-{predicate}")
    said = {q.object for q in store.quads_for_pattern(listed, None, None, DISAGREEMENTS_GRAPH)}
    assert said == {gcm("Disagreement"), node, gcm(predicate), ox.Literal(label, language="en")}


def test_without_a_judgement_both_values_stand(tmp_path: Path) -> None:
    built = pipeline.assemble(small_root.make(tmp_path))
    found = {
        q.subject for q in built.quads if q.predicate == RDF_TYPE and
        q.graph_name == DISAGREEMENTS_GRAPH
    }  # fmt: skip
    # The two beginnings, 2020 and November 2020, differ in exactness only.
    assert found == {PERIODICITY}
    assert periods(built.merge) == {"P2Y", "P4Y"}


def test_a_judgement_leaves_the_judged_value_in_the_merge_and_the_other_in_its_passage(
    tmp_path: Path,
) -> None:
    root = small_root.make(tmp_path / "root", small_root.JUDGEMENT)
    made = pipeline.build(root, tmp_path / "release")
    store = ox.Store()
    store.bulk_load(path=made.folder / "dataset.nq", format=ox.RdfFormat.N_QUADS)
    merged = [
        ox.Triple(q.subject, q.predicate, q.object)
        for q in store.quads_for_pattern(None, gcm("periodicity"), None, ox.DefaultGraph())
    ]
    assert periods(merged) == {"P4Y"}
    passages = store.query(
        "SELECT ?g WHERE { GRAPH ?g { ?s <https://w3id.org/gcm-graph/def#periodicity> ?v } "
        'FILTER(STR(?v) = "P2Y") }'
    )
    assert len(list(passages)) == 2
    assert made.counts["disagreements"] == 1
    assert '"P2Y"' not in (made.folder / "graph.ttl").read_text()


def test_a_judgement_of_nothing_is_a_fault(tmp_path: Path) -> None:
    more = small_root.JUDGEMENT.replace("reviews-periodicity ;", "reviews-begins ;")
    with pytest.raises(BuildError, match="no passages disagree there"):
        pipeline.assemble(small_root.make(tmp_path, more))


def periods(merge: list[ox.Triple]) -> set[str]:
    return {t.object.value for t in merge if t.predicate == gcm("periodicity")}


def test_the_counts_are_those_of_the_dataset(release: Path, store: ox.Store) -> None:
    manifest = json.loads((release / "manifest.json").read_text())
    counts = manifest["counts"]
    merged = list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert counts["triples"] == len(merged)
    assert counts["quads"] == len(store) - len(merged)
    assert counts["entities"] == sum(manifest["classes"].values())
    for name, kind in (("sources", "Source"), ("disagreements", "Disagreement")):
        typed = store.quads_for_pattern(None, RDF_TYPE, gcm(kind), ox.DefaultGraph())
        assert counts[name] == len(list(typed))
