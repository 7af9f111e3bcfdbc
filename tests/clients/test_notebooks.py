"""The notebooks of ``docs/notebooks/`` run, and print the figures that are stored in them."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from conftest import ROOT, Service

WRITE = os.environ.get("GCM_WRITE_EXAMPLES") == "1"
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


def printed(book: nbformat.NotebookNode) -> list[str]:
    """What the cells of a notebook print, one text a cell; pictures are not compared."""
    return [
        "".join(out.text for out in cell.outputs if out.output_type == "stream")
        for cell in book.cells
        if cell.cell_type == "code"
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_prints_the_figures_that_are_stored(
    path: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCM_URL", service.address)
    stored = nbformat.read(path, as_version=4)
    book = nbformat.read(path, as_version=4)
    NotebookClient(book, timeout=60, kernel_name="python3", record_timing=False).execute()
    if WRITE and printed(book) != printed(stored):
        nbformat.write(book, path)
        return
    assert printed(book) == printed(stored)
    pictures = [
        out
        for cell in book.cells
        if cell.cell_type == "code"
        for out in cell.outputs
        if "image/png" in out.get("data", {})
    ]
    assert len(pictures) >= 3


def test_there_are_two_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["lineage-and-networks", "votes-and-follow-up"]
