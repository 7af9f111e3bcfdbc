"""Passages: what their names say, and how they are described."""

import pyoxigraph as ox
import pytest

from gcm_graph.build import passage
from gcm_graph.build.fault import Fault
from gcm_graph.namespaces import EDITORS, RDF_TYPE, SOURCE, SOURCES_GRAPH, gcm

SUBJECT, PROPERTY, VALUE = (ox.NamedNode(f"https://example.org/{name}") for name in "spo")


@pytest.mark.parametrize(
    ("slug", "locator"),
    [
        ("para-45", "para. 45"),
        ("para-49-e", "para. 49 (e)"),
        ("annex-para-8-iv", "annex para. 8 (iv)"),
        ("whole", "whole document"),
        ("a-para", None),
        ("para-nonsense", None),
    ],
)
def test_a_name_spells_its_locator(slug: str, locator: str | None) -> None:
    assert passage.locator(slug) == locator


def test_passages_and_editors_graphs_are_described_unless_they_are_already() -> None:
    spelled, odd, known, editors = (
        ox.NamedNode(name)
        for name in (
            f"{SOURCE}a/para-1",
            f"{SOURCE}a/somewhere",
            f"{SOURCE}a/para-2",
            f"{EDITORS}topic",
        )
    )
    quads = [ox.Quad(SUBJECT, PROPERTY, VALUE, graph) for graph in (spelled, odd, known, editors)]
    quads.append(ox.Quad(known, RDF_TYPE, gcm("Passage"), SOURCES_GRAPH))
    made = passage.describe(quads)
    assert {quad.subject for quad in made} == {spelled, editors}
    assert ox.Quad(editors, RDF_TYPE, gcm("EditorsGraph"), SOURCES_GRAPH) in made
    assert ox.Quad(spelled, gcm("locator"), ox.Literal("para. 1"), SOURCES_GRAPH) in made


@pytest.mark.parametrize(
    ("fault", "shown"),
    [
        (Fault("", 0, "wrong"), "violation: wrong"),
        (Fault("a.trig", 0, "wrong", severity="warning"), "a.trig: warning: wrong"),
        (Fault("a.trig", 3, "wrong", "a b c"), "a.trig:3: violation: wrong\n    a b c"),
    ],
)
def test_a_fault_says_where_it_is(fault: Fault, shown: str) -> None:
    assert str(fault) == shown
