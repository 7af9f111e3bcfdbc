"""The list of sources and the disagreements, chosen by kind, year, words and property."""

from typing import Any

import httpx
import pytest


def found(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    held: list[dict[str, Any]] = answer.json()
    return held


def test_sources_are_chosen_by_kind_and_year(client: httpx.Client) -> None:
    chosen = found(client, "/source?kind=primary&year=2018")
    everything = found(client, "/source")
    assert 0 < len(chosen) < len(everything)
    assert {one["kind"] for one in chosen} == {"primary"}
    assert {one["date"][:4] for one in chosen} == {"2018"}


def test_sources_are_found_by_symbol(client: httpx.Client) -> None:
    symbols = {one["ref"]["identifier"] for one in found(client, "/source?q=a%2Fres%2F73%2F195")}
    assert "A/RES/73/195" in symbols


def test_the_chart_leads_to_the_sources_of_a_year(client: httpx.Client) -> None:
    text = client.get("/source", headers={"Accept": "text/html"}).text
    count = len(found(client, "/source?kind=primary&year=2018"))
    assert 'href="./source?year=2018"' in text or 'href="source?year=2018"' in text
    assert f"2018: {count} primary" in text


def test_disagreements_between_two_sources_have_both(client: httpx.Client) -> None:
    everything = found(client, "/disagreements")
    sides = [
        [one["passages"][0]["source"]["iri"].rpartition("/")[2] for one in each["claims"]]
        for each in everything
    ]
    first, second = next(side[:2] for side in sides if len(side) > 1 and side[0] != side[1])
    chosen = found(client, f"/disagreements?first={first}&second={second}")
    assert 0 < len(chosen) < len(everything)
    for one in chosen:
        named = {
            place["source"]["iri"].rpartition("/")[2]
            for claim in one["claims"]
            for place in claim["passages"]
        }
        assert {first, second} <= named


def test_disagreements_are_chosen_by_property(client: httpx.Client) -> None:
    everything = found(client, "/disagreements")
    name = everything[0]["on"]["iri"].rpartition("#")[2]
    chosen = found(client, f"/disagreements?property={name}")
    assert chosen
    assert {one["on"]["iri"].rpartition("#")[2] for one in chosen} == {name}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/source?kind=rumour", "secondary"),
        ("/source?year=18", "four digits"),
        ("/disagreements?first=nowhere", "There are"),
    ],
)
def test_a_value_that_there_is_not_is_refused(client: httpx.Client, path: str, said: str) -> None:
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert said in answer.json()["detail"]
