"""Files of rules and checks: a ``#+`` header in YAML and one SPARQL query."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class RuleFile:
    """One query file with its header (the syntax of grlc's decorators)."""

    name: str
    header: Mapping[str, Any]
    text: str


def read(path: Path) -> RuleFile:
    """Read one ``.rq`` file.

    Raises:
        ValueError: when the header is not a YAML mapping.
    """
    text = path.read_text(encoding="utf-8")
    lines = [ln[2:].removeprefix(" ") for ln in text.splitlines() if ln.startswith("#+")]
    header = yaml.safe_load(_quoted(lines)) or {}
    if not isinstance(header, dict):
        raise ValueError(f"{path.name}: the header is not a list of names and values")
    return RuleFile(path.stem, header, text)


def _quoted(lines: list[str]) -> str:
    """Quote one-line values, so that a colon or a brace in a message stays text."""
    quoted: list[str] = []
    for line in lines:
        name, colon, value = line.partition(": ")
        if colon and name.isidentifier() and value and value[0] not in "|>[\"'":
            escaped = value.replace("'", "''")
            quoted.append(f"{name}: '{escaped}'")
        else:
            quoted.append(line)
    return "\n".join(quoted)


def read_folder(folder: Path) -> list[RuleFile]:
    """Read every ``.rq`` file of a folder, in order of name."""
    return [read(path) for path in sorted(folder.glob("*.rq"))]
