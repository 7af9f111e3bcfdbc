"""The list of sources and the disagreements in a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Opened = Callable[..., Page]
Axe = Callable[..., list[str]]


def test_a_bar_of_the_chart_leads_to_the_sources_of_its_year(page: Page) -> None:
    page.goto("/source?kind=primary")
    bar = page.locator('svg.years a[aria-label^="2018:"]')
    count = str(bar.get_attribute("aria-label")).split()[1]
    bar.locator(".reach").click()
    expect(page.locator("main p[role=status]")).to_contain_text(f"{count} sources")
    assert page.url.endswith("/source?kind=primary&year=2018")
    page.reload()
    expect(page.locator("table.sources tbody tr")).to_have_count(int(count))


def test_the_disagreements_of_a_property_are_shown(page: Page) -> None:
    page.goto("/disagreements")
    before = page.locator("article.disagreement").count()
    page.get_by_label("Property").select_option(index=1)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("main p[role=status]")).to_contain_text(f"of {before}")
    assert 0 < page.locator("article.disagreement").count() < before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/source?year=2018", "/disagreements?lang=fr"])
def test_the_pages_are_accessible(opened: Opened, axe: Axe, scheme: str, address: str) -> None:
    page = opened(color_scheme=scheme)
    page.goto(address)
    assert axe(page, "main") == []


@pytest.mark.parametrize("address", ["/source?year=2018", "/disagreements"])
def test_a_phone_shows_the_pages_without_sideways_scrolling(opened: Opened, address: str) -> None:
    page = opened(viewport={"width": 390, "height": 844})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
