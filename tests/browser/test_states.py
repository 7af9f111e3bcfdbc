"""The view of States with scripts: the map, the legend, the keyboard and the files it saves."""

import csv
import re
import struct
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from playwright.sync_api import Page, expect

Opened = Callable[..., Page]
Axe = Callable[..., list[str]]
SPACE = "{http://www.w3.org/2000/svg}"


def states(page: Page, address: str = "/states") -> Page:
    page.goto(address)
    expect(page.locator("svg.world a").first).to_be_attached()
    return page


def test_every_state_with_a_code_is_on_the_map(page: Page) -> None:
    states(page)
    expect(page.locator("svg.world a")).to_have_count(195)
    chile = page.locator('svg.world a[data-code="152"]')
    assert str(chile.get_attribute("aria-label")).startswith("Chile. abstained.")


def test_the_legend_filters_table_map_and_address(page: Page) -> None:
    states(page)
    page.locator('.map-legend [data-key="against"]').click()
    expect(page.locator("table.states tbody tr")).to_have_count(5)
    expect(page.locator("svg.world a:not(.faint)")).to_have_count(5)
    assert page.url.endswith("?choice=against")
    page.reload()
    expect(page.locator("svg.world a:not(.faint)")).to_have_count(5)
    pressed = page.locator('.map-legend [data-key="against"]')
    expect(pressed).to_have_attribute("aria-pressed", "true")
    pressed.click()
    expect(page.locator("table.states tbody tr")).to_have_count(197)
    page.go_back()
    expect(page.locator("table.states tbody tr")).to_have_count(5)


def test_the_form_changes_the_view_at_once(page: Page) -> None:
    states(page, "/states?choice=against")
    page.get_by_label("Tell apart by").select_option("processes")
    expect(page.locator(".states-title")).to_contain_text("number of consultative processes")
    assert "measure=processes" in page.url
    assert "choice" not in page.url
    page.get_by_label("Regional group", exact=True).select_option("un-grulac")
    expect(page.locator("table.states tbody tr")).to_have_count(33)


def test_the_keyboard_goes_from_state_to_state_in_the_order_of_the_table(page: Page) -> None:
    states(page)
    page.locator('.map-legend [data-key="not-recorded"]').focus()
    page.keyboard.press("Tab")
    focused = "document.activeElement.getAttribute('aria-label')"
    assert page.evaluate(focused).startswith("Afghanistan")
    tip = page.locator(".map-tip")
    expect(tip).to_contain_text("Afghanistan")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused).startswith("Albania")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("End")
    assert page.evaluate(focused).startswith("Zimbabwe")
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/state/zimbabwe")


def test_the_map_keeps_the_language_of_the_page(page: Page) -> None:
    states(page, "/states?lang=fr")
    chile = page.locator('svg.world a[data-code="152"]')
    expect(chile).to_have_attribute("href", re.compile(r"id/state/chile\?lang=fr$"))
    page.goto("/neighbourhood?thing=body:gcim&lang=es")
    node = page.locator("#graph a.node").first
    expect(node).to_have_attribute("href", re.compile(r"\?lang=es$"))


def test_pointing_at_a_state_tells_its_vote_and_passage(page: Page) -> None:
    states(page)
    page.locator('svg.world a[data-code="152"]').dispatch_event("pointerover")
    tip = page.locator(".map-tip")
    expect(tip).to_contain_text("Chile")
    expect(tip).to_contain_text("abstained")
    expect(tip).to_contain_text("para. 1")


def test_sorting_keeps_the_focus_and_is_in_the_address(page: Page) -> None:
    states(page)
    page.locator('th[data-column="processes"] a').click()
    expect(page.locator('th[data-column="processes"]')).to_have_attribute("aria-sort", "descending")
    assert page.url.endswith("?sort=-processes")
    assert page.evaluate("document.activeElement.closest('th')?.dataset.column") == "processes"


def test_the_map_is_saved_as_svg_and_png_with_title_legend_and_release(
    page: Page, tmp_path: Path
) -> None:
    states(page)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Map as SVG").click()
    file = tmp_path / "states.svg"
    saving.value.save_as(file)
    drawing = ElementTree.parse(file).getroot()
    words = " ".join(one.text or "" for one in drawing.iter(f"{SPACE}text"))
    assert "A/RES/73/195" in words
    assert "in favour (152)" in words
    assert "release" in words
    assert len(list(drawing.iter(f"{SPACE}pattern"))) >= 5
    with page.expect_download() as saving:
        page.get_by_role("button", name="Map as PNG").click()
    picture = tmp_path / "states.png"
    saving.value.save_as(picture)
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", head[16:20])[0] >= 1900


def test_the_table_is_saved_as_csv(page: Page, tmp_path: Path) -> None:
    states(page, "/states?choice=against")
    address = page.get_by_role("link", name="CSV").get_attribute("href")
    answer = page.request.get(f"/{address}".replace("/./", "/"))
    file = tmp_path / "states.csv"
    file.write_bytes(answer.body())
    with file.open(encoding="utf-8", newline="") as held:
        assert [row["iso3"] for row in csv.DictReader(held)] == ["CZE", "HUN", "ISR", "POL", "USA"]


def test_four_states_at_most_can_be_ticked_and_are_compared(page: Page) -> None:
    states(page)
    boxes = page.locator('table.states input[name="state"]')
    for place in range(4):
        boxes.nth(place).check()
    expect(boxes.nth(4)).to_be_disabled()
    page.get_by_role("button", name="Compare the ticked States").click()
    expect(page.locator("table.comparison thead th")).to_have_count(4)
    assert page.url.count("state=") == 4


def test_the_view_works_without_scripts(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    page.goto("/states")
    page.get_by_label("Only").select_option("against")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("table.states tbody tr")).to_have_count(5)
