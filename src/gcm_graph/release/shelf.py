"""The shelf: the folder of built releases, each under its digest."""

from dataclasses import dataclass
from pathlib import Path

from gcm_graph.release import manifest

_SHORTEST = 8


class NoSuchRelease(LookupError):
    """No release has the digest or version that was asked for."""


@dataclass(frozen=True)
class Release:
    """A release on the shelf.

    Attributes:
        folder: where it is.
        digest: its digest (SHA-256 of the sorted N-Quads, hexadecimal).
        version: version of the software that built it.
        built: when it was built (ISO 8601), or empty.
    """

    folder: Path
    digest: str
    version: str
    built: str


def releases(shelf: Path) -> tuple[Release, ...]:
    """Return the releases below ``shelf``, the oldest first; what is damaged is none."""
    found = []
    for folder in (path.parent for path in shelf.glob(f"*/{manifest.FILE}")):
        if folder.is_symlink() or folder.name.startswith("."):
            continue  # `current` is one of the others; what is being written is none yet
        try:
            told = manifest.read(folder)
        except (OSError, ValueError, KeyError, TypeError):
            continue
        found.append(Release(folder, told.digest, told.version, told.built))
    return tuple(sorted(found, key=lambda one: (one.built, one.digest)))


def find(shelf: Path, name: str) -> Release:
    """Return the release that ``name`` asks for: start of a digest, version, or ``current``.

    Of several releases with one version it is the last that was built.

    Raises:
        NoSuchRelease: when there is none; the message lists those there are.
    """
    held = releases(shelf)
    if name == "current":
        folder = (shelf / "current").resolve()
        matching = [one for one in held if one.folder.resolve() == folder]
    elif "." in name:
        matching = [one for one in held if one.version == name][-1:]
    else:
        long = len(name) >= _SHORTEST
        matching = [one for one in held if long and one.digest.startswith(name.lower())]
    if len(matching) != 1:
        known = ", ".join(one.digest[:16] for one in held) or "none"
        raise NoSuchRelease(f"there is no release “{name}”; on the shelf are: {known}")
    return matching[0]


def before(shelf: Path, release: Release) -> Release | None:
    """Return the release that was built before ``release``; ``None`` when it is the first."""
    earlier = [one for one in releases(shelf) if one.built < release.built]
    return earlier[-1] if earlier else None
