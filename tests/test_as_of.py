"""The past: things and lineages as of a date, as their sources say."""

from typing import Any

import httpx
import pyoxigraph as ox
import pytest

ID = "https://w3id.org/gcm-graph/id/"
GMG, NETWORK, COMPACT = (
    "/id/body/global-migration-group",
    "/id/body/un-network-on-migration",
    "/id/instrument/gcm",
)


def told(client: httpx.Client, path: str, date: str) -> dict[str, Any]:
    answer = client.get(path, params={"as-of": date, "format": "json"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def holders(client: httpx.Client, office: str, date: str) -> set[str]:
    found = told(client, f"/id/body/{office}", date)
    return {
        claim["value"]["iri"].removeprefix(ID + "person/")
        for group in found["dated"]
        for claim in group["claims"]
        if ID + "person/" in claim["value"].get("iri", "")
    }


@pytest.mark.parametrize(
    ("path", "states"),
    [
        (GMG, ("there", "there", "ended")),
        (NETWORK, ("not-yet", "not-yet", "there")),
        (COMPACT, ("not-yet", "not-yet", "there")),
        ("/id/body/gcim", ("ended", "ended", "ended")),
    ],
)
def test_what_existed_in_2010_2017_and_2023(
    client: httpx.Client, path: str, states: tuple[str, ...]
) -> None:
    for date, state in zip(("2010", "2017", "2023"), states, strict=True):
        found = told(client, path, date)
        assert (found["asOf"]["date"], found["asOf"]["state"]) == (date, state)
        page = client.get(path, params={"as-of": date}, headers={"Accept": "text/html"}).text
        assert found["asOf"]["sentence"] in page
        assert 'name="as-of"' in page
        if state != "there":
            assert found["dated"] == []


def test_the_special_representative_of_2017_is_louise_arbour(client: httpx.Client) -> None:
    assert "louise-arbour" not in holders(client, "srsg-international-migration", "2010")
    assert "louise-arbour" in holders(client, "srsg-international-migration", "2017-06-30")
    assert "louise-arbour" not in holders(client, "srsg-international-migration", "2016")


def test_the_director_general_changes_on_1_october_2023(client: httpx.Client) -> None:
    both = {"antonio-vitorino", "amy-pope"}
    for date, names in (
        ("2017", set()),
        ("2023-09-30", {"antonio-vitorino"}),
        ("2023-10", {"amy-pope"}),
        ("2023", both),
    ):
        assert holders(client, "iom-director-general", date) & both == names
    # No source gives the end of the office before them, so it stays, with its beginning.
    assert "william-lacy-swing" in holders(client, "iom-director-general", "2017")


def test_rdf_says_what_json_says(client: httpx.Client) -> None:
    def members(date: str) -> set[str]:
        params = {"as-of": date, "format": "nt"}
        body = client.get("/id/body/iom-director-general", params=params).content
        found = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        member = "http://www.w3.org/ns/org#member"
        named = {t.object.value for t in found if t.predicate.value == member}  # type: ignore[union-attr]
        return named & {ID + "person/antonio-vitorino", ID + "person/amy-pope"}

    assert members("2023-09") == {ID + "person/antonio-vitorino"}
    assert members("2023-11") == {ID + "person/amy-pope"}
    params = {"as-of": "2023-11", "format": "nq"}
    quads = client.get("/id/body/iom-director-general", params=params).text
    assert "amy-pope-office-holder" in quads
    assert "antonio-vitorino-office-holder" not in quads


def test_a_vote_stands_in_the_month_of_the_adoption_alone(client: httpx.Client) -> None:
    path = "/id/event/adoption-a-res-73-195"
    assert told(client, path, "2018-11")["dated"] == []
    assert sum(group["total"] for group in told(client, path, "2018-12")["dated"]) > 190
    assert told(client, path, "2018-11")["asOf"]["state"] == "not-yet"
    assert told(client, path, "2019")["asOf"]["state"] == "ended"


def test_what_had_not_come_about_is_not_named(client: httpx.Client) -> None:
    before = client.get(f"{GMG}.nt", params={"as-of": "2017"}).text
    assert "un-network-on-migration" not in before
    page = client.get(GMG, params={"as-of": "2017"}, headers={"Accept": "text/html"}).text
    assert "un-network-on-migration" not in page
    assert "un-network-on-migration" in client.get(GMG, headers={"Accept": "text/html"}).text


def test_relations_without_dates_stay_and_are_marked(client: httpx.Client) -> None:
    found = told(client, GMG, "2010")
    undated = set(found["asOf"]["undated"])
    assert undated
    for group in found["dated"]:
        for claim in group["claims"]:
            assert (claim["node"] in undated) == (not claim["begins"] and not claim["ends"])
            assert claim["time"]


def test_references_of_the_past_are_those_that_are_cited(client: httpx.Client) -> None:
    found = told(client, GMG, "2010")
    cited = {
        passage["number"]
        for part in ("groups", "dated", "incoming", "disagreements")
        for group in found[part]
        for claim in group["claims"]
        for passage in claim["passages"]
    }
    assert [one["number"] for one in found["references"]] == sorted(cited)


def test_a_lineage_passes_only_through_what_existed(client: httpx.Client) -> None:
    params = {"from": "forum/imrf", "to": "body/gcim", "format": "json"}
    whole = client.get("/lineage", params=params).json()
    assert whole["chains"]
    assert "asOf" not in whole
    early = client.get("/lineage", params={**params, "as-of": "2010"}).json()
    assert early["chains"] == []
    assert early["asOf"]["start"]["state"] == "not-yet"
    late = client.get("/lineage", params={**params, "as-of": "2024"}).json()
    assert late["chains"]
    page = client.get("/lineage", params={**params, "as-of": "2010", "format": "html"}).text
    assert early["asOf"]["start"]["sentence"] in page


@pytest.mark.parametrize("date", ["yesterday", "2017-13", "2017-02-30", "17", "2010/2012", "2006~"])
def test_a_bad_date_is_refused_with_what_would_be_right(client: httpx.Client, date: str) -> None:
    for path in (GMG, "/lineage?from=forum/imrf&to=body/gcim"):
        answer = client.get(path + ("&" if "?" in path else "?") + "format=json", params=None)
        assert answer.status_code == 200
        bad = client.get(str(answer.url.copy_merge_params({"as-of": date})))
        assert bad.status_code == 400
        assert bad.headers["content-type"] == "application/problem+json"
        assert "2017-06-30" in bad.json()["detail"]
        assert bad.json()["parameter"] == "as-of"
