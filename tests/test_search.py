"""Search: what people type leads to the thing that they mean."""

import time

import httpx
import pyoxigraph as ox
import pytest

from gcm_graph.graph.reader import Reader, open_reader
from gcm_graph.namespaces import ID, SDG
from gcm_graph.search import symbol, text
from gcm_graph.search.index import Search, Tier, open_search
from gcm_graph.search.narrowing import narrowed
from gcm_graph.store import embedded
from gcm_graph.terms import expand


@pytest.fixture(scope="module")
def reader(store: ox.Store) -> Reader:
    return open_reader(embedded.Embedded(store, "digest"))


@pytest.fixture(scope="module")
def search(reader: Reader) -> Search:
    return open_search(reader)


FIRST = {
    "73/195": "instrument/a-res-73-195",
    "A/RES/73/195": "instrument/a-res-73-195",
    "a-res-73-195": "instrument/a-res-73-195",
    "res 73/195": "instrument/a-res-73-195",
    "Res. 73/195": "instrument/a-res-73-195",
    "resolution 73/195": "instrument/a-res-73-195",
    "UN General Assembly resolution 73/195": "instrument/a-res-73-195",
    "résolution 73/195 de l’Assemblée générale": "instrument/a-res-73-195",
    "document A/76/642": "report/sg-a-76-642",
    "objective 7": "provision/gcm-obj-7",
    "Objectif 7": "provision/gcm-obj-7",
    "objetivo 7": "provision/gcm-obj-7",
    "GCM Objective 17": "provision/gcm-obj-17",
    "obj. 7": "provision/gcm-obj-7",
    "IMRF": "forum/imrf",
    "imrf 2022": "event/imrf-2022",
    "pacte mondial": "instrument/gcm",
    "pacto mundial": "instrument/gcm",
    "Global Compact": "instrument/gcm",
    "Marrakesh": "instrument/gcm",
    "GFMD": "forum/gfmd",
    "G.F.M.D.": "forum/gfmd",
    "UNNM": "body/un-network-on-migration",
    "iom": "body/iom",
    "oim": "body/iom",
    "the International Organisation for Migration": "body/iom",
    "Türkiye": "state/turkiye",
    "Turkey": "state/turkiye",
    "TUR": "state/turkiye",
    "792": "state/turkiye",
    "Q43": "state/turkiye",
    "http://www.wikidata.org/entity/Q43": "state/turkiye",
    "global migration gruop": "body/global-migration-group",
    "国际移民问题审查论坛": "forum/imrf",
    "Cote d Ivoire": "state/cote-divoire",
    "https://w3id.org/gcm-graph/id/body/iom": "body/iom",
}


@pytest.mark.parametrize(("words", "thing"), FIRST.items())
def test_the_first_result_is_what_was_meant(search: Search, words: str, thing: str) -> None:
    assert search.find(words)[0].iri == ID + thing


@pytest.mark.parametrize("words", ["SDG 10.7", "sdg10.7", "target 10.7", "ODD 10.7", "10.7"])
def test_goals_targets_and_indicators_are_found_by_number(search: Search, words: str) -> None:
    assert search.find(words)[0].iri == SDG + "10.7"


def test_exact_names_come_before_prefixes_and_these_before_words(search: Search) -> None:
    tiers = [match.tier for match in search.find("IMRF") if match.realm == 0]
    assert tiers[0] is Tier.EXACT
    assert tiers == sorted(tiers)
    assert len(set(tiers)) > 2


def test_the_more_often_named_comes_first_among_equals(search: Search) -> None:
    found = [match for match in search.find("Global Compact") if match.tier is Tier.PREFIX]
    things = [match.importance for match in found if match.realm == 0]
    assert things == sorted(things, reverse=True)


def test_results_are_narrowed_by_class_and_kind(reader: Reader, search: Search) -> None:
    every = search.find("migration")
    bodies = search.find("migration", narrowed(reader, expand("org:Organization")))
    states = search.find("migration", narrowed(reader, None, "source"))
    assert 0 < len(bodies) < len(every)
    assert all("/id/" in match.iri for match in bodies)
    assert states
    assert all("/source/" in match.iri for match in states)


@pytest.mark.parametrize("words", ["", "  ", "—", "'", "\x00", "xqzwv kjhgf", "٪"])
def test_nothing_is_found_by_nothing(search: Search, words: str) -> None:
    assert search.find(words) == ()


def test_words_are_compared_in_one_spelling() -> None:
    assert text.words("L’Organisation, Genève; U.S.A. 10.7.2 & SDG10") == (
        "l", "organization", "geneve", "usa", "10.7.2", "and", "sdg", "10",
    )  # fmt: skip
    assert text.significant(text.words("the United Nations")) == ("un",)
    assert text.significant(("the",)) == ("the",)
    assert symbol.spellings(("73", "195"))[1] == ("a", "res", "73", "195")
    assert symbol.is_symbol("A/AC.293/2022/L.1")
    assert not symbol.is_symbol("GFMD")


def test_the_index_costs_little_beside_the_reader_and_an_answer_little_beside_the_index(
    reader: Reader,
) -> None:
    """Ratios within one run, so that a slow or busy machine changes nothing."""
    began = time.process_time()
    open_reader(reader.store)
    opened = time.process_time() - began
    began = time.process_time()
    search = open_search(reader)
    built = time.process_time() - began
    began = time.process_time()
    for words in FIRST:
        search.find(words)
    answered = (time.process_time() - began) / len(FIRST)
    assert built < 4 * opened
    assert answered < built / 10


def test_the_page_shows_the_name_that_matched_and_the_kinds(client: httpx.Client) -> None:
    asked = {"q": "pacte mondial"}
    page = client.get("/search", params=asked, headers={"Accept": "text/html"}).text
    assert "Pacte mondial pour des migrations sûres" in page
    assert 'kind=source"' in page
    answer = client.get("/search", params={**asked, "kind": "instrument", "format": "json"}).json()
    assert answer["items"][0]["iri"] == ID + "instrument/gcm"
    assert answer["items"][0]["matched"].startswith("Pacte mondial")
    assert answer["total"] == answer["kinds"]["instrument"]
    forums = client.get("/search", params={"q": "forum", "class": "gcm:Forum", "format": "json"})
    assert {item["kind"] for item in forums.json()["items"]} == {"Forum"}
    assert client.get("/search", params={"q": "x", "class": "nonsense"}).status_code == 400
    assert client.get("/search").status_code == 200


def test_the_api_searches_alike(client: httpx.Client) -> None:
    found = client.get("/api/things", params={"q": "objectif 7", "kind": "provision"}).json()
    assert found["items"][0]["iri"] == ID + "provision/gcm-obj-7"
    assert (
        client.get("/api/things", params={"q": "IMRF", "limit": 1, "offset": 1}).json()["offset"]
        == 1
    )
