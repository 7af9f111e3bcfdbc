"""Evidence, disagreements and sources: what a statement rests on."""

import pyoxigraph as ox
import pytest

from gcm_graph.graph import (
    disagreement,
    evidence,
    source,
)
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Text
from gcm_graph.namespaces import DEF, GRAPH, ID, SOURCE, XSD
from graph_reading import GCIM, GMG, IOM, NETWORK, PARA_45, group, read, shown, small

# --- Evidence ---

WITNESSES = """
{ source:a a gcm:Source . source:b a gcm:Source . source:c a gcm:Source .
  source:a\\/1 a gcm:Passage ; dcterms:isPartOf source:a .
  source:a\\/2 a gcm:Passage ; dcterms:isPartOf source:a .
  source:b\\/1 a gcm:Passage ; dcterms:isPartOf source:b ; prov:hadPrimarySource source:a\\/1 .
  source:c\\/1 a gcm:Passage ; dcterms:isPartOf source:c ; prov:hadPrimarySource source:a . }
source:a\\/1 { ex:x ex:one 1 ; ex:two 1 ; ex:retold 1 . }
source:a\\/2 { ex:x ex:one 1 . }
source:b\\/1 { ex:x ex:two 1 ; ex:only 1 ; ex:both 1 . }
source:c\\/1 { ex:x ex:retold 1 ; ex:both 1 . }
"""


@pytest.mark.parametrize("name", ["one", "two", "only", "retold", "both"])
def test_one_source_and_its_retellings_are_one_witness(name: str) -> None:
    found = read(small(WITNESSES), "http://example.org/x")
    (claim,) = group(found.groups, name).claims
    assert claim.witnesses == 1


def test_a_statement_in_plain_data_has_neither_passage_nor_rule() -> None:
    found = read(small('ex:a ex:says "so" .'), "http://example.org/a")
    (claim,) = found.groups[0].claims
    assert (claim.passages, claim.rule, claim.witnesses) == ((), None, 0)
    assert claim.value == Text("so", "", "", "so")


def test_a_graph_that_nothing_describes_is_a_passage_of_another_kind() -> None:
    found = read(small("ex:g { ex:a ex:knows ex:b . }"), "http://example.org/a")
    (passage,) = found.references
    assert (passage.kind, passage.source.label) == ("other", "g")


def test_a_statement_is_explained_by_its_passages(reader: Reader) -> None:
    told = evidence.explain(
        reader, ox.NamedNode(NETWORK), ox.NamedNode(DEF + "replaces"), ox.NamedNode(GMG)
    )
    assert told
    assert told.passages
    assert (told.rule, told.premises, told.disputed) == (None, (), True)


def test_a_derived_statement_is_explained_by_rule_and_premises(reader: Reader) -> None:
    told = evidence.explain(
        reader, ox.NamedNode(NETWORK), ox.NamedNode(DEF + "hasRoleHolder"), ox.NamedNode(IOM)
    )
    assert told
    assert told.rule
    assert told.rule.iri == GRAPH + "rule/super-property"
    coordinator = next(each for each in told.premises if each.relation.label == "coordinator")
    assert coordinator.rule
    assert coordinator.rule.iri == GRAPH + "rule/coordinator-from-membership"
    assert [each.relation.label for each in coordinator.premises] == ["member", "body", "role"]
    assert all(each.passages for each in coordinator.premises)


def test_every_derived_statement_can_be_explained(reader: Reader, store: ox.Store) -> None:
    seen: dict[str, int] = {}
    for quad in store:
        graph = quad.graph_name
        rule = graph.value if isinstance(graph, ox.NamedNode) else ""
        if not rule.startswith(GRAPH + "derived/") or seen.get(rule, 0) >= 20:
            continue
        seen[rule] = seen.get(rule, 0) + 1
        told = evidence.explain(reader, quad.subject, quad.predicate, quad.object)
        assert told is not None, quad
        assert told.passages or told.premises, quad
    assert len(seen) > 10


def test_only_the_value_that_gives_the_bound_explains_it() -> None:
    dated = small(
        """
        ex:a gcm:begins "2006"^^edtf:EDTF, "2007-01"^^edtf:EDTF .
        <https://w3id.org/gcm-graph/graph/derived/earliest-from-begins> {
          ex:a gcm:earliest "2006-01-01"^^<http://www.w3.org/2001/XMLSchema#date> . }
        """
    )
    day = ox.Literal("2006-01-01", datatype=ox.NamedNode(XSD + "date"))
    told = evidence.explain(
        dated, ox.NamedNode("http://example.org/a"), ox.NamedNode(DEF + "earliest"), day
    )
    assert told
    assert [shown(each) for each in told.premises] == ["2006"]


def test_what_the_graph_does_not_hold_is_not_explained(reader: Reader) -> None:
    node = ox.NamedNode(NETWORK)
    assert evidence.explain(reader, node, ox.NamedNode(DEF + "replaces"), node) is None


# --- Disagreements ---


@pytest.mark.parametrize(
    ("about", "on", "rivals"),
    [
        ("forum/gcm-regional-reviews", "held every", {"every 2 years", "every 4 years"}),
        (
            "body/un-network-on-migration",
            "replaces",
            {"Global Migration Group", "Global Migration Coalition"},
        ),
    ],
)
def test_a_disagreement_shows_each_value_with_its_passages(
    reader: Reader, about: str, on: str, rivals: set[str]
) -> None:
    (found,) = [
        each for each in disagreement.disagreements_about(reader, ID + about) if each.on.label == on
    ]
    assert {shown(claim) for claim in found.claims} == rivals
    assert all(claim.passages and claim.disputed for claim in found.claims)
    assert found.iri in {each.iri for each in disagreement.list_disagreements(reader)}
    assert disagreement.read_disagreement(reader, found.iri) == found
    page = read(reader, ID + about)
    assert on in [each.on.label for each in page.disagreements]
    assert all(claim.disputed for claim in group(page.groups, on).claims)


def test_a_disagreement_on_a_figure_is_on_the_page_of_what_is_counted(reader: Reader) -> None:
    told = [each for each in read(reader, GCIM).disagreements if each.on.iri == DEF + "value"]
    assert {"18", "19"} <= {shown(claim) for each in told for claim in each.claims}


JUDGED = """
{ source:a a gcm:Source . source:b a gcm:Source .
  source:a\\/1 a gcm:Passage ; dcterms:isPartOf source:a .
  source:b\\/1 a gcm:Passage ; dcterms:isPartOf source:b .
  ex:d a gcm:Disagreement ; gcm:disagreementAbout body:x ; gcm:disagreementOn gcm:begins .
  ex:j a gcm:Judgement ; gcm:settles ex:d ; gcm:judges source:a\\/1, source:b\\/1 ;
    gcm:prefers source:a\\/1 ; gcm:reason "It was drawn up at the meeting."@en . }
source:a\\/1 { body:x gcm:begins "2006"^^edtf:EDTF . }
source:b\\/1 { body:x gcm:begins "2007"^^edtf:EDTF . }
"""


def test_a_judgement_names_the_preferred_value_and_why() -> None:
    (found,) = disagreement.list_disagreements(small(JUDGED))
    assert found.judgement == "It was drawn up at the meeting."
    assert isinstance(found.preferred, Text)
    assert found.preferred.value == "2006"
    assert len(found.claims) == 2


def test_an_unknown_disagreement_is_none(reader: Reader) -> None:
    assert disagreement.read_disagreement(reader, ID + "disagreement/none") is None


# --- Sources ---


def test_a_source_lists_its_passages_with_what_they_say(reader: Reader) -> None:
    found = source.read_source(reader, SOURCE + "A-RES-73-195")
    assert found
    assert (found.ref.identifier, found.kind) == ("A/RES/73/195", "primary")
    counted = {passage.locator: number for passage, number in found.passages}
    assert counted["para. 45"] > 3
    locators = list(counted)
    assert locators.index("para. 2") < locators.index("para. 10")
    assert found.ref.iri in {each.ref.iri for each in source.list_sources(reader)}


def test_a_passage_tells_what_its_graph_holds(reader: Reader) -> None:
    found = source.read_passage(reader, PARA_45)
    assert found
    passage, claims = found
    assert (passage.locator, passage.source.identifier) == ("para. 45", "A/RES/73/195")
    assert any(
        claim.subject.iri == NETWORK and claim.relation.label == "established by"
        for claim in claims
    )
    assert source.source_of(reader, PARA_45) == SOURCE + "A-RES-73-195"


def test_unknown_sources_and_passages_are_none(reader: Reader) -> None:
    assert source.read_source(reader, SOURCE + "none") is None
    assert source.read_passage(reader, SOURCE + "none/para-1") is None
    assert source.source_of(reader, SOURCE + "none/para-1") is None
