"""Faults of a build: what was current stays, what is half-written is never served."""

import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import small_root
from gcm_graph.build import pipeline
from gcm_graph.release import shelf

MORE = 'r:para-51 { body:iom gcm:purpose "helps"@en . }\n'


@pytest.fixture
def project(tmp_path: Path) -> tuple[Path, Path, str]:
    """A project with one release that has changed since, its releases, and the digest."""
    root, out = small_root.make(tmp_path / "root"), tmp_path / "release"
    made = pipeline.build(root, out)
    (root / "data" / "more.trig").write_text(small_root.PREFIXES + MORE)
    return root, out, made.digest


def build(root: Path, out: Path, **more: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "gcm_graph", "build", "--out", str(out)]
    # A tool that watches the tests would write files of its own, and meet the same full disk.
    watched = {name for name in os.environ if name.startswith("COVERAGE_")}
    kept = {name: value for name, value in os.environ.items() if name not in watched}
    environment = {**kept, "GCM_ROOT": str(root)}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more
    )  # type: ignore[call-overload]


def whole(out: Path) -> str:
    """Return the digest of the current release, which must be whole."""
    current = out / "current"
    told = json.loads((current / "manifest.json").read_text())
    digest = hashlib.sha256((current / "dataset.nq").read_bytes()).hexdigest()
    assert told["digest"] == digest
    return str(digest)


def test_a_build_that_is_killed_while_it_writes_changes_nothing(
    project: tuple[Path, Path, str],
) -> None:
    root, out, before = project
    building = build(root, out)
    end = time.monotonic() + 120
    while not list(out.glob(".*.*")) and building.poll() is None:
        assert time.monotonic() < end
        time.sleep(0.001)
    building.send_signal(signal.SIGKILL)
    building.wait(10)
    assert whole(out) == before
    assert len(shelf.releases(out)) >= 1
    again = build(root, out)
    assert again.wait(120) == 0, again.stderr
    assert whole(out) != before
    assert not list(out.glob(".*")), "what the killed build left is gone"


def test_a_disk_that_is_full_is_told_and_changes_nothing(project: tuple[Path, Path, str]) -> None:
    root, out, before = project

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing then fails with EFBIG
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    building = build(root, out, preexec_fn=full)
    _, said = building.communicate(timeout=120)
    assert building.returncode == 2
    assert "could not be written" in said
    assert "stays as it was" in said
    assert "Traceback" not in said
    assert whole(out) == before
    assert not list(out.glob(".*"))
    assert len(shelf.releases(out)) == 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    root = small_root.make(tmp_path / "root")
    (tmp_path / "file").write_text("")
    building = build(root, tmp_path / "file" / "release")
    _, said = building.communicate(timeout=120)
    assert building.returncode == 2
    assert "could not be written" in said
