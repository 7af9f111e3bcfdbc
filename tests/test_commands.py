"""The command line: what each command prints, writes and ends with."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pyoxigraph as ox
import pytest
from typer.testing import CliRunner, Result

from conftest import Service, serving
from gcm_graph.cli import app
from gcm_graph.settings import settings

ROOT = Path(__file__).resolve().parent.parent
RUNNER = CliRunner()


@pytest.fixture
def run(releases_folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("GCM_RELEASE", str(releases_folder))
    monkeypatch.setenv("COLUMNS", "200")
    settings.cache_clear()

    def invoke(*arguments: object) -> Result:
        return RUNNER.invoke(app, [str(argument) for argument in arguments])

    yield invoke
    settings.cache_clear()


def test_a_question_is_answered_as_a_table(run) -> None:
    found = run("query", "disagreements")
    assert found.exit_code == 0, found.output
    assert "rows" in found.output


@pytest.mark.parametrize("form", ["json", "csv", "tsv", "xml"])
def test_a_question_is_answered_for_programs(run, form: str) -> None:
    found = run("query", "objectives", "--format", form)
    assert found.exit_code == 0
    text = found.stdout_bytes.decode()
    if form == "json":
        assert len(json.loads(text)["results"]["bindings"]) == 23
    elif form == "csv":
        assert len(list(csv.reader(io.StringIO(text)))) == 24
    elif form == "xml":
        assert ET.fromstring(text).tag.endswith("sparql")


def test_a_parameter_changes_the_answer(run) -> None:
    group = "body=body/global-migration-group"
    one = run("query", "members-on-date", "-p", group, "-p", "date=2015", "-f", "csv")
    assert one.exit_code == 0, one.output
    wrong = run("query", "members-on-date", "-p", "nonsense=1")
    assert wrong.exit_code == 2
    assert "nonsense" in wrong.output


def test_a_file_is_a_query_too(run, tmp_path: Path) -> None:
    file = tmp_path / "ask.rq"
    file.write_text("SELECT (1 AS ?one) {}")
    assert run("query", file, "-f", "csv").stdout_bytes.split() == [b"one", b"1"]
    assert "1 rows" in run("query", file).output
    graph = tmp_path / "graph.rq"
    graph.write_text("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 2")
    assert graph.exists()
    assert (
        len(
            list(
                ox.parse(
                    run("query", graph, "-f", "nt").stdout_bytes, format=ox.RdfFormat.N_TRIPLES
                )
            )
        )
        >= 1
    )
    file.write_text("SELECT {")
    broken = run("query", file)
    assert broken.exit_code == 2
    assert "ask.rq" in broken.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "no-such-question"),
        ("query", "missing.rq"),
        ("query", "objectives", "-f", "png"),
        ("query", "objectives", "-p", "no-equals-sign"),
        ("lineage", "nonsense", "body/gcim"),
        ("lineage", "body/no-such-body", "body/gcim"),
        ("lineage", "forum/imrf", "body/gcim", "-f", "png"),
        ("export", "png"),
        ("validate", "missing.ttl"),
        ("validate", "README.md", "-f", "png"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_says_why(run, arguments: tuple[str, ...]) -> None:
    found = run(*arguments)
    assert found.exit_code == 2
    assert found.output.strip()


def test_the_lineage_is_told_with_its_passages(run) -> None:
    found = run("lineage", "forum/imrf", "body/gcim")
    assert found.exit_code == 0
    assert "A/RES/73/195, para. 49" in found.output
    told = json.loads(run("lineage", "forum/imrf", "body/gcim", "-f", "json").stdout_bytes)
    assert len(told["chains"]) >= 3
    rows = run("lineage", "forum/imrf", "body/gcim", "-f", "csv").output
    assert rows.startswith("chain,step,")
    network = run("lineage", "forum/imrf", "body/gcim", "-f", "graphml").stdout_bytes
    assert ET.fromstring(network).tag.endswith("graphml")
    none = run("lineage", "body/gcim", "forum/imrf")
    assert none.exit_code == 1


@pytest.mark.parametrize("form", ["trig", "nq", "ttl", "nt", "jsonld", "graphml", "gexf", "csv"])
def test_the_release_is_exported(run, tmp_path: Path, store: ox.Store, form: str) -> None:
    out = tmp_path / f"graph.{form}"
    assert run("export", form, "--out", out).exit_code == 0
    kinds = {"trig", "nq", "ttl", "nt", "jsonld"}
    if form in kinds:
        format_ = ox.RdfFormat.from_extension(form)
        assert format_ is not None
        read = sum(1 for _ in ox.parse(path=out, format=format_))
        merged = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        assert read == (merged if form in {"ttl", "nt"} else len(store) - merged)
    elif form == "csv":
        with out.open(encoding="utf-8", newline="") as stream:
            assert next(csv.reader(stream)) == ["subject", "predicate", "object", "graph"]
    else:
        assert ET.parse(out).getroot().tag.rpartition("}")[2] == form.replace("graphml", "graphml")


def test_an_export_goes_to_standard_output(run) -> None:
    assert run("export", "csv").stdout_bytes.startswith(b"subject,")


def test_good_data_conform_and_bad_data_are_told_what_is_wrong(run, tmp_path: Path) -> None:
    good = tmp_path / "good.ttl"
    good.write_text(
        "@prefix body: <https://w3id.org/gcm-graph/id/body/> . "
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . "
        'body:x a <https://w3id.org/gcm-graph/def#Fund> ; skos:prefLabel "X"@en .'
    )
    assert run("validate", good).exit_code == 0
    bad = ROOT / "tests" / "shapes" / "ContractingPartyObject.ttl"
    found = run("validate", bad)
    assert found.exit_code == 1
    assert "must point to a State or other organization" in found.output
    told = json.loads(run("validate", bad, "-f", "json").output)
    assert told["conforms"] is False
    assert all(result["message"] for result in told["results"])
    turtle = run("validate", bad, "-f", "turtle").output
    assert list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    assert "<table>" in run("validate", bad, "-f", "html").output


def test_somebody_elses_shapes_are_used_instead(run, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://x.example/> . "
        ":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :p ; sh:minCount 1 ] ."
    )
    data = tmp_path / "data.ttl"
    data.write_text("@prefix : <http://x.example/> . :a a :T .")
    assert run("validate", data, "--shapes", shapes).exit_code == 1
    data.write_text("@prefix : <http://x.example/> . :a a :T ; :p 1 .")
    assert run("validate", data, "--shapes", shapes).exit_code == 0
    data.write_text("@prefix : <")
    assert run("validate", data, "--shapes", shapes).exit_code == 2


def test_without_a_release_commands_say_what_to_do(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCM_RELEASE", str(tmp_path))
    settings.cache_clear()
    for command in (("serve",), ("query", "objectives"), ("export", "nq")):
        found = run(*command)
        assert found.exit_code == 2
        assert "gcm-graph build" in found.output


def test_the_program_is_installed_under_its_name() -> None:
    program = Path(sys.executable).with_name("gcm-graph")
    told = subprocess.run([program, "--help"], capture_output=True, text=True, check=True)
    for name in ("build", "check", "validate", "serve", "query", "lineage", "export"):
        assert name in told.stdout


def test_the_service_ends_when_it_is_asked_to(releases_folder: Path) -> None:
    with serving(releases_folder) as running:
        assert isinstance(running, Service)
        assert httpx.get(f"{running.address}/health/live").status_code == 200
    assert running.process.returncode is not None
