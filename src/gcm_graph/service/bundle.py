"""Bundles: the scripts and styles that the web build made, by the name of their entry.

The web build (``web/``, run by ``make web``) writes ES modules with hashed names and a manifest
into ``static/web``. A page names its entry (``bundle("lineage")`` for
``web/src/lineage/main.ts``) and gets the tags; without a web build it gets nothing, and works.

Standard: the manifest is Vite's, https://vite.dev/guide/backend-integration
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from markupsafe import Markup

FOLDER = Path(__file__).resolve().parent / "static" / "web"
"""Where the web build puts its files."""

Manifest: TypeAlias = dict[str, dict[str, Any]]


def manifest(folder: Path = FOLDER) -> Manifest:
    """Return the manifest in ``folder``; empty when the web part was not built.

    It is read again when it has changed, so that a running service names the files of a build
    that was made anew; while one is being made, pages do without scripts.
    """
    path = folder / "manifest.json"
    try:
        told = path.stat()
        return _read(path, told.st_mtime_ns, told.st_ino)
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _file: int) -> Manifest:
    found: Manifest = json.loads(path.read_text(encoding="utf-8"))
    return found


def tags(name: str, prefix: str, folder: Path = FOLDER) -> Markup:
    """Return the tags that load an entry: its styles, its module, and what that imports.

    Args:
        name: the folder of the entry under ``web/src``.
        prefix: address of ``static/web/`` as seen from the page.
        folder: where the web build is.
    """
    held = manifest(folder)
    key = f"src/{name}/main.ts"
    if key not in held:
        return Markup("")
    parts = list(_parts(held, key, set()))
    styles = [file for part in parts for file in part.get("css", ())]
    lines = [
        Markup('<link rel="stylesheet" href="{}{}">').format(prefix, file)
        for file in dict.fromkeys(styles)
    ]
    lines += [
        Markup('<link rel="modulepreload" href="{}{}">').format(prefix, part["file"])
        for part in parts[1:]
    ]
    lines.append(
        Markup('<script type="module" src="{}{}"></script>').format(prefix, held[key]["file"])
    )
    return Markup("\n").join(lines)


def _parts(held: Manifest, key: str, seen: set[str]) -> Iterator[dict[str, Any]]:
    """Yield an entry and all that it imports at once, each part one time."""
    if key in seen:
        return
    seen.add(key)
    yield held[key]
    for imported in held[key].get("imports", ()):
        yield from _parts(held, imported, seen)
