"""Five tasks of a new user, from the first page on, with the clicks that each may take."""

import csv
import io
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

MOST = 4
"""Clicks, choices in a list included; typing is none."""


@dataclass
class User:
    """Somebody who begins at the first page, and counts clicks."""

    page: Page
    clicks: int = 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(option)
        self.clicks += 1


@pytest.fixture
def user(page: Page) -> User:
    page.goto("/")
    return User(page)


def menu(user: User, name: str) -> None:
    navigation = user.page.get_by_role("navigation", name="Main")
    with user.page.expect_navigation():  # a choice made before the scripts are there needs a button
        user.click(navigation.get_by_role("link", name=name, exact=True))


def test_what_established_the_network_is_found_and_cited(user: User) -> None:
    user.click(user.page.get_by_role("link", name=re.compile("What established the United")))
    origin = user.page.locator(".origins")
    expect(origin).to_contain_text("Established by Secretary-General of the United Nations")
    expect(origin).to_contain_text("mandated by")
    fact = user.page.locator(".group").filter(has=user.page.get_by_text("established by"))
    user.click(fact.get_by_role("link", name="cite").first)
    expect(user.page.locator("body")).to_contain_text("A/RES/73/195")
    expect(user.page.locator("body")).to_contain_text("gcm-graph")
    assert user.clicks == 2


def test_the_states_that_abstained_and_what_they_did_later(user: User) -> None:
    user.click(user.page.get_by_role("link", name="How did each State vote on the Global Compact?"))
    user.click(user.page.locator('.map-legend [data-key="abstained"]'))
    rows = user.page.locator("table.states tbody tr")
    expect(rows).to_have_count(12)
    heads = user.page.locator("table.states thead")
    expect(heads).to_contain_text("Later stands")
    assert user.clicks <= 2


def test_the_bodies_of_2006_that_still_exist(user: User) -> None:
    user.click(user.page.get_by_role("link", name="Which bodies of 2006 still exist?"))
    table = user.page.locator("table.answer")
    ended = table.locator("tbody tr").filter(has_text="Global Migration Group")
    expect(ended).to_contain_text("2018")
    assert user.page.locator("#picture .bar.open").count() > 0
    assert user.clicks == 1


def test_the_workstreams_that_serve_objective_10(user: User) -> None:
    menu(user, "Linkages")
    user.choose("Columns", "workstream")
    expect(user.page.locator(".linkages-title")).to_contain_text("workstreams")
    row = user.page.locator('#matrix tbody tr:has(th[data-key="gcm-obj-10"])')
    expect(row).to_contain_text("Prevent, combat and eradicate trafficking")
    expect(user.page.locator("main")).to_contain_text("An empty cell means that no source")
    assert user.clicks == 2


def test_the_overlap_of_two_african_processes_is_downloaded(user: User) -> None:
    menu(user, "Processes")
    user.choose("First process", "rabat-process")
    user.choose("Second process", "khartoum-process")
    link = user.page.get_by_role("navigation", name="States in common as").get_by_role("link")
    expect(link).to_be_visible()
    answer = user.page.request.get(link.evaluate("one => one.href"))
    user.clicks += 1
    rows = list(csv.DictReader(io.StringIO(answer.text())))
    assert len(rows) > 20
    assert user.clicks <= MOST
