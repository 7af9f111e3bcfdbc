"""The engines beside the tests: Oxigraph and Virtuoso on loopback, each holding the release.

``python tests/engines/stand.py FOLDER SHELF WATCHED`` starts what the machine has of them in
FOLDER, publishes the release of SHELF to each with ``gcm-graph load``, starts a service in front of
each, writes the addresses to ``FOLDER/stand.json``, and ends everything once the process WATCHED
is gone. Test processes that run side by side share one stand.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conftest import free_port, serving

USER, PASSWORD = "dba", "dba"
"""The writer that a new database of Virtuoso has."""


@dataclass(frozen=True)
class Running:
    """A running engine: its query service, its Virtuoso protocol, and the service in front."""

    url: str
    isql: str = ""
    service: str = ""


def oxigraph_program() -> str | None:
    """The server of the PyPI package ``oxigraph``, or one on the PATH."""
    beside = Path(sysconfig.get_path("scripts")) / "oxigraph"
    return str(beside) if beside.exists() else shutil.which("oxigraph")


def virtuoso_program() -> str | None:
    return shutil.which("virtuoso-t") if shutil.which("isql-vt") else None


@contextmanager
def process(command: Sequence[str], folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with (folder / "output.log").open("wb") as log:
        started = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            yield started
        finally:
            started.terminate()
            try:
                started.wait(20)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


def wait(url: str, started: "subprocess.Popen[bytes]", seconds: float = 90) -> None:
    latest = time.monotonic() + seconds
    while time.monotonic() < latest:
        assert started.poll() is None, f"{started.args!r} ended at its start"
        try:
            httpx.get(url, timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} did not answer in {seconds} s")


@contextmanager
def oxigraph(folder: Path, port: int = 0) -> Iterator[Running]:
    """An Oxigraph server in memory, empty."""
    port = port or free_port()
    program = oxigraph_program()
    assert program is not None
    folder.mkdir(exist_ok=True)
    with process([program, "serve", "--bind", f"127.0.0.1:{port}"], folder) as started:
        wait(f"http://127.0.0.1:{port}/", started)
        yield Running(f"http://127.0.0.1:{port}/query")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Running]:
    """A Virtuoso with a new database."""
    http, sql = free_port(), free_port()
    program = virtuoso_program()
    assert program is not None
    (folder / "vsp").mkdir(parents=True)
    template = Path(__file__).with_name("virtuoso.ini").read_text(encoding="ascii")
    filled = template.replace("{http}", str(http)).replace("{sql}", str(sql))
    (folder / "virtuoso.ini").write_text(filled, encoding="ascii")
    with process([program, "-f", "+configfile", "virtuoso.ini"], folder) as started:
        wait(f"http://127.0.0.1:{http}/", started)
        yield Running(f"http://127.0.0.1:{http}/sparql", f"127.0.0.1:{sql}")


def load(running: Running, shelf: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    """Publish the current release of ``shelf``, as people do."""
    environment = {**os.environ, "GCM_RELEASE": str(shelf)}
    environment |= {"GCM_ENDPOINT_USER": USER, "GCM_ENDPOINT_PASSWORD": PASSWORD}
    quick = ("--isql", running.isql) if running.isql else ()
    command = [sys.executable, "-m", "gcm_graph", "load", running.url, *quick, *more]
    return subprocess.run(
        command, check=False, env=environment, capture_output=True, text=True, timeout=300
    )


def main(folder: Path, shelf: Path, watched: int) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    stands: dict[str, dict[str, str]] = {}
    with ExitStack() as held:
        for name, program, start in (
            ("oxigraph", oxigraph_program(), oxigraph),
            ("virtuoso", virtuoso_program(), virtuoso),
        ):
            if program is None:
                continue
            running = held.enter_context(start(folder / name))
            done = load(running, shelf)
            assert done.returncode == 0, done.stdout + done.stderr
            served = held.enter_context(
                serving(shelf, "--endpoint", running.url, endpoint_seconds="60")
            )
            stands[name] = asdict(Running(running.url, running.isql, served.address))
        part = folder / "stand.part"
        part.write_text(json.dumps(stands), encoding="ascii")
        part.rename(folder / "stand.json")
        while _lives(watched):
            time.sleep(0.5)


def _lives(watched: int) -> bool:
    try:
        os.kill(watched, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
