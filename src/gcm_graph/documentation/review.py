"""What was read of the questions' answers: ``docs/reviews.md``."""

from gcm_graph.coverage.review import reviews, stale
from gcm_graph.settings import assets_root

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
