"""A new release takes the place of the old one while the service answers."""

import hashlib
import json
import os
import shutil
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from conftest import Service, serving

_PATHS = (
    "/id/body/un-network-on-migration.json",
    "/id/body/gcim",
    "/sparql?query=SELECT%20%3Fp%20%7B%3Chttp%3A//metadata.un.org/sdg/10.7%3E%20%3Fp%20%3Fo%7D",
)


def _shelf(release: Path, folder: Path) -> tuple[str, str]:
    """Lay two releases into ``folder``, the first of them current; return their digests."""
    digests = []
    for number in range(2):
        dataset = (release / "dataset.nq").read_bytes()
        dataset += f'<urn:x:release> <urn:x:number> "{number}" .\n'.encode()
        digest = hashlib.sha256(dataset).hexdigest()
        made = folder / digest[:16]
        made.mkdir()
        (made / "dataset.nq").write_bytes(dataset)
        shutil.copy(release / "void.ttl", made / "void.ttl")
        told = json.loads((release / "manifest.json").read_text()) | {"digest": digest}
        (made / "manifest.json").write_text(json.dumps(told))
        digests.append(digest)
    (folder / "current").symlink_to(digests[0][:16])
    return digests[0], digests[1]


def _switch(folder: Path, digest: str) -> None:
    link = folder / ".next"
    link.symlink_to(digest[:16])
    link.replace(folder / "current")


class _Load:
    """Readers who ask without end, over connections that are kept."""

    def __init__(self, service: Service, readers: int) -> None:
        self.failures: list[str] = []
        self.answers = 0
        self._service = service
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=(n,)) for n in range(readers)]

    def _read(self, number: int) -> None:
        with self._service.client() as client:
            turn = number
            while not self._over.is_set():
                turn += 1
                path = _PATHS[turn % len(_PATHS)]
                try:
                    answer = client.get(path, headers={"X-Turn": str(turn % 40)})
                    if answer.status_code != 200:
                        self.failures.append(f"{path}: {answer.status_code} {answer.text[:200]}")
                except httpx.TransportError as error:
                    self.failures.append(f"{path}: {error!r}")
                self.answers += 1

    def __enter__(self) -> "_Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()


def _served(service: Service) -> str:
    return str(httpx.get(f"{service.address}/health/ready", timeout=30).json().get("release"))


@pytest.mark.parametrize(("workers", "watch"), [("1", "0"), ("2", "0"), ("1", "0.2")])
def test_no_request_fails_while_a_new_release_comes_in(
    release: Path, tmp_path: Path, workers: str, watch: str
) -> None:
    old, new = _shelf(release, tmp_path)
    with serving(
        tmp_path, "--workers", workers, watch_seconds=watch, query_seconds="20"
    ) as running:
        assert _served(running) == old
        with _Load(running, 3) as load:
            time.sleep(1)
            _switch(tmp_path, new)
            if watch == "0":
                os.kill(running.process.pid, signal.SIGHUP)
            until = time.monotonic() + 90
            seen: list[str] = []
            while seen[-6:] != [new] * 6 and time.monotonic() < until:
                seen.append(_served(running))
                time.sleep(0.1)
            assert seen[-6:] == [new] * 6
            time.sleep(1)
        assert load.failures == []
        assert load.answers > 10
        query = {"query": "SELECT ?n { <urn:x:release> <urn:x:number> ?n }"}
        rows = httpx.get(f"{running.address}/sparql", params=query, timeout=60).json()
        assert [row["n"]["value"] for row in rows["results"]["bindings"]] == ["1"]


def test_a_release_that_cannot_be_opened_leaves_the_old_one(release: Path, tmp_path: Path) -> None:
    old, new = _shelf(release, tmp_path)
    (tmp_path / new[:16] / "dataset.nq").write_text("this is no RDF")
    with serving(tmp_path, watch_seconds="0.2") as running:
        _switch(tmp_path, new)
        time.sleep(5)
        assert _served(running) == old
        assert httpx.get(f"{running.address}{_PATHS[0]}", timeout=60).status_code == 200
