"""The view of States and the comparison, as people and programs get them."""

import csv
import io
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

GRAPH = "https://w3id.org/gcm-graph/"


def view(client: httpx.Client, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/states.json{query}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def totals(found: dict[str, Any]) -> dict[str, int]:
    return {one["key"]: one["states"] for one in found["totals"]}


def recorded(found: dict[str, Any]) -> dict[str, list[int]]:
    return {one["key"]: [t["number"] for t in one["recorded"]] for one in found["totals"]}


def test_the_vote_on_the_compact_has_the_recorded_totals(client: httpx.Client) -> None:
    found = view(client)
    assert found["vote"]["instrument"]["iri"] == f"{GRAPH}id/instrument/a-res-73-195"
    assert recorded(found) == {
        "in-favour": [152],
        "against": [5],
        "abstained": [12],
        "not-voting": [24],
        "disputed": [],
        "not-recorded": [],
    }
    assert all(total["passages"] for one in found["totals"] for total in one["recorded"])


def test_the_states_that_voted_against_are_the_five(client: httpx.Client) -> None:
    found = view(client, "?choice=against")
    codes = {one["iso3"] for one in found["states"]}
    assert codes == {"CZE", "HUN", "ISR", "POL", "USA"}
    assert all(vote["passages"] for one in found["states"] for vote in one["votes"])


def test_a_state_to_which_sources_give_two_choices_is_shown_with_both(
    client: httpx.Client,
) -> None:
    found = view(client, "?choice=disputed")
    assert [one["state"]["label"] for one in found["states"]] == ["Slovenia"]
    choices = {vote["manner"]["label"] for vote in found["states"][0]["votes"]}
    assert choices == {"in favour", "not voting"}
    assert "Slovenia" in {
        one["state"]["label"] for one in view(client, "?choice=in-favour")["states"]
    }


def test_every_band_counts_each_state_once(client: httpx.Client) -> None:
    for by in ("group", "region"):
        bands = view(client, f"?by={by}")["bands"]
        assert sum(band["states"] for band in bands) == len(view(client)["states"])
        assert all(sum(band["counts"].values()) == band["states"] for band in bands)
    africa = next(b for b in view(client)["bands"] if b["group"]["label"] == "African Group")
    assert africa["counts"]["in-favour"] == 46


def test_an_instrument_is_found_by_what_is_annexed_to_it(client: httpx.Client) -> None:
    assert view(client, "?instrument=gcm")["vote"] == view(client)["vote"]
    assert totals(view(client, "?instrument=a-res-73-151"))["against"] == 2


def test_region_and_group_narrow_the_view(client: httpx.Client) -> None:
    found = view(client, "?region=northern-africa&group=un-african-group")
    names = {one["iso3"] for one in found["states"]}
    assert names == {"DZA", "EGY", "LBY", "MAR", "SDN", "TUN"}


def test_later_stands_are_those_after_the_vote(client: httpx.Client) -> None:
    found = view(client, "?measure=stands&group=un-grulac")
    brazil = next(one for one in found["states"] if one["iso3"] == "BRA")
    assert [fact["manner"]["label"] for fact in brazil["later_stands"]] == ["withdrew", "returned"]
    assert brazil["category"] == "favourable"
    chile = next(one for one in found["states"] if one["iso3"] == "CHL")
    assert [fact["manner"]["label"] for fact in chile["later_stands"]] == []
    assert chile["earlier_stands"]


def test_processes_are_counted_as_the_question_of_the_library_counts_them(
    client: httpx.Client,
) -> None:
    asking = {"Accept": "application/sparql-results+json"}
    answer = client.get("/query/states-by-processes", headers=asking).json()
    rows = answer["results"]["bindings"]
    asked = {row["state"]["value"]: int(row["processes"]["value"]) for row in rows}
    found = view(client, "?measure=processes")["states"]
    shown = {one["state"]["iri"]: len(one["processes"]) for one in found if one["processes"]}
    assert shown == asked


def test_the_table_can_be_put_in_order(client: httpx.Client) -> None:
    counts = [len(one["processes"]) for one in view(client, "?sort=-processes")["states"]]
    assert counts == sorted(counts, reverse=True)
    codes = [one["iso3"] for one in view(client, "?sort=iso3")["states"] if one["iso3"]]
    assert codes == sorted(codes)


def test_what_no_source_says_is_not_recorded(client: httpx.Client) -> None:
    found = view(client, "?choice=not-recorded")
    names = {one["state"]["label"] for one in found["states"]}
    assert {"Holy See", "State of Palestine"} <= names
    text = client.get("/states?choice=not-recorded").text
    assert text.count("not recorded</span>") >= len(names)


def test_csv_has_a_row_for_each_state_with_its_passages(client: httpx.Client) -> None:
    answer = client.get("/states.csv?choice=against")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["iso3"] for row in rows] == ["CZE", "HUN", "ISR", "POL", "USA"]
    for row in rows:
        assert row["vote"] == "against"
        assert row["vote_passages"].startswith(f"{GRAPH}source/")


def test_svg_draws_the_bands(client: httpx.Client) -> None:
    answer = client.get("/states?format=svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    drawing = ElementTree.fromstring(answer.text.strip())
    words = {one.text for one in drawing.iter("{http://www.w3.org/2000/svg}text")}
    assert {"African Group", "46"} <= words


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("measure=weight", "processes"),
        ("region=atlantis", "northern-africa"),
        ("group=g77", "un-grulac"),
        ("choice=maybe", "abstained"),
        ("instrument=magna-carta", "a-res-73-195"),
        ("sort=size", "-processes"),
        ("by=colour", "region"),
    ],
)
def test_a_value_that_there_is_not_is_answered_with_those_there_are(
    client: httpx.Client, query: str, said: str
) -> None:
    answer = client.get(f"/states.json?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert said in problem["detail"]
    assert problem["parameter"] == query.partition("=")[0]


def test_the_page_names_its_release_and_works_without_scripts(client: httpx.Client) -> None:
    text = client.get("/states", headers={"Accept": "text/html"}).text
    digest = client.get("/states.json").json()["release"]
    assert digest[:12] in text
    assert '<form class="panel states-form"' in text
    assert text.count("<tr data-code=") == len(view(client)["states"])
    assert "<svg" in text
    assert "do not imply" in text


def compared(client: httpx.Client, query: str) -> dict[str, Any]:
    answer = client.get(f"/states/compare.json?{query}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_compared_states_differ_only_in_what_is_recorded(client: httpx.Client) -> None:
    found = compared(client, "state=chile&state=USA")
    votes = {line["about"]["iri"].rpartition("/")[2]: line for line in found["votes"]}
    assert votes["a-res-73-195"]["differs"]
    assert not votes["a-res-73-195"]["partial"]
    modalities = votes["modalities-imrf"]
    assert modalities["partial"]
    assert not modalities["differs"]
    assert [one["iso3"] for one in found["states"]] == ["CHL", "USA"]


def test_processes_in_common_come_first(client: httpx.Client) -> None:
    lines = compared(client, "state=chile&state=brazil")["processes"]
    held = [sum(map(bool, line["states"])) for line in lines]
    assert held == sorted(held, reverse=True)
    assert lines[0]["about"]["iri"].endswith(("/fibemyd", "/sacm"))


def test_a_comparison_as_csv_has_a_column_for_each_state(client: httpx.Client) -> None:
    text = client.get("/states/compare.csv?state=152&state=brazil").text
    rows = list(csv.DictReader(io.StringIO(text)))
    vote = next(row for row in rows if row["iri"].endswith("/a-res-73-195"))
    assert (vote["CHL"], vote["BRA"], vote["differs"]) == ("abstained", "in favour", "true")
    assert vote["CHL_passages"].startswith(f"{GRAPH}source/")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("state=chile", 400),
        ("", 400),
        ("state=chile&state=atlantis", 404),
        ("state=chile&state=brazil&state=peru&state=spain&state=italy", 400),
    ],
)
def test_a_comparison_that_cannot_be_made_says_why(
    client: httpx.Client, query: str, status: int
) -> None:
    answer = client.get(f"/states/compare.json?{query}")
    assert answer.status_code == status
    assert answer.json()["parameter"] == "state"


def test_a_comparison_of_one_asks_for_another(client: httpx.Client) -> None:
    answer = client.get("/states/compare?state=chile", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "Choose a second State" in answer.text


def test_the_page_of_a_state_tells_its_record(client: httpx.Client) -> None:
    text = client.get("/id/state/thailand", headers={"Accept": "text/html"}).text
    for anchor in ("votes", "stands", "processes", "reviews", "pledges"):
        assert f'id="state-{anchor}"' in text
    assert "states/compare?state=thailand" in text
    assert "champion country" in text
    other = client.get("/id/body/iom", headers={"Accept": "text/html"}).text
    assert 'id="state-votes"' not in other
