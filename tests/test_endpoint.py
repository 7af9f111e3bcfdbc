"""The SPARQL 1.1 Protocol in its corners, the service description, and clients that rely on it."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from rdflib import URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from conftest import Service, serving

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
TRIG = """@prefix : <http://example/> .
:a :b "x" , "café"@fr . :g { :a :b :g } :h { :a :b :h , :g }"""
GRAPHS = {"http://example/g": 1, "http://example/h": 2, "http://example/empty": 0}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("endpoint")
    (folder / "set.trig").write_text(TRIG, encoding="utf-8")
    (folder / "empty.nt").touch()
    empty = f"http://example/empty={folder / 'empty.nt'}"
    with serving(folder, "--data", str(folder / "set.trig"), empty) as running:
        yield running


@pytest.fixture
def client(service: Service) -> Iterator[httpx.Client]:
    with service.client() as opened:
        yield opened


def described(answer: httpx.Response) -> ox.Store:
    form = ox.RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    assert form is not None
    store = ox.Store()
    store.load(answer.content, format=form)
    return store


def column(store: ox.Store, query: str) -> set[str]:
    found: Any = store.query(f"PREFIX sd: <{SD}> PREFIX void: <{VOID}> {query}")
    return {row[0].value for row in found}


def test_the_endpoint_describes_itself_at_its_own_address(client: httpx.Client) -> None:
    store = described(client.get("/sparql"))
    service = "?s a sd:Service ; "
    assert column(store, f"SELECT ?e {{ {service} sd:endpoint ?e }}") == {
        f"{client.base_url}/sparql"
    }
    languages = column(store, f"SELECT ?l {{ {service} sd:supportedLanguage ?l }}")
    assert languages == {SD + "SPARQL11Query"}
    formats = column(store, f"SELECT ?f {{ {service} sd:resultFormat ?f }}")
    names = {"JSON", "XML", "CSV", "TSV"}
    assert formats == {
        *(f"{FORMATS}SPARQL_Results_{name}" for name in names),
        *(FORMATS + n for n in ("Turtle", "TriG", "JSON-LD", "N-Triples", "N-Quads", "RDF_XML")),
    }
    assert column(store, "SELECT ?f { ?s sd:feature ?f }") == set()
    elsewhere = client.get("/sparql", headers={"Host": "data.example:81"})
    address = column(described(elsewhere), f"SELECT ?e {{ {service} sd:endpoint ?e }}")
    assert address == {"http://data.example:81/sparql"}


def test_the_description_lists_the_graphs_with_their_sizes(client: httpx.Client) -> None:
    store = described(client.get("/sparql"))
    dataset = "?s sd:defaultDataset ?d . ?d a sd:Dataset ."
    size = f"SELECT ?n {{ {dataset} ?d sd:defaultGraph [ a sd:Graph ; void:triples ?n ] }}"
    assert column(store, size) == {"2"}
    for graph, triples in GRAPHS.items():
        entry = f"a sd:NamedGraph ; sd:name <{graph}> ; sd:graph [ a sd:Graph ; void:triples ?n ]"
        found = column(store, f"SELECT ?n {{ {dataset} ?d sd:namedGraph [ {entry} ] }}")
        assert found == {str(triples)}
    assert column(store, "SELECT ?g { ?e sd:name ?g }") == set(GRAPHS)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "text/turtle; charset=utf-8"),
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples, text/html;q=0.5", "application/n-triples"),
        ("text/html,*/*;q=0.8", "text/html; charset=utf-8"),
    ],
)
def test_accept_chooses_the_form_or_a_description(
    client: httpx.Client, accept: str, kind: str
) -> None:
    answer = client.get("/sparql", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert "Accept" in answer.headers["vary"]
    head = client.head("/sparql", headers={"Accept": accept})
    assert (head.status_code, head.headers["content-type"], head.content) == (200, kind, b"")


def test_a_description_is_not_sent_twice(client: httpx.Client) -> None:
    tag = client.get("/sparql").headers["etag"]
    assert client.get("/sparql", headers={"If-None-Match": tag}).status_code == 304
    png = client.get("/sparql", headers={"Accept": "image/png"})
    assert png.status_code == 406


def test_thousands_of_graphs_are_described_quickly(tmp_path: Path) -> None:
    lines = [f"<urn:s> <urn:p> {n} <urn:graph:{n}> .".replace(f" {n} ", f' "{n}" ', 1)
             for n in range(3000)]  # fmt: skip
    (tmp_path / "many.nq").write_text("\n".join(lines))
    with (
        serving(tmp_path, "--data", str(tmp_path / "many.nq")) as running,
        running.client() as client,
    ):
        first = client.get("/sparql", headers={"Accept": "application/n-triples"})
        begun = time.perf_counter()
        again = client.get("/sparql", headers={"Accept": "application/n-triples"})
        assert time.perf_counter() - begun < 0.5
        assert first.text == again.text
        assert again.text.count("#NamedGraph>") == 3000


def test_options_tell_the_methods(client: httpx.Client) -> None:
    answer = client.options("/sparql")
    assert answer.status_code == 204
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert "application/sparql-query" in answer.headers["accept-post"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_told_which_there_are(client: httpx.Client, method: str) -> None:
    answer = client.request(method, "/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_the_body_of_a_get_is_ignored(client: httpx.Client) -> None:
    params = {"query": "ASK {}"}
    answer = client.request("GET", "/sparql", params=params, content=b"query=x", headers=FORM)
    assert answer.json()["boolean"] is True
    assert client.get("/sparql", params=params).json()["boolean"] is True  # the connection lives


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        ("a+b", "a b"),
        ("a%2Bb", "a+b"),
        ("a%20b", "a b"),
        ("a%252Bb", "a%2Bb"),
        ("a%26b%3Dc", "a&b=c"),
        ("caf%C3%A9", "café"),
        ("%F0%9F%8C%8D", "🌍"),
    ],
)
def test_a_parameter_is_decoded_exactly_once(client: httpx.Client, sent: str, value: str) -> None:
    text = f"query=SELECT+(%22{sent}%22+AS+?x)+%7B%7D"
    for answer in (
        client.get(f"/sparql?{text}"),
        client.post("/sparql", content=text.encode(), headers=FORM),
    ):
        assert answer.json()["results"]["bindings"][0]["x"]["value"] == value


def test_a_query_in_the_body_is_not_decoded(client: httpx.Client) -> None:
    query = 'SELECT ("a+b%20é" AS ?x) {}'
    answer = client.post("/sparql", content=query.encode(), headers=DIRECT)
    assert answer.json()["results"]["bindings"][0]["x"]["value"] == "a+b%20é"


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/sparql-query; charset=utf-8", 200),
        ('application/sparql-query;charset="UTF-8"', 200),
        ("Application/SPARQL-Query", 200),
        ("application/sparql-query; charset=utf-16", 415),
        ("application/sparql-query; charset=iso-8859-1", 415),
    ],
)
def test_a_body_is_utf_8(client: httpx.Client, kind: str, status: int) -> None:
    headers = {"Content-Type": kind, "Accept-Charset": "iso-8859-1"}
    answer = client.post("/sparql", content='ASK { ?s ?p "café"@fr }'.encode(), headers=headers)
    assert answer.status_code == status, answer.text
    if status == 200:
        assert answer.json()["boolean"] is True


G, H = "http://example/g", "http://example/h"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def counted(client: httpx.Client, pairs: list[tuple[str, str]], query: str = COUNT) -> str:
    found = client.get("/sparql", params=[("query", query), *pairs])
    assert found.status_code == 200, found.text
    return str(found.json()["results"]["bindings"][0]["n"]["value"])


def test_several_default_graphs_are_merged(client: httpx.Client) -> None:
    assert counted(client, []) == "2"
    assert counted(client, [("default-graph-uri", G)]) == "1"
    assert counted(client, [("default-graph-uri", H), ("default-graph-uri", G)]) == "2"
    assert counted(client, [("default-graph-uri", G), ("default-graph-uri", G)]) == "1"
    assert counted(client, [("named-graph-uri", G)]) == "0"
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert counted(client, [("named-graph-uri", H)], query) == "2"
    assert counted(client, [("default-graph-uri", H)], query) == "0"


def test_an_empty_graph_parameter_is_one_that_a_form_left_out(client: httpx.Client) -> None:
    assert counted(client, [("default-graph-uri", ""), ("named-graph-uri", "")]) == "2"


@pytest.mark.parametrize(
    ("pairs", "status", "reason"),
    [
        ([("default-graph-uri", "not an IRI")], 400, "dataset"),
        ([("named-graph-uri", "relative")], 400, "dataset"),
        ([("default-graph-uri", "http://example/unknown")], 403, "unknown-graph"),
        ([("using-graph-uri", G)], 400, "dataset"),
        ([("using-named-graph-uri", G)], 400, "dataset"),
        ([("update", "CLEAR ALL")], 403, "update"),
        ([("query", "ASK {}")], 400, "query"),
    ],
)
def test_what_is_no_query_operation_is_refused(
    client: httpx.Client, pairs: list[tuple[str, str]], status: int, reason: str
) -> None:
    sent = httpx.QueryParams([("query", "ASK {}"), *pairs])
    for answer in (
        client.get("/sparql", params=sent),
        client.post("/sparql", content=str(sent).encode(), headers=FORM),
        client.post("/sparql", params=httpx.QueryParams(pairs), content="ASK {}", headers=DIRECT),
    ):
        assert answer.status_code == status, answer.text
        assert answer.json()["type"].endswith(reason)


@pytest.mark.parametrize("pairs", [{"default-graph-uri": G}, {"query": ""}])
def test_a_request_for_an_answer_without_a_query_is_not_answered_with_a_description(
    client: httpx.Client, pairs: dict[str, str]
) -> None:
    assert client.get("/sparql", params=pairs).status_code == 400


def test_relative_names_in_a_query_are_relative_to_the_endpoint(client: httpx.Client) -> None:
    query = "CONSTRUCT { <s> <#p> <> } {}"
    answer = client.post("/sparql", content=query, headers=DIRECT)
    (quad,) = ox.parse(answer.content, format=ox.RdfFormat.TURTLE)
    address = f"{client.base_url}/sparql"
    assert quad.subject.value == f"{client.base_url}/s"  # type: ignore[union-attr]
    assert (quad.predicate.value, quad.object.value) == (f"{address}#p", address)  # type: ignore[union-attr]
    named = "BASE <http://example/x> SELECT (COUNT(*) AS ?n) FROM <h> { ?s ?p ?o }"
    assert counted(client, [], named) == "2"
    unknown = client.get("/sparql", params={"query": "ASK FROM <h> {}"})
    assert f"{client.base_url}/h" in unknown.json()["detail"]


def test_rdflib_reads_the_endpoint_as_a_store(service: Service) -> None:
    for method in ("GET", "POST", "POST_FORM"):
        store = SPARQLStore(f"{service.address}/sparql", method=method)
        subject, predicate = URIRef("http://example/a"), URIRef("http://example/b")
        found = {str(o) for (_, _, o), _ in store.triples((subject, predicate, None))}
        assert found == {"x", "café"}
        graphs = {str(graph) for graph in store.contexts()}
        assert graphs >= {G, H}
        assert len(store) == 2


@pytest.mark.parametrize("form", [JSON, XML, CSV])
@pytest.mark.parametrize("send", ["get", "form", "direct"])
def test_sparqlwrapper_asks_in_every_way(service: Service, form: str, send: str) -> None:
    wrapper = SPARQLWrapper(f"{service.address}/sparql", defaultGraph=G)
    wrapper.setReturnFormat(form)
    if send != "get":
        wrapper.setMethod(POST)
    if send == "direct":
        wrapper.setRequestMethod(POSTDIRECTLY)
    wrapper.setQuery("SELECT ?o { ?s ?p ?o }")
    answer: Any = wrapper.queryAndConvert()
    told = answer.toxml() if form == XML else str(answer)
    assert "http://example/g" in told
    assert "café" not in told


def test_sparqlwrapper_gets_a_graph(service: Service) -> None:
    wrapper = SPARQLWrapper(f"{service.address}/sparql")
    wrapper.setReturnFormat(TURTLE)
    wrapper.setQuery("CONSTRUCT WHERE { ?s ?p ?o }")
    answer: Any = wrapper.queryAndConvert()
    assert len(list(ox.parse(answer, format=ox.RdfFormat.TURTLE))) == 2


def test_a_host_that_is_none_is_not_repeated(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Host": "a<b>"})
    assert answer.status_code == 400
    assert "a<b>" not in answer.text
