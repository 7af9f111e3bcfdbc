"""Authored files: every statement has its file, line and graph."""

from pathlib import Path

import pyoxigraph as ox

from gcm_graph.build import authored

ROOT = Path(__file__).resolve().parent.parent
TEXT = """@prefix body: <https://w3id.org/gcm-graph/id/body/> .
@prefix gcm: <https://w3id.org/gcm-graph/def#> .
@prefix r: <https://w3id.org/gcm-graph/source/A-RES-73-195/> .
r:para-1 {
  body:iom gcm:yes 12 ;
      gcm:value "1.10"^^<http://www.w3.org/2001/XMLSchema#decimal> ,
          "a \\"quoted\\" text"@en-GB ;
      gcm:purpose \"\"\"two
lines\"\"\"@fr .
}
r:para-2 { body:iom gcm:yes 12 . }
"""


def read(tmp_path: Path, content: bytes) -> authored.Authored:
    file = tmp_path / "data" / "topic" / "file.trig"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    return authored.read(tmp_path)


def test_every_authored_statement_of_this_checkout_has_file_and_line() -> None:
    found = authored.read(ROOT)
    assert found.faults == []
    assert set(found.quads) == set(found.places)
    lengths = {name: (ROOT / name).read_bytes().count(b"\n") for name, _ in found.places.values()}
    outside = [place for place in found.places.values() if not 1 <= place[1] <= lengths[place[0]]]
    assert outside == []


def test_the_line_is_that_of_the_value_and_graphs_are_told_apart(tmp_path: Path) -> None:
    found = read(tmp_path, TEXT.encode())
    lines = [found.places[quad][1] for quad in found.quads]
    assert lines == [5, 6, 7, 9, 11]
    first, *_, last = found.quads
    assert (first.subject, first.predicate, first.object) == (
        last.subject,
        last.predicate,
        last.object,
    )
    for quad in (first, last):
        place = found.place(quad.subject, quad.predicate, quad.object, quad.graph_name)
        assert place == found.places[quad]


def test_a_place_is_found_from_what_is_known(tmp_path: Path) -> None:
    found = read(tmp_path, TEXT.encode())
    first = found.quads[0]
    name = "data/topic/file.trig"
    assert found.place(first.subject, found.quads[3].predicate) == (name, 9)
    assert found.place(first.subject) == (name, 5)
    assert found.place(ox.NamedNode("https://w3id.org/gcm-graph/source/A-RES-73-195/para-2")) == (
        name,
        11,
    )
    assert found.place(ox.NamedNode("https://example.org/unknown")) == authored.NOWHERE


def test_a_value_that_nothing_describes_has_the_place_where_it_is_used(tmp_path: Path) -> None:
    found = read(tmp_path, TEXT.replace("yes 12 . }", "partOf body:none . }").encode())
    assert found.place(ox.NamedNode("https://w3id.org/gcm-graph/id/body/none"))[1] == 11


def test_what_is_not_trig_is_a_fault_with_its_line(tmp_path: Path) -> None:
    found = read(tmp_path, TEXT.encode() + b"r:para-3 { body:iom gcm:begins }\n")
    (fault,) = found.faults
    assert (fault.file, fault.line) == ("data/topic/file.trig", 12)
    assert fault.message.startswith("this is not well-formed: ")
    assert "line" not in fault.message


def test_what_is_not_utf_8_is_a_fault(tmp_path: Path) -> None:
    found = read(tmp_path, TEXT.encode() + b'r:para-3 { body:iom gcm:value "\xff" . }\n')
    (fault,) = found.faults
    assert fault.line == 12


def test_a_blank_node_is_a_fault(tmp_path: Path) -> None:
    found = read(tmp_path, TEXT.encode() + b"r:para-3 { body:iom gcm:partOf [] . }\n")
    assert "a blank node cannot be cited" in found.faults[0].message


def test_a_file_of_sources_names_no_graph(tmp_path: Path) -> None:
    file = tmp_path / "data" / "sources" / "file.ttl"
    file.parent.mkdir(parents=True)
    file.write_text(TEXT)
    assert {fault.line for fault in authored.read(tmp_path).faults} == {5, 6, 7, 9, 11}
