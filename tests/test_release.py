"""A release: its files, its description, and what its digest depends on."""

import gzip
import hashlib
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from gcm_graph.build import release as releases
from gcm_graph.namespaces import BASE, DCAT, VOID, named

S, P = ox.NamedNode(BASE + "id/body/iom"), ox.NamedNode(BASE + "def#number")
SPDX = "http://spdx.org/rdf/terms#"


def statements(value: str = "1") -> tuple[list[ox.Quad], list[ox.Triple]]:
    quad = ox.Quad(S, P, ox.Literal(value), ox.NamedNode(BASE + "source/x/para-1"))
    return [quad], [ox.Triple(quad.subject, quad.predicate, quad.object)]


def test_the_digest_depends_on_the_statements_alone(tmp_path: Path) -> None:
    quads, merge = statements()
    first = releases.write(tmp_path / "one", quads, merge, "1")
    second = releases.write(tmp_path / "two", quads * 2, merge * 2, "2")
    third = releases.write(tmp_path / "two", *statements("2"), "2")
    assert first.digest == second.digest != third.digest
    assert (tmp_path / "two" / "current").resolve() == third.folder


def test_a_release_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    made = releases.write(tmp_path, *statements(), "1")
    before = {file: file.stat().st_mtime_ns for file in made.folder.iterdir()}
    assert releases.write(tmp_path, *statements(), "1") == made
    assert {file: file.stat().st_mtime_ns for file in made.folder.iterdir()} == before


def test_half_a_release_is_replaced(tmp_path: Path) -> None:
    made = releases.write(tmp_path, *statements(), "1")
    (made.folder / "manifest.json").unlink()
    (made.folder / "dataset.nq").write_text("")
    releases.write(tmp_path, *statements(), "1")
    assert hashlib.sha256((made.folder / "dataset.nq").read_bytes()).hexdigest() == made.digest


def test_a_release_that_cannot_be_written_leaves_the_last_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = releases.write(tmp_path, *statements(), "1")

    def fail(*_: object) -> bytes:
        raise OSError("no space left on device")

    monkeypatch.setattr(releases.description, "describe", fail)
    with pytest.raises(OSError, match="no space"):
        releases.write(tmp_path, *statements("2"), "1")
    assert (tmp_path / "current").resolve() == last.folder
    assert {entry.name for entry in tmp_path.iterdir()} == {last.folder.name, "current"}


def test_every_file_holds_the_same_statements(release: Path) -> None:
    def triples(name: str, kind: ox.RdfFormat) -> set[str]:
        parsed = ox.parse(path=release / name, format=kind)
        return {f"{t.subject} {t.predicate} {t.object}" for t in parsed}

    lines = {line.removesuffix(" .") for line in (release / "graph.nt").read_text().splitlines()}
    assert triples("graph.ttl", ox.RdfFormat.TURTLE) == lines
    quads = set(ox.parse(path=release / "dataset.nq", format=ox.RdfFormat.N_QUADS))
    merged = {q for q in quads if isinstance(q.graph_name, ox.DefaultGraph)}
    assert {f"{q.subject} {q.predicate} {q.object}" for q in merged} == lines
    assert set(ox.parse(path=release / "dataset.trig", format=ox.RdfFormat.TRIG)) == quads - merged


def test_the_description_names_every_file_with_its_size_and_checksum(release: Path) -> None:
    manifest = json.loads((release / "manifest.json").read_text())
    store = ox.Store()
    store.load(path=release / "void.ttl", format=ox.RdfFormat.TURTLE)
    dataset = ox.NamedNode(BASE + "dataset")

    def one(subject: ox.NamedNode, name: str) -> ox.NamedNode | ox.Literal:
        (quad,) = store.quads_for_pattern(subject, ox.NamedNode(name), None)
        return quad.object

    described = set()
    for quad in store.quads_for_pattern(dataset, named(DCAT, "distribution"), None):
        name = quad.object.value.removeprefix(BASE + "download/")
        content = (release / name).read_bytes()
        described.add(name)
        assert one(quad.object, DCAT + "byteSize").value == str(len(content))
        checksum = one(one(quad.object, SPDX + "checksum"), SPDX + "checksumValue")
        assert checksum.value == hashlib.sha256(content).hexdigest()
        if name.endswith(".gz"):
            assert gzip.decompress(content) == (release / name.removesuffix(".gz")).read_bytes()
    files = {file.name for file in release.iterdir()} - {"void.ttl", "manifest.json"}
    assert {name for name in files if name in described} == described
    assert {"dataset.nq", "dataset.trig", "graph.nt", "graph.ttl"} <= described
    assert one(dataset, VOID + "triples").value == str(manifest["counts"]["triples"])
    parts = store.query(
        "PREFIX void: <http://rdfs.org/ns/void#> SELECT (SUM(?n) AS ?all) "
        "WHERE { ?d void:propertyPartition [ void:triples ?n ] }"
    )
    assert next(iter(parts))["all"].value == str(manifest["counts"]["triples"])
    assert next(iter(store.quads_for_pattern(None, named(VOID, "classPartition"), None)))
