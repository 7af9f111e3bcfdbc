"""A real browser on the real service, and what every page must keep to."""

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from conftest import ROOT, Service
from gcm_graph.service import bundle

CHROMIUM = Path(os.environ.get("GCM_CHROMIUM", "/usr/bin/chromium"))
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "build-artefacts" / "screenshots"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def lacking(what: str, command: str) -> NoReturn:
    """Skip the test, or fail it where every program is required."""
    said = f"{what} is missing: {command}"
    if os.environ.get("GCM_REQUIRE_PROGRAMS"):
        pytest.fail(said, pytrace=False)
    pytest.skip(said)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, started once for each file of tests.

    It must be gone when tests of other folders run in the same process: as long as it is there,
    an event loop counts as running, and tests that begin one of their own fail.
    """
    if not CHROMIUM.exists():
        lacking("Chromium", "apt-get install chromium, or set GCM_CHROMIUM to one")
    if not bundle.manifest():
        lacking("the web part", "make web")
    with sync_playwright() as tools:
        started = tools.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield started
        started.close()


@dataclass
class Watch:
    """What a page did that it must not do.

    Attributes:
        origin: the address of the service; nothing may be asked for elsewhere.
        faults: requests that left the origin, errors of scripts, breaches of the policy.
        expected: patterns of messages that a test provokes on purpose.
    """

    origin: str
    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, pattern: str) -> None:
        """Let messages pass that match, such as ``404`` for a page that is not there."""
        self.expected.append(pattern)

    def attach(self, context: BrowserContext | Page) -> None:
        context.on("request", self._request)
        context.on("console", self._console)
        if isinstance(context, Page):
            context.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))
        else:
            context.on("weberror", lambda error: self.faults.append(f"uncaught: {error.error}"))

    def _request(self, request: Request) -> None:
        address = request.url
        if not address.startswith((f"{self.origin}/", "data:", "blob:")):
            self.faults.append(f"request to another origin: {address}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def left(self) -> list[str]:
        return [
            fault
            for fault in self.faults
            if not any(re.search(pattern, fault) for pattern in self.expected)
        ]


@pytest.fixture
def watch(service: Service) -> Iterator[Watch]:
    """Fails the test at its end when a page did what it must not do."""
    watching = Watch(service.address)
    yield watching
    assert watching.left() == []


@pytest.fixture
def opened(browser: Browser, service: Service, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Open a page in a context of its own: ``opened(color_scheme="dark", locale="fr")``."""
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Page:
        settings: dict[str, Any] = {
            "base_url": service.address,
            "viewport": {"width": 1280, "height": 800},
            "locale": "en-GB",
            "reduced_motion": "reduce",
            **options,
        }
        context = browser.new_context(**settings)
        context.set_default_timeout(10_000)
        contexts.append(context)
        watch.attach(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(opened: Callable[..., Page]) -> Page:
    """A page in English and light colours, 1280 pixels wide; ``page.goto("/lineage")``."""
    return opened()


Axe = Callable[..., list[str]]


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Return what breaks WCAG 2.2 AA on a page: one line a violation, with its elements.

    The engine is evaluated by the browser's debugger, which the pages' policy does not bind, so
    that the policy stays in force for the page.
    """
    if not AXE.exists():
        lacking("axe-core", "make web")
    engine = AXE.read_text(encoding="utf-8")

    def violations(page: Page, within: str = "") -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(engine)
        found = page.evaluate(
            "([within, tags]) => axe.run(within || document,"
            " {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
            [within, list(RULES)],
        )
        return [
            f"{one['id']}: {one['help']}: {node['html'][:200]}"
            f" ({json.dumps(node.get('failureSummary', ''))[:300]})"
            for one in found["violations"]
            for node in one["nodes"][:5]
        ]

    return violations
