"""The description of the dataset (VoID, DCAT 3): complete, and true of what is served."""

import hashlib
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from gcm_graph.build.release import write

PREFIXES = """
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX spdx: <http://spdx.org/rdf/terms#>
PREFIX void: <http://rdfs.org/ns/void#>
"""


@pytest.fixture
def description(client: httpx.Client) -> ox.Store:
    answer = client.get("/dataset", follow_redirects=True)
    held = ox.Store()
    held.load(answer.content, format=ox.RdfFormat.TURTLE)
    return held


def rows(store: ox.Store, query: str) -> list[Any]:
    found: Any = store.query(PREFIXES + query)
    return list(found)


def test_partitions_count_what_the_store_holds(store: ox.Store, description: ox.Store) -> None:
    told = {
        row["c"].value: int(row["n"].value)
        for row in rows(description, "SELECT ?c ?n { ?p void:class ?c ; void:entities ?n }")
    }
    counted = {
        row["c"].value: int(row["n"].value)
        for row in rows(store, "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    }
    assert told == counted
    told = {
        row["p"].value: int(row["n"].value)
        for row in rows(description, "SELECT ?p ?n { ?d void:property ?p ; void:triples ?n }")
    }
    counted = {
        row["p"].value: int(row["n"].value)
        for row in rows(store, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
    }
    assert told == counted


def test_linksets_count_what_the_store_holds(store: ox.Store, description: ox.Store) -> None:
    found = rows(
        description,
        "SELECT ?p ?to ?n { ?l a void:Linkset ; void:linkPredicate ?p ; void:objectsTarget ?to ; "
        "void:triples ?n }",
    )
    assert {row["to"].value for row in found} >= {
        "http://www.wikidata.org/entity/",
        "http://metadata.un.org/sdg/",
    }
    for row in found:
        query = f"SELECT ?o {{ ?s {row['p']} ?o FILTER(STRSTARTS(STR(?o), '{row['to'].value}')) }}"
        assert len(rows(store, query)) == int(row["n"].value)


def test_every_distribution_is_had_with_its_size_and_checksum(
    client: httpx.Client, description: ox.Store
) -> None:
    found = rows(
        description,
        "SELECT ?url ?size ?sum ?licence { ?d dcat:distribution ?f . ?f dcat:downloadURL ?url ; "
        "dcat:byteSize ?size ; dcterms:license ?licence ; spdx:checksum/spdx:checksumValue ?sum }",
    )
    assert len(found) >= 8
    for row in found:
        path = row["url"].value.removeprefix("https://w3id.org/gcm-graph")
        with client.stream("GET", path, headers={"Accept-Encoding": "identity"}) as answer:
            assert answer.status_code == 200
            content = b"".join(answer.iter_raw())
        assert len(content) == int(row["size"].value), path
        assert hashlib.sha256(content).hexdigest() == row["sum"].value, path
        assert row["licence"].value == "https://creativecommons.org/licenses/by/4.0/"


def test_the_dataset_says_its_licence_version_and_making(
    client: httpx.Client, description: ox.Store
) -> None:
    (row,) = rows(
        description,
        "SELECT ?version ?issued ?ended ?url { ?d a dcat:Dataset ; dcat:version ?version ; "
        "dcterms:license <https://creativecommons.org/licenses/by/4.0/> ; dcterms:issued ?issued ; "
        "prov:wasGeneratedBy/prov:endedAtTime ?ended . ?c a dcat:Catalog ; dcat:dataset ?d . "
        "?s a dcat:DataService ; dcat:servesDataset ?d ; dcat:endpointURL ?url }",
    )
    digest = client.get("/health/ready").json()["release"]
    assert row["version"].value.endswith(f"+{digest[:16]}")
    assert row["issued"] == row["ended"]
    assert row["url"].value.endswith("/sparql")


def test_a_second_release_names_the_one_before_it(tmp_path: Path) -> None:
    one, other = (ox.NamedNode(f"http://example/{name}") for name in ("one", "other"))
    first = write(tmp_path, [], [ox.Triple(one, one, one)], "1.0")
    second = write(tmp_path, [], [ox.Triple(one, one, other)], "1.1")
    held = ox.Store()
    held.load(path=second.folder / "void.ttl", format=ox.RdfFormat.TURTLE)
    (row,) = rows(held, "SELECT ?before { ?d dcat:previousVersion ?before }")
    assert row["before"].value.endswith(f"?release={first.digest[:16]}")
