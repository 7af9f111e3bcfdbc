"""What holds on every kind of page: access for all, nothing from elsewhere, room on a phone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.conftest import Axe, Watch
from conftest import Service

PAGES = {
    "home": "",
    "lineage": "lineage?from=forum/imrf&to=body/gcim",
    "lineage form": "lineage",
    "thing": "id/instrument/gcm",
    "small thing": "id/body/gcim",
    "source": "source/A-RES-73-195",
    "passage": "source/A-RES-73-195/para-45",
    "sources": "source",
    "questions": "query",
    "question": "query/processes-of-state?state=state:morocco",
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
    "problem": "id/body/nobody-at-all",
}
LANGUAGES = ("en", "fr", "es")
AS_HTML = {"Accept": "text/html"}


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
        return page

    yield go
    for page in held:
        page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_breaks_wcag(name: str, theme: str, visit: Callable[..., Page], axe: Axe) -> None:
    assert axe(visit(name, theme)) == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("name", ["home", "thing", "lineage", "search", "question"])
def test_nothing_breaks_wcag_in_other_languages(
    name: str, language: str, visit: Callable[..., Page], axe: Axe
) -> None:
    assert axe(visit(name, language=language)) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_shows_the_page_without_scrolling_sideways(
    name: str, visit: Callable[..., Page]
) -> None:
    page = visit(name)
    page.set_viewport_size({"width": 390, "height": 844})
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
