"""The W3C suite of the SPARQL 1.1 Protocol, as far as it is about queries, over HTTP.

Tests of updates ask for what a read-only service must not do; they are run all the same and must
be refused.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
import suite
from suite import MF

from conftest import serving

SUITE = suite.folder("sparql11_protocol")
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
MANIFEST = suite.Graph.read(SUITE / "manifest.ttl", "http://manifest.example/")
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json", "application/sparql-results+xml", "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"},
}  # fmt: skip


def _tests() -> dict[str, Any]:
    head = MANIFEST.value(MANIFEST.subjects(MF + "entries")[0], MF + "entries")
    return {test.value.rpartition("#")[2]: test for test in MANIFEST.items(head)}


TESTS = _tests()
QUERIES = {n: t for n, t in TESTS.items() if n.startswith(("query", "bad_query", "bad_multiple_q"))}
UPDATES = {name: test for name, test in TESTS.items() if name not in QUERIES}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[httpx.Client]:
    """A service with the graphs of the suite; it does not say what is in ``data0``."""
    files = {0: 1, 1: 1, 2: 2, 3: 3}
    given = [f"{DATA.format(graph)}={SUITE}/data{file}.nt" for graph, file in files.items()]
    arguments = [part for one in given for part in ("--data", one)]
    with serving(Path(), *arguments) as service, service.client() as client:
        yield client


def _send(endpoint: httpx.Client, request: ox.BlankNode) -> httpx.Response:
    """Send a request of the suite, byte for byte; its path is that of the service."""
    path = MANIFEST.value(request, HT + "absolutePath").value
    method = MANIFEST.value(request, HT + "methodName").value
    head = MANIFEST.value(request, HT + "headers")
    headers = {
        MANIFEST.value(header, HT + "fieldName").value: MANIFEST.value(
            header, HT + "fieldValue"
        ).value
        for header in (MANIFEST.items(head) if head else ())
    }
    body = MANIFEST.value(request, HT + "body")
    content = None
    if body is not None:
        encoding = MANIFEST.value(body, CNT + "characterEncoding").value
        content = MANIFEST.value(body, CNT + "chars").value.encode(encoding)
    return endpoint.request(
        method, path.replace("/sparql/", "/sparql", 1), content=content, headers=headers
    )


def _check(request: ox.BlankNode, answer: httpx.Response) -> None:
    wanted = MANIFEST.value(request, HT + "resp")
    statuses = {node.value[-3:] for node in MANIFEST.values(wanted, MF + "expectedStatus")}
    assert f"{answer.status_code // 100}xx" in statuses, answer.text
    form = MANIFEST.value(wanted, MF + "expectedFormat")
    if form is not None:
        assert answer.headers["content-type"].partition(";")[0] in FORMATS[form.value]
    truth = MANIFEST.value(wanted, MF + "expectedBoolean")
    if truth is not None:
        assert answer.json()["boolean"] is (truth.value == "true")


@pytest.mark.parametrize("test", suite.parameters(QUERIES, suite.known("protocol")))
def test_a_request_of_the_suite_is_answered_as_the_suite_says(
    endpoint: httpx.Client, test: ox.NamedNode
) -> None:
    action = MANIFEST.value(test, MF + "action")
    for request in MANIFEST.items(MANIFEST.value(action, HT + "requests")):
        _check(request, _send(endpoint, request))


@pytest.mark.parametrize("test", suite.parameters(UPDATES, {}))
def test_an_update_of_the_suite_is_refused(endpoint: httpx.Client, test: ox.NamedNode) -> None:
    action = MANIFEST.value(test, MF + "action")
    first = next(MANIFEST.items(MANIFEST.value(action, HT + "requests")))
    answer = _send(endpoint, first)
    assert answer.status_code in {400, 403, 415}, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_suite_is_whole() -> None:
    assert (len(QUERIES), len(UPDATES)) == (20, 14)
