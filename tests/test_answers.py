"""Every question answers its example exactly as kept, and somebody has read that answer."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from answers import CATALOGUE, FIRST, FOLDER, WHOLE, asked, difference, kept, size
from gcm_graph.coverage.review import COLUMNS, digest, reviews, stale
from gcm_graph.library.answer import Answer
from gcm_graph.library.question import Question
from gcm_graph.namespaces import SOURCE
from gcm_graph.store.embedded import Embedded

ENOUGH = 5
"""How many rows of an answer must be read at the least, or all where there are fewer."""

questions = pytest.mark.parametrize(
    "question", CATALOGUE.public, ids=[question.name for question in CATALOGUE.public]
)


@pytest.fixture(scope="module")
def embedded(store: ox.Store) -> Embedded:
    return Embedded(store, "test")


@pytest.fixture(scope="module")
def sources(embedded: Embedded) -> set[str]:
    """The identifiers of the sources that a review may name; other documents go by address."""
    rows = embedded.select(CATALOGUE["sources"].query)
    return {row["source"].value.removeprefix(SOURCE) for row in rows}  # type: ignore[union-attr]


@questions
def test_the_answer_is_the_one_kept(question: Question, embedded: Embedded) -> None:
    changed = difference(question.name, kept(asked(embedded, question)))
    assert not changed, changed


@questions
def test_the_kept_answer_was_read_against_its_sources(
    question: Question, embedded: Embedded, sources: set[str]
) -> None:
    unread = stale(FOLDER).get(question.name)
    assert unread is None, f"{question.name}: {unread}; see docs/add-a-query.md"
    review = reviews(FOLDER)[question.name]
    assert review.rows == size(asked(embedded, question))
    assert min(review.rows, ENOUGH) <= review.read <= review.rows
    assert review.findings
    assert review.sources
    named = [part for part in review.sources.split() if not part.startswith(("http", "graph/"))]
    assert [part for part in named if part.split("/")[0] not in sources] == []


def test_there_is_no_answer_or_review_without_a_question() -> None:
    names = {question.name for question in CATALOGUE.public}
    assert {path.stem for path in FOLDER.glob("*.csv")} == names
    assert set(reviews(FOLDER)) <= names


def select(rows: list[dict[str, object]]) -> Answer:
    return Answer(CATALOGUE["objectives"], {}, rows=rows)  # type: ignore[arg-type]


def test_a_column_says_its_type_and_a_mixed_one_says_it_in_each_cell() -> None:
    one, two = ox.Literal("a", language="en"), ox.Literal("b", language="fr")
    first = {"objective": ox.NamedNode("https://w3id.org/gcm-graph/id/body/iom"), "number": one}
    assert "number@en,objective," in kept(select([first]))
    assert ",a,body:iom," in kept(select([first]))
    assert '"""a""@en"' in kept(select([first, {"number": two}]))


def test_of_a_very_long_answer_the_digest_is_kept() -> None:
    rows = [{"number": ox.Literal(str(n))} for n in range(WHOLE + 1)]
    before = kept(select(rows))
    assert before.startswith(f"# {WHOLE + 1} rows, sha256 ")
    assert len(before.splitlines()) == FIRST + 2
    rows[-1] = {"number": ox.Literal("another")}
    assert kept(select(rows)) != before


def test_an_answer_that_changed_must_be_read_again(tmp_path: Path) -> None:
    answer = tmp_path / "adoption.csv"
    answer.write_text("answer\ntrue\n")
    row = ["adoption", digest(answer), "2026-11-24", "1", "1", "0", "A-RES-73-195/para-1", "right"]
    (tmp_path / "reviews.tsv").write_text("\t".join(COLUMNS) + "\n" + "\t".join(row) + "\n")
    assert stale(tmp_path) == {}
    answer.write_text("answer\nfalse\n")
    assert stale(tmp_path) == {"adoption": "changed since it was read on 2026-11-24"}


def test_an_answer_that_nobody_read_is_listed(tmp_path: Path) -> None:
    (tmp_path / "adoption.csv").write_text("answer\ntrue\n")
    (tmp_path / "reviews.tsv").write_text("\t".join(COLUMNS) + "\n")
    assert stale(tmp_path) == {"adoption": "never read"}
