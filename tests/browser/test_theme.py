"""Light and dark: the system decides until the reader does."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Opened = Callable[..., Page]


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_system_decides_until_the_reader_does(opened: Opened) -> None:
    light, dark = opened(color_scheme="light"), opened(color_scheme="dark")
    light.goto("/")
    dark.goto("/")
    assert ground(light) != ground(dark)
    switch = dark.get_by_role("button", name="Dark colours")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert ground(dark) == ground(light)


def test_the_choice_holds_on_the_next_page_before_it_is_drawn(opened: Opened) -> None:
    page = opened(color_scheme="light")
    page.goto("/")
    before = ground(page)
    page.get_by_role("button", name="Dark colours").click()
    page.goto("/about")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert ground(page) != before


def test_pages_work_without_scripts(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    page.goto("/")
    expect(page.get_by_role("button", name="Dark colours")).to_have_count(0)
    page.get_by_role("search").get_by_role("searchbox").first.fill("IMRF")
    page.get_by_role("button", name="Search").first.click()
    expect(page.get_by_role("main")).to_contain_text("International Migration Review Forum")
