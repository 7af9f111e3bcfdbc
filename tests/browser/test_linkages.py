"""The matrix of linkages with scripts: the keyboard, the explanation, filters and files."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Opened = Callable[..., Page]
Axe = Callable[..., list[str]]
FOCUSED = "document.activeElement.dataset.cell"


def matrix(page: Page, address: str = "/linkages") -> Page:
    page.goto(address)
    expect(page.locator("#matrix")).to_have_attribute("role", "grid")
    return page


def test_the_keyboard_walks_the_matrix_and_explains_a_cell(page: Page) -> None:
    matrix(page)
    page.locator('#matrix a[data-cell="gcm-obj-7~10.7"]').focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED) == "gcm-obj-8~10.7"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    explained = page.locator("#explained")
    expect(explained).to_be_focused()
    expect(explained).to_contain_text("aligned with")
    assert "cell=gcm-obj-7~10.7" in page.url.replace("%7E", "~")
    page.keyboard.press("Escape")
    expect(explained).to_have_count(0)
    assert page.evaluate(FOCUSED) == "gcm-obj-7~10.7"
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.closest('th')?.dataset.key") == "gcm-obj-7"


def test_sorting_and_filtering_are_in_the_address_and_survive_a_reload(page: Page) -> None:
    matrix(page)
    page.locator('#matrix [data-sort="links"]').click()
    expect(page.locator("#matrix th.total")).to_have_attribute("aria-sort", "descending")
    page.get_by_label("Words").fill("10.7")
    page.get_by_label("Words").press("Enter")
    expect(page.locator("#matrix thead th")).to_have_count(2)
    page.reload()
    expect(page.locator("#matrix thead th")).to_have_count(2)
    expect(page.locator("#matrix th.total")).to_have_attribute("aria-sort", "descending")


def test_another_matrix_is_chosen(page: Page) -> None:
    matrix(page)
    page.get_by_label("Columns", exact=True).select_option("round-table")
    expect(page.locator(".linkages-title")).to_contain_text("round tables")
    assert "columns=round-table" in page.url


def test_the_matrix_is_saved_as_a_picture(page: Page, tmp_path: Path) -> None:
    matrix(page)
    with page.expect_download() as saving:
        page.get_by_role("button", name="PNG").click()
    saving.value.save_as(tmp_path / "linkages.png")
    assert (tmp_path / "linkages.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("scheme", "language"), [("light", "en"), ("dark", "en"), ("light", "fr"), ("dark", "es")]
)
def test_the_page_is_accessible(opened: Opened, axe: Axe, scheme: str, language: str) -> None:
    page = matrix(opened(color_scheme=scheme), f"/linkages?cell=gcm-obj-7~10.7&lang={language}")
    assert axe(page, "main") == []


def test_a_phone_shows_a_list_for_each_objective(opened: Opened, axe: Axe) -> None:
    page = opened(viewport={"width": 390, "height": 844})
    page.goto("/linkages")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("#matrix")).to_be_hidden()
    page.locator(".linkages-list summary").nth(2).click()
    page.locator(".linkages-list details[open] a[data-cell]").first.click()
    expect(page.locator("#explained")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(page, "main") == []


def test_a_cell_is_explained_without_scripts(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    page.goto("/linkages")
    page.locator('#matrix a[data-cell="gcm-obj-7~10.7"]').click()
    expect(page.locator("#explained")).to_contain_text("aligned with")
