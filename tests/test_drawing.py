"""Drawings: valid, linked, always the same, and nothing stands on anything else."""

from xml.etree import ElementTree

import pytest

import page_samples as sample
from gcm_graph.graph.view import Claim, Lineage, Node, Ref, Step, Text
from gcm_graph.service import layout
from gcm_graph.service.drawing import bars_svg, lineage_svg

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("lineage", [sample.lineage(), sample.large_lineage()])
def test_a_drawing_is_valid_linked_and_always_the_same(lineage: Lineage) -> None:
    text = lineage_svg(lineage, "../")
    tree = ElementTree.fromstring(text)
    links = {a.get("href") for a in tree.iter(f"{SVG}a")}
    assert links == {f"../{node.ref.path}" for node in lineage.nodes}
    assert tree.find(f"{SVG}title") is not None
    assert tree.find(f"{SVG}desc") is not None
    assert not [e for e in tree.iter() if "style" in e.attrib or e.tag == f"{SVG}style"]
    assert lineage_svg(lineage, "../") == text


@pytest.mark.parametrize("lineage", [sample.lineage(), sample.large_lineage()])
def test_boxes_stand_in_time_apart_from_each_other_and_from_lines(lineage: Lineage) -> None:
    placed = layout.layout(lineage, 40, 20, {})
    boxes = list(placed.boxes.values())
    for step in lineage.steps:
        assert placed.boxes[step.later.iri].x > placed.boxes[step.earlier.iri].x
    for box in boxes:
        for other in boxes:
            if other is box:
                continue
            if other.column == box.column:
                assert abs(other.y - box.y) >= (box.height + other.height) / 2
            elif box.column < other.column <= box.reach:
                assert abs(other.y - box.y) > other.height / 2
            dates = box.node.earliest, other.node.earliest
            if box.column < other.column and all(dates):
                assert dates[0][:4] <= dates[1][:4]


def test_a_drawing_survives_circles_unknown_lanes_and_wrong_dates() -> None:
    first, second = sample.COMPACT, sample.IOM
    nodes = (
        Node(first, "2018", "2018-01-01", "document"),
        Node(second, "1951~", "1951-01-01", "elsewhere"),
        Node(sample.GROUP, "", "", "body"),
    )
    steps = tuple(
        Step(later, earlier, sample.MANDATED, "", ())
        for later, earlier in ((first, second), (second, first), (second, sample.GROUP))
    )
    text = lineage_svg(Lineage(first, second, nodes, steps, ((0,),)))
    tree = ElementTree.fromstring(text)
    assert len(list(tree.iter(f"{SVG}a"))) == 3
    assert 'class="line turned"' in text
    assert first.iri in text
    bare = Ref("urn:x", "Nowhere")
    alone = Lineage(bare, bare, (Node(bare, "", "", "body"),), (), ())
    assert "undated" in lineage_svg(alone)


def test_labels_are_wrapped_into_their_boxes() -> None:
    lines = layout.wrapped("word " * 30, 100, 13, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(layout.text_width(line, 13) <= 100 for line in lines)
    assert layout.wrapped("Donaudampfschifffahrtsgesellschaft", 100, 13, 3)[0].endswith("…")


def test_bars_need_two_dates_and_read_them_roughly() -> None:
    claims = [
        Claim(sample.NETWORK, sample.FOLLOWS, Text("one"), begins=begins, ends=ends)
        for begins, ends in (("1994-09-13", "2003/2005"), ("2006~", ""), ("", "2001"))
    ]
    assert ElementTree.fromstring(bars_svg(claims)).tag == f"{SVG}svg"
    assert bars_svg(claims[:1]) == ""
    assert 'class="bar open"' in bars_svg(claims)
