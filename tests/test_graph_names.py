"""Names, literals and lists read as people say them."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from gcm_graph.graph import (
    evidence,
    label,
    listing,
    literal,
    reference,
)
from gcm_graph.graph.reader import Reader, service_queries
from gcm_graph.namespaces import DEF, EDTF, ID, XSD
from gcm_graph.terms import expand
from graph_reading import IMRF, NETWORK, group, read, shown, small, values

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
