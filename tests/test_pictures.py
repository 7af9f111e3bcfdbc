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


def test_every_class_stands_once_in_the_diagrams(client: httpx.Client) -> None:
    text = client.get("/def", headers=HTML).text
    drawn = re.findall(r'<svg [^>]*class="drawing diagram".*?</svg>', text, re.DOTALL)
    boxes = [one for svg in drawn for one in re.findall(r'<a href="#([^"]+)"', svg)]
    classes = client.get("/def", headers={"Accept": "application/json"}).json()["classes"]
    assert sorted(boxes) == sorted(one["name"] for one in classes)
    adoption = next(svg for svg in drawn if '"#Adoption"' in svg)
    assert "votes in favour" in adoption
    assert '"#Event"' in adoption


def test_coverage_shows_the_fate_of_rows_by_topic_and_grade(client: httpx.Client) -> None:
    lines = client.get("/coverage", headers={"Accept": "application/json"}).json()["lines"]
    text = client.get("/coverage", headers=HTML).text
    by_topic, by_grade = re.findall(r'<svg [^>]*class="drawing stacked".*?</svg>', text, re.DOTALL)
    told = set(re.findall(r"<title>([^<]*)</title>", by_topic))
    for topic in {one["topic"] for one in lines}:
        carried = sum(one["carried"] for one in lines if one["topic"] == topic)
        assert f"{topic}: carried, {carried:,}" in told
    assert "unverified: left out" in by_grade


def test_a_source_says_what_rests_on_it_alone_and_whom_it_contradicts(
    client: httpx.Client,
) -> None:
    text = client.get("/source/wmr-2024-ch8", headers=HTML).text
    part = text.partition('id="bears"')[2].partition('id="passages"')[0]
    asked = "/query/source-alone?source=source:wmr-2024-ch8"
    alone = client.get(asked, headers={"Accept": "application/json"}).json()["total"]
    assert f'<span class="count">{alone:,}</span>' in part
    rival = re.search(r'href="\.\./(disagreements\?first=wmr-2024-ch8&amp;second=[^"]+)"', part)
    assert rival
    page = client.get("/" + rival[1].replace("&amp;", "&"), headers=HTML)
    assert 'class="disagreement"' in page.text


def test_a_thing_begins_with_what_set_it_up(client: httpx.Client) -> None:
    text = client.get("/id/body/un-network-on-migration", headers=HTML).text
    head = text.partition('class="origins"')[2].partition("</p>")[0]
    assert "Established by" in head
    assert "Secretary-General" in head
    assert 'class="origins"' not in client.get("/id/state/morocco", headers=HTML).text


def test_browsers_find_the_icon_of_any_answer(client: httpx.Client) -> None:
    answer = client.get("/favicon.ico", follow_redirects=True)
    assert answer.headers["Content-Type"].startswith("image/svg")
