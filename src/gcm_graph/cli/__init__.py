"""The command line: ``gcm-graph``."""

import sys
from functools import lru_cache
from importlib import import_module
from typing import Annotated

import typer

from gcm_graph import __version__

COMMANDS = {
    "build": "build:build",
    "check": "build:check",
    "diff": "diff:diff",
    "export": "export:export",
    "lineage": "lineage:lineage",
    "load": "load:load",
    "mcp": "mcp:mcp",
    "query": "query:query",
    "register": "register:enter",
    "serve": "serve:serve",
    "validate": "validate:validate",
}
"""Each command with its module in this package and its function there."""


@lru_cache
def application(*names: str) -> typer.Typer:
    """Return the command line with the commands ``names``, or with all of them.

    A command brings in much that the others do not need, so `main` asks for the one it runs.
    """
    app = typer.Typer(
        no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False
    )
    app.callback()(gcm_graph)
    for name in names or COMMANDS:
        module, function = COMMANDS[name].split(":")
        command = getattr(import_module(f"{__name__}.{module}"), function)
        app.command(name)(command)
    return app


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gcm-graph {__version__}")
        raise typer.Exit


def gcm_graph(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and end.", callback=_tell_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Build and check the knowledge graph of global migration governance."""


def main() -> None:
    """Run the command line."""
    asked = sys.argv[1:2]
    application(*(asked if asked and asked[0] in COMMANDS else ()))()


def __getattr__(name: str) -> typer.Typer:
    """Return ``app``, the command line with all its commands, when it is asked for."""
    if name == "app":
        return application()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
