"""The list of sources and the disagreements in a browser."""

from collections.abc import Callable

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
