"""The page of threats names tests, and each of them is there; what strangers send forges no log."""

import re
from pathlib import Path

import pytest

from conftest import serving

ROOT = Path(__file__).resolve().parents[2]
THREATS = ROOT / "docs" / "threats.md"
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_test_that_the_page_of_threats_names_is_there() -> None:
    rows = [line for line in THREATS.read_text().splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 20
    for row in rows:
        named = _NAMED.findall(row)
        assert named or "no test" in row, row
        for path, name in named:
            text = (ROOT / path).read_text(encoding="utf-8")
            assert re.search(rf"^(async )?def {name}\(", text, re.MULTILINE), f"{path}::{name}"


def test_what_is_sent_forges_no_line_of_the_log(
    releases_folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    forged = "x%0d%0aFORGED%1b[31m"
    with serving(releases_folder) as service, service.client() as client:
        told = {"X-Request-ID": "a\tFORGED \x7f", "User-Agent": "FORGED \x1b[31m"}
        clean = {name: value.encode() for name, value in told.items()}
        for path in (f"/id/body/{forged}", f"/search?q={forged}", f"/sparql?query={forged}"):
            assert client.get(path).status_code < 500
            client.get(path, headers=clean)
        client.post("/sparql", content=b"\r\nFORGED", headers={"Content-Type": "x/y"})
    out, err = capfd.readouterr()
    for line in (out + err).splitlines():
        assert not line.startswith("FORGED"), line
        assert "\x1b[31m" not in line


def test_every_package_is_locked_by_its_digest() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text().replace("\\\n", " ")
        for line in filter(None, text.splitlines()):
            assert "--hash=sha256:" in line, line
