"""The commands build and check: what they print, and their exit codes."""

import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

import small_root
from gcm_graph import cli
from gcm_graph.cli.progress import Progress
from gcm_graph.settings import settings


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GCM_ROOT", str(tmp_path / "root"))
    monkeypatch.setenv("GCM_RELEASE", str(tmp_path / "release"))
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_build_prints_phases_and_counts(tmp_path: Path) -> None:
    small_root.make(tmp_path / "root")
    result = CliRunner().invoke(cli.app, ["build"])
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    phases = [line.split()[0] for line in lines if " s  " in line]
    assert phases == ["load", "compare", "check", "derive", "validate", "write"]
    manifest = json.loads((tmp_path / "release" / "current" / "manifest.json").read_text())
    printed = dict(line.split() for line in lines if len(line.split()) == 2)
    for name, figure in (manifest["counts"] | manifest["classes"]).items():
        assert printed[name] == f"{figure:,}"
    assert lines[-1] == f"release {manifest['digest'][:16]}"


def test_check_prints_warnings_and_no_release(tmp_path: Path) -> None:
    small_root.make(tmp_path / "root")
    result = CliRunner().invoke(cli.app, ["check"])
    assert result.exit_code == 0, result.output
    assert "warning: A source should have an address" in result.output
    assert "violations: 0, warnings: 2" in result.output
    assert not (tmp_path / "release").exists()


def test_check_finds_a_query_that_is_wrong(tmp_path: Path) -> None:
    root = small_root.make(tmp_path / "root")
    (root / "queries" / "bad.rq").write_text("#+ nonsense: 1\nSELECT ?s WHERE { ?s ?p }\n")
    result = CliRunner().invoke(cli.app, ["check"])
    assert result.exit_code == 1
    assert "queries/bad.rq:1: violation: " in result.stderr


@pytest.mark.parametrize("command", ["build", "check"])
def test_faults_go_to_standard_error_with_exit_code_1(command: str, tmp_path: Path) -> None:
    small_root.make(tmp_path / "root", 'body:iom gcm:purpose "x"@en .\n')
    result = CliRunner().invoke(cli.app, [command])
    assert result.exit_code == 1
    assert "data/more.trig:17: violation: this statement stands outside" in result.stderr
    assert result.stderr.endswith("faults: 1\n")


def test_a_terminal_shows_what_a_phase_works_on() -> None:
    console = Console(force_terminal=True, record=True, width=80)
    progress = Progress(console)
    progress.begin("load")
    progress.step("data/file.trig")
    progress.end("load", 1.25, "12 statements")
    progress.begin("check")
    progress.close()
    assert "load        1.2 s  12 statements" in console.export_text()
