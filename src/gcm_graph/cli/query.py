"""The command ``query``: a question of the library, or a query in a file, on the terminal."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gcm_graph.cli import release
from gcm_graph.graph import reference
from gcm_graph.graph.reader import Reader, open_reader
from gcm_graph.graph.view import Ref
from gcm_graph.library.catalogue import Catalogue
from gcm_graph.library.fault import ParameterError
from gcm_graph.settings import settings
from gcm_graph.store.embedded import Embedded
from gcm_graph.store.media import GRAPHS, SOLUTIONS, named
from gcm_graph.store.protocol import Bindings


def query(
    name: Annotated[str, typer.Argument(help="Name of a question, or a file ending in .rq.")],
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="A parameter, as name=value.")
    ] = None,
    output: Annotated[
        str,
        typer.Option("--format", "-f", help="table, json, xml, csv, tsv; for graphs turtle, …"),
    ] = "table",
) -> None:
    """Ask the current release; the answer comes as a table or in a format for programs."""
    store = release.open_store()
    text, bindings = _asked(name, param or [])
    try:
        if output == "table":
            _table(store, text, bindings)
            return
        media = named(output, SOLUTIONS) or named(output, GRAPHS)
        if media is None:
            known = ", ".join(one.name for one in (*SOLUTIONS, *GRAPHS))
            raise typer.BadParameter(f"“{output}” is none of table, {known}")
        sys.stdout.buffer.write(store.answer(text, media, bindings))
    except (SyntaxError, TypeError, ValueError) as error:
        typer.echo(f"{name}: {error}", err=True)
        raise typer.Exit(2) from error


def _asked(name: str, given: Sequence[str]) -> tuple[str, Bindings]:
    values = dict(item.split("=", 1) for item in given if "=" in item)
    if len(values) != len(given):
        raise typer.BadParameter("a parameter is written name=value, each name once")
    if name.endswith(".rq"):
        path = Path(name)
        if not path.is_file():
            raise typer.BadParameter(f"there is no file {name}")
        return path.read_text(encoding="utf-8"), {}
    catalogue = Catalogue.read(settings().root / "queries")
    if name not in catalogue or not catalogue[name].public:
        names = ", ".join(question.name for question in catalogue.public)
        raise typer.BadParameter(f"there is no question “{name}”; there are: {names}")
    question = catalogue[name]
    try:
        bindings = question.bind(values or question.example)
    except ParameterError as error:
        raise typer.BadParameter(str(error)) from error
    return question.query, bindings


def _table(store: Embedded, text: str, bindings: Bindings) -> None:
    console = Console()
    rows = store.select(text, bindings)
    names = list(dict.fromkeys(column for row in rows for column in row))
    shown = [n for n in names if not (n.endswith("Label") and n.removesuffix("Label") in names)]
    table = Table(*shown)
    reader = open_reader(store, "en", settings().root)
    for row in rows:
        table.add_row(*(_cell(reader, row[n]) if n in row else "" for n in shown))
    console.print(table)
    console.print(f"{len(rows):,} rows")


def _cell(reader: Reader, term: object) -> str:
    value = reference.value(reader, term)  # type: ignore[arg-type]
    return value.label if isinstance(value, Ref) else value.shown or value.value
