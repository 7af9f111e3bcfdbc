"""``?release=``: an address is answered from the release that it names, while that is kept."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import small_root
from conftest import Service, serving
from gcm_graph.build import pipeline

SAID = 'r:para-51 { body:iom gcm:purpose "%s"@en . }\n'
PURPOSE = "https://w3id.org/gcm-graph/def#purpose"
ASK = "PREFIX gcm: <https://w3id.org/gcm-graph/def#> SELECT ?said { ?body gcm:purpose ?said }"
MCP = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A folder of three releases, the last one current, and their digests."""
    folder = tmp_path_factory.mktemp("shelf")
    digests = []
    for year in (2021, 2022, 2023):
        more = SAID % f"helps in {year}"
        made = pipeline.build(small_root.make(folder / str(year), more), folder / "release")
        told = json.loads((made.folder / "manifest.json").read_text())
        told |= {"built": f"{year}-01-01T00:00:00+00:00", "version": f"{year}.1"}
        (made.folder / "manifest.json").write_text(json.dumps(told))
        digests.append(made.digest)
    return folder / "release", digests


@pytest.fixture(scope="module")
def keeping(shelf: tuple[Path, list[str]]) -> Iterator[Service]:
    with serving(shelf[0], older_releases="1") as running:
        yield running


@pytest.fixture
def client(keeping: Service) -> Iterator[httpx.Client]:
    with keeping.client() as opened:
        yield opened


def said(client: httpx.Client, **query: str) -> list[str]:
    """Return what the endpoint answers on the purpose, the one thing that changed."""
    answer = client.get("/sparql", params={"query": ASK, "format": "json", **query})
    assert answer.status_code == 200, answer.text
    return [row["said"]["value"] for row in answer.json()["results"]["bindings"]]


def test_a_query_is_answered_from_the_release_it_names(
    client: httpx.Client, shelf: tuple[Path, list[str]]
) -> None:
    first, second, third = shelf[1]
    assert said(client) == ["helps in 2023"]
    for asked, year in ((first, 2021), (second[:8], 2022), (third, 2023), ("2021.1", 2021)):
        assert said(client, release=asked) == [f"helps in {year}"]


@pytest.mark.parametrize("path", ["/id/body/iom", "/api/thing?iri=body/iom"])
def test_a_thing_is_shown_as_it_was(
    client: httpx.Client, shelf: tuple[Path, list[str]], path: str
) -> None:
    first, _, third = shelf[1]
    headers = {"Accept": "application/json"}
    older = client.get(path, params={"iri": "body/iom", "release": first}, headers=headers)
    assert "helps in 2021" in older.text
    newer = client.get(path, params={"iri": "body/iom", "release": third}, headers=headers)
    assert "helps in 2023" in newer.text
    assert older.headers.get("etag") != newer.headers.get("etag") or "etag" not in older.headers


def test_a_citation_keeps_to_the_release(
    client: httpx.Client, shelf: tuple[Path, list[str]]
) -> None:
    first = shelf[1][0]
    cited = client.get("/cite", params={"iri": "body/iom", "format": "text", "release": first})
    assert f"?release={first[:16]}" in cited.text


def test_an_assistant_asks_the_release_it_names(
    client: httpx.Client, shelf: tuple[Path, list[str]]
) -> None:
    call = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "sparql", "arguments": {"query": ASK}},
    }
    for asked, year in ((shelf[1][1], 2022), ("", 2023)):
        query = {"release": asked} if asked else {}
        answer = client.post("/mcp", json=call, params=query, headers=MCP)
        assert f"helps in {year}" in answer.text
        assert asked[:16] in answer.text
    for asked, status in (("0000000000", 404), ("nonsense", 400)):
        answer = client.post("/mcp", json=call, params={"release": asked}, headers=MCP)
        assert answer.status_code == status


def test_what_is_not_kept_is_said_with_what_is(
    client: httpx.Client, shelf: tuple[Path, list[str]]
) -> None:
    for path in ("/sparql?query=ASK{}&", "/id/body/iom?"):
        answer = client.get(f"{path}release=0000000000000000", headers={"Accept": "*/*"})
        assert answer.status_code == 404
        assert answer.json()["releases"] == shelf[1]
        assert client.get(f"{path}release=nonsense").status_code == 400
        assert client.get(f"{path}release=9.9.9").status_code == 404


def test_a_service_that_opens_no_others_says_that_they_are_gone(
    shelf: tuple[Path, list[str]],
) -> None:
    folder, (first, _, third) = shelf
    with serving(folder, older_releases="0") as running, running.client() as client:
        answer = client.get("/sparql", params={"query": ASK, "release": first})
        assert answer.status_code == 410
        assert answer.json()["asked"] == first
        assert said(client, release=third) == ["helps in 2023"]
