"""Two releases compared: what was added and removed, in words, with passages."""

import json
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

import small_root
from conftest import serving
from gcm_graph.build import pipeline
from gcm_graph.cli import app
from gcm_graph.settings import settings

MORE = 'r:para-51 { body:iom gcm:purpose "helps States"@en . }\n'


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    folder = tmp_path_factory.mktemp("shelf")
    first = pipeline.build(small_root.make(folder / "one"), folder / "release")
    told = json.loads((first.folder / "manifest.json").read_text())
    told["built"] = "2026-01-01T00:00:00+00:00"
    (first.folder / "manifest.json").write_text(json.dumps(told))
    second = pipeline.build(small_root.make(folder / "two", MORE), folder / "release")
    return folder / "release", first.digest, second.digest


def test_the_command_says_what_was_added(
    shelf: tuple[Path, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, first, second = shelf
    monkeypatch.setenv("GCM_RELEASE", str(folder))
    settings.cache_clear()
    run = CliRunner()
    found = run.invoke(app, ["diff", first[:12]])
    assert found.exit_code == 1
    assert (
        "helps States [A/RES/73/195" in found.output or "helps States [The Compact" in found.output
    )
    assert "1 added, 0 removed" in found.output
    back = json.loads(run.invoke(app, ["diff", second, first, "-f", "json"]).stdout_bytes)
    assert (back["added"], back["removed"]) == (0, 1)
    assert back["changes"][0]["added"] is False
    assert run.invoke(app, ["diff", first, first]).exit_code == 0
    unknown = run.invoke(app, ["diff", "0000000000"])
    assert unknown.exit_code == 2
    assert first[:16] in unknown.output
    assert run.invoke(app, ["diff", first, "-f", "png"]).exit_code == 2
    settings.cache_clear()


def test_the_service_tells_it_as_page_and_data(shelf: tuple[Path, str, str]) -> None:
    folder, first, second = shelf
    with serving(folder) as running, running.client() as client:
        told = client.get("/changes", headers={"Accept": "application/json"}).json()
        assert [one["digest"] for one in told["releases"]] == [first, second]
        (change,) = told["difference"]["changes"]
        assert change["value"]["value"] == "helps States"
        assert change["passage"]["locator"] == "para. 51"
        page = client.get("/changes", headers={"Accept": "text/html"})
        assert "helps States" in page.text
        about = {"about": "forum/gcm-regional-reviews", "from": first, "to": second}
        none = client.get("/changes", params=about, headers={"Accept": "application/json"}).json()
        assert none["difference"]["changes"] == []
        earliest = client.get("/changes", params={"to": first}, headers={"Accept": "text/html"})
        assert earliest.status_code == 200
        for wrong, status in (({"from": "00000000"}, 404), ({"about": "nonsense"}, 400)):
            answer: httpx.Response = client.get("/changes", params=wrong)
            assert answer.status_code == status
