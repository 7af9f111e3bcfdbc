"""The manifest of a release: its digest, its date and its figures, in ``manifest.json``."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What a release says of itself.

    Attributes:
        digest: SHA-256 of the sorted N-Quads, hexadecimal.
        version: version of the software that built it.
        built: when it was built (ISO 8601), or empty.
        counts: its figures by name.
        classes: how many things there are of each class, by prefixed name.
        empty_graphs: graphs that hold nothing, which N-Quads cannot carry.
    """

    digest: str
    version: str = ""
    built: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    empty_graphs: tuple[str, ...] = ()

    @property
    def statements(self) -> int:
        """How many statements its graphs and the merge hold together."""
        return int(self.counts.get("quads", 0)) + int(self.counts.get("triples", 0))

    @property
    def date(self) -> str:
        """The day on which it was built (``YYYY-MM-DD``), or empty."""
        return datetime.fromisoformat(self.built).date().isoformat() if self.built else ""

    def document(self) -> dict[str, Any]:
        """Return the members that say something, as they stand in the file."""
        return {name: value for name, value in dataclasses.asdict(self).items() if value}


def read(folder: Path) -> Manifest:
    """Return the manifest of the release in ``folder``.

    Raises:
        FileNotFoundError: when there is none.
        KeyError: when it names no digest.
    """
    path = folder / FILE
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(path: Path, _: int) -> Manifest:
    told = json.loads(path.read_text(encoding="utf-8"))
    return Manifest(
        digest=str(told["digest"]),
        version=str(told.get("version", "")),
        built=str(told.get("built", "")),
        counts=dict(told.get("counts", {})),
        classes=dict(told.get("classes", {})),
        empty_graphs=tuple(told.get("empty_graphs", ())),
    )
