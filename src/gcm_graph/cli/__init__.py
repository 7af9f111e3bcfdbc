"""The command line: ``gcm-graph``."""

from pathlib import Path
from typing import Annotated

import typer

from gcm_graph.build import pipeline
from gcm_graph.build.fault import BuildError
from gcm_graph.settings import settings

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


@app.callback()
def gcm_graph() -> None:
    """Build and check the knowledge graph of global migration governance."""


@app.command()
def check() -> None:
    """Check ontology, data, shapes and rules; say file and line of each fault."""
    try:
        built = pipeline.assemble(settings().root, typer.echo)
    except BuildError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    for warning in built.warnings:
        typer.echo(str(warning))
    typer.echo(f"no violations, {len(built.warnings)} warnings")


@app.command()
def build(
    out: Annotated[Path | None, typer.Option(help="Folder of built releases.")] = None,
) -> None:
    """Check everything and write a release; print its digest and what is in it."""
    try:
        digest, figures = pipeline.build(settings().root, out or settings().release, typer.echo)
    except BuildError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    for name, figure in figures.items():
        typer.echo(f"{name}: {figure}")
    typer.echo(f"release {digest[:16]}")


def main() -> None:
    """Run the command line."""
    app()
