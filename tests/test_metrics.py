"""Figures for Prometheus, request ids and the log."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from conftest import ROOT, Service, serving


@pytest.fixture(scope="module")
def measured(releases_folder: Path) -> Iterator[Service]:
    with serving(releases_folder, query_seconds="0.5", log_requests="true") as running:
        yield running


def _figures(client: httpx.Client) -> dict[tuple[str, str], float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    return {
        (
            sample.name,
            sample.labels.get("route", "") + sample.labels.get("status", ""),
        ): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_what_happens_is_counted(measured: Service) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with measured.client() as client:
        before = _figures(client)
        for _ in range(3):
            client.get("/id/body/gcim.json")
        client.get("/nothing-here/at-all")
        assert client.get("/sparql", params={"query": slow}).status_code == 503
        after = _figures(client)
    grown = {key: after[key] - before.get(key, 0) for key in after}
    assert grown["gcm_requests_total", "/id200"] == 3
    assert grown["gcm_requests_total", "other404"] == 1
    assert grown["gcm_requests_total", "/sparql503"] == 1
    assert grown["gcm_cache_hits_total", ""] == 2
    assert grown["gcm_workers_retired_total", ""] == 1
    assert grown["gcm_request_seconds_count", "/id"] == 3
    assert after["process_resident_memory_bytes", ""] > 1_000_000


@pytest.mark.parametrize(
    ("given", "kept"), [("abc-1.2_3", True), ("a b", False), ("x" * 65, False), ("a\tb", False)]
)
def test_a_request_keeps_a_plain_id_and_gets_a_new_one_otherwise(
    measured: Service, given: str, kept: bool
) -> None:
    with measured.client(headers={"X-Request-ID": given}) as client:
        first, second = (client.get("/health/live").headers["X-Request-ID"] for _ in range(2))
    assert (first == second == given) is kept
    assert kept or (first != second and len(first) == 32)


def test_a_line_of_the_log_is_json_with_the_id_and_cannot_be_split(
    releases_folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with serving(releases_folder, log_requests="true") as running, running.client() as client:
        client.get("/id/body/a%0A%7B%22event%22:%22forged%22%7D", headers={"X-Request-ID": "one"})
    lines = [line for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    said = [json.loads(line) for line in lines]
    (mine,) = [one for one in said if one["request_id"] == "one"]
    assert mine["path"].endswith('a\n{"event":"forged"}')
    assert mine["status"] in {400, 404}
    assert not [one for one in said if one["event"] == "forged"]


def test_every_figure_is_documented(measured: Service) -> None:
    said = (ROOT / "docs" / "performance.md").read_text()
    with measured.client() as client:
        names = {name for name, _ in _figures(client) if name.startswith("gcm_")}
    ends = ("_bucket", "_count", "_sum", "_created")
    assert {n for n in names if not n.endswith(ends) and f"`{n}`" not in said} == set()
