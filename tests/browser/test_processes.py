"""The view of the consultative processes with scripts: map, matrix, keyboard, saved files."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from playwright.sync_api import Page, expect

Opened = Callable[..., Page]
Axe = Callable[..., list[str]]
PAIR = "/processes?first=rabat-process&second=khartoum-process"


def processes(page: Page, address: str = "/processes") -> Page:
    page.goto(address)
    expect(page.locator("svg.world a").first).to_be_attached()
    return page


def test_two_african_processes_are_chosen_listed_and_saved(page: Page) -> None:
    processes(page)
    page.get_by_label("Region", exact=True).select_option("africa")
    expect(page.locator("#listed")).to_have_text("14 processes")
    page.get_by_label("First process").select_option("rabat-process")
    expect(page.locator(".map-title")).to_contain_text("Euro-African Dialogue")
    page.get_by_label("Second process").select_option("khartoum-process")
    rows = page.locator("table.shared tbody tr")
    expect(rows.first).to_be_visible()
    count = rows.count()
    assert page.url.endswith("?region=africa&first=rabat-process&second=khartoum-process")
    page.reload()
    expect(rows).to_have_count(count)
    expect(page.locator('.map-legend [data-key="both"] .count')).to_have_text(str(count))
    link = page.get_by_role("navigation", name="States in common as").get_by_role("link")
    answer = page.request.get(page.evaluate("link => link.href", link.element_handle()))
    assert len(list(csv.DictReader(io.StringIO(answer.text())))) == count


def test_a_cell_of_the_matrix_leads_to_the_states_in_common(page: Page) -> None:
    processes(page)
    page.locator('#matrix a[href*="first=budapest-process&second=prague-process"]').click()
    expect(page.locator("table.shared tbody tr")).to_have_count(48)
    assert page.url.endswith("first=budapest-process&second=prague-process#shared")
    page.go_back()
    expect(page.locator("table.shared")).to_have_count(0)


def test_the_arrow_keys_go_through_the_matrix(page: Page) -> None:
    processes(page)
    page.locator("#matrix a").first.focus()
    focused = "document.activeElement.getAttribute('aria-label')"
    start = page.evaluate(focused)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) != start
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(focused) == start
    page.keyboard.press("Enter")
    expect(page.locator("#shared")).to_be_focused()


def test_the_drawings_are_saved(page: Page, tmp_path: Path) -> None:
    processes(page)
    for name, file in (("Matrix as PNG", "matrix"), ("Meetings as PNG", "meetings")):
        with page.expect_download() as saving:
            page.get_by_role("button", name=name).click()
        assert saving.value.suggested_filename == f"processes-{file}.png"
        saving.value.save_as(tmp_path / file)
        assert (tmp_path / file).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    with page.expect_download() as saving:
        page.get_by_role("button", name="Map as SVG").click()
    saving.value.save_as(tmp_path / "map")
    assert ElementTree.parse(tmp_path / "map").getroot().tag.endswith("svg")


def test_the_view_works_without_scripts(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    page.goto("/processes")
    page.get_by_label("Status").select_option("ended")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("table.processes tbody tr")).to_have_count(5)
