"""Every example of ``docs/clients/`` runs as printed and prints what the page shows.

After a change of the data, ``GCM_WRITE_EXAMPLES=1 pytest tests/clients`` writes the new output into
the pages and notebooks; read the difference before you commit it.
"""

import fcntl
import json
import os
import shutil
import subprocess
from pathlib import Path

import examples
import pytest

from conftest import ROOT, Service

WRITE = os.environ.get("GCM_WRITE_EXAMPLES") == "1"
REQUIRED = os.environ.get("GCM_REQUIRE_PROGRAMS") == "1"
PAGES = sorted(examples.PAGES.glob("*.md"))
EVERY = [example for page in PAGES for example in examples.examples(page)]


def missing(what: str, remedy: str) -> None:
    """Skip for want of a program, or fail where every program must be there."""
    message = f"{what} is missing: {remedy}"
    if REQUIRED:
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def comunica() -> None:
    """The packages of the JavaScript examples, installed from the lock file once."""
    folder = examples.HERE
    installed = folder / "node_modules" / ".package-lock.json"
    with (folder / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if installed.exists():
            return
        ended = subprocess.run(
            [*examples.NPM, "ci", "--no-audit", "--no-fund", "--prefer-offline"],
            cwd=folder,
            env={**os.environ, "PATH": f"{examples.NODE.parent}:{os.environ['PATH']}"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if ended.returncode != 0 or not installed.exists():
        missing("Comunica", f"npm ci --prefix tests/clients\n{ended.stderr[-2000:]}")


@pytest.mark.parametrize("example", EVERY, ids=lambda example: example.name)
def test_an_example_prints_what_its_page_shows(
    example: examples.Example,
    service: Service,
    releases_folder: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    if example.language == "js":
        request.getfixturevalue("comunica")
    if example.language == "r" and shutil.which("Rscript") is None:
        # R is the one program that is not required: its packages weigh more than all the others.
        pytest.skip("R is missing: apt-get install r-base-core r-cran-httr2 r-cran-jsonlite")
    printed = examples.run(
        example, service.address, tmp_path, {"GCM_RELEASE": str(releases_folder)}
    )
    if example.printed is None:
        return
    if WRITE and not examples.agrees(printed, example.printed):
        (now,) = (e for e in examples.examples(example.page) if e.number == example.number)
        content = example.page.read_text(encoding="utf-8")
        first, last = now.span
        example.page.write_text(content[:first] + printed + content[last:], encoding="utf-8")
        return
    assert examples.agrees(printed, example.printed), printed


def test_every_door_has_a_page_with_an_example() -> None:
    names = {page.stem for page in PAGES if examples.examples(page)}
    assert names >= {"assistants", "curl", "gephi", "javascript", "openrefine", "python", "r"}
    index = (examples.PAGES / "README.md").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "docs/clients/" in readme
    for page in PAGES:
        assert page.name == "README.md" or f"]({page.name})" in index


def test_the_configuration_of_an_assistant_is_valid_json() -> None:
    page = (examples.PAGES / "assistants.md").read_text(encoding="utf-8")
    blocks = [block.split("```")[0] for block in page.split("```json\n")[1:]]
    servers = [json.loads(block)["mcpServers"]["gcm-graph"] for block in blocks]
    assert any(server.get("url") == f"{examples.ADDRESS}/mcp" for server in servers)
    assert any(server.get("args") == ["mcp"] for server in servers)
