"""Tables: rows become statements through their mapping; a wrong one is told with its line."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from gcm_graph.build import authored, table

MAPPING = {
    "@context": "http://www.w3.org/ns/csvw",
    "url": "votes.csv",
    "graph": "http://x.example/source/{passage}",
    "tableSchema": {
        "aboutUrl": "http://x.example/vote/{state}",
        "columns": [
            {"name": "state", "propertyUrl": "http://x.example/voter",
             "valueUrl": "http://x.example/state/{state}"},
            {"name": "label", "propertyUrl": "http://x.example/label", "lang": "en"},
            {"name": "year", "propertyUrl": "http://x.example/year", "datatype": "gYear"},
            {"name": "passage", "suppressOutput": True},
            {"name": "kind", "virtual": True, "graph": "http://x.example/editors/{year}",
             "propertyUrl": "http://x.example/kind", "valueUrl": "http://x.example/Vote"},
        ],
    },
}  # fmt: skip


def written(root: Path, rows: str, mapping: object = MAPPING) -> Path:
    folder = root / "data" / "tables"
    folder.mkdir(parents=True)
    (folder / "votes.csv").write_text(rows)
    path = folder / "votes.csv-metadata.json"
    path.write_text(mapping if isinstance(mapping, str) else json.dumps(mapping))
    return path


def test_rows_become_statements_with_their_line(tmp_path: Path) -> None:
    path = written(tmp_path, "state,label,year,passage\nMAR,Morocco,2018,a\nFRA,,,b\n")
    found = list(table.read(path, tmp_path))
    assert [place for _, place in found] == [("data/tables/votes.csv", 2)] * 4 + [
        ("data/tables/votes.csv", 3)
    ]
    quads = [quad for quad, _ in found]
    node = ox.NamedNode("http://x.example/vote/MAR")
    graph = ox.NamedNode("http://x.example/source/a")
    label = ox.Literal("Morocco", language="en")
    assert ox.Quad(node, ox.NamedNode("http://x.example/label"), label, graph) in quads
    year = ox.Literal("2018", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))
    assert ox.Quad(node, ox.NamedNode("http://x.example/year"), year, graph) in quads
    kinds = [q for q in quads if q.predicate.value.endswith("kind")]
    assert [q.graph_name.value for q in kinds] == ["http://x.example/editors/2018"]


@pytest.mark.parametrize(
    ("rows", "mapping", "line", "said"),
    [
        ("state,label,year\n", MAPPING, 1, "the columns are state, label, year"),
        ("state,label,year,passage\nMAR,Morocco\n", MAPPING, 2, "2 cells instead of 4"),
        ("state,label,year,passage\nMA R,Morocco,2018,a\n", MAPPING, 2, "column “state”"),
        ("", "{", 0, "no CSVW mapping"),
        ("", {"url": "other.csv", "tableSchema": {"columns": []}}, 0, "is missing"),
    ],
)
def test_a_wrong_table_is_told_with_its_line(
    tmp_path: Path, rows: str, mapping: object, line: int, said: str
) -> None:
    path = written(tmp_path, rows, mapping)
    (tmp_path / "ontology").mkdir()
    found = authored.Authored()
    authored.read_table(path, tmp_path, found)
    (fault,) = found.faults
    assert said in fault.message
    assert fault.line == line
