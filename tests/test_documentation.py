"""The documents say what the code says: a generated one that has drifted fails the build."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from gcm_graph.documentation import DOCUMENTS, picture
from gcm_graph.documentation.__main__ import write
from gcm_graph.store import embedded

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_generated_document_is_up_to_date(name: str) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == DOCUMENTS[name](), "run `make docs`"


def test_every_link_between_documents_leads_to_a_file() -> None:
    broken = []
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        broken += [f"{path.name}: {t}" for t in targets if not (path.parent / t).exists()]
    assert broken == []


def test_every_file_that_the_readme_names_is_there() -> None:
    named = re.findall(
        r"`((?:ontology|data|src|queries|tests|docs)/[\w./-]*)`", (ROOT / "README.md").read_text()
    )
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_picture_of_the_readme_is_drawn_from_this_graph(store: ox.Store) -> None:
    drawn = picture.render(embedded.Embedded(store, "digest"))
    assert (ROOT / "docs" / "lineage.svg").read_text(encoding="utf-8") == drawn, "run `make docs`"


def test_the_documents_are_written_by_one_command(tmp_path: Path) -> None:
    write(tmp_path)
    for name in (*DOCUMENTS, "coverage.md", "lineage.svg"):
        assert (tmp_path / name).read_text() == (ROOT / "docs" / name).read_text()


def test_the_answer_in_the_readme_is_the_answer(releases_folder: Path) -> None:
    command = [sys.executable, "-m", "gcm_graph", "lineage", "event/imrf-2022", "forum/hld"]
    environment = {**os.environ, "GCM_RELEASE": str(releases_folder)}
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = text.partition("lineage event/imrf-2022 forum/hld\n")[2].partition("\n\n")[0]
    lines = [line.strip() for line in shown.splitlines() if line.strip() != "…"]
    assert lines
    assert [line for line in lines if line not in told.stdout] == []
