"""What was read of the questions' answers: ``tests/answers/reviews.tsv``.

The answer of every question to its example is kept in the repository, and `reviews.tsv` beside the
answers says who read it against what. A review names the digest of the answer that was read: it
speaks of that answer and of no other.
"""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path


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
