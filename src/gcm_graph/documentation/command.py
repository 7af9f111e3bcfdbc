"""The command line: ``docs/commands.md``."""

from typing import Any

import typer.main

from gcm_graph.cli import app

_HEAD = """\
# Commands

`gcm-graph` is installed with the package; in a checkout it is `.venv/bin/gcm-graph`. This text is
generated from the commands themselves (`make docs`). `gcm-graph --version` prints the version.
"""


def render() -> str:
    """Return every command with its arguments and options as Markdown."""
    group: Any = typer.main.get_command(app)
    return _HEAD + "".join(_command(name, group.commands[name]) for name in sorted(group.commands))


def _command(name: str, command: Any) -> str:
    usage = [_usage(parameter) for parameter in command.params]
    told = " ".join((command.help or "").split())
    lines = [f"\n## {name}\n", told, f"\n    gcm-graph {name} {' '.join(filter(None, usage))}\n"]
    for parameter in command.params:
        default = parameter.default
        shown = f" Default: `{default}`." if default not in {None, False} else ""
        if parameter.param_type_name == "argument":
            names = f"`{_metavar(parameter)}`"
        else:
            names = ", ".join(f"`{option}`" for option in parameter.opts)
        lines.append(f"- {names}: {parameter.help or ''}{shown}")
    return "\n".join(lines) + "\n"


def _usage(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return _metavar(parameter) + ("…" if parameter.nargs == -1 else "")
    return f"[{parameter.opts[0]} …]"


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())
