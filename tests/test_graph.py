"""The readers tell what the built graph holds, with its passages."""

import csv
import io
import json
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from gcm_graph.graph import (
    description,
    disagreement,
    evidence,
    export,
    label,
    lineage,
    listing,
    literal,
    reference,
    source,
    thing,
)
from gcm_graph.graph.chain import chains
from gcm_graph.graph.reader import Reader, open_reader, service_queries
from gcm_graph.graph.view import Claim, Group, Ref, Text, Thing
from gcm_graph.namespaces import DEF, EDTF, GRAPH, ID, SOURCE, XSD
from gcm_graph.store.embedded import Embedded
from gcm_graph.terms import expand

NETWORK, GMG, IOM = (
    ID + "body/un-network-on-migration",
    ID + "body/global-migration-group",
    ID + "body/iom",
)
GCIM, IMRF, COMPACT = ID + "body/gcim", ID + "forum/imrf", ID + "instrument/gcm"
PARA_45 = SOURCE + "A-RES-73-195/para-45"


@pytest.fixture(scope="session")
def reader(store: ox.Store) -> Reader:
    return open_reader(Embedded(store, "test"))


def read(reader: Reader, iri: str, limit: int | None = 50) -> Thing:
    found = thing.read(reader, iri, limit)
    assert found is not None
    return found


def group(groups: tuple[Group, ...], name: str) -> Group:
    return next(each for each in groups if each.relation.label == name)


def values(groups: tuple[Group, ...], name: str) -> list[str]:
    return [shown(claim) for claim in group(groups, name).claims]


def shown(claim: Claim) -> str:
    return claim.value.label if isinstance(claim.value, Ref) else claim.value.shown


def small(trig: str, language: str = "en") -> Reader:
    """A reader over a little data, merged as a release is."""
    prefixes = "".join(
        f"@prefix {prefix}: <{expand(prefix + ':')}> .\n"
        for prefix in ("body", "dcterms", "edtf", "gcm", "org", "prov", "rdfs", "skos", "source")
    )
    store = ox.Store()
    store.load(f"{prefixes}@prefix ex: <http://example.org/> .\n{trig}", ox.RdfFormat.TRIG)
    store.extend([ox.Quad(q.subject, q.predicate, q.object) for q in store])
    return open_reader(Embedded(store, "small"), language)


# --- Things ---


def test_a_thing_has_its_names_class_and_page(reader: Reader) -> None:
    network = read(reader, NETWORK)
    assert network.ref == Ref(
        NETWORK,
        "United Nations Network on Migration",
        "en",
        "id/body/un-network-on-migration",
        "",
        "Inter-agency body",
    )
    assert [each.label for each in network.types] == ["inter-agency body"]
    assert network.labels["en"] == "United Nations Network on Migration"
    assert "UNNM" in network.alternatives
    assert network.summary.startswith("Give States coherent help")


def test_claims_carry_every_passage_and_count_sources_once(reader: Reader) -> None:
    network = read(reader, NETWORK)
    (established,) = group(network.groups, "established by").claims
    assert shown(established) == "Secretary-General of the United Nations"
    assert PARA_45 in {passage.iri for passage in established.passages}
    assert established.passages[0].kind == "primary"
    assert established.witnesses == len({p.source.iri for p in established.passages})
    assert established.rule is None


def test_references_are_numbered_in_order_of_first_appearance(reader: Reader) -> None:
    network = read(reader, NETWORK)
    cited = [
        passage.number
        for groups in (network.groups, network.dated, network.incoming)
        for each in groups
        for claim in each.claims
        for passage in claim.passages
    ]
    cited += [p.number for d in network.disagreements for c in d.claims for p in c.passages]
    assert list(dict.fromkeys(cited)) == list(range(1, len(network.references) + 1))
    assert [passage.number for passage in network.references] == sorted(set(cited))


def test_wider_relations_and_machinery_are_not_repeated(reader: Reader) -> None:
    network = read(reader, NETWORK)
    relations = {each.relation.iri for each in (*network.groups, *network.incoming)}
    hidden = {"prov:wasInfluencedBy", "gcm:tracesTo", "gcm:hasRoleHolder", "rdf:type"}
    hidden |= {"skos:prefLabel", "dcterms:replaces", "gcm:earliest", "org:subOrganizationOf"}
    assert not relations & {expand(name) for name in hidden}
    assert "coordinator" not in {each.relation.label for each in network.groups}


def test_groups_go_from_dates_through_lineage_and_structure_to_text(reader: Reader) -> None:
    labels = [each.relation.label for each in read(reader, NETWORK).groups]
    wanted = ["launched on", "begins", "established by", "supports", "purpose", "states"]
    assert [name for name in labels if name in wanted] == wanted


def test_a_dated_relation_reads_as_one_claim_from_both_ends(reader: Reader) -> None:
    (held,) = group(read(reader, NETWORK).dated, "coordinator").claims
    assert shown(held) == "International Organization for Migration"
    assert {p.locator for p in held.passages} >= {"para. 45 (a)"}
    assert held.node == ID + "membership/un-network-on-migration-iom-coordinator"
    turned = group(read(reader, IOM).dated, "coordinator of")
    assert "United Nations Network on Migration" in [shown(each) for each in turned.claims]


def test_a_dated_relation_shows_its_time(reader: Reader) -> None:
    claims = group(read(reader, IOM).dated, "chair of").claims
    (chaired,) = [each for each in claims if shown(each) == "Global Migration Group"]
    assert (chaired.begins, chaired.ends) == ("2007-01", "2007-06")
    assert chaired.time == "January 2007 \N{EN DASH} June 2007"


def test_a_figure_shows_its_value_measure_and_date(reader: Reader) -> None:
    claims = group(read(reader, NETWORK).dated, "members").claims
    counted = next(each for each in claims if "2024" in each.as_of)
    assert shown(counted) == "39"
    assert counted.time == "as of 2024"


def test_a_vote_reads_from_the_state_and_from_the_adoption(reader: Reader) -> None:
    state = read(reader, ID + "state/united-states")
    adoption = "Adoption of General Assembly resolution 73/195"
    assert adoption in values(state.dated, "vote: against")
    votes = read(reader, ID + "event/adoption-a-res-73-195")
    assert "United States of America" in values(votes.dated, "against")


def test_what_others_say_reads_with_the_inverse_label(reader: Reader) -> None:
    replaced = values(read(reader, GMG).incoming, "replaced by")
    assert replaced == ["United Nations Network on Migration"]


def test_a_symmetric_relation_is_told_once_by_who_says_it(reader: Reader) -> None:
    agenda = read(reader, ID + "instrument/2030-agenda")
    aligned = group(agenda.groups, "aligned with").claims
    assert all(each.passages and each.rule is None for each in aligned)
    assert "aligned with" not in {each.relation.label for each in agenda.incoming}


def test_a_group_lists_as_many_as_asked_and_counts_all(reader: Reader) -> None:
    whole = group(read(reader, COMPACT, None).incoming, "has part")
    cut = group(read(reader, COMPACT, 3).incoming, "has part")
    assert cut.total == whole.total == len(whole.claims) > 30
    assert [shown(claim) for claim in cut.claims] == [shown(claim) for claim in whole.claims[:3]]


def test_a_thing_without_anything_is_none(reader: Reader) -> None:
    assert thing.read(reader, ID + "body/nothing-of-the-kind") is None


def test_a_page_takes_three_queries(reader: Reader) -> None:
    asked: list[str] = []

    class Counting(Embedded):
        def select(self, query, bindings=None):  # type: ignore[no-untyped-def]
            asked.append(query)
            return super().select(query, bindings)

    counting = Reader(
        Counting(reader.store._store, "x"),  # type: ignore[attr-defined]
        reader.index,
        reader.texts,
        reader.languages,
        reader.rules,
    )
    thing.read(counting, NETWORK)
    assert len(asked) == 3


def test_a_hub_is_read_in_part_and_counted_in_whole(reader: Reader) -> None:
    for name in ("thing-mentions", "thing-relations"):
        assert f"LIMIT {thing.ROWS}" in reader.texts[name]
    named = "".join(f"ex:s{number} ex:names ex:hub .\n" for number in range(12_000))
    found = read(small(f"ex:g {{ {named} }}"), "http://example.org/hub", 5)
    (incoming,) = found.incoming
    assert (len(incoming.claims), incoming.total) == (5, 12_000)


def test_an_sdg_target_keeps_the_iri_of_the_un_and_has_a_page_here(reader: Reader) -> None:
    target = read(reader, "http://metadata.un.org/sdg/10.7")
    assert target.ref.path == "id/sdg/10.7"


# --- Names ---


def test_names_follow_the_language_asked_for(reader: Reader) -> None:
    french = read(reader.speaking("fr"), NETWORK)
    assert french.ref.kind == "Organe interinstitutions"
    assert values(french.groups, "lancé le") == ["9 décembre 2018"]
    assert "coordonnateur" in {each.relation.label for each in french.dated}


NAMES = """
ex:all skos:prefLabel "one"@en, "un"@fr, "uno"@es, "eins"@de .
ex:french skos:prefLabel "deux"@fr, "zwei"@de .
ex:spanish skos:prefLabel "tres"@es, "drei"@de .
ex:other skos:prefLabel "vier"@de, "quattro"@it ; dcterms:title "four"@en .
ex:title dcterms:title "Bericht"@de, "Rapport"@fr ; dcterms:identifier "A/1" .
ex:label rdfs:label "plain" .
ex:symbol dcterms:identifier "A/2" .
<http://example.org/a/last-part> ex:p ex:all .
"""


@pytest.mark.parametrize(
    ("language", "name", "wanted"),
    [
        ("en", "all", ("one", "en")),
        ("es", "all", ("uno", "es")),
        ("fr-CA", "all", ("un", "fr")),
        ("ru", "all", ("one", "en")),
        ("", "all", ("one", "en")),
        ("en", "french", ("deux", "fr")),
        ("en", "spanish", ("tres", "es")),
        ("en", "other", ("four", "en")),
        ("it", "other", ("quattro", "it")),
        ("en", "title", ("Rapport", "fr")),
        ("de", "title", ("Bericht", "de")),
        ("fr", "label", ("plain", "")),
        ("en", "symbol", ("A/2", "")),
        ("en", "a/last-part", ("last-part", "")),
    ],
)
def test_the_fallback_chain_of_labels(language: str, name: str, wanted: tuple[str, str]) -> None:
    found = reference.ref(small(NAMES, language), "http://example.org/" + name)
    assert (found.label, found.language) == wanted


def test_a_dated_relation_is_named_by_its_ends(reader: Reader) -> None:
    node = ID + "membership/un-network-on-migration-iom-coordinator"
    ends = ("International Organization for Migration", "coordinator")
    assert reference.ref(reader, node).label.startswith(", ".join(ends))


def test_a_relation_without_inverse_label_is_turned() -> None:
    small_reader = small('ex:p rdfs:label "knows"@en . ex:a ex:p ex:b .')
    assert read(small_reader, "http://example.org/b").incoming[0].relation.label == "knows ←"
    assert label.local_name("http://example.org/x#y") == "y"


# --- Literals ---


@pytest.mark.parametrize(
    ("value", "language", "wanted"),
    [
        ("2018-12-10", "en", "10 December 2018"),
        ("2018-12-10", "es", "10 de diciembre de 2018"),
        ("2018-12", "fr", "décembre 2018"),
        ("2006~", "en", "about 2006"),
        ("2006?", "en", "2006 (uncertain)"),
        ("2006%", "fr", "vers 2006 (incertain)"),
        ("202X", "en", "2020s"),
        ("20XX", "en", "20XX"),
        ("2018-XX", "en", "2018"),
        ("2006-21", "en", "spring 2006"),
        ("2003/2005", "en", "2003–2005"),
        ("2022-05-17/2022-05-20", "en", "17–20 May 2022"),
        ("2022-05-30/2022-06-02", "en", "30 May – 2 June 2022"),
        ("2021-11/2022-03", "en", "November 2021 – March 2022"),
        ("2018~/2018-12-10", "en", "about 2018 – 10 December 2018"),
        ("2019/2019", "en", "2019"),
        ("2019/..", "en", "since 2019"),
        ("../2019", "fr", "jusqu’à 2019"),
        ("../..", "en", "../.."),
        ("2019-13", "en", "2019-13"),
        ("whenever", "en", "whenever"),
        ("one/two", "en", "one – two"),
    ],
)
def test_dates_read_as_people_say_them(value: str, language: str, wanted: str) -> None:
    assert literal.shown(value, EDTF + "EDTF", language) == wanted


@pytest.mark.parametrize(
    ("value", "datatype", "language", "wanted"),
    [
        ("P4Y", "duration", "en", "every 4 years"),
        ("P1Y", "duration", "en", "every year"),
        ("P1Y6M", "duration", "fr", "tous les 1 an et 6 mois"),
        ("PT1H", "duration", "en", "PT1H"),
        ("P", "duration", "en", "P"),
        ("true", "boolean", "en", "yes"),
        ("0", "boolean", "es", "no"),
        ("281000", "integer", "en", "281\N{NARROW NO-BREAK SPACE}000"),
        ("2018-01-01", "date", "en", "1 January 2018"),
        ("over 140", "string", "en", "over 140"),
    ],
)
def test_other_literals_read_as_people_say_them(
    value: str, datatype: str, language: str, wanted: str
) -> None:
    assert literal.shown(value, XSD + datatype, language) == wanted


@pytest.mark.parametrize(
    ("begins", "ends", "wanted"),
    [
        ("2006", "2018", "2006–2018"),
        ("2006", "", "since 2006"),
        ("", "2018", "until 2018"),
        ("2018", "2018", "2018"),
        ("2006/2007", "2018", "2006–2018"),
        ("", "", ""),
    ],
)
def test_the_time_of_a_relation(begins: str, ends: str, wanted: str) -> None:
    assert literal.span(begins, ends) == wanted


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


# --- Lists ---


def test_classes_are_listed_with_counts(reader: Reader) -> None:
    counted = {each.iri: number for each, number in listing.list_classes(reader)}
    assert counted[DEF + "Objective"] == 23
    assert not {DEF + "Passage", expand("owl:Class"), expand("skos:Concept")} & set(counted)


def test_things_of_a_class_are_paged_in_natural_order(reader: Reader) -> None:
    first = listing.list_things(reader, DEF + "Objective", 0, 10)
    second = listing.list_things(reader, DEF + "Objective", 10, 20)
    assert (first.total, len(first.things), len(second.things)) == (23, 10, 13)
    provisions = listing.list_things(reader, DEF + "Provision", 0, 1)
    assert provisions.total > 23
    forums = listing.list_kind(reader, "forum")
    assert IMRF in {each.iri for each in forums.things}


def test_a_wrong_date_bounds_nothing_and_an_excluded_role_explains_nothing() -> None:
    odd = small(
        """
        ex:a gcm:begins "some day"^^edtf:EDTF .
        <https://w3id.org/gcm-graph/graph/derived/earliest-from-begins> { ex:a gcm:earliest 1 . }
        <https://w3id.org/gcm-graph/graph/derived/no-such-rule> { ex:a gcm:latest 1 . }
        ex:p gcm:participant ex:who ; gcm:inEvent ex:a ;
          gcm:capacity <https://w3id.org/gcm-graph/id/role/non-participant> .
        <https://w3id.org/gcm-graph/graph/derived/participation-association> {
          ex:a prov:wasAssociatedWith ex:who . }
        <https://w3id.org/gcm-graph/graph/derived/member-of> { ex:a gcm:chair ex:who . }
        """
    )
    about, one = ox.NamedNode("http://example.org/a"), ox.Literal(1)
    for relation, value in (
        ("gcm:earliest", one),
        ("gcm:latest", one),
        ("prov:wasAssociatedWith", ox.NamedNode("http://example.org/who")),
        ("gcm:chair", ox.NamedNode("http://example.org/who")),
    ):
        told = evidence.explain(odd, about, ox.NamedNode(expand(relation)), value)
        assert told
        assert told.rule
        assert told.premises == ()


def test_nodes_without_a_name_are_shown_as_they_are() -> None:
    found = read(small("ex:a ex:knows _:b1 ."), "http://example.org/a")
    assert shown(found.groups[0].claims[0]).startswith("_:")


PLANNED = """
ex:m org:member ex:a ; org:organization ex:b ; gcm:plannedBegins "2026"^^edtf:EDTF .
ex:q gcm:pledger ex:a ; gcm:date "2022-05"^^edtf:EDTF ; a gcm:Pledge .
gcm:Pledge rdfs:label "pledge"@en .
gcm:near a <http://www.w3.org/2002/07/owl#SymmetricProperty> . ex:b gcm:near ex:a .
"""


def test_plans_and_pledges_read_as_claims() -> None:
    found = read(small(PLANNED), "http://example.org/a")
    told = {shown(claim): claim for each in found.dated for claim in each.claims}
    assert (told["b"].time, told["b"].planned) == ("planned: since 2026", True)
    assert group(found.dated, "pledge").claims[0].time == "May 2022"
    assert "near" in {each.relation.label for each in found.groups}


def test_existence(reader: Reader) -> None:
    assert listing.exists(reader, NETWORK)
    assert listing.exists(small("ex:a ex:p ex:b ."), "http://example.org/a")
    assert not listing.exists(reader, ID + "body/none")


def test_a_folder_without_queries_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="holds no query of the service"):
        service_queries(tmp_path)
