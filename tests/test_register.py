"""No released IRI vanishes: the check, the command, and what the service says of one withdrawn."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

import small_root
from conftest import ROOT, serving
from gcm_graph.build import pipeline
from gcm_graph.cli import app
from gcm_graph.release import register
from gcm_graph.settings import settings

HEAD = "iri\tisReplacedBy\tdate\treason\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small project of which a release is built and entered into its register."""
    made = small_root.make(tmp_path / "project")
    shutil.copytree(ROOT / "queries", made / "queries", dirs_exist_ok=True)
    pipeline.build(made, tmp_path / "release")
    monkeypatch.setenv("GCM_ROOT", str(made))
    monkeypatch.setenv("GCM_RELEASE", str(tmp_path / "release"))
    settings.cache_clear()
    assert CliRunner().invoke(app, ["register"]).exit_code == 0
    yield made
    monkeypatch.undo()
    settings.cache_clear()


def check() -> tuple[int, str]:
    ran = CliRunner().invoke(app, ["check"])
    return ran.exit_code, " ".join(ran.output.split())


def withdraw(root: Path, *lines: str) -> None:
    (root / register.FOLDER / "withdrawn.tsv").write_text(
        HEAD + "".join(f"{one}\n" for one in lines)
    )


def release_more(root: Path, *iris: str) -> None:
    """Enter ``iris`` as released, of which there is nothing now."""
    path = root / register.FOLDER / "iris.txt"
    path.write_text("".join(f"{one}\n" for one in sorted({*path.read_text().split(), *iris})))


def test_a_register_that_holds_what_there_is_passes_and_is_written_the_same(root: Path) -> None:
    before = (root / register.FOLDER / "iris.txt").read_text()
    assert "id/body/iom\n" in before
    assert before.split() == sorted(before.split())
    assert "id/disagreement/" not in before
    assert check()[0] == 0
    again = CliRunner().invoke(app, ["register"])
    assert again.output.startswith("0 new IRIs")
    assert (root / register.FOLDER / "iris.txt").read_text() == before


def test_an_iri_that_vanished_is_found_with_file_and_line(root: Path) -> None:
    release_more(root, "id/body/abc-old")
    code, said = check()
    line = (root / register.FOLDER / "iris.txt").read_text().split().index("id/body/abc-old") + 1
    assert code == 1
    assert f"data/released/iris.txt:{line}:" in said
    assert "https://w3id.org/gcm-graph/id/body/abc-old" in said


@pytest.mark.parametrize(
    ("line", "passes"),
    [
        ("id/body/old\tid/body/iom\t2026-01-01\tone body with two names", True),
        ("id/body/old\t\t2026-01-01\tit never was", True),
        ("id/body/old\tid/body/nowhere\t2026-01-01\ta reason", False),
        ("id/body/old\t\t2026-01-01\t", False),
        ("id/body/iom\t\t2026-01-01\ta reason", False),
        ("id/body/old\tid/body/iom", False),
    ],
)
def test_a_withdrawal_names_what_is_there_or_a_reason(root: Path, line: str, passes: bool) -> None:
    if passes:
        release_more(root, "id/body/old")
    withdraw(root, line)
    code, said = check()
    assert (code == 0) is passes, said
    if not passes:
        assert "withdrawn.tsv" in said


def test_the_service_leads_on_or_says_why_it_is_gone(root: Path, tmp_path: Path) -> None:
    withdraw(
        root,
        "id/body/older\tid/body/old\t2026-01-01\tit was renamed",
        "id/body/old\tid/body/iom\t2026-02-01\tone body with two names",
        "id/body/none\t\t2026-03-01\tit never was",
    )
    folder = root / register.FOLDER / "releases.tsv"
    folder.write_text(folder.read_text() + f"{'ab' * 32}\t0.0.1\t2025-01-01\n")
    (root / "data" / "ledger").symlink_to(ROOT / "data" / "ledger")
    with serving(tmp_path / "release", root=str(root)) as running, running.client() as client:
        moved: httpx.Response = client.get("/id/body/older.ttl?lang=fr", follow_redirects=False)
        assert moved.status_code == 301
        assert moved.headers["location"].endswith("/id/body/iom.ttl?lang=fr")
        assert client.get("/id/body/old", follow_redirects=True).status_code == 200
        gone = client.get("/id/body/none")
        assert gone.status_code == 410
        assert "it never was" in gone.json()["detail"]
        assert client.get("/id/body/nothing").status_code == 404
        assert client.get(f"/id/body/iom?release={'ab' * 8}").status_code == 410


def test_no_iri_of_the_last_release_has_vanished(built: pipeline.Built) -> None:
    known = register.read(ROOT)
    assert register.faults(known, register.held([*built.quads, *built.merge])) == []
