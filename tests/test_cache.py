"""The cache of answers: the same bytes again, never those of another request."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from conftest import Service, serving
from gcm_graph.store.lexer import normalised

_PAGE = "/id/body/un-network-on-migration"
_SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?l) }"


@pytest.fixture(scope="module")
def cached(releases_folder: Path) -> Iterator[Service]:
    with serving(releases_folder, query_seconds="1.5") as running:
        yield running


def _status(answer: httpx.Response) -> str:
    return answer.headers.get("Cache-Status", "")


def test_the_second_reader_gets_the_same_bytes_from_the_cache(cached: Service) -> None:
    with cached.client(headers={"Accept": "text/html"}) as client:
        first, second = client.get(f"{_PAGE}?x=1"), client.get(f"{_PAGE}?x=1")
    assert _status(first).endswith("fwd=miss")
    assert _status(second).endswith("hit")
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert second.headers["Vary"] == first.headers["Vary"]


@pytest.mark.parametrize(
    "header",
    [{"Accept": "text/turtle"}, {"Accept-Language": "fr"}, {"Host": "data.example"},
     {"X-Forwarded-Host": "evil.example"}, {"Accept": "text/html;q=0.5"}],
)  # fmt: skip
def test_another_header_is_another_answer(cached: Service, header: dict[str, str]) -> None:
    with cached.client(headers={"Accept": "text/html", "Accept-Language": "en"}) as client:
        client.get(f"{_PAGE}?x=2")
        assert _status(client.get(f"{_PAGE}?x=2")).endswith("hit")
        other = client.get(f"{_PAGE}?x=2", headers={**header, "Cookie": str(header)})
    assert _status(other).endswith("fwd=miss")


def test_a_reader_who_holds_it_gets_304_and_the_next_one_all_of_it(cached: Service) -> None:
    with cached.client() as client:
        tag = client.get(f"{_PAGE}.json").headers["ETag"]
        for path in (f"{_PAGE}.json", f"{_PAGE}.json?y=1"):
            held = client.get(path, headers={"If-None-Match": tag})
            whole = client.get(path)
            assert (held.status_code, held.content) == (304, b"")
            assert whole.status_code == 200
            assert len(whole.content) > 100


def test_failures_and_health_are_not_kept(cached: Service) -> None:
    with cached.client() as client:
        for path in ("/id/body/nothing", "/health/ready", "/sparql?query=SELEC"):
            client.get(path)
            assert not _status(client.get(path)).endswith("hit")


def test_a_query_by_post_shares_the_answer_of_one_that_is_spaced_otherwise(cached: Service) -> None:
    one = "SELECT ?l WHERE { <http://metadata.un.org/sdg/10.7> ?p ?l } # a remark"
    other = "SELECT  ?l\nWHERE {\n  <http://metadata.un.org/sdg/10.7> ?p ?l\n}"
    with cached.client() as client:
        first = client.post("/sparql", data={"query": one})
        second = client.post("/sparql", data={"query": other})
        third = client.get(
            "/sparql", params={"query": one}, headers={"If-None-Match": first.headers["ETag"]}
        )
    assert first.json()["results"]["bindings"]
    assert first.content == second.content
    assert third.status_code == 304


def test_many_who_ask_the_same_runaway_at_once_wait_for_one(cached: Service) -> None:
    def ask(_: int) -> int:
        with cached.client() as client:
            return client.get("/sparql", params={"query": _SLOW}).status_code

    with ThreadPoolExecutor(12) as pool:
        asked = list(pool.map(ask, range(12)))  # one by one they would take nine seconds
    assert asked == [503] * 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASK  {\n ?s ?p 'a  b' } # end", "ASK { ?s ?p 'a  b' }"),
        ("ASK { ?s <http://a#b>  ?o }", "ASK { ?s <http://a#b> ?o }"),
        ('ASK { ?s ?p """a\n  #b""" }', 'ASK { ?s ?p """a\n  #b""" }'),
        ("ASK { ?s ?p ?o FILTER(?o  =  \\u0022a  b\\u0022) }",) * 2,
        ("ASK { ?s a:b\\#c  ?o }", "ASK { ?s a:b\\#c ?o }"),
    ],
)
def test_only_what_lies_between_tokens_is_normalised(text: str, expected: str) -> None:
    assert normalised(text) == expected
