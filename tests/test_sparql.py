"""The SPARQL endpoint over HTTP: the protocol, its refusals, its limits."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest

G = "https://w3id.org/gcm-graph/source/A-RES-73-195/para-45"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SELECT = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3"


@pytest.mark.parametrize("query", [SELECT, "ASK {}"])
@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/turtle, text/csv;q=0.3", "text/csv; charset=utf-8"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
    ],
)
def test_rows_and_booleans_by_accept(
    client: httpx.Client, query: str, accept: str, kind: str
) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert "Accept" in answer.headers["vary"]
    if "json" in kind:
        assert "results" in answer.json() or "boolean" in answer.json()


@pytest.mark.parametrize(
    ("accept", "kind", "form"),
    [
        ("", "text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
        ("application/trig", "application/trig", ox.RdfFormat.TRIG),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/n-quads", "application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_graphs_by_accept(client: httpx.Client, accept: str, kind: str, form: ox.RdfFormat) -> None:
    answer = client.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert len(list(ox.parse(answer.content, format=form))) == 3


def test_a_query_comes_by_get_by_form_or_as_a_body(client: httpx.Client) -> None:
    direct = {"Content-Type": "application/sparql-query"}
    for answer in (
        client.get("/sparql", params={"query": "ASK {}"}),
        client.post("/sparql", data={"query": "ASK {}"}),
        client.post("/sparql", content="ASK {}", headers=direct),
    ):
        assert answer.json()["boolean"] is True


def test_the_dataset_of_the_protocol_wins_over_that_of_the_query(client: httpx.Client) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{G}> {{ ?s ?p ?o }}"
    counted = client.get("/sparql", params={"query": query}).json()
    other = G.replace("45", "49")
    params = {"query": query, "default-graph-uri": other}
    replaced = client.get("/sparql", params=params).json()
    only = client.get("/sparql", params={"query": query.replace(G, other)}).json()
    assert counted != replaced == only


def test_both_dataset_parameters_reach_the_query(client: httpx.Client) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    params = {"query": query, "default-graph-uri": G, "named-graph-uri": G}
    rows = client.get("/sparql", params=params).json()["results"]["bindings"]
    assert [row["g"]["value"] for row in rows] == [G]


DIRECT = {"Content-Type": "application/sparql-query"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PLAIN = {"Content-Type": "text/plain"}
PNG = {"Accept": "image/png"}
TURTLE = {"Accept": "text/turtle"}
FUNCTION = "SELECT (<http://x.example/f>() AS ?x) {}"


@pytest.mark.parametrize(
    ("method", "send", "status", "reason"),
    [
        ("GET", {"params": {"query": "ASK {"}}, 400, "syntax"),
        ("POST", {"content": b"", "headers": FORM}, 400, "query"),
        ("GET", {"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400, "query"),
        ("GET", {"params": {"query": FUNCTION}}, 400, "evaluation"),
        ("GET", {"params": {"query": "ASK {}"}, "headers": PNG}, 406, "not-acceptable"),
        ("GET", {"params": {"query": SELECT}, "headers": TURTLE}, 406, "not-acceptable"),
        ("GET", {"params": {"query": "ASK {}", "format": "png"}}, 406, "not-acceptable"),
        ("GET", {"params": {"query": "INSERT DATA {}"}}, 403, "update"),
        ("POST", {"data": {"update": "INSERT DATA {}"}}, 403, "update"),
        ("POST", {"content": b"x", "headers": PLAIN}, 415, "media-type"),
        ("POST", {"content": b"\xff", "headers": DIRECT}, 400, "encoding"),
        ("POST", {"content": b"A" * 70_000, "headers": DIRECT}, 413, "query-too-long"),
        ("POST", {"content": b"A" * 1_100_000, "headers": DIRECT}, 413, "body-too-large"),
        ("POST", {"content": b"query=%ff", "headers": FORM}, 400, "encoding"),
        ("DELETE", {}, 405, ""),
        ("PUT", {"content": b"ASK {}"}, 405, ""),
    ],
)
def test_a_bad_request_is_told_what_would_be_right(
    client: httpx.Client, method: str, send: dict[str, object], status: int, reason: str
) -> None:
    answer = client.request(method, "/sparql", **send)  # type: ignore[arg-type]
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["detail"]
    assert problem["type"].endswith(reason or "blank")


def test_a_syntax_error_names_its_place(client: httpx.Client) -> None:
    problem = client.get("/sparql", params={"query": "SELECT * {\n ?s ?p }"}).json()
    assert problem["line"] == 2
    assert problem["column"] > 1


@contextmanager
def listener() -> Iterator[tuple[int, list[object]]]:
    """A socket that notes who connects."""
    seen: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        going = True

        def accept() -> None:
            while going:
                try:
                    seen.append(server.accept())
                except TimeoutError:
                    continue
                except OSError:
                    return

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield server.getsockname()[1], seen
        finally:
            going = False
            thread.join()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "PREFIX x: <{url}> SELECT * FROM x:data.ttl {{ ?s ?p ?o }}",
        "LOAD <{url}>",
    ],
)
def test_an_address_elsewhere_is_refused_and_nobody_calls_it(
    client: httpx.Client, query: str
) -> None:
    with listener() as (port, seen):
        text = query.format(url=f"http://127.0.0.1:{port}/")
        answer = client.get("/sparql", params={"query": text})
        assert answer.status_code == 403, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        graph = {"query": "ASK {}", "default-graph-uri": f"http://127.0.0.1:{port}/"}
        assert client.get("/sparql", params=graph).status_code == 403
        time.sleep(0.3)
    assert seen == []


def test_a_runaway_ends_at_the_deadline_and_delays_nobody(client: httpx.Client) -> None:
    def ask() -> float:
        begun = time.perf_counter()
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        return time.perf_counter() - begun

    idle = median(ask() for _ in range(30))
    ended: list[tuple[httpx.Response, float]] = []

    def runaway() -> None:
        begun = time.perf_counter()
        answer = httpx.get(f"{client.base_url}/sparql", params={"query": CROSS}, timeout=30)
        ended.append((answer, time.perf_counter() - begun))

    threads = [threading.Thread(target=runaway) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    busy = median(ask() for _ in range(30))
    for thread in threads:
        thread.join()
    assert busy < idle + 0.05
    for answer, seconds in ended:
        assert answer.status_code == 503
        assert answer.json()["type"].endswith("deadline")
        assert "1 s" in answer.json()["detail"]
        assert seconds < 2
    assert ask() < idle + 0.05


def test_a_large_answer_comes_whole(client: httpx.Client) -> None:
    params = {"query": "SELECT * { ?s ?p ?o } LIMIT 15000", "format": "csv"}
    with client.stream("GET", "/sparql", params=params) as answer:
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        lines = "".join(answer.iter_text()).splitlines()
    assert len(lines) >= 15001


def test_a_person_gets_the_form_with_the_query_in_it(client: httpx.Client) -> None:
    page = client.get(
        f"/sparql?query={quote('ASK { ?s ?p <x:y> }')}", headers={"Accept": "text/html"}
    )
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "ASK { ?s ?p &lt;x:y&gt; }" in page.text


def test_head_and_options_are_answered(client: httpx.Client) -> None:
    head = client.head("/sparql", params={"query": "ASK {}"})
    assert head.status_code == 200
    assert head.content == b""
    origin = {"Origin": "https://app.example", "Access-Control-Request-Method": "POST"}
    options = client.options("/sparql", headers=origin)
    assert options.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in options.headers


def test_counts_over_the_merge_are_right(client: httpx.Client, store: ox.Store) -> None:
    """A triple that several passages assert counts once, in one pattern and in a join of three."""
    query = """
        PREFIX gcm: <https://w3id.org/gcm-graph/def#>
        SELECT (COUNT(*) AS ?n) { ?a gcm:tracesTo ?b . ?b gcm:tracesTo ?c . ?c a ?t }"""
    answer = client.get("/sparql", params={"query": query}).json()
    counted = int(answer["results"]["bindings"][0]["n"]["value"])
    traces = ox.NamedNode("https://w3id.org/gcm-graph/def#tracesTo")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    named = [q for q in store if not isinstance(q.graph_name, ox.DefaultGraph)]
    steps = {(q.subject, q.object) for q in named if q.predicate == traces}
    types = {(q.subject, q.object) for q in named if q.predicate == kind}
    later: dict[object, set[object]] = {}
    for one, other in steps:
        later.setdefault(one, set()).add(other)
    kinds: dict[object, int] = {}
    for thing, _ in types:
        kinds[thing] = kinds.get(thing, 0) + 1
    by_hand = sum(kinds.get(c, 0) for _, b in steps for c in later.get(b, ()))
    assert counted == by_hand


def test_the_json_is_valid_sparql_results(client: httpx.Client) -> None:
    found = json.loads(client.get("/sparql", params={"query": SELECT}).content)
    assert found["head"]["vars"] == ["s", "p", "o"]
    assert len(found["results"]["bindings"]) == 3
