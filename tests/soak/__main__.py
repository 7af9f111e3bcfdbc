"""The whole soak, ``python tests/soak [SECONDS]``: writes `docs/soak.md`; 1 on a fault."""

import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(Path(__file__).resolve().parent)]

import load  # noqa: E402

from conftest import serving  # noqa: E402
from gcm_graph.build import pipeline  # noqa: E402

_TEXT = """\
# Soak

`make soak` sends a mix of pages, data, free-form queries, runaways and wrong requests to a service
for an hour (`SECONDS=` overrides) from four clients at a time, compares every answer with that of a
service at rest, and watches the memory. `tests/soak/test_soak.py` does a minute of it on every run
of the tests. The last run, on {date} with Python {python}, lasted {minutes:.0f} minutes:

| what | figure |
|---|---|
| answers | {total:,} ({statuses}) |
| refused, each with a documented reason | {refused} |
| answers that were not those of a service at rest, and errors | {faults} |
| memory of the serving process at the end | {memory:.0f} MB |
| its growth over the second half | {own:+.1f} MB an hour |
| growth of all its processes over the second half, by share (PSS) | {whole:+.1f} MB an hour |
"""


def main(seconds: float = 3600.0) -> int:
    """Run it, write the document, and return how many faults there were."""
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder)
        pipeline.build(ROOT, built)
        with serving(built) as resting, resting.client() as client:
            expected = load.references(client, load.calls())
        with serving(built, query_seconds="1") as service:
            result = load.pressed(service.address, service.process.pid, expected, seconds)
    refused = ", ".join(f"{name} {n:,}" for name, n in sorted(result.refused.items()))
    text = _TEXT.format(
        date=datetime.now(UTC).date(),
        python=platform.python_version(),
        minutes=seconds / 60,
        total=sum(result.answers.values()),
        statuses=", ".join(f"{status}: {n:,}" for status, n in sorted(result.answers.items())),
        refused=refused or "none",
        faults=len(result.faults),
        memory=result.memory[-1][1] / 2**20,
        own=result.slope() / 2**20,
        whole=result.slope(2) / 2**20,
    )
    (ROOT / "docs" / "soak.md").write_text(text, encoding="utf-8")
    print(text, *result.faults[:20], sep="\n")  # noqa: T201
    return len(result.faults)


if __name__ == "__main__":
    sys.exit(1 if main(*map(float, sys.argv[1:])) else 0)
