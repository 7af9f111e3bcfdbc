"""Each question of the library over HTTP: as an operation, page by page, in every format."""

import csv
import io
import json
import re
from typing import Any

import httpx
import networkx as nx
import pyoxigraph as ox
import pytest

from gcm_graph.library.catalogue import Catalogue
from gcm_graph.settings import assets_root

CATALOGUE = Catalogue.read(assets_root() / "queries")
PUBLIC = CATALOGUE.public
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="session")
def document(service: Any) -> Any:
    with service.client() as client:
        return client.get("/openapi.json").json()


def test_every_question_is_an_operation_with_its_parameters(document: Any) -> None:
    for question in PUBLIC:
        operation = document["paths"][f"/query/{question.name}"]["get"]
        assert operation["summary"] == question.title
        assert operation["tags"] == [question.group]
        named = {one["name"]: one for one in operation["parameters"] if "name" in one}
        for parameter in question.parameters:
            said = named[parameter.name]
            assert parameter.description.rstrip(".") in said["description"]
            assert said.get("required", False) is parameter.required
            if parameter.default is not None:
                assert str(said["schema"]["default"]) == parameter.default
        assert {"limit", "offset"} <= named.keys()
    identifiers = [
        one["operationId"] for methods in document["paths"].values() for one in methods.values()
    ]
    assert len(identifiers) == len(set(identifiers))


def test_choices_that_the_graph_lists_are_examples(document: Any) -> None:
    operation = document["paths"]["/query/objective-alignment"]["get"]
    objective = next(one for one in operation["parameters"] if one.get("name") == "objective")
    assert "provision:gcm-obj-7" in objective["schema"]["examples"]
    choice = document["paths"]["/query/countries-without-network"]["get"]["parameters"][0]
    assert "choice/in-favour" in choice["schema"]["enum"]


def test_every_format_of_every_operation_is_answered(client: httpx.Client, document: Any) -> None:
    for question in PUBLIC:
        responses = document["paths"][f"/query/{question.name}"]["get"]["responses"]
        for kind in responses["200"]["content"]:
            params = {**question.example, "limit": "3"}
            answer = client.get(f"/query/{question.name}", params=params, headers={"Accept": kind})
            assert answer.status_code == 200, (question.name, kind, answer.text[:200])
            assert answer.headers["content-type"].partition(";")[0] == kind


def test_pages_together_are_the_whole_answer(client: httpx.Client) -> None:
    whole = client.get("/query/votes-cast", headers=JSON).json()
    assert whole["next"] is None
    assert whole["total"] == len(whole["items"]) > 200
    path, seen = "/query/votes-cast?limit=60", []
    while path:
        answer = client.get(path, headers=JSON)
        page = answer.json()
        seen += page["items"]
        assert page["total"] == whole["total"]
        links = re.findall(r'<([^>]*limit=[^>]*)>; rel="(\w+)"', answer.headers["link"])
        ways = {relation: target for target, relation in links}
        assert {"first", "last"} <= ways.keys()
        assert ("next" in ways) is (page["next"] is not None)
        assert all(one.startswith("/query/votes-cast?") for one in ways.values())
        path = page["next"]
    assert seen == whole["items"]


def test_a_page_of_rows_is_the_same_in_every_format(client: httpx.Client) -> None:
    params = {"limit": "7", "offset": "5"}
    rows = client.get("/query/targets-by-links.json", params=params).json()["items"]
    table = client.get("/query/targets-by-links.csv", params=params).text
    results = client.get("/query/targets-by-links.srj", params=params).json()
    read = list(csv.DictReader(io.StringIO(table)))
    assert [row["target"] for row in rows] == [row["target"] for row in read]
    bindings = results["results"]["bindings"]
    assert [row["target"] for row in rows] == [one["target"]["value"] for one in bindings]
    assert all(isinstance(row["things"], int) for row in rows)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("limit=0", "from 1 to 10,000"),
        ("limit=10001", "from 1 to 10,000"),
        ("offset=-1", "from 0"),
        ("offset=2&page=2", "not both"),
        ("page=x", "page"),
    ],
)
def test_a_page_that_cannot_be_is_refused_with_what_would_be_right(
    client: httpx.Client, query: str, words: str
) -> None:
    answer = client.get(f"/query/votes-cast?{query}", headers=JSON)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]


def test_people_get_pages_too(client: httpx.Client) -> None:
    first = client.get("/query/votes-cast?limit=50", headers={"Accept": "text/html"}).text
    assert re.search(r'href="[^"]*query/votes-cast\?limit=50&amp;page=2"', first)
    second = client.get("/query/votes-cast?limit=50&page=2", headers={"Accept": "text/html"}).text
    assert second != first


GRAPHS = [question for question in PUBLIC if question.graphic]


@pytest.mark.parametrize("question", GRAPHS, ids=lambda one: one.name)
def test_a_graph_reads_back_with_names(client: httpx.Client, question: Any) -> None:
    params = dict(question.example)
    drawn = client.get(f"/query/{question.name}.graphml", params=params)
    gephi = client.get(f"/query/{question.name}.gexf", params=params)
    assert drawn.headers["content-type"] == "application/graphml+xml"
    assert gephi.headers["content-type"] == "application/gexf+xml"
    read = nx.read_graphml(io.BytesIO(drawn.content), force_multigraph=True)
    other = nx.read_gexf(io.BytesIO(gephi.content))
    assert set(read) == set(other)
    assert read.number_of_edges() > 0
    assert all(data["label"] for _, data in read.nodes(data=True))
    assert all(data["label"] for _, data in other.nodes(data=True))


def test_what_is_dated_is_dated_for_gephi(client: httpx.Client) -> None:
    params = {"body": "body/global-migration-group"}
    answer = client.get("/query/membership-history.gexf", params=params).text
    assert 'mode="dynamic"' in answer
    assert 'timeformat="date"' in answer
    read = nx.read_gexf(io.BytesIO(answer.encode()))
    assert any("start" in data for *_, data in read.edges(data=True))
    assert any("start" in data for _, data in read.nodes(data=True))
    assert {data.get("label") for *_, data in read.edges(data=True)} >= {"member"}
    assert all(data["type"] for _, data in read.nodes(data=True))


def test_rows_that_are_edges_are_triples_too(client: httpx.Client) -> None:
    answer = client.get("/query/lineage-steps.nt")
    triples = {
        triple.predicate.value for triple in ox.parse(answer.content, ox.RdfFormat.N_TRIPLES)
    }
    assert "https://w3id.org/gcm-graph/def#informedBy" in triples
    assert client.get("/query/targets-by-links.ttl").status_code == 406


@pytest.mark.parametrize("name", ["targets-by-links", "timeline", "membership-history"])
def test_a_chart_is_drawn_without_script_or_style(client: httpx.Client, name: str) -> None:
    page = client.get(f"/query/{name}", headers={"Accept": "text/html"}).text
    chart = re.search(r'<svg[^>]*class="drawing bars chart".*?</svg>', page, re.DOTALL)
    assert chart
    assert chart[0].count('class="bar') >= 2
    assert "style=" not in chart[0]
    assert "<script" not in chart[0]


def test_the_list_says_how_an_answer_is_best_seen(client: httpx.Client) -> None:
    listed = client.get("/api/queries").json()
    assert listed["total"] == len(PUBLIC)
    by_name = {one["name"]: one for one in listed["items"]}
    assert by_name["votes-cast"]["display"]["view"] == "map"
    assert by_name["votes-cast"]["display"]["columns"]["state"] == "state"
    assert by_name["lineage-steps"]["graph"] == {
        "source": "later", "target": "earlier", "relation": "relation", "label": "relationLabel",
    }  # fmt: skip
    assert "application/gexf+xml" in by_name["lineage-steps"]["formats"]
    assert client.get("/query", headers=JSON).json() == listed["items"]


def test_a_text_that_no_document_can_hold_is_refused(client: httpx.Client) -> None:
    params = {"subject": "body:iom", "property": "skos:prefLabel", "value": '"a\x01b"'}
    answer = client.get("/query/statement-evidence", params=params, headers=JSON)
    assert answer.status_code == 400
    assert "control character" in json.loads(answer.text)["detail"]
