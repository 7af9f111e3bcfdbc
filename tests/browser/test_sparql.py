"""The editor of queries: completion, answers, faults, links, files, and the keyboard alone."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import Watch

Opened = Callable[..., Page]
Axe = Callable[..., list[str]]
FORUMS = (
    "PREFIX gcm: <https://w3id.org/gcm-graph/def#>\n"
    "SELECT ?forum WHERE { ?forum a gcm:Forum } ORDER BY ?forum"
)


def editor(page: Page, address: str = "/sparql") -> Locator:
    page.goto(address)
    content = page.locator("#editor .cm-content")
    expect(content).to_be_visible()
    return content


def write(page: Page, text: str) -> None:
    page.locator("#editor .cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def run(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()


def test_completion_offers_terms_and_declares_their_prefix(page: Page) -> None:
    editor(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * { ?s a gcm:Foru")
    offered = page.locator(".cm-tooltip-autocomplete li[aria-selected=true]")
    expect(offered).to_contain_text("gcm:Forum")
    page.wait_for_timeout(150)  # a choice right after the list appears is taken for typing
    page.keyboard.press("Enter")
    expect(page.locator("#query")).to_have_value(
        "PREFIX gcm: <https://w3id.org/gcm-graph/def#>\nSELECT * { ?s a gcm:Forum}"
    )


def test_completion_finds_things_by_name(page: Page) -> None:
    editor(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * { ?s ?p Morocc")
    found = page.locator(".cm-tooltip-autocomplete li", has_text="state:morocco")
    found.first.click()
    expect(page.locator("#query")).to_have_value(
        "PREFIX state: <https://w3id.org/gcm-graph/id/state/>\nSELECT * { ?s ?p state:morocco}"
    )


def test_the_answer_is_a_table_of_names_that_lead_to_pages(page: Page) -> None:
    editor(page)
    write(page, FORUMS)
    run(page)
    link = page.locator("#answer-place td a", has_text="International Migration Review Forum")
    expect(link.first).to_have_attribute("href", "./id/forum/imrf")
    expect(page.locator("#sparql-status")).to_contain_text(" ms")
    rows = page.locator("#answer-place tbody tr:not([hidden])")
    total = rows.count()
    page.get_by_label("Show only rows with").fill("global FORUM")
    expect(rows).not_to_have_count(total)
    expect(rows.filter(has_text="Global Forum").first).to_be_visible()


def test_known_prefixes_are_declared_when_the_query_runs(page: Page) -> None:
    editor(page)
    write(page, "# gcm: is not skos:\nASK { forum:imrf a gcm:Forum }")
    run(page)
    expect(page.locator(".truth")).to_have_text("Yes")
    declared = page.locator("#query").input_value().splitlines()
    assert [line.split()[1] for line in declared if line.startswith("PREFIX")] == ["forum:", "gcm:"]


def test_columns_sort_both_ways(page: Page) -> None:
    editor(page)
    write(page, "SELECT ?n { VALUES ?n { 10 9 100 } }")
    run(page)
    head = page.get_by_role("button", name="n", exact=True)
    cells = page.locator("#answer-place tbody td")
    head.click()
    expect(cells).to_have_text(["9", "10", "100"])
    head.click()
    expect(cells).to_have_text(["100", "10", "9"])


def test_a_fault_is_marked_where_it_is(page: Page, watch: Watch) -> None:
    watch.expect("400")
    editor(page)
    write(page, "SELECT * WHERE {\n  ?s ?p\n}")
    run(page)
    expect(page.locator("#answer-place [role=alert]")).to_contain_text("marked in the editor")
    expect(page.locator("#editor .cm-lint-marker-error")).to_have_count(1)
    page.get_by_role("button", name="Go to line 3").click()
    expect(page.locator("#editor .cm-activeLine")).to_have_text("}")


def test_what_is_refused_is_explained(page: Page, watch: Watch) -> None:
    watch.expect("403")
    editor(page)
    write(page, "SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }")
    run(page)
    expect(page.locator("#answer-place [role=alert]")).to_contain_text("SERVICE")


@pytest.mark.parametrize("remarks", [0, 80])
def test_a_link_reproduces_query_and_answer(page: Page, opened: Opened, remarks: int) -> None:
    text = "# why this is asked, at length\n" * remarks + FORUMS
    editor(page)
    write(page, text)
    run(page)
    expect(page.locator("#answer-place tbody tr").first).to_be_visible()
    assert ("#query=" in page.url) == (remarks > 0)
    other = opened()
    editor(other, page.url)
    expect(other.locator("#query")).to_have_value(text)
    assert other.locator("#answer-place tbody tr").first.inner_text() != ""
    assert (
        other.locator("#answer-place tbody").inner_text()
        == page.locator("#answer-place tbody").inner_text()
    )


def test_the_answer_is_saved_in_every_format(page: Page, tmp_path: Path) -> None:
    editor(page)
    write(page, FORUMS)
    run(page)
    held = {}
    for name in ("CSV", "TSV", "JSON", "XML"):
        with page.expect_download() as saving:
            page.get_by_role("button", name=name, exact=True).click()
        file = tmp_path / name
        saving.value.save_as(file)
        held[name] = file.read_text(encoding="utf-8")
    rows = list(csv.DictReader(held["CSV"].splitlines()))
    assert {"forum": "https://w3id.org/gcm-graph/id/forum/imrf"} in rows
    assert len(json.loads(held["JSON"])["results"]["bindings"]) == len(rows)
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert len(list(ElementTree.fromstring(held["XML"]).iter(f"{space}result"))) == len(rows)
    assert len(held["TSV"].splitlines()) == len(rows) + 1


def test_triples_and_truth_are_answers_too(page: Page) -> None:
    editor(page)
    write(page, 'CONSTRUCT { forum:imrf gcm:note "a \\"b\\" c"@en } WHERE {}')
    run(page)
    expect(page.locator("#answer-place tbody td").last).to_have_text('a "b" c')
    write(page, "ASK { ?s ?p ?o }")
    run(page)
    expect(page.locator(".truth")).to_have_text("Yes")


def test_queries_are_kept_in_this_browser_until_deleted(page: Page) -> None:
    editor(page)
    write(page, FORUMS)
    run(page)
    expect(page.locator("#past li")).to_have_count(1)
    editor(page)
    page.locator("#past button").click()
    expect(page.locator("#query")).to_have_value(FORUMS)
    page.get_by_role("button", name="Delete them all").click()
    expect(page.locator("#history")).to_be_hidden()


def test_the_keyboard_alone_writes_runs_and_leaves(page: Page) -> None:
    editor(page)
    page.get_by_text("Skip to the content").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.activeElement.id"
    assert page.evaluate(inside) == "editor"
    page.keyboard.press("Control+a")
    page.keyboard.type("ASK { ?s ?p ?o ")
    page.keyboard.press("Tab")
    assert page.evaluate(inside) == "editor"
    page.keyboard.press("Control+Enter")
    expect(page.locator(".truth")).to_have_text("Yes")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_editor_is_accessible(opened: Opened, axe: Axe, scheme: str, language: str) -> None:
    page = opened(color_scheme=scheme)
    editor(page, f"/sparql?lang={language}&query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D#run")
    expect(page.locator(".truth")).to_be_visible()
    assert axe(page, "main") == []


def test_a_phone_shows_editor_and_answer_without_sideways_scrolling(opened: Opened) -> None:
    page = opened(viewport={"width": 390, "height": 844})
    editor(page)
    run(page)
    expect(page.locator("#answer-place tbody tr").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_plain_form_answers_without_scripts(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    page.goto("/sparql?example=forum-origins")
    expect(page.get_by_label("Query", exact=True)).to_have_value(
        re.compile("Who called each forum")
    )
    expect(page.get_by_label("Answer as")).to_be_visible()
