"""The documents say what the code says: a generated one that has drifted fails the build."""

import re
from pathlib import Path

import pytest

from gcm_graph.documentation import DOCUMENTS

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
