"""The kept answers: what every question answers to its example, one file a question.

``python tests/answers.py write`` writes the files of ``tests/answers`` anew from a fresh build,
``… stale`` lists the answers that must be read (again), and ``… review NAME`` records a reading.
See ``docs/add-a-query.md``.
"""

import csv
import datetime
import difflib
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import pyoxigraph as ox
import typer

from gcm_graph.build import pipeline
from gcm_graph.coverage.review import COLUMNS, Review, digest, reviews, stale
from gcm_graph.library.answer import Answer
from gcm_graph.library.catalogue import Catalogue
from gcm_graph.library.question import Question
from gcm_graph.store import embedded
from gcm_graph.terms import Term, curie, statement, text

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "answers"
CATALOGUE = Catalogue.read(ROOT / "queries")

WHOLE = 400
"""An answer of more rows is kept as its number of rows, a digest and its first rows."""
FIRST = 100
IMPLIED = ("locator", "source", "sourceLabel")
"""Columns that follow from the passage's IRI; kept only where there is no passage."""


def asked(store: embedded.Embedded, question: Question) -> Answer:
    return CATALOGUE.run(store, question.name, question.example)


def size(answer: Answer) -> int:
    """The number of rows, or of triples; a yes or no is one."""
    return 1 if answer.truth is not None else len(answer.rows) or len(answer.triples)


def kept(answer: Answer) -> str:
    """The answer as its file holds it.

    The head of a column says the type or language of its literals (``earliest^^xsd:date``,
    ``bodyLabel@en``), so that the cells are bare; in a column of more than one sort every cell is
    written in full. A graph is kept as its sorted statements.
    """
    if answer.truth is not None:
        return f"answer\n{str(answer.truth).lower()}\n"
    if answer.question.kind == "construct":
        return "\n".join(["statement", *sorted({statement(*one) for one in answer.triples}), ""])
    columns = [
        name for name in answer.columns if "passage" not in answer.columns or name not in IMPLIED
    ]
    sorts = {
        name: {_sort(row[name]) for row in answer.rows if name in row} or {""} for name in columns
    }
    rows = [
        [_cell(row[name], len(sorts[name]) == 1) if name in row else "" for name in columns]
        for row in answer.rows
    ]
    heads = [name + (min(sorts[name]) if len(sorts[name]) == 1 else "") for name in columns]
    return _written(heads, rows)


def _sort(term: Term) -> str:
    if not isinstance(term, ox.Literal):
        return ""
    return f"@{term.language}" if term.language else f"^^{curie(term.datatype.value)}"


def _cell(term: Term, alike: bool) -> str:
    return term.value if alike and isinstance(term, ox.Literal) else text(term)


def _written(heads: list[str], rows: list[list[str]]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(heads)
    table.writerows(rows)
    if len(rows) <= WHOLE:
        return out.getvalue()
    whole = hashlib.sha256(out.getvalue().encode()).hexdigest()
    note = f"# {len(rows)} rows, sha256 {whole}; the first {FIRST} follow\n"
    return note + _written(heads, rows[:FIRST])


def difference(name: str, now: str) -> str:
    """What changed in an answer, and what to do about it; empty when nothing did."""
    path = FOLDER / f"{name}.csv"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before == now:
        return ""
    lines = difflib.unified_diff(
        before.splitlines(), now.splitlines(), "kept", "answered", lineterm="", n=0
    )
    return (
        "\n".join([f"The answer of {name} is not the one kept:", *lines])
        + f"\nIf the new one is right by its sources: python tests/answers.py write {name}, "
        f"then read it and record the reading with … review {name}."
    )


@contextmanager
def opened(release: Path | None) -> Iterator[embedded.Embedded]:
    with TemporaryDirectory() as made:
        folder = release.resolve() if release else pipeline.build(ROOT, Path(made)).folder
        yield embedded.Embedded(embedded.load(folder), folder.name)


app = typer.Typer(add_completion=False, help="The kept answers of the questions.")
Names = Annotated[list[str] | None, typer.Argument(help="Questions; without any, all.")]
Release = Annotated[Path | None, typer.Option(help="A built release; without it one is built.")]


@app.command()
def write(
    names: Annotated[list[str] | None, typer.Argument()] = None, release: Release = None
) -> None:
    """Write the kept answers anew, all or those named, and show what changed."""
    FOLDER.mkdir(exist_ok=True)
    with opened(release) as store:
        for question in CATALOGUE.public:
            if names and question.name not in names:
                continue
            now = kept(asked(store, question))
            if changed := difference(question.name, now):
                (FOLDER / f"{question.name}.csv").write_text(now, encoding="utf-8")
                typer.echo("\n".join(changed.splitlines()[1:-1][:60]))
    for path in FOLDER.glob("*.csv"):
        if path.stem not in CATALOGUE:
            path.unlink()


@app.command("stale")
def listed() -> None:
    """List the kept answers that nobody has read as they stand."""
    for name, reason in stale(FOLDER).items():
        typer.echo(f"{name}: {reason}")


@app.command()
def review(
    name: str,
    rows: Annotated[int, typer.Option(help="Rows in all.")],
    document: Annotated[int, typer.Option(help="Rows read in the document itself.")],
    record: Annotated[int, typer.Option(help="Rows read only in the record of it.")],
    sources: Annotated[str, typer.Option(help="What was read: id/locator, parted by blanks.")],
    findings: Annotated[str, typer.Option(help="What was found, in a few words.")],
) -> None:
    """Record that the kept answer was read today; its digest is taken from the file."""
    if name not in CATALOGUE or not CATALOGUE[name].public:
        raise typer.BadParameter(f"there is no public question {name}")
    if document + record > rows:
        raise typer.BadParameter("more rows read than there are")
    made = Review(
        name,
        digest(FOLDER / f"{name}.csv"),
        datetime.datetime.now(datetime.UTC).date().isoformat(),
        rows,
        document,
        record,
        " ".join(sources.split()),
        " ".join(findings.split()),
    )
    table = FOLDER / "reviews.tsv"
    known = {**(reviews(FOLDER) if table.exists() else {}), name: made}
    lines = ["\t".join(map(str, astuple(one))) for _, one in sorted(known.items())]
    table.write_text("\n".join(["\t".join(COLUMNS), *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    app()
