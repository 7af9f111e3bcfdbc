"""The commands ``build`` and ``check``: from the authored files to a release."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gcm_graph.build import pipeline
from gcm_graph.build.fault import BuildError, Fault
from gcm_graph.build.phase import phase
from gcm_graph.cli.progress import Progress
from gcm_graph.library.catalogue import Catalogue
from gcm_graph.library.fault import QueryFileError
from gcm_graph.release import register
from gcm_graph.settings import settings


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show the phases; on a fault say what is wrong and end with exit code 1."""
    progress = Progress(Console(soft_wrap=True))
    try:
        yield progress
    except BuildError as error:
        progress.close()
        typer.echo(str(error), err=True)
        typer.echo(f"faults: {len(error.faults)}", err=True)
        raise typer.Exit(1) from error
    finally:
        progress.close()


def check() -> None:
    """Check ontology, data, shapes, rules and queries; say file and line of each fault."""
    with _progress() as progress:
        built = pipeline.assemble(settings().root, progress)
        _check_queries(settings().root / "queries", progress)
        _check_released(settings().root, built, progress)
    for warning in built.warnings:
        typer.echo(str(warning))
    typer.echo(f"violations: 0, warnings: {len(built.warnings)}")


def _check_queries(folder: Path, progress: Progress) -> None:
    with phase(progress, "queries") as now:
        try:
            now.said = f"{len(Catalogue.read(folder))} questions"
        except QueryFileError as error:
            raise BuildError([Fault(error.file, error.line, error.message)]) from error


def _check_released(root: Path, built: pipeline.Built, progress: Progress) -> None:
    with phase(progress, "released") as now:
        try:
            known = register.read(root)
        except ValueError as error:
            raise BuildError([Fault(register.FOLDER.as_posix(), 0, str(error))]) from error
        if faults := register.faults(known, register.held([*built.quads, *built.merge])):
            raise BuildError(faults)
        now.said = f"{len(known.iris):,} released IRIs, withdrawn: {len(known.withdrawn)}"


def build(
    out: Annotated[Path | None, typer.Option(help="Folder of built releases.")] = None,
) -> None:
    """Check everything and write a release; print its digest and what is in it."""
    folder = out or settings().release
    with _progress() as progress:
        try:
            made = pipeline.build(settings().root, folder, progress)
        except OSError as error:
            progress.close()
            said = error.strerror or str(error)
            typer.echo(f"The release could not be written to {folder}: {said}.", err=True)
            typer.echo("What is current there stays as it was.", err=True)
            raise typer.Exit(2) from error
    for name, figure in made.counts.items():
        typer.echo(f"{name:<14}{figure:>9,}")
        if name == "entities":
            for kind, number in made.classes.items():
                typer.echo(f"  {kind:<30}{number:>9,}")
    typer.echo(f"release {made.digest[:16]}")
