"""Measure how soon a reader sees each view: largest contentful paint, and the neighbourhood graph.

Chromium is slowed four times and begins with an empty cache at every page. Run it against a
service that runs on this machine::

    gcm-graph serve --port 8000 &
    python benchmarks/paint.py http://127.0.0.1:8000

The targets are 1.5 s for the largest paint of every page and 1 s for 300 things to be ready.
Figures depend on the machine, so nothing fails by them.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = Path(os.environ.get("GCM_CHROMIUM", "/usr/bin/chromium"))
PAGES = {
    "home": "/",
    "lineage": "/lineage",
    "chains": "/lineage?from=forum/imrf&to=body/gcim",
    "linkages": "/linkages",
    "neighbourhood": "/neighbourhood?thing=instrument:gcm",
    "timeline": "/timeline",
    "states": "/states",
    "processes": "/processes",
    "thing": "/id/instrument/gcm",
    "state": "/id/state/morocco",
    "sources": "/source",
    "questions": "/query",
    "question": "/query/votes-cast",
    "editor": "/sparql",
    "search": "/search?q=migration",
    "vocabulary": "/def",
    "coverage": "/coverage",
    "disagreements": "/disagreements",
}
THREE_HUNDRED = "/neighbourhood?thing=body:un-network-on-migration&expanded=instrument:gcm"
_LARGEST = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(() => done(0), 5000);
})"""
_READY = """() => new Promise((done) => {
  const look = () => {
    const [mark] = performance.getEntriesByName("neighbourhood-ready");
    if (mark) done(mark.startTime); else setTimeout(look, 20);
  };
  look();
})"""


def largest(browser: Browser, address: str, slower: int) -> float:
    """Return the largest contentful paint of a page with a cold cache, in milliseconds."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = float(page.evaluate(_LARGEST))
    context.close()
    return found


def ready(browser: Browser, address: str) -> tuple[int, float, float]:
    """Return the number of things, when they are ready, and how long choosing one takes (ms)."""
    page = browser.new_page()
    page.goto(address)
    begun = float(page.evaluate(_READY))
    response = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
    choosing = page.evaluate(
        """() => {
          const start = performance.now();
          document.querySelectorAll("#graph a.node")[9].focus();
          document.body.getBoundingClientRect();
          return performance.now() - start;
        }"""
    )
    things = page.locator("#graph a.node").count()
    page.close()
    return things, begun - float(response), float(choosing)


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Print the figures as a table, the median of several runs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--runs", type=int, default=3, help="runs of each page")
    parser.add_argument("--slower", type=int, default=4, help="how many times the CPU is slowed")
    given = parser.parse_args()
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, path in PAGES.items():
            found = [
                largest(browser, given.address + path, given.slower) for _ in range(given.runs)
            ]
            middle, best = statistics.median(found), min(found)
            say(f"{name:<16}{middle:8.0f} ms   (at best {best:.0f})")
        for _ in range(given.runs):
            things, begun, choosing = ready(browser, given.address + THREE_HUNDRED)
            say(f"{things} things: ready after {begun:.0f} ms, one chosen in {choosing:.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
