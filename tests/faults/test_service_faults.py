"""Faults of a running service: it says what happened, keeps answering, and comes back alone."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import process
import pytest

import small_root
from conftest import Service, serving
from gcm_graph.build import pipeline

ASK = {"query": "ASK { ?s ?p ?o }", "format": "json"}
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HOARD = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?f"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small release."""
    folder = tmp_path_factory.mktemp("faults")
    pipeline.build(small_root.make(folder / "root"), folder / "release")
    return folder / "release"


@pytest.fixture(scope="module")
def running(small: Path) -> Iterator[Service]:
    settings = {"query_workers": "2", "query_seconds": "5", "worker_memory": str(200 << 20)}
    with serving(small, **settings) as service:
        yield service


def answers(service: Service) -> bool:
    """Tell whether a free-form query, a page and the state of the service are as they should be."""
    with service.client() as client:
        asked = client.get("/sparql", params=ASK)
        page = client.get("/id/body/iom")
        ready = client.get("/health/ready")
    return [asked.status_code, page.status_code, ready.status_code] == [200, 200, 200]


def test_an_idle_worker_that_is_killed_is_replaced(running: Service) -> None:
    assert answers(running)
    before = process.workers(running.process.pid)
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    process.until(lambda: not any(process.alive(one) for one in before))
    assert answers(running)
    assert answers(running)


def test_a_worker_that_is_killed_in_a_query_is_told_and_replaced(running: Service) -> None:
    told: list[httpx.Response] = []

    def ask() -> None:
        with running.client() as client:
            told.append(client.get("/sparql", params={"query": CROSS, "format": "json"}))

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(1)
    for worker in process.workers(running.process.pid):
        os.kill(worker, signal.SIGKILL)
    asking.join(30)
    assert told[0].status_code == 503
    assert "ended before the answer" in told[0].json()["detail"]
    assert answers(running)


def test_the_parent_of_the_workers_is_replaced(running: Service) -> None:
    first = process.zygote(running.process.pid)
    os.kill(first, signal.SIGKILL)
    process.until(lambda: not process.alive(first))
    process.until(lambda: answers(running))
    assert process.zygote(running.process.pid) != first


def test_a_query_that_needs_too_much_memory_is_told_so_and_harms_nobody(running: Service) -> None:
    with running.client() as client:
        refused = client.get("/sparql", params={"query": HOARD, "format": "json"})
    assert refused.status_code == 503
    assert refused.json()["type"].rpartition(":")[2] in {"memory", "deadline"}
    assert answers(running)


def test_a_service_that_is_killed_leaves_nothing_behind_and_starts_again(small: Path) -> None:
    with serving(small) as service:
        below = list(process.offspring(service.process.pid))
        assert below
        service.process.kill()
        service.process.wait(10)
        process.until(lambda: not any(process.alive(one) for one in below))
    with serving(small) as service:
        assert answers(service)


def test_a_service_that_is_stopped_ends_what_it_began(small: Path) -> None:
    with serving(small) as service:
        below = list(process.offspring(service.process.pid))
        service.process.send_signal(signal.SIGTERM)
        service.process.wait(20)
        process.until(lambda: not any(process.alive(one) for one in below))


def serve_once(shelf: Path) -> "subprocess.CompletedProcess[str]":
    """Run ``serve`` on a release that it cannot serve."""
    command = [sys.executable, "-m", "gcm_graph", "serve", "--port", "0"]
    environment = {**os.environ, "GCM_RELEASE": str(shelf)}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def copied(small: Path, folder: Path) -> tuple[Path, Path]:
    """Return a copy of the folder of releases, and the current release in it."""
    shutil.copytree(small, folder, symlinks=True)
    return folder, (folder / "current").resolve()


@pytest.mark.parametrize("damage", ["cut", "changed", "missing", "manifest", "no manifest"])
def test_a_damaged_release_is_told_and_not_served(small: Path, tmp_path: Path, damage: str) -> None:
    shelf, release = copied(small, tmp_path / "release")
    dataset, manifest = release / "dataset.nq", release / "manifest.json"
    content = dataset.read_bytes()
    if damage == "cut":
        dataset.write_bytes(content[: content.rindex(b"\n", 0, -1) + 1])  # whole lines only
    elif damage == "changed":
        dataset.write_bytes(content.replace(b"2020-11", b"2020-12"))
    elif damage == "missing":
        dataset.unlink()
    elif damage == "manifest":
        manifest.write_text('{"digest": ')
    else:
        manifest.unlink()
    ended = serve_once(shelf)
    assert ended.returncode == 2
    assert ("manifest.json" if "manifest" in damage else "dataset.nq") in ended.stderr
    assert "gcm-graph build" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_files_that_go_missing_while_it_runs_take_only_themselves_away(
    small: Path, tmp_path: Path
) -> None:
    shelf, release = copied(small, tmp_path / "release")
    with serving(shelf) as service, service.client() as client:
        assert client.get("/download/graph.nt").status_code == 200
        (release / "graph.nt").unlink()
        (release / "dataset.nq").unlink()
        (shelf / "current").unlink()
        gone = client.get("/download/graph.nt")
        assert gone.status_code == 503
        assert "missing" in gone.json()["detail"]
        assert answers(service)
        worker = process.workers(service.process.pid)[0]
        os.kill(worker, signal.SIGKILL)  # a new one needs no file
        assert answers(service)
        assert client.get("/download/void.ttl").status_code == 200


def test_a_damaged_release_beside_the_one_that_is_served_is_passed_over(
    small: Path, tmp_path: Path
) -> None:
    shelf, _ = copied(small, tmp_path / "release")
    for name, text in (("a" * 16, "{"), ("b" * 16, "[]"), (".c" * 8, '{"digest": "c"}')):
        (shelf / name).mkdir()
        (shelf / name / "manifest.json").write_text(text)
    with serving(shelf) as service, service.client() as client:
        assert client.get("/changes").status_code in {200, 404}
        assert client.get("/", params={"release": "a" * 16}).status_code == 404
        assert answers(service)


def test_a_clock_that_is_wrong_changes_no_answer(small: Path, tmp_path: Path) -> None:
    shelf, release = copied(small, tmp_path / "release")
    manifest = release / "manifest.json"
    told = json.loads(manifest.read_text())
    for built in ("2099-01-01T00:00:00+00:00", "1970-01-01T00:00:00+00:00"):
        manifest.write_text(json.dumps({**told, "built": built}))
        with serving(shelf) as service, service.client() as client:
            assert answers(service)
            for path in ("/", "/download", "/timemap/id/body/iom", "/changes", "/api/release"):
                assert client.get(path).status_code in {200, 404}, path
            past = {"Accept-Datetime": "Thu, 01 Jan 2026 00:00:00 GMT"}
            assert client.get("/id/body/iom", headers=past).status_code in {200, 302, 406}
