"""Lineage, descriptions and exports: chains with dates and passages."""

import csv
import io
import json
from itertools import pairwise
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from gcm_graph.graph import (
    description,
    export,
    lineage,
)
from gcm_graph.graph.chain import chains
from gcm_graph.graph.reader import Reader
from gcm_graph.namespaces import DEF, ID, SOURCE
from graph_reading import (
    COMPACT,
    GCIM,
    IMRF,
    IOM,
    NETWORK,
    PARA_45,
    small,
)

# --- Lineage ---


def test_the_forum_goes_back_to_the_commission_by_dated_and_cited_steps(reader: Reader) -> None:
    found = lineage.read_lineage(reader, IMRF, GCIM)
    assert len(found.chains) >= 3
    assert len(set(found.chains)) == len(found.chains)
    for chain in found.chains:
        steps = [found.steps[position] for position in chain]
        assert (steps[0].later.iri, steps[-1].earlier.iri) == (IMRF, GCIM)
        assert all(a.earlier == b.later for a, b in pairwise(steps))
        passed = [step.later.iri for step in steps]
        assert len(set(passed)) == len(passed)
    for step in found.steps:
        assert step.relation.iri != DEF + "tracesTo"
        assert step.date, step
        assert step.passages, step
    assert list(map(len, found.chains)) == sorted(map(len, found.chains))
    lanes = {node.ref.iri: node.lane for node in found.nodes}
    assert (lanes[COMPACT], lanes[GCIM]) == ("document", "body")
    assert all(node.earliest for node in found.nodes if node.date)


def test_a_step_keeps_the_further_relations_between_the_two(reader: Reader) -> None:
    found = lineage.read_lineage(reader, IMRF, COMPACT)
    step = next(s for s in found.steps if (s.later.iri, s.earlier.iri) == (IMRF, COMPACT))
    assert step.relation.label == "mandated by"
    assert "reviews" in {claim.relation.label for claim in step.also}
    assert all(claim.passages for claim in step.also)


def test_lineage_is_cut_where_asked(reader: Reader) -> None:
    found = lineage.read_lineage(reader, IMRF, GCIM, chains=2)
    assert (len(found.chains), found.complete) == (2, False)
    short = lineage.read_lineage(reader, IMRF, GCIM, depth=2)
    assert max(map(len, short.chains)) == 2
    assert not short.complete


def test_related_tells_the_direction(reader: Reader) -> None:
    assert lineage.related(reader, IMRF, GCIM) == "later"
    assert lineage.related(reader, GCIM, IMRF) == "earlier"
    assert lineage.related(reader, GCIM, ID + "body/none") == "none"
    assert lineage.related(reader, COMPACT, ID + "instrument/a-res-73-195") == "both"
    assert lineage.read_lineage(reader, GCIM, IMRF).chains == ()


STEPS = """
gcm:adoptedAt rdfs:subPropertyOf gcm:tracesTo . gcm:cites rdfs:subPropertyOf gcm:tracesTo .
ex:text gcm:tracesTo ex:day ; gcm:adoptedAt ex:day .
ex:day gcm:date "2018-12-10"^^edtf:EDTF ; gcm:tracesTo ex:old .
ex:g { ex:text gcm:adoptedAt ex:day . ex:later gcm:cites ex:old . ex:day gcm:cites ex:old . }
ex:later gcm:tracesTo ex:old, ex:undated ; gcm:cites ex:old .
ex:g { ex:later gcm:cites ex:undated . }
ex:old gcm:date "2003/2005"^^edtf:EDTF .
ex:part gcm:partOf ex:whole ; gcm:tracesTo ex:undated .
ex:whole gcm:date "2018-12-19"^^edtf:EDTF .
ex:planned gcm:plannedBegins "2022"^^edtf:EDTF ; gcm:tracesTo ex:undated .
ex:g { ex:part gcm:cites ex:undated . ex:planned gcm:cites ex:undated . }
"""


@pytest.mark.parametrize(
    ("later", "earlier", "date", "basis"),
    [
        ("day", "old", "2018-12-10", "later"),
        ("text", "day", "2018-12-10", "relation"),
        ("later", "old", "2003/..", "earlier"),
        ("later", "undated", "", ""),
        ("part", "undated", "2018-12-19", "whole"),
        ("planned", "undated", "2022", "plan"),
    ],
)
def test_the_date_of_a_step(later: str, earlier: str, date: str, basis: str) -> None:
    base = "http://example.org/"
    found = lineage.read_lineage(small(STEPS), base + later, base + earlier)
    (step,) = found.steps
    assert (step.date, step.basis) == (date, basis)
    assert found.complete


def test_a_date_that_is_not_edtf_has_no_first_day() -> None:
    assert lineage.first_day("some day") == ""
    assert lineage.first_day("2006") == "2006-01-01"


def test_chains_never_pass_a_node_twice() -> None:
    edges = {"a": ["b", "c"], "b": ["a", "c", "d"], "c": ["b", "d"], "d": ["a"]}
    found, complete = chains(edges, "a", "d", 10, 5)
    assert set(found) == {
        ("a", "b", "d"),
        ("a", "c", "d"),
        ("a", "b", "c", "d"),
        ("a", "c", "b", "d"),
    }
    assert complete
    assert chains(edges, "a", "d", 10, 2)[1] is False
    assert chains(edges, "a", "a", 10, 5) == ([], True)
    assert chains(edges, "a", "z", 10, 5) == ([], True)


def test_a_search_that_takes_too_long_is_given_up() -> None:
    nodes = [str(number) for number in range(40)]
    edges = {node: [other for other in nodes if other != node] for node in nodes}
    found, complete = chains(edges, "0", "39", 10**9, 30)
    assert found
    assert not complete


# --- Descriptions and exports ---


def test_the_plain_description_has_the_thing_and_its_dated_relations(reader: Reader) -> None:
    found = description.triples(reader, NETWORK)
    subjects = {
        triple.subject.value for triple in found if isinstance(triple.subject, ox.NamedNode)
    }
    assert NETWORK in subjects
    assert ID + "membership/un-network-on-migration-iom-coordinator" in subjects
    assert IOM not in subjects
    named = description.triples(reader, NETWORK, labels=True)
    assert any(triple.subject == ox.NamedNode(IOM) for triple in named)
    assert description.triples(reader, ID + "body/none") == []


def test_the_description_with_passages_has_graphs_and_their_sources(reader: Reader) -> None:
    found = description.quads(reader, NETWORK)
    graphs = {quad.graph_name for quad in found}
    assert ox.NamedNode(PARA_45) in graphs
    assert ox.DefaultGraph() not in graphs
    described = {quad.subject for quad in found}
    assert {ox.NamedNode(PARA_45), ox.NamedNode(SOURCE + "A-RES-73-195")} <= described
    data = ox.serialize(found, format=ox.RdfFormat.TRIG)
    assert b"para-45" in data


def test_passages_and_sources_are_described_with_what_they_hold(reader: Reader) -> None:
    passage = description.quads(reader, PARA_45)
    assert {quad.graph_name for quad in passage} >= {ox.NamedNode(PARA_45)}
    whole = description.triples(reader, SOURCE + "A-RES-73-195")
    assert ox.NamedNode(PARA_45) in {triple.subject for triple in whole}


def test_a_lineage_is_exported_as_csv_graphml_and_json(reader: Reader) -> None:
    found = lineage.read_lineage(reader, IMRF, GCIM)
    rows = list(csv.DictReader(io.StringIO(export.lineage_csv(found))))
    assert len(rows) == sum(map(len, found.chains))
    assert all(row["relation_label"] and row["date"] and row["passages"] for row in rows)
    assert any("A/RES/73/195, para. 49" in row["passages"] for row in rows)
    tree = ET.fromstring(export.lineage_graphml(found))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(list(tree.iter(space + "node"))) == len(found.nodes)
    assert len(list(tree.iter(space + "edge"))) >= len(found.steps)
    assert json.loads(export.lineage_json(found))["end"]["iri"] == GCIM
