"""One stand of engines for all test processes; a test is skipped where its engine is missing."""

import fcntl
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from . import stand

INSTALL = {
    "oxigraph": "pip install oxigraph",
    "virtuoso": "apt-get install virtuoso-opensource",
}
PROGRAMS = {"oxigraph": stand.oxigraph_program, "virtuoso": stand.virtuoso_program}


def need(engine: str) -> None:
    """Skip the test where ``engine`` is missing; fail where programs are required."""
    if PROGRAMS[engine]() is not None:
        return
    reason = f"needs {engine}: {INSTALL[engine]}"
    if os.environ.get("GCM_REQUIRE_PROGRAMS"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def stands(
    releases_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, stand.Running]:
    """The engines that this machine has, each holding the release, with a service in front."""
    base = tmp_path_factory.getbasetemp()
    parallel = "PYTEST_XDIST_WORKER" in os.environ
    folder = (base.parent if parallel else base) / "engines"
    folder.mkdir(exist_ok=True)
    ready = folder / "stand.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            watched = os.getppid() if parallel else os.getpid()
            command = [sys.executable, stand.__file__, str(folder), str(releases_folder)]
            with (folder / "output.log").open("wb") as log:
                started = subprocess.Popen(
                    [*command, str(watched)], stdout=log, stderr=log, start_new_session=True
                )
            while not ready.exists():
                said = (folder / "output.log").read_text(errors="replace")
                assert started.poll() is None, f"the engines did not start: {said[-3000:]}"
                time.sleep(0.2)
    told = json.loads(ready.read_text(encoding="ascii"))
    return {name: stand.Running(**one) for name, one in told.items()}


@pytest.fixture(params=["oxigraph", "virtuoso"])
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    need(name)
    return name
