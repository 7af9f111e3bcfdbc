"""The command ``diff``: what changed between two releases, in words."""

import sys
from typing import Annotated

import orjson
import typer
from rich.console import Console

from gcm_graph.cli import release as releases
from gcm_graph.graph.passage import cited
from gcm_graph.graph.view import Ref
from gcm_graph.release import shelf
from gcm_graph.release.difference import Change, Difference, compare
from gcm_graph.settings import settings


def diff(
    older: Annotated[str, typer.Argument(metavar="A", help="Start of a digest.")],
    newer: Annotated[str, typer.Argument(metavar="B", help="Start of a digest, or current.")] = (
        "current"
    ),
    limit: Annotated[int, typer.Option(help="Changes to list at most.", min=0)] = 200,
    output: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
) -> None:
    """Say which statements were added and removed from one release to another.

    Exit code 0 when nothing changed, 1 when something did, 2 when there is no such release.
    """
    if output not in {"text", "json"}:
        raise typer.BadParameter(f"“{output}” is neither text nor json")
    try:
        first, second = (shelf.find(settings().release, name) for name in (older, newer))
    except shelf.NoSuchRelease as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    found = compare(first, second, releases.reader(), limit)
    if output == "json":
        sys.stdout.buffer.write(orjson.dumps(found))
    else:
        _print(found)
    raise typer.Exit(1 if found.added or found.removed else 0)


def _print(found: Difference) -> None:
    console = Console(soft_wrap=True, highlight=False, markup=False)
    console.print(f"{found.older[:16]} → {found.newer[:16]}")
    console.print(
        f"{found.added:,} added, {found.removed:,} removed; derived: "
        f"{found.derived_added:,} added, {found.derived_removed:,} removed"
    )
    for change in found.changes:
        console.print(f"{'+' if change.added else '-'} {_told(change)}")


def _told(change: Change) -> str:
    value = change.value
    shown = value.label if isinstance(value, Ref) else value.shown or value.value
    place = cited(change.passage)
    return f"{change.subject.label} — {change.relation.label} → {shown} [{place}]"
