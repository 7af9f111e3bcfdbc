"""The whole fuzzing, ``python tests/fuzz [INPUTS]``: writes `docs/fuzzing.md`; 1 on a fault."""

import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(Path(__file__).resolve().parent)]

import door  # noqa: E402
import parser  # noqa: E402

from conftest import serving  # noqa: E402
from gcm_graph.build import pipeline  # noqa: E402

_HEAD = """\
# Fuzzing

`make fuzz` sends inputs that nobody writes to every parser of what strangers send, and to a running
service: good samples, cut, doubled, spliced and salted, the same for the same seed. A parser may
return or refuse as its documentation says; anything else, and more than {seconds:g} s of
processor time, is a fault. A service may answer anything but a 5xx that is no documented refusal
(503 with the reason `deadline`, `memory`, `busy`, `slow` or `unavailable`).
`tests/fuzz/test_fuzz.py` does a seeded part on every run of the tests.

What it has found so far, mended since: a number of more than 4,300 digits in posted JSON-LD was
answered with 500; so was a query with a dataset whose `BASE` or `PREFIX` has no host that is one;
and a long text with many backslashes and no end kept the guard of queries busy without end.

The last whole run, on {date} with Python {python}, seed {seed}:

| what | inputs | faults | seconds |
|---|---|---|---|
"""


def main(total: int = 200_000, seed: int = 2026) -> int:
    """Run everything, write the document, and return how many faults there were."""
    rows, faults = [], []
    for target in parser.TARGETS:
        inputs, begun = total * target.share // 200, time.monotonic()
        found = parser.tried(target, seed, inputs)
        rows.append((target.name, inputs, len(found), time.monotonic() - begun))
        faults += found
        print(*rows[-1], flush=True)  # noqa: T201
    rest, begun = total - sum(row[1] for row in rows), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder)
        pipeline.build(ROOT, built)
        with serving(built, query_seconds="1") as service, service.client() as client:
            tried = door.tried(client, seed, rest - rest // 10, rest // 10)
            assert client.get("/health/ready").status_code == 200
    rows.append(("requests over HTTP", rest, len(tried.faults), time.monotonic() - begun))
    faults += tried.faults
    rows.append(("all", total, len(faults), sum(row[3] for row in rows)))
    told = {"date": datetime.now(UTC).date(), "python": platform.python_version(), "seed": seed}
    text = _HEAD.format(seconds=parser.SECONDS, **told)
    text += "".join(f"| {name} | {n:,} | {bad} | {taken:,.0f} |\n" for name, n, bad, taken in rows)
    statuses = ", ".join(f"{status} {n:,} times" for status, n in sorted(tried.statuses.items()))
    text += f"\nThe service answered: {statuses}.\n"
    (ROOT / "docs" / "fuzzing.md").write_text(text, encoding="utf-8")
    for fault in faults[:50]:
        print(str(fault)[:400])  # noqa: T201
    return len(faults)


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
