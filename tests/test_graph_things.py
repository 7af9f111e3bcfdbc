"""The reader of things tells what the built graph holds, with its passages."""

import pyoxigraph as ox

from gcm_graph.graph import (
    thing,
)
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Ref
from gcm_graph.namespaces import ID
from gcm_graph.store.embedded import Embedded
from gcm_graph.terms import expand
from graph_reading import COMPACT, GMG, IOM, NETWORK, PARA_45, group, read, shown, small, values

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
    assert network.summary


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
    claims = group(read(reader, NETWORK).dated, "coordinator").claims
    held = next(c for c in claims if shown(c) == "International Organization for Migration")
    assert {p.locator for p in held.passages} >= {"para. 45 (a)"}
    assert held.node == ID + "membership/un-network-on-migration-iom-coordinator"
    turned = group(read(reader, IOM).dated, "coordinator of")
    assert "United Nations Network on Migration" in [shown(each) for each in turned.claims]


def test_a_dated_relation_shows_its_time(reader: Reader) -> None:
    claims = group(read(reader, IOM).dated, "chair of").claims
    terms = [each for each in claims if shown(each) == "Global Migration Group"]
    (chaired,) = [each for each in terms if (each.begins, each.ends) == ("2007-01", "2007-06")]
    assert chaired.time == "January 2007 \N{EN DASH} June 2007"


def test_a_figure_shows_its_value_measure_and_date(reader: Reader) -> None:
    claims = group(read(reader, NETWORK).dated, "members").claims
    counted = next(each for each in claims if shown(each) == "39")
    assert "2024" in counted.as_of
    assert counted.time.startswith("as of 2024")


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


def test_a_page_takes_three_queries(reader: Reader, store: ox.Store) -> None:
    asked: list[str] = []

    class Counting(Embedded):
        def select(self, query, bindings=None):  # type: ignore[no-untyped-def]
            asked.append(query)
            return super().select(query, bindings)

    counting = Reader(
        Counting(store, "x"),
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
