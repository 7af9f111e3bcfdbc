"""The W3C suites of SPARQL 1.1 and 1.0: query evaluation, results and syntax, over HTTP.

One service holds the files of all tests, each in a named graph; a test makes its own dataset of
them by ``default-graph-uri`` and ``named-graph-uri``. To start a service for each of 800 tests
would take an hour, and this way the tests exercise the dataset of the protocol, too. The results
are asked for in the format in which the suite states them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import suite
from comparison import Answer, Rows, read, same, solutions, table

from conftest import serving

SUITE = suite.folder("sparql11_query")
BASE = "https://w3c.github.io/rdf-tests/sparql/"
NOTHING = "urn:x-empty:graph"
CASES = list(suite.cases(SUITE, BASE))
KNOWN = suite.known("query")
FROM = re.compile(r"^\s*FROM\b", re.IGNORECASE | re.MULTILINE)
SORTED = re.compile(r"ORDER\s+BY[^{}]*$", re.IGNORECASE)
TYPES = {
    ".srx": "application/sparql-results+xml",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    empty = tmp_path_factory.mktemp("conformance") / "empty.nt"
    empty.touch()
    files = {graph for case in CASES for graph in (*case.data, *case.graphs)}
    for folder in {case.query.parent for case in CASES if not case.data}:  # for FROM
        files |= {BASE + path.relative_to(SUITE).as_posix() for path in folder.glob("data*.ttl")}
    given = [f"{NOTHING}={empty}"]
    given += [f"{name}={SUITE / name.removeprefix(BASE)}" for name in sorted(files)]
    arguments = [part for one in given for part in ("--data", one)]
    with serving(Path(), *arguments) as service, service.client() as client:
        yield client


def _ask(endpoint: httpx.Client, case: suite.Case, text: str, accept: str) -> httpx.Response:
    form: dict[str, str | list[str]] = {"query": text}
    if case.result is None:
        form["default-graph-uri"] = NOTHING
    elif case.data or not FROM.search(text):  # else it names its dataset itself
        form |= {"default-graph-uri": [*case.data], "named-graph-uri": [*case.graphs]}
    return endpoint.post("/sparql", data=form, headers={"Accept": accept})


def _answer(response: httpx.Response) -> Answer:
    kind = response.headers["content-type"].partition(";")[0]
    if kind == "text/csv":
        return table(response.content.decode())
    if kind == "text/turtle":
        return frozenset(q.triple for q in ox.parse(response.content, format=ox.RdfFormat.TURTLE))
    form = ox.QueryResultsFormat.from_media_type(kind)
    assert form is not None
    return solutions(response.content, form)


@pytest.mark.parametrize("case", suite.parameters({case.name: case for case in CASES}, KNOWN))
def test_a_query_of_the_suite_is_answered_as_the_suite_says(
    endpoint: httpx.Client, case: suite.Case
) -> None:
    text = case.query.read_bytes().decode()
    if case.result is None:
        response = _ask(endpoint, case, text, "*/*")
        refused = response.status_code == 400 and response.json()["type"].endswith(":syntax")
        if case.kind.startswith("Negative"):
            assert refused, response.text
        else:
            assert response.status_code == 200, response.text
        return
    kind = TYPES.get(case.result.suffix, "application/sparql-results+json")
    response = _ask(endpoint, case, f"BASE <{case.base}>\n{text}", f"{kind}, text/turtle")
    assert response.status_code == 200, response.text
    expected = read(case.result, BASE + case.result.relative_to(SUITE).as_posix())
    if isinstance(expected, Rows) and SORTED.search(text):
        expected = replace(expected, ordered=True)
    assert same(_answer(response), expected, case.lax), f"{response.text}\nexpected: {expected}"


def test_every_known_failure_is_a_test_of_the_suite() -> None:
    assert KNOWN.keys() <= {case.name for case in CASES}
    assert len(CASES) == len({case.name for case in CASES})
