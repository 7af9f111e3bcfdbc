"""The release that commands read, and how they end when there is none."""

from pathlib import Path

import typer

from gcm_graph.graph.reader import Reader, open_reader
from gcm_graph.settings import settings
from gcm_graph.store import embedded


def current() -> Path:
    """Return the folder of the current release; end with exit code 2 when there is none."""
    folder = settings().release / "current"
    if not folder.is_dir():
        message = f"There is no release in {settings().release}: run `gcm-graph build` first."
        typer.echo(message, err=True)
        raise typer.Exit(2)
    return folder.resolve()


def open_store() -> embedded.Embedded:
    """Return the store of the current release."""
    folder = current()
    return embedded.Embedded(embedded.load(folder), embedded.digest_of(folder))


def reader(language: str = "en") -> Reader:
    """Return a reader of the current release that prefers ``language``."""
    return open_reader(open_store(), language, settings().root)
