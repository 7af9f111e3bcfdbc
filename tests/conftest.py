"""What the tests share: this checkout's graph, built once for all test processes."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from gcm_graph.build import pipeline
from gcm_graph.graph.reader import Reader, open_reader
from gcm_graph.store import embedded

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def built() -> pipeline.Built:
    """The checked statements of this checkout, for tests that look at the build itself."""
    return pipeline.assemble(ROOT)


@pytest.fixture(scope="session")
def releases_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release of this checkout; parallel test processes share it.

    ``GCM_TEST_RELEASES`` names a folder that holds one already, for a developer who runs one file
    of tests again and again; nothing tells whether it is up to date.
    """
    if given := os.environ.get("GCM_TEST_RELEASES"):
        return Path(given)
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    out = shared / "release"
    with (shared / "release.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / "current").exists():
            pipeline.build(ROOT, out)
    return out


@pytest.fixture(scope="session")
def release(releases_folder: Path) -> Path:
    return (releases_folder / "current").resolve()


@pytest.fixture(scope="session")
def store(release: Path) -> ox.Store:
    return embedded.load(release)


@dataclass(frozen=True)
class Service:
    """A running service: its address and its process."""

    address: str
    process: "subprocess.Popen[bytes]"

    def client(self, **more: Any) -> httpx.Client:
        # Without TLS there is no need to read the machine's certificates, which takes longer than
        # most requests.
        return httpx.Client(base_url=self.address, timeout=30, verify=False, **more)


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def serving(releases_folder: Path, *arguments: str, **settings: str) -> Iterator[Service]:
    """Run ``gcm-graph serve`` on a free port until the block ends."""
    port = free_port()
    environment = {**os.environ, "GCM_RELEASE": str(releases_folder)}
    environment |= {f"GCM_{name.upper()}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "gcm_graph", "serve", "--port", str(port), *arguments]
    process = subprocess.Popen(command, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            assert process.poll() is None, "the service ended at its start"
            try:
                if httpx.get(f"{address}/health/ready").status_code == 200:
                    break
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        yield Service(address, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(15)


@pytest.fixture(scope="session")
def service(releases_folder: Path) -> Iterator[Service]:
    with serving(releases_folder, query_seconds="1") as running:
        yield running


@pytest.fixture
def client(service: Service) -> Iterator[httpx.Client]:
    with service.client() as opened:
        yield opened


@pytest.fixture(scope="session")
def reader(store: ox.Store) -> Reader:
    return open_reader(embedded.Embedded(store, "test"))
