"""The service in front of an engine answers as the one that holds the release itself."""

from collections.abc import Iterator

import httpx
import pyoxigraph as ox
import pytest

from .conftest import need
from .stand import Running

SAME = [
    "/id/instrument/gcm",
    "/id/body/un-network-on-migration?lang=fr",
    "/id/forum/imrf",
    "/id/state/mexico",
    "/id/body/un-network-on-migration?as-of=2019-01-01",
    "/source",
    "/source/A-RES-73-195",
    "/source/A-RES-73-195/para-45",
    "/search?q=review+forum",
    "/linkages?format=json",
    "/states?format=json",
    "/timeline?format=json",
    "/disagreements?format=json",
    "/query",
    "/query/objectives",
    "/query/votes-by-regional-group?format=csv",
    "/query/thing-graph?format=ntriples",
    "/query/goes-back-to?format=json",
    "/api/things?class=Forum",
    "/changes",
    "/no-such-page",
    "/id/body/no-such-body",
]
"""Addresses with the same answer before every engine."""

MANY_STEPS = ["/lineage?format=json", "/processes?format=json"]
"""Addresses whose answers rest on transitive paths, which Virtuoso 7.2.5 loses its way in."""


@pytest.fixture
def front(stands: dict[str, Running], engine: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=stands[engine].service, timeout=60) as client:
        yield client


def told(response: httpx.Response) -> object:
    """What an answer says: its members or its lines, without their order."""
    kind = response.headers["content-type"]
    if "json" in kind:
        body = response.json()
        if isinstance(body, dict) and isinstance(body.get("items"), list):
            body["items"] = sorted(map(repr, body["items"]))
        return body
    return sorted(response.text.splitlines())


@pytest.mark.parametrize("path", SAME)
def test_an_address_answers_alike(client: httpx.Client, front: httpx.Client, path: str) -> None:
    headers = {"Accept": "application/json"}
    here, there = client.get(path, headers=headers), front.get(path, headers=headers)
    assert there.status_code == here.status_code
    assert there.headers["content-type"] == here.headers["content-type"]
    assert told(there) == told(here)


@pytest.mark.parametrize("path", MANY_STEPS)
def test_an_address_of_many_steps_answers_alike(
    stands: dict[str, Running], client: httpx.Client, path: str
) -> None:
    need("oxigraph")
    here = client.get(path)
    there = httpx.get(stands["oxigraph"].service + path, timeout=60)
    assert there.status_code == 200
    assert told(there) == told(here)


@pytest.mark.parametrize("path", ["/", "/id/instrument/gcm", "/states", "/query", "/about"])
def test_a_page_is_shown(front: httpx.Client, path: str) -> None:
    page = front.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<h1" in page.text


def test_the_release_is_that_of_the_engine(client: httpx.Client, front: httpx.Client) -> None:
    assert front.get("/health/ready").json() == client.get("/health/ready").json()


ROWS = "SELECT ?s ?n { ?s a <https://w3id.org/gcm-graph/def#Forum> ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?n }"  # noqa: E501


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
        ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
    ],
)
def test_rows_of_a_free_form_query(
    client: httpx.Client, front: httpx.Client, media: str, form: ox.QueryResultsFormat
) -> None:
    def rows(one: httpx.Client) -> set[tuple[str, ...]]:
        answer = one.get("/sparql", params={"query": ROWS}, headers={"Accept": media})
        assert answer.headers["content-type"].startswith(media)
        found = ox.parse_query_results(answer.content, format=form)
        assert isinstance(found, ox.QuerySolutions)
        return {(str(row["s"]), str(row["n"])) for row in found}

    assert rows(front) == rows(client)


def test_a_graph_of_a_free_form_query(client: httpx.Client, front: httpx.Client) -> None:
    query = (
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH "
        "<https://w3id.org/gcm-graph/source/A-RES-73-195/para-45> { ?s ?p ?o } }"
    )

    def triples(one: httpx.Client) -> set[ox.Triple]:
        answer = one.post("/sparql", data={"query": query}, headers={"Accept": "text/turtle"})
        return {quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)}

    assert triples(front) == triples(client)


def test_from_names_the_dataset(client: httpx.Client, front: httpx.Client) -> None:
    query = (
        "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/gcm-graph/source/A-RES-73-195/para-45> "
        "{ ?s ?p ?o }"
    )

    def count(one: httpx.Client) -> str:
        answer = one.get("/sparql", params={"query": query})
        return str(answer.json()["results"]["bindings"][0]["n"]["value"])

    assert count(front) == count(client)


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("SELECT * { ?s ?p", 400, "syntax"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "service"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 403, "update"),
        ("SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }", 403, "unknown-graph"),
    ],
)
def test_a_bad_query_is_explained(
    front: httpx.Client, query: str, status: int, reason: str
) -> None:
    answer = front.get("/sparql", params={"query": query})
    assert answer.status_code == status
    assert answer.json()["type"].endswith(reason)


@pytest.mark.parametrize(
    "query",
    [
        'DEFINE get:soft "replace" SELECT * { ?s ?p ?o }',
        "SELECT (<bif:version>() AS ?v) {}",
        "PREFIX x: <sql:> SELECT (x:y() AS ?v) {}",
        "SELECT (bif:version() AS ?v) {}",
    ],
)
def test_the_public_cannot_reach_behind_sparql(stands: dict[str, Running], query: str) -> None:
    need("virtuoso")
    answer = httpx.get(stands["virtuoso"].service + "/sparql", params={"query": query})
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("extension")


def test_data_is_checked_beside_the_release(stands: dict[str, Running]) -> None:
    need("oxigraph")
    answer = httpx.post(
        stands["oxigraph"].service + "/validate",
        content="<urn:a> <urn:b> <urn:c> .",
        headers={"Content-Type": "text/turtle", "Accept": "application/json"},
        timeout=60,
    )
    assert answer.status_code == 200
