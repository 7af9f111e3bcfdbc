"""``python -m benchmarks.scale RELEASE FOLDER [QUADS…]``: make, load, open and ask graphs.

Writes ``benchmarks/scale/results.json``, and from it ``docs/scale.svg`` and the tables of
``docs/scale.md``. With no number of quads it makes 0.1, 1 and 10 million; the last needs 12 GB of
disk in FOLDER and about ten minutes.
"""

import json
import os
import platform
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from benchmarks.scale.drawing import draw
from benchmarks.scale.graph import make
from benchmarks.scale.measure import apart

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("results.json")
SIZES = (100_000, 1_000_000, 10_000_000)
IN_MEMORY = 2_000_000
"""Quads up to which the graph is also held in memory."""

_BEGIN, _END = "<!-- measured -->", "<!-- end -->"


def run(release: Path, folder: Path, wanted: int) -> dict[str, Any]:
    """Return the figures of a graph of about ``wanted`` quads."""
    begun = time.perf_counter()
    made = make(release, folder / str(wanted), wanted)
    told: dict[str, Any] = {"quads": made.quads, "copies": made.copies}
    told["made"] = time.perf_counter() - begun
    told["text"] = (made.folder / "dataset.nq").stat().st_size / 1e6
    where = folder / f"store-{wanted}"
    told["disk"] = apart("disk", made.folder, where) | apart("disk", made.folder, where)
    if made.quads <= IN_MEMORY:
        told["memory"] = apart("memory", made.folder, where)
    return told


def table(results: Mapping[str, Any]) -> str:
    """Return the measured figures as Markdown."""
    rows = [
        "| quads | store | load | open | on disk | resident | label | star | describe |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in results["graphs"]:
        for kind in ("memory", "disk"):
            if kind not in one:
                continue
            told = one[kind]
            cells = [
                f"{one['quads']:,}",
                kind,
                f"{told['load']:.1f} s",
                f"{1000 * told['open']:.0f} ms" if "open" in told else "",
                f"{told['megabytes']:,.0f} MB" if "megabytes" in told else "",
                f"{told['resident']:,.0f} MB",
                *(
                    f"{told[name]:.2f} ms ({told[name + '_p99']:.2f})"
                    for name in ("label", "star", "describe")
                ),
            ]
            rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def drawing(results: Mapping[str, Any]) -> str:
    """Return the growth as SVG."""

    def line(kind: str, name: str) -> list[tuple[float, float]]:
        return [(one["quads"], one[kind][name]) for one in results["graphs"] if kind in one]

    asked = {name: line("disk", name) for name in ("label", "star", "describe")}
    return draw(
        [
            (
                "Load",
                "seconds",
                {"on disk": line("disk", "load"), "in memory": line("memory", "load")},
            ),
            ("Asked on disk, warm, median", "ms", asked),
            ("Size of the store on disk", "MB", {"on disk": line("disk", "megabytes")}),
            (
                "Resident memory",
                "MB",
                {"on disk": line("disk", "resident"), "in memory": line("memory", "resident")},
            ),
        ]
    )


def write(results: Mapping[str, Any]) -> None:
    """Write drawing and tables into the docs."""
    (ROOT / "docs/scale.svg").write_text(drawing(results), encoding="utf-8")
    page = ROOT / "docs/scale.md"
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    after = rest.partition(_END)[2]
    said = f"Measured on {results['date']} with {results['with']}."
    filled = f"{before}{_BEGIN}\n{said}\n\n{table(results)}\n{_END}{after}"
    page.write_text(filled, encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Measure, and write what was found."""
    if arguments:
        release, folder = Path(arguments[0]).resolve(), Path(arguments[1])
        graphs = [run(release, folder, int(one)) for one in arguments[2:] or SIZES]
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        machine = f"{os.cpu_count()} processors and {memory:.0f} GB of memory"
        known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {"graphs": []}
        sizes = {one["quads"]: one for one in [*known["graphs"], *graphs]}
        results = {
            "date": datetime.now(UTC).date().isoformat(),
            "with": f"pyoxigraph {ox.__version__}, Python {platform.python_version()}, {machine}",
            "graphs": [sizes[size] for size in sorted(sizes)],
        }
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    write(json.loads(RESULTS.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main(sys.argv[1:])
