"""The view Lineage with scripts: lanes in time, the legend, the slider, the keyboard, the files."""

import csv
import struct
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from playwright.sync_api import Page, expect

from conftest import Service

Opened = Callable[..., Page]
Axe = Callable[..., list[str]]
SPACE = "{http://www.w3.org/2000/svg}"
CHAINS = "/lineage?from=forum/imrf&to=body/gcim"
GMG = '.life[data-thing$="body/global-migration-group"]'
NETWORK = '.life[data-thing$="body/un-network-on-migration"]'


def lineage(page: Page, address: str = "/lineage") -> Page:
    page.goto(address)
    expect(page.locator('svg.architecture a[tabindex="0"]')).to_have_count(1)
    return page


def test_the_whole_architecture_stands_on_lanes_without_scripts(service: Service) -> None:
    answer = httpx.get(f"{service.address}/lineage", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    for name in ("Documents (", "Bodies and forums (", "Events (", "Global Migration Group"):
        assert name in answer.text
    told = httpx.get(f"{service.address}/lineage.json").json()
    assert {one["lane"] for one in told["things"]} == {"document", "body", "event"}
    assert told["release"]
    group = next(one for one in told["things"] if one["ref"]["path"].endswith("migration-group"))
    assert group["begins"]
    rows = list(csv.DictReader(httpx.get(f"{service.address}/lineage.csv").text.splitlines()))
    assert len(rows) == len(told["steps"])
    assert all(row["passages"] for row in rows)


@pytest.mark.parametrize("query", ["hide=nonsense", "fold=nowhere", "layout=round", "to=body/gcim"])
def test_what_the_view_does_not_know_is_refused_with_a_reason(service: Service, query: str) -> None:
    answer = httpx.get(f"{service.address}/lineage?{query}", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert "`" in answer.json()["detail"]


def test_time_runs_to_the_right_and_bodies_last(page: Page) -> None:
    lineage(page)
    place = "one => one.getBBox().x"
    earlier = page.locator(f"{GMG} .mark").evaluate(place)
    later = page.locator(f"{NETWORK} .mark").evaluate(place)
    assert earlier < later
    width = page.locator(f"{GMG} .bar").evaluate("one => one.getBBox().width")
    assert width > 12 * 40
    expect(page.locator(f"{GMG} .stop")).to_have_count(1)
    expect(page.locator(f"{NETWORK} .stop")).to_have_count(0)


def test_the_slider_shows_the_architecture_of_a_year(page: Page) -> None:
    lineage(page)
    slider = page.locator("#as-of-year")
    slider.fill("2012")
    expect(page.locator(NETWORK)).to_be_hidden()
    expect(page.locator(GMG)).to_be_visible()
    page.wait_for_url("**as-of=2012*")
    page.reload()
    expect(page.locator(NETWORK)).to_be_hidden()
    expect(page.locator("#as-of-year")).to_have_value("2012")
    page.locator("#as-of-year").fill("2020")
    page.wait_for_url("**as-of=2020*")
    expect(page.locator(f"{GMG}.ended")).to_have_count(1)
    expect(page.locator(NETWORK)).to_be_visible()


def test_the_legend_hides_a_relation_and_the_address_keeps_it(page: Page) -> None:
    lineage(page)
    shown = page.locator('.edge[data-relation="informedBy"]')
    assert shown.count() > 5
    page.locator('[data-control="relation-informedBy"]').click()
    expect(shown).to_have_count(0)
    assert "hide=informedBy" in page.url
    page.reload()
    expect(shown).to_have_count(0)
    page.go_back()
    page.locator('[data-control="relation-informedBy"]').press("Enter")
    expect(page.locator('[data-control="relation-informedBy"]')).to_be_focused()


def test_lanes_fold_and_unfold(page: Page) -> None:
    lineage(page)
    events = page.locator(".life.event")
    before = events.count()
    page.locator('[data-control="lane-event"]').click()
    expect(events).to_have_count(0)
    assert "fold=event" in page.url
    page.locator('[data-control="lane-event"]').click()
    expect(events).to_have_count(before)


def test_two_things_are_picked_by_name(page: Page) -> None:
    lineage(page)
    page.locator("#from").fill("International Migration Review Forum")
    page.get_by_role("option").first.click()
    assert page.locator("#from").input_value() != ""
    page.locator("#from").fill("forum/imrf")
    page.locator("#to").fill("body/gcim")
    page.get_by_role("button", name="Show the chains").click()
    expect(page.locator("#chains")).to_be_visible()
    page.wait_for_url("**from=forum*to=body*")
    page.locator('[data-control="layout-steps"]').click()
    expect(page.locator("svg.lineage")).to_be_visible()
    page.reload()
    expect(page.locator("svg.lineage")).to_be_visible()


def test_the_keyboard_walks_from_the_search_to_a_passage(page: Page) -> None:
    lineage(page, CHAINS)
    page.locator('svg.architecture a[tabindex="0"]').focus()
    page.keyboard.press("End")
    focused = "document.activeElement.dataset"
    for _ in range(30):
        page.keyboard.press("ArrowLeft")
        if page.evaluate(f"{focused}.step !== undefined"):
            break
        page.keyboard.press("ArrowUp")
    assert page.evaluate(f"{focused}.step !== undefined")
    expect(page.locator(".lineage-tip")).to_contain_text("Rests on")
    key = page.evaluate(f"{focused}.key")
    page.keyboard.press("Enter")
    expect(page.locator("#picked")).to_be_focused()
    expect(page.locator("#picked a").first).to_be_visible()
    assert "step=" in page.url
    page.reload()
    expect(page.locator("#picked")).to_be_visible()
    expect(page.locator(f'.edge.selected[data-key="{key}"]')).to_have_count(1)
    page.locator("#picked").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#picked")).to_be_hidden()
    assert "step=" not in page.url
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(f"{focused}.thing !== undefined")
    page.locator('svg.architecture a[tabindex="0"]').press("Enter")
    page.wait_for_url("**/id/**")


def test_the_drawing_is_saved_as_svg_and_png(page: Page, service: Service, tmp_path: Path) -> None:
    answer = httpx.get(f"{service.address}/lineage.svg?hide=informedBy")
    drawing = ElementTree.fromstring(answer.text)
    relations = {one.get("data-relation") for one in drawing.iter(f"{SPACE}a")}
    assert "mandatedBy" in relations
    assert "informedBy" not in relations
    lineage(page, CHAINS)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Drawing as PNG").click()
    file = tmp_path / "lineage.png"
    saving.value.save_as(file)
    head = file.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", head[16:20])[0] >= 1900


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/lineage", f"{CHAINS}&as-of=2023"])
def test_the_page_is_accessible(opened: Opened, axe: Axe, scheme: str, address: str) -> None:
    page = lineage(opened(color_scheme=scheme), address)
    assert axe(page) == []


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_page_is_accessible_in_other_languages(page: Page, axe: Axe, language: str) -> None:
    assert axe(lineage(page, f"{CHAINS}&lang={language}")) == []


@pytest.mark.parametrize("address", ["/lineage", CHAINS])
def test_a_phone_scrolls_the_drawing_and_not_the_page(opened: Opened, address: str) -> None:
    page = lineage(opened(viewport={"width": 390, "height": 844}), address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator(".drawing-box")
    assert box.evaluate("one => one.scrollWidth > one.clientWidth")
    left = "one => one.getBoundingClientRect().left"
    before = page.locator(".lane-name").first.evaluate(left)
    box.evaluate("one => { one.scrollLeft = one.scrollLeft > 300 ? 100 : 600; }")
    page.wait_for_timeout(100)
    assert abs(page.locator(".lane-name").first.evaluate(left) - before) < 2
