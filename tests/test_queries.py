"""The library queries answer from the built graph."""

from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("path", sorted((ROOT / "queries").glob("*.rq")), ids=lambda p: p.stem)
def test_each_query_has_an_answer_with_passages(path: Path, store: ox.Store) -> None:
    rows = list(store.query(path.read_text()))
    assert rows
    assert all(row["passage"].value for row in rows)
