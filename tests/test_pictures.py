"""The pictures of questions: each is drawn as the header of its question declares."""

import json
import re
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from gcm_graph.library.catalogue import Catalogue
from gcm_graph.library.question import Question
from gcm_graph.settings import assets_root

PUBLIC = Catalogue.read(assets_root() / "queries").public
HTML = {"Accept": "text/html", "Accept-Language": "en"}


def shown(view: str) -> list[Question]:
    found = [one for one in PUBLIC if one.display.view == view]
    assert found
    return found


def page(client: httpx.Client, name: str, query: str = "") -> str:
    answer = client.get(f"/query/{name}{query}", headers=HTML)
    assert answer.status_code == 200
    return answer.text


def drawing(text: str, name: str) -> ElementTree.Element:
    found = re.search(rf'<svg [^>]*class="{name}".*?</svg>', text, re.DOTALL)
    assert found, f"no drawing {name}"
    return ElementTree.fromstring(found[0])


def atlas(text: str) -> Any:
    block = re.search(r'id="map-data">(.*?)</script>', text, re.DOTALL)
    assert block
    return json.loads(block[1])


@pytest.mark.parametrize("question", shown("map"), ids=lambda one: one.name)
def test_a_map_has_every_state_and_counts_them_all(
    question: Question, client: httpx.Client
) -> None:
    told = atlas(page(client, question.name))
    assert sum(one["count"] for one in told["legend"]) == len(told["places"]) > 190
    keys = {one["key"] for one in told["legend"]}
    assert {one["category"] for one in told["places"]} == keys
    assert len({one["tone"] for one in told["legend"]}) == len(keys)


def test_the_map_of_a_vote_tells_the_choices_apart_as_the_view_of_states_does(
    client: httpx.Client,
) -> None:
    told = atlas(page(client, "votes-cast", "?adoption=event:adoption-a-res-73-195"))
    tones = {one["label"]: one["tone"] for one in told["legend"]}
    assert tones["in favour"] == "for"
    assert tones["against"] == "against"
    places = {one["name"]: one for one in told["places"]}
    assert places["Chile"]["category"] == "abstained"


def test_numbers_on_a_map_are_put_into_classes(client: httpx.Client) -> None:
    told = atlas(page(client, "states-by-processes"))
    assert [one["tone"] for one in told["legend"]][:3] == ["high", "middle", "low"]


@pytest.mark.parametrize("question", shown("graph"), ids=lambda one: one.name)
def test_a_graph_draws_the_edges_that_its_files_have(
    question: Question, client: httpx.Client
) -> None:
    text = page(client, question.name)
    rings = drawing(text, "rings")
    space = "{http://www.w3.org/2000/svg}"
    nodes = {one.get("data-name") for one in rings.iter(f"{space}a")}
    edges = [one for one in rings.iter(f"{space}path") if one.get("data-source")]
    assert len(edges) >= 2
    assert {one.get("data-source") for one in edges} <= nodes
    assert {one.get("data-target") for one in edges} <= nodes


@pytest.mark.parametrize("question", shown("matrix"), ids=lambda one: one.name)
def test_a_matrix_has_a_cell_for_what_crosses(question: Question, client: httpx.Client) -> None:
    text = page(client, question.name)
    if 'class="drawing matrix"' not in text:
        rows = client.get(f"/query/{question.name}", headers={"Accept": "application/json"}).json()
        part = question.display.columns
        for one in ("row", "column"):
            if len({row[part[one]] for row in rows["items"] if row[part[one]]}) < 2:
                return  # one row, or one column, is no matrix
        pytest.fail("nothing is drawn")
    matrix = drawing(text, "drawing matrix")
    space = "{http://www.w3.org/2000/svg}"
    titles = [one.text for one in matrix.iter(f"{space}title")]
    assert any(" × " in (one or "") for one in titles)


@pytest.mark.parametrize("view", ["bar", "timeline"])
def test_bars_and_spans_are_drawn(view: str, client: httpx.Client) -> None:
    for question in shown(view):
        undated = question.name in {"workstreams", "processes-of-state"}
        drawn = 'class="rings"' if undated else 'class="drawing bars chart"'
        assert drawn in page(client, question.name), question.name
