"""The typed API: things, linkages, timeline, neighbourhood, evidence and changes."""

import io
from typing import Any

import httpx
import networkx as nx
import pytest

ID = "https://w3id.org/gcm-graph/id/"


def get(client: httpx.Client, path: str, **params: Any) -> Any:
    answer = client.get(f"/api/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_lists_are_pages_with_the_way_on(client: httpx.Client) -> None:
    for path, params in (
        ("things", {"class": "gcm:Forum"}),
        ("sources", {}),
        ("disagreements", {}),
        ("linkages", {}),
        ("timeline", {}),
        ("queries", {}),
        ("classes", {}),
    ):
        first = get(client, path, limit=2, **params)
        assert len(first["items"]) == 2
        assert first["total"] > 2
        assert first["previous"] is None
        second = client.get(first["next"]).json()
        assert second["offset"] == 2
        assert second["items"][0] != first["items"][0]
        assert client.get(second["previous"]).json() == first


def test_things_are_found_by_class_date_and_source(client: httpx.Client) -> None:
    forums = get(client, "things", **{"class": "gcm:Forum"})
    then = get(client, "things", **{"class": "gcm:Forum", "as-of": "2008"})
    names = {one["iri"] for one in then["items"]}
    assert 0 < then["total"] < forums["total"]
    assert ID + "forum/gfmd" in names
    assert ID + "forum/imrf" not in names
    said = get(client, "things", source="source:A-RES-73-195", kind="body", limit=1000)
    assert any("network" in one["iri"] for one in said["items"])
    assert said["total"] < get(client, "things", kind="body")["total"]


def test_a_thing_as_of_a_date_has_only_what_held_then(client: httpx.Client) -> None:
    now = get(client, "thing", iri="body/global-migration-group")
    then = get(client, "thing", iri="body/global-migration-group", **{"as-of": "2006-06"})
    count = lambda thing: sum(len(group["claims"]) for group in thing["dated"])  # noqa: E731
    assert 0 < count(then) < count(now)


def test_linkages_are_cells_with_passages_and_publishers(client: httpx.Client) -> None:
    found = get(client, "linkages", rows="target", columns="objective", limit=1000)
    assert found["total"] > 100
    for one in found["items"]:
        assert (one["row_kind"], one["column_kind"]) == ("target", "objective")
        assert one["passages"]
        assert one["relation"]["iri"]
    assert any(one["publishers"] for one in found["items"])
    turned = get(client, "linkages", rows="objective", columns="target", limit=1000)
    assert turned["total"] == found["total"]
    first = turned["items"][0]
    publisher = first["publishers"][0]
    fewer = get(client, "linkages", rows="objective", columns="target", publisher=publisher)
    assert 0 < fewer["total"] < turned["total"]
    work = get(client, "linkages", rows="workstream", columns="body")
    assert any(one["passages"] for one in work["items"])


def test_the_timeline_keeps_the_precision_of_its_sources(client: httpx.Client) -> None:
    found = get(client, "timeline", **{"from": "2018-12-01", "to": "2018-12-31", "limit": 1000})
    assert all(one["earliest"] <= "2018-12-31" for one in found["items"])
    adopted = [one for one in found["items"] if one["what"] == "adopted"]
    assert any(one["date"] == "2018-12-19" and one["passages"] for one in adopted)
    days = [one["earliest"] for one in found["items"]]
    assert days == sorted(days)
    sessions = get(client, "timeline", **{"class": "gcm:Session", "thing": "forum/gfmd"})
    assert sessions["total"] > 5
    assert any("/" in one["date"] for one in sessions["items"])


def test_a_neighbourhood_has_typed_edges_and_says_when_it_is_cut(client: httpx.Client) -> None:
    near = get(client, "neighbourhood", iri="body/un-network-on-migration", limit=2000)
    assert near["truncated"] is False
    assert near["nodes"][0]["ref"]["iri"] == ID + "body/un-network-on-migration"
    known = {one["ref"]["iri"] for one in near["nodes"]}
    assert all({one["source"], one["target"]} <= known for one in near["edges"])
    assert all(one["types"] for one in near["nodes"])
    assert any(one["label"] == "coordinator" and one["graphs"] for one in near["edges"])
    few = get(client, "neighbourhood", iri="body/un-network-on-migration", limit=5)
    assert few["truncated"] is True
    assert len(few["edges"]) == 5
    far = get(client, "neighbourhood", iri="forum/imrf", depth=2, limit=2000)
    assert len(far["nodes"]) > len(get(client, "neighbourhood", iri="forum/imrf")["nodes"])
    lineage = get(client, "neighbourhood", iri="forum/imrf", relation="gcm:tracesTo")
    assert {one["relation"] for one in lineage["edges"]}
    assert len(lineage["edges"]) < len(get(client, "neighbourhood", iri="forum/imrf")["edges"])


@pytest.mark.parametrize(("name", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_a_neighbourhood_is_a_graph_for_drawing_tools(
    client: httpx.Client, name: str, read: Any
) -> None:
    answer = client.get("/api/neighbourhood", params={"iri": "body/iom", "format": name})
    graph = read(io.BytesIO(answer.content))
    plain = get(client, "neighbourhood", iri="body/iom")
    assert graph.number_of_nodes() == len(plain["nodes"])
    assert graph.number_of_edges() == len(plain["edges"])
    assert graph.nodes[ID + "body/iom"]["label"] == "International Organization for Migration"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("things", 400, "Give `q`"),
        ("things?class=<a b>", 400, "class"),
        ("things?source=body/iom", 404, "no source"),
        ("thing?iri=body/iom&as-of=yesterday", 400, "as-of"),
        ("linkages?rows=nonsense", 422, "rows"),
        ("timeline?from=soon", 400, "is not a date"),
        ("timeline?thing=body/nobody", 404, "nothing is known"),
        ("neighbourhood?iri=body/iom&depth=3", 422, "depth"),
        ("neighbourhood?iri=body/iom&format=png", 406, "png"),
        ("changes?from=00000000", 404, "no release"),
        ("release?release=00000000", 404, "release"),
    ],
)
def test_what_cannot_be_answered_is_said_with_what_would_be_right(
    client: httpx.Client, path: str, status: int, words: str
) -> None:
    answer = client.get(f"/api/{path}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.text


def test_every_operation_of_the_api_is_described_with_its_fields(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    schemas = document["components"]["schemas"]
    for name in ("Ref", "Linkage", "Occurrence", "Neighbourhood", "Claim"):
        assert schemas[name]["description"]
        fields = schemas[name]["properties"]
        assert all("description" in one or "$ref" in one for one in fields.values()), name
    assert "HTTPValidationError" not in schemas
