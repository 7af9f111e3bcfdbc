"""What every page has: the search with suggestions, and the menu."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from conftest import Service


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("IMRF", "International Migration Review Forum"),
        ("73/195", "Global Compact for Safe, Orderly and Regular Migration"),
        ("pacte mondial", "Global Compact for Safe, Orderly and Regular Migration"),
    ],
)
def test_suggestions_know_acronyms_symbols_and_languages(
    page: Page, typed: str, label: str
) -> None:
    page.goto("/?lang=en")
    page.get_by_label("Find an instrument").press_sequentially(typed)
    expect(page.get_by_role("option").filter(has_text=label).first).to_be_visible()


def test_the_keyboard_chooses_a_suggestion(page: Page) -> None:
    page.goto("/about")
    field = page.get_by_role("combobox", name="Search")
    field.press_sequentially("IMRF")
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="suggestion")).to_have_count(1)
    field.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant") or ""
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/id/forum/imrf"))


def test_escape_closes_the_list_and_enter_searches(page: Page) -> None:
    page.goto("/about")
    field = page.get_by_role("combobox", name="Search")
    field.press_sequentially("rabat")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field).to_have_value("rabat")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=rabat"))


def test_the_menu_closes_on_escape_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/about")
    more = page.locator(".site-nav summary")
    more.press("Enter")
    way = page.locator(".site-nav .more a").first
    expect(way).to_be_visible()
    way.press("Escape")
    expect(way).to_be_hidden()
    expect(more).to_be_focused()


def test_the_first_page_is_light(page: Page) -> None:
    sizes: list[int] = []
    page.on("requestfinished", lambda one: sizes.append(one.sizes()["responseBodySize"]))
    page.goto("/", wait_until="networkidle")
    assert 0 < sum(sizes) < 150_000


def test_browsers_are_told_how_to_search(service: Service) -> None:
    text = httpx.get(f"{service.address}/opensearch.xml").text
    (template,) = re.findall(r'type="text/html" template="([^"]+)"', text)
    answer = httpx.get(template.replace("{searchTerms}", "IMRF"))
    assert "International Migration Review Forum" in answer.text
