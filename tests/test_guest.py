"""``gcm-graph serve --data``: anybody's RDF files as they are, and the protocol over them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from conftest import Service, serving
from gcm_graph.cli import app
from gcm_graph.release import guest

TRIG = "@prefix : <http://example/> . :a :b 1, 1.10 . :g { :a :b _:x . <> :c _:x } :h { :a :b 1 }"
FILES = {
    "set.trig": TRIG,
    "more.ttl": "@prefix : <http://example/> . :a :b 1, :turtle .",
    "more.nt": "<http://example/a> <http://example/b> <http://example/ntriples> .",
    "more.nq": "<http://example/a> <http://example/b> <http://example/nquads> <http://example/q> .",
    "more.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://example/"><rdf:Description rdf:about="http://example/a">'
    '<b rdf:resource="http://example/rdfxml"/></rdf:Description></rdf:RDF>',
    "more.jsonld": '{"@id": "http://example/a", "http://example/b": {"@id": "http://example/ld"}}',
    "named=one.ttl": "<> <b> <c> .",
    "empty.ttl": "",
}
NAMED = "http://example/data?id=1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("guest")
    for name, text in FILES.items():
        (made / name).write_text(text)
    return made


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[Service]:
    plain = [str(folder / name) for name in FILES if name.startswith(("set", "more"))]
    named = [f"{NAMED}={folder / 'named=one.ttl'}", f"http://example/empty={folder / 'empty.ttl'}"]
    with serving(folder, "--data", plain[0], *plain[1:], "--data", named[0], *named[1:]) as running:
        yield running


@pytest.fixture
def client(service: Service) -> Iterator[httpx.Client]:
    with service.client() as opened:
        yield opened


def values(client: httpx.Client, query: str, **more: str) -> set[str]:
    """Return the values of the only column of a query."""
    answer = client.get("/sparql", params={"query": query, **more}).json()
    (name,) = answer["head"]["vars"]
    return {row[name]["value"] for row in answer["results"]["bindings"]}


def test_files_of_every_kind_are_in_the_default_graph(client: httpx.Client) -> None:
    found = values(client, "SELECT ?o { <http://example/a> <http://example/b> ?o }")
    names = {"turtle", "ntriples", "rdfxml", "ld"}
    assert found == {"1", "1.1", *(f"http://example/{name}" for name in names)}


def test_a_triple_of_two_files_counts_once(client: httpx.Client) -> None:
    assert values(client, "SELECT (COUNT(*) AS ?n) { ?s ?p 1 }") == {"1"}


def test_graphs_have_the_names_of_the_files_and_those_that_were_given(client: httpx.Client) -> None:
    graphs = values(client, "SELECT ?g { GRAPH ?g {} }")
    local = {"g", "h", "q", "empty"}
    assert graphs == {NAMED, *(f"http://example/{name}" for name in local)}


def test_a_relative_name_in_a_file_is_relative_to_the_graph_it_is_loaded_into(
    client: httpx.Client,
) -> None:
    assert values(client, f"SELECT ?s {{ GRAPH <{NAMED}> {{ ?s ?p ?o }} }}") == {NAMED}
    there = values(client, f"SELECT ?o {{ GRAPH <{NAMED}> {{ ?s ?p ?o }} }}")
    assert there == {"http://example/c"}


def test_an_empty_graph_may_be_the_default_graph(client: httpx.Client) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert values(client, query, **{"default-graph-uri": "http://example/empty"}) == {"0"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/about", 200), ("/sparql", 200), ("/query", 200), ("/def", 200),
        ("/source", 200), ("/disagreements", 200), ("/download", 200), ("/lineage", 200),
        ("/search?q=turtle", 200), ("/id/body/iom", 404), ("/id/body", 404),
        ("/source/A-RES-73-195", 404), ("/api/release", 200), ("/openapi.json", 200),
        ("/health/ready", 200), ("/static/none.css", 404), ("/query/adoption", 200),
        ("/download/dataset.nq", 200), ("/coverage", 200), ("/api", 200),
    ],
)  # fmt: skip
def test_the_pages_stand_up_over_data_that_are_not_ours(
    client: httpx.Client, path: str, status: int
) -> None:
    for accept in ("text/html", "*/*"):
        assert client.get(path, headers={"Accept": accept}).status_code == status


def test_the_digest_is_that_of_the_files(client: httpx.Client, tmp_path: Path) -> None:
    digest = client.get("/api/release").json()["digest"]
    assert len(digest) == 64
    file = tmp_path / "a.ttl"
    file.write_text("<http://x.example/a> <http://x.example/b> 1 .")
    written = [
        guest.write(tmp_path / place, [guest.Source(file, graph)]).name
        for place, graph in (("1", ""), ("2", ""), ("3", "http://x.example/g"))
    ]
    assert written[0] == written[1] != written[2]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("missing.ttl", None, "there is no such file"),
        ("broken.ttl", "<a> <b>", "broken.ttl"),
        ("table.csv", "a,b", "the suffix is none of"),
        ("http://x.example/g=graphs.trig", "<http://x/g> { <http://x/a> <http://x/b> 1 }", "graph"),
        ("relative=file.ttl", "", "give an absolute IRI"),
    ],
)
def test_a_file_that_cannot_be_served_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str | None, said: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    graph, _, file = name.rpartition("=")
    if text is not None:
        (tmp_path / file).write_text(text)
    given = f"{graph}={tmp_path / file}" if graph else str(tmp_path / file)
    ran = CliRunner().invoke(app, ["serve", "--data", given])
    assert ran.exit_code == 2, ran.output
    assert said in ran.stderr
    assert list(tmp_path.glob("gcm-graph-*")) == []


def test_files_without_the_option_are_a_mistake() -> None:
    ran = CliRunner().invoke(app, ["serve", "a.ttl"])
    assert ran.exit_code == 2
    assert "--data" in ran.stderr


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    file = tmp_path / "a.nt"
    file.touch()
    with serving(tmp_path, "--data", str(file)) as running:
        assert len(list(tmp_path.glob("gcm-graph-*"))) == 1
        running.process.terminate()
        running.process.wait(15)
    assert list(tmp_path.glob("gcm-graph-*")) == []
