"""What was read of the questions' answers: ``docs/reviews.md``, from ``tests/answers``.

The answer of every question to its example is kept in the repository, and `reviews.tsv` beside the
answers says who read it against what. A review names the digest of the answer that was read: it
speaks of that answer and of no other.
"""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from gcm_graph.settings import assets_root


@dataclass(frozen=True)
class Review:
    """The reading of one answer against its sources.

    Attributes:
        question: name of the question.
        digest: of the kept answer that was read.
        date: the day of the reading.
        rows: how many rows the answer had.
        document: how many of them were read in the document itself.
        record: how many were read only in the record of it: the quotation or paraphrase that was
            taken when the statement was curated.
        sources: what was read, `id/locator`, parted by blanks.
        findings: what was found, in a few words.
    """

    question: str
    digest: str
    date: str
    rows: int
    document: int
    record: int
    sources: str
    findings: str

    @property
    def read(self) -> int:
        """How many rows were read."""
        return self.document + self.record


COLUMNS = tuple(field.name for field in fields(Review))
"""The columns of ``reviews.tsv``."""


def digest(kept: Path) -> str:
    """Return the digest by which a review names the answer kept in this file."""
    return hashlib.sha256(kept.read_bytes()).hexdigest()[:12]


def reviews(folder: Path) -> Mapping[str, Review]:
    """Return the reviews of ``folder/reviews.tsv`` by question.

    Raises:
        ValueError: when a question has two reviews, or a number is none.
    """
    found: dict[str, Review] = {}
    with (folder / "reviews.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            review = Review(
                question=row["question"],
                digest=row["digest"],
                date=row["date"],
                rows=int(row["rows"]),
                document=int(row["document"]),
                record=int(row["record"]),
                sources=row["sources"],
                findings=row["findings"],
            )
            if review.question in found:
                raise ValueError(f"reviews.tsv has two reviews of {review.question}")
            found[review.question] = review
    return found


def stale(folder: Path) -> Mapping[str, str]:
    """Return the questions of ``folder`` whose kept answer nobody has read, with the reason."""
    known = reviews(folder)
    found = {}
    for kept in sorted(folder.glob("*.csv")):
        review = known.get(kept.stem)
        if review is None:
            found[kept.stem] = "never read"
        elif review.digest != digest(kept):
            found[kept.stem] = f"changed since it was read on {review.date}"
    return found


_HEAD = """\
# What was read of the answers

The answer of every question of the library to its example is kept in `tests/answers`, and read
against the documents. This page says how far. A row counts as read **in the document** when its
passage was opened in the document or in a public copy of it; as read **in the record** when only
the quotation or paraphrase that was taken at curation was at hand. Rows that are not counted were
not read one by one. A review holds for one answer: when the answer changes, it must be read again
([how](add-a-query.md#keep-the-answer-and-read-it)). Generated from `tests/answers/reviews.tsv`
(`make docs`).

"""


def render() -> str:
    """Return the reviews as Markdown."""
    folder = assets_root() / "tests" / "answers"
    known = [review for _, review in sorted(reviews(folder).items())]
    unread = stale(folder)
    lines = [
        _HEAD,
        "| | |\n|---|--:|\n",
        f"| questions with a kept answer | {len(list(folder.glob('*.csv'))):,} |\n",
        f"| of them read as they now stand | {sum(r.question not in unread for r in known):,} |\n",
        f"| rows in the answers read | {sum(review.rows for review in known):,} |\n",
        f"| rows read in the document | {sum(review.document for review in known):,} |\n",
        f"| rows read in the record only | {sum(review.record for review in known):,} |\n",
        "\n| question | rows | in the document | in the record | read | findings |\n",
        "|---|--:|--:|--:|---|---|\n",
    ]
    for review in known:
        findings = review.findings.replace("|", "\\|")
        if review.question in unread:
            findings = f"**{unread[review.question]}**; then: {findings}"
        lines.append(
            f"| [`{review.question}`](../queries/{review.question}.rq) | {review.rows:,} "
            f"| {review.document:,} | {review.record:,} | {review.date} | {findings} |\n"
        )
    missing = [f"`{name}`" for name in unread if name not in {r.question for r in known}]
    if missing:
        lines.append(f"\nNot read yet: {', '.join(missing)}.\n")
    return "".join(lines)
