"""The timeline: its list, its band, its filters and what it can be had as."""

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


def test_filters_narrow_the_timeline_alike_in_every_format(service: Service) -> None:
    query = "class=gcm:Session&from=2018&to=2022"
    told = httpx.get(f"{service.address}/timeline.json?{query}").json()
    assert 0 < told["total"] < httpx.get(f"{service.address}/timeline.json").json()["total"]
    assert all(one["earliest"] <= "2022-12-31" for one in told["items"])
    assert all(not one["latest"] or one["latest"] >= "2018-01-01" for one in told["items"])
    text = httpx.get(f"{service.address}/timeline.csv?{query}").text
    assert len(list(csv.DictReader(text.splitlines()))) == told["total"]
    drawing = ElementTree.fromstring(httpx.get(f"{service.address}/timeline.svg?{query}").text)
    drawn = [one for one in drawing.iter(f"{SPACE}rect") if one.find(f"{SPACE}title") is not None]
    assert len(drawn) == told["total"]


def test_a_year_is_a_band_and_a_day_a_dot(service: Service) -> None:
    drawing = ElementTree.fromstring(httpx.get(f"{service.address}/timeline.svg").text)
    widths = {
        (one.findtext(f"{SPACE}title") or "").rpartition(", ")[2]: float(one.get("width", "0"))
        for one in drawing.iter(f"{SPACE}rect")
    }
    assert widths["2018-12-19"] == 5.0
    assert widths["2018"] > 20


@pytest.mark.parametrize("query", ["from=soon", "page=999", "from=2020&to=2010"])
def test_what_does_not_fit_is_refused_with_a_reason(service: Service, query: str) -> None:
    headers = {"Accept": "application/json"}
    answer = httpx.get(f"{service.address}/timeline?{query}", headers=headers)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_the_form_filters_at_once_and_the_address_keeps_it(page: Page) -> None:
    page.goto("/timeline")
    whole = page.locator("#found").inner_text()
    page.locator("#class").select_option("gcm:Adoption")
    expect(page.locator("#found")).not_to_have_text(whole)
    assert "class=gcm" in page.url
    narrowed = page.locator("#found").inner_text()
    page.reload()
    expect(page.locator("#found")).to_have_text(narrowed)
    expect(page.locator("#class")).to_have_value("gcm:Adoption")
    page.go_back()
    expect(page.locator("#found")).to_have_text(whole)


def test_a_moment_leads_to_its_passage(page: Page) -> None:
    page.goto("/timeline?class=gcm:Adoption&from=2018&to=2018")
    page.locator(".occurrences .cites a").first.click()
    page.wait_for_url("**/source/**")


def test_the_band_is_saved_as_png(page: Page, tmp_path: Path) -> None:
    page.goto("/timeline?class=gcm:Session")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Drawing as PNG").click()
    file = tmp_path / "timeline.png"
    saving.value.save_as(file)
    assert struct.unpack(">I", file.read_bytes()[16:20])[0] >= 1900
