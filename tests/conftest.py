"""What the tests share: this checkout's graph, built once for all test processes."""

import fcntl
import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from gcm_graph.build import pipeline, release as releases
from gcm_graph.store import embedded

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def built() -> pipeline.Built:
    """The checked statements of this checkout, for tests that look at the build itself."""
    return pipeline.assemble(ROOT)


@pytest.fixture(scope="session")
def releases_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release of this checkout; parallel test processes share it."""
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
