"""What holds on every kind of page: access for all, nothing from elsewhere, room on a phone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.conftest import SCREENSHOTS, Axe, Watch
from conftest import Service

PAGES = {
    "home": "",
    "lineage": "lineage?from=forum/imrf&to=body/gcim",
    "lineage form": "lineage",
    "linkages": "linkages?cell=gcm-obj-7~10.7",
    "neighbourhood": "neighbourhood?thing=body:gcim",
    "neighbourhood form": "neighbourhood",
    "timeline": "timeline?class=gcm:Session",
    "states": "states",
    "comparison": "states/compare?state=morocco&state=philippines&state=germany",
    "processes": "processes?first=rabat-process&second=khartoum-process",
    "state": "id/state/morocco",
    "thing": "id/instrument/gcm",
    "small thing": "id/body/gcim",
    "source": "source/A-RES-73-195",
    "passage": "source/A-RES-73-195/para-45",
    "sources": "source?year=2018",
    "questions": "query",
    "question": "query/processes-of-state?state=state:morocco",
    "question with map": "query/votes-cast",
    "question with matrix": "query/objectives-treated",
    "sparql": "sparql",
    "vocabulary": "def",
    "search": "search?q=migration",
    "nothing found": "search?q=qqqqqqqqqqqq",
    "coverage": "coverage",
    "disagreements": "disagreements",
    "about": "about",
    "changes": "changes",
    "listing": "class?name=gcm:Forum",
    "api": "api",
    "download": "download",
    "validation": "validate",
    "problem": "id/body/nobody-at-all",
}
READY = {
    "states": "svg.world a",
    "processes": "svg.world a",
    "question with map": "svg.world a",
    "neighbourhood": ".nb-tools",
    "sparql": ".cm-content",
}
"""What a script adds to a page before it is looked at."""
LANGUAGES = ("en", "fr", "es")
HIGHEST = 2400
"""Pixels from the top that a picture shows."""


@pytest.fixture(scope="module")
def contexts(browser: Browser, service: Service) -> Iterator[dict[str, BrowserContext]]:
    """One context for each theme, used by every test of this file."""
    made = {
        theme: browser.new_context(
            base_url=service.address, color_scheme=theme, locale="en-GB", reduced_motion="reduce"
        )
        for theme in ("light", "dark")
    }
    yield made
    for context in made.values():
        context.close()


@pytest.fixture
def visit(
    contexts: dict[str, BrowserContext], watch: Watch
) -> Iterator[Callable[[str, str], Page]]:
    """Open a page of the service in a theme, watched."""
    held: list[Page] = []

    def go(name: str, theme: str = "light", language: str = "en") -> Page:
        page = contexts[theme].new_page()
        held.append(page)
        watch.attach(page)
        if name == "problem":
            watch.expect(r"status of 404.*nobody-at-all")
        path = PAGES[name]
        page.goto(f"/{path}{'&' if '?' in path else '?'}lang={language}")
        if name in READY:
            page.locator(READY[name]).first.wait_for(state="attached")
        return page

    yield go
    for page in held:
        page.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_breaks_wcag_in_either_theme(
    name: str, language: str, visit: Callable[..., Page], axe: Axe
) -> None:
    page = visit(name, language=language)
    assert axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_width_holds_the_page_without_scrolling_sideways(
    name: str, visit: Callable[..., Page]
) -> None:
    """Pictures of every page are kept in ``build-artefacts/screenshots``."""
    page = visit(name)
    for width, theme in ((390, "light"), (1280, "light"), (1920, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        wide = page.evaluate(
            """() => {
              const room = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= room) return [];
              return [...document.querySelectorAll("body *")]
                .filter((one) => one.getBoundingClientRect().right > room + 1)
                .map((one) => one.outerHTML.slice(0, 120)).slice(-6);
            }"""
        )
        assert wide == []
        keep(page, f"{name.replace(' ', '-')}-{width}-{theme}")


def keep(page: Page, name: str) -> None:
    """Keep a picture of the top of the page."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    tall = page.evaluate("document.documentElement.scrollHeight")
    width = page.evaluate("innerWidth")
    area = {"x": 0, "y": 0, "width": width, "height": min(tall, HIGHEST)}
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, clip=area)


def test_the_keyboard_skips_to_the_content(visit: Callable[..., Page]) -> None:
    page = visit("thing")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize("name", ["home", "lineage form", "search", "question"])
def test_the_focus_can_be_seen_wherever_it_goes(name: str, visit: Callable[..., Page]) -> None:
    page = visit(name)
    for _ in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
              const looks = getComputedStyle(document.activeElement);
              return looks.outlineStyle !== "none" && parseFloat(looks.outlineWidth) >= 2;
            }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")
