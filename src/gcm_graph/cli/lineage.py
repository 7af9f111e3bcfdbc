"""The command ``lineage``: the chains between two things, with their passages."""

import sys
from typing import Annotated

import orjson
import typer
from rich.console import Console

from gcm_graph.cli import release
from gcm_graph.graph import export
from gcm_graph.graph import lineage as lineages
from gcm_graph.graph.passage import cited
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Lineage
from gcm_graph.settings import settings
from gcm_graph.terms import expand


def lineage(
    start: Annotated[str, typer.Argument(metavar="FROM", help="The later thing: forum/imrf.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="The earlier thing: body/gcim.")],
    output: Annotated[
        str, typer.Option("--format", "-f", help="text, json, csv or graphml.")
    ] = "text",
    language: Annotated[str, typer.Option("--lang", help="Language of the names.")] = "en",
) -> None:
    """Show by which steps one thing goes back to another, each with the passage it rests on.

    Exit code 1 when no chain joins the two.
    """
    reader = release.reader(language)
    first, second = (_thing(reader, text) for text in (start, end))
    found = lineages.read_lineage(
        reader, first, second, settings().lineage_chains, settings().lineage_depth
    )
    if output == "text":
        _print(found)
    elif output == "json":
        sys.stdout.buffer.write(orjson.dumps(found))
    elif output == "csv":
        sys.stdout.write(export.lineage_csv(found))
    elif output == "graphml":
        sys.stdout.buffer.write(export.lineage_graphml(found))
    else:
        raise typer.BadParameter(f"“{output}” is none of text, json, csv, graphml")
    if not found.chains:
        typer.echo("No chain leads from the one to the other.", err=True)
        raise typer.Exit(1)


def _thing(reader: Reader, text: str) -> str:
    try:
        iri = expand(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if iri not in reader.index.types:
        raise typer.BadParameter(f"nothing is known of <{iri}>")
    return iri


def _print(found: Lineage) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for number, chain in enumerate(found.chains, start=1):
        console.print(f"[bold]{number}. {len(chain)} steps[/bold]")
        for position in chain:
            step = found.steps[position]
            date = f" ({step.date})" if step.date else ""
            console.print(
                f"  {step.later.label} — {step.relation.label} → {step.earlier.label}{date}"
            )
            console.print(
                f"      {'; '.join(cited(passage) for passage in step.passages)}", style="dim"
            )
