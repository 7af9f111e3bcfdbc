"""``gcm-graph validate`` over files as people write them."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from gcm_graph.cli import app

SH = "http://www.w3.org/ns/shacl#"
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:Shape a sh:NodeShape ; sh:targetSubjectsOf ex:date ;
    sh:property [ sh:path ex:date ; sh:datatype xsd:date ] .
ex:Truth a sh:NodeShape ; sh:targetSubjectsOf ex:truth ;
    sh:property [ sh:path ex:truth ; sh:datatype xsd:boolean ] .
ex:Query a sh:NodeShape ; sh:targetSubjectsOf ex:twin ; sh:sparql [
    sh:message "a twin of itself" ; sh:select "SELECT $this WHERE { $this ex:twin $this }" ] ."""


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES)
    return path


def results(folder: Path, shapes: Path, data: str) -> set[tuple[str, str]]:
    """Return focus node and value of each result of the report."""
    path = folder / "data.ttl"
    path.write_text(
        "@prefix ex: <http://example/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        + data
    )
    ran = CliRunner().invoke(app, ["validate", str(path), "--shapes", str(shapes), "-f", "turtle"])
    assert ran.exit_code in {0, 1}, ran.output
    report = ox.Store()
    report.load(ran.stdout, format=ox.RdfFormat.TURTLE)
    found = report.query(
        f"PREFIX sh: <{SH}> SELECT ?f ?v {{ ?r sh:focusNode ?f OPTIONAL {{ ?r sh:value ?v }} }}"
    )
    assert isinstance(found, ox.QuerySolutions)
    return {(row["f"].value, getattr(row["v"], "value", "")) for row in found}  # type: ignore[union-attr]


def test_a_literal_is_judged_as_it_is_written_however_often(tmp_path: Path, shapes: Path) -> None:
    data = 'ex:a ex:date "2011-01-01"^^xsd:dateTime . ex:b ex:truth "none"^^xsd:boolean .'
    for _ in range(2):
        assert results(tmp_path, shapes, data) == {
            ("http://example/a", "2011-01-01"),
            ("http://example/b", "none"),
        }


def test_a_relative_name_is_relative_to_its_file(tmp_path: Path, shapes: Path) -> None:
    focus = (tmp_path / "thing").as_uri()
    assert results(tmp_path, shapes, "<thing> ex:date 1 .") == {(focus, "1")}


def test_a_query_in_shapes_knows_the_prefixes_of_its_file(tmp_path: Path, shapes: Path) -> None:
    found = results(tmp_path, shapes, "ex:a ex:twin ex:a . ex:b ex:twin ex:a .")
    assert {focus for focus, _ in found} == {"http://example/a"}
