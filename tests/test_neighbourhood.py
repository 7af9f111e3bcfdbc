"""The neighbourhood of a thing over HTTP: its edges, what is hidden, its files and refusals."""

import csv
import io
from typing import Any
from xml.etree import ElementTree

import httpx
import networkx as nx
import pytest

ID = "https://w3id.org/gcm-graph/id/"
SVG = "{http://www.w3.org/2000/svg}"
GCIM = "?thing=body:gcim"


def around(client: httpx.Client, query: str = GCIM) -> dict[str, Any]:
    answer = client.get(f"/neighbourhood.json{query}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_the_edges_are_those_of_the_api(client: httpx.Client) -> None:
    told = client.get("/api/neighbourhood?iri=body:gcim&limit=600").json()["edges"]
    ends = {(one["source"], one["relation"], one["target"]) for one in told}
    found = around(client)["edges"]
    assert {(one["source"], one["relation"], one["target"]) for one in found} == ends
    assert all(one["passages"] for one in found)


def test_every_thing_has_a_place_of_its_own(client: httpx.Client) -> None:
    nodes = around(client, "?thing=instrument:gcm")["nodes"]
    assert len({(one["x"], one["y"]) for one in nodes}) == len(nodes) > 100


def test_relations_and_families_are_hidden(client: httpx.Client) -> None:
    whole = around(client, "?thing=instrument:gcm")
    less = around(client, "?thing=instrument:gcm&hidden=provision,gcm:addresses")
    assert any(one["family"] == "provision" for one in whole["nodes"])
    assert not any(one["family"] == "provision" for one in less["nodes"])
    assert not any(one["relation"].endswith("#addresses") for one in less["edges"])
    assert less["edges"]


def test_a_thing_is_expanded(client: httpx.Client) -> None:
    narrow = {one["iri"] for one in around(client)["nodes"]}
    wide = {one["iri"] for one in around(client, f"{GCIM}&expanded=instrument:gcm")["nodes"]}
    assert narrow < wide
    assert f"{ID}provision/gcm-obj-7" in wide


def test_a_pinned_thing_stays_where_it_is(client: httpx.Client) -> None:
    other = next(one for one in around(client)["nodes"] if one["name"] != "body:gcim")["name"]
    found = around(client, f"{GCIM}&pinned={other}@300,-40")["nodes"]
    place = next((one["x"], one["y"]) for one in found if one["name"] == other)
    assert place == (300.0, -40.0)


def test_graph_tools_read_the_files(client: httpx.Client) -> None:
    found = around(client)
    graph = nx.parse_graphml(client.get(f"/neighbourhood.graphml{GCIM}").text)
    assert set(graph.nodes) == {one["iri"] for one in found["nodes"]}
    assert graph.number_of_edges() == len(found["edges"])
    gexf = nx.read_gexf(io.BytesIO(client.get(f"/neighbourhood.gexf{GCIM}").content))
    assert set(gexf.nodes) == set(graph.nodes)


def test_the_table_and_the_drawing_have_every_edge(client: httpx.Client) -> None:
    found = around(client)
    lines = list(csv.DictReader(io.StringIO(client.get(f"/neighbourhood.csv{GCIM}").text)))
    assert len(lines) == len(found["edges"])
    drawing = ElementTree.fromstring(client.get(f"/neighbourhood.svg{GCIM}").content)
    assert len(list(drawing.iter(f"{SVG}a"))) == len(found["nodes"])
    page = client.get(f"/neighbourhood{GCIM}", headers={"Accept": "text/html"}).text
    assert page.count("<tr data-source=") == len(found["edges"])


def test_the_page_of_a_thing_leads_to_its_neighbourhood(client: httpx.Client) -> None:
    page = client.get("/id/body/gcim", headers={"Accept": "text/html"}).text
    assert "neighbourhood?thing=" in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?thing=body:nobody-at-all", 404),
        ("?thing=body:gcim&depth=3", 400),
        ("?thing=body:gcim&pinned=body:iom", 400),
        ("?thing=body:gcim&relations=nothing", 400),
    ],
)
def test_what_cannot_be_shown_is_refused(client: httpx.Client, query: str, status: int) -> None:
    answer = client.get(f"/neighbourhood.json{query}")
    assert answer.status_code == status
    assert answer.json()["detail"]
