"""The coverage report: rows by topic and grade, statements by their support, languages, gaps."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from gcm_graph.coverage.ledger import Row, read
from gcm_graph.graph.reader import Reader

FATES = ("carried", "merged", "left out", "open")
GRADES = ("confirmed", "secondary", "conflict", "unverified", "")


@dataclass(frozen=True)
class Line:
    """Rows of one topic and grade by their fate."""

    topic: str
    grade: str
    total: int
    carried: int
    merged: int
    left_out: int
    open: int


@dataclass(frozen=True)
class Support:
    """Statements by how many independent sources say them, and whether a primary one does."""

    sources: int
    primary: bool
    statements: int


@dataclass(frozen=True)
class Coverage:
    """The report.

    Attributes:
        lines: rows by topic and grade.
        share: share of the rows graded confirmed, secondary or conflict that are carried or
            merged.
        left_out: reasons with how many rows have each, the most frequent first.
        support: statements by their sources.
        languages: names and titles by language tag.
        missing: what is known to be missing, in sentences.
        rows: every row that is left out or open, for a reader who wants to know which.
    """

    lines: tuple[Line, ...]
    share: float
    left_out: tuple[tuple[str, int], ...]
    support: tuple[Support, ...]
    languages: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    rows: tuple[Row, ...]


def report(root: Path, reader: Reader) -> Coverage:
    """Return the coverage of the ledger below ``root`` and of the graph behind ``reader``."""
    rows = read(root)
    missing = yaml.safe_load((root / "data/ledger/missing.yaml").read_text(encoding="utf-8"))
    counted = [row for row in rows if row.grade in {"confirmed", "secondary", "conflict"}]
    held = sum(row.fate in {"carried", "merged"} for row in counted)
    out = [row for row in rows if row.fate in {"left out", "open"}]
    reasons = Counter(_short(row.reason) for row in out)
    support = [
        Support(
            int(getattr(row["sources"], "value", 0)),
            getattr(row["primary"], "value", "") == "true",
            int(getattr(row["statements"], "value", 0)),
        )
        for row in reader.rows("coverage-support")
    ]
    languages = [
        (str(getattr(row["language"], "value", "")), int(getattr(row["names"], "value", 0)))
        for row in reader.rows("coverage-languages")
    ]
    return Coverage(
        lines=tuple(_lines(rows)),
        share=held / len(counted) if counted else 1.0,
        left_out=tuple(reasons.most_common()),
        support=tuple(sorted(support, key=lambda one: (one.sources, not one.primary))),
        languages=tuple(languages),
        missing=tuple(missing or ()),
        rows=tuple(out),
    )


def _short(reason: str) -> str:
    return reason.partition(":")[0].partition(" (")[0].strip() or "not taken up yet"


def _lines(rows: Iterable[Row]) -> Iterable[Line]:
    tally = Counter((row.topic, row.grade, row.fate) for row in rows)
    topics = list(dict.fromkeys(topic for topic, _, _ in tally))
    for topic in topics:
        for grade in GRADES:
            counts = [tally[topic, grade, fate] for fate in FATES]
            if any(counts):
                yield Line(topic, grade, sum(counts), *counts)
