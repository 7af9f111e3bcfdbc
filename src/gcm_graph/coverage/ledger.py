"""The ledger: every curated row with the statements that carry it, or why none does.

``data/ledger/*.tsv`` has one line for each statement (row, claim, passage, subject, predicate,
object, remark); ``data/ledger/grades.csv`` has the grade of each row.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

COLUMNS = ("row", "claim", "passage", "subject", "predicate", "object", "remark")

MERGED = ("duplicate", "the iri of the node itself")
"""How the remark of a row begins whose claim other statements carry already."""


@dataclass
class Row:
    """One curated row.

    Attributes:
        name: topic and position, such as ``lineage:17``.
        grade: ``confirmed``, ``secondary``, ``conflict`` or ``unverified``; empty without one.
        claim: what it says, in our own words.
        statements: passage, subject, predicate and object of each statement, as in the ledger.
        reason: why no statement carries it.
    """

    name: str
    grade: str
    claim: str = ""
    statements: list[tuple[str, str, str, str]] = field(default_factory=list)
    reason: str = ""

    @property
    def topic(self) -> str:
        """The file of curated rows that it belongs to."""
        return self.name.partition(":")[0]

    @property
    def fate(self) -> str:
        """``carried``, ``merged``, ``left out`` (with a reason) or ``open``."""
        if self.statements:
            return "carried"
        if self.reason.lower().startswith(MERGED):
            return "merged"
        return "left out" if self.reason else "open"


def read(root: Path) -> list[Row]:
    """Return the rows of the ledger below ``root``, in order of topic and position.

    Raises:
        ValueError: when a line of the ledger has not seven cells.
    """
    folder = root / "data" / "ledger"
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as stream:
        rows = {line["row"]: Row(line["row"], line["grade"]) for line in csv.DictReader(stream)}
    reasons: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[1:], start=2):
            cells = line.split("\t")
            if len(cells) != len(COLUMNS):
                raise ValueError(f"{path.name}:{number}: {len(cells)} cells instead of 7")
            name, claim, passage, subject, predicate, value, remark = cells
            row = rows.get(name)
            if row is None:
                continue  # a line of the editors' own
            row.claim = row.claim or claim
            if subject:
                row.statements.append((passage, subject, predicate, value))
            elif remark:
                reasons[name].append(remark)
    for name, found in reasons.items():
        rows[name].reason = found[0]
    return list(rows.values())
