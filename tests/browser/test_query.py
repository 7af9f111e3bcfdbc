"""The library of questions and the page of one, with scripts."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

Opened = Callable[..., Page]
Axe = Callable[..., list[str]]


def test_the_library_is_narrowed_by_words_and_topic(page: Page) -> None:
    page.goto("/query")
    listed = page.locator(".question-group li:visible")
    total = listed.count()
    page.get_by_label("Words in the question").fill("forum origins called")
    assert listed.count() < total
    page.get_by_label("Words in the question").fill("")
    page.get_by_label("Topic").select_option("The Network")
    expect(page.locator(".question-group:visible")).to_have_count(1)
    expect(page.locator("#questions-status")).to_contain_text(f"of {total} questions")


def test_a_thing_is_chosen_by_name(page: Page) -> None:
    page.goto("/query/processes-of-state?state=state:morocco")
    field = page.locator("#parameter-state")
    expect(field).to_have_value("Morocco")
    field.fill("Thaila")
    page.get_by_role("option", name="Thailand").first.click()
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**state%2Fthailand*")
    expect(field).to_have_value("Thailand")
    expect(page.locator("table.answer")).to_contain_text("Bali Process")


def test_the_answer_is_cited_and_opens_in_the_editor_as_asked(page: Page) -> None:
    page.goto("/query/processes-of-state?state=state:thailand")
    expect(page.locator(".citation")).to_contain_text("release")
    expect(page.locator(".citation")).to_contain_text("query/processes-of-state?state=")
    page.get_by_role("link", name="Open in the editor").click()
    expect(page.locator("#query")).to_have_value(re.compile("id/state/thailand>"))


def test_the_picture_is_saved(page: Page, tmp_path: Path) -> None:
    page.goto("/query/architecture-at-year-end")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Picture as SVG").click()
    file = tmp_path / "picture.svg"
    saving.value.save_as(file)
    assert saving.value.suggested_filename == "architecture-at-year-end.svg"
    assert len(list(ElementTree.parse(file).iter("{http://www.w3.org/2000/svg}rect"))) > 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address",
    ["/query", "/query/architecture-at-year-end?lang=fr", "/query/champion-country-votes?lang=es"],
)
def test_the_pages_are_accessible(opened: Opened, axe: Axe, scheme: str, address: str) -> None:
    page = opened(color_scheme=scheme, viewport={"width": 390, "height": 844})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert axe(page, "main") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_question_is_asked_without_scripts(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    page.goto("/query/processes-of-state?state=state:morocco")
    page.locator("#parameter-state").fill("state/thailand")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("table.answer")).to_contain_text("Bali Process")
