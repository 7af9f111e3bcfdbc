"""What a build lays beside a release so that it opens at once: a store on disk, and the index.

Nothing here is part of the release itself: it is made from ``dataset.nq`` and can be made again.
"""

from pathlib import Path

import pyoxigraph as ox

from gcm_graph.store import embedded

FOLDER = "prepared"
"""The folder inside a release."""

_STORE = "store"


def write(release: Path) -> ox.Store:
    """Lay the store of ``release`` on disk; return its content, in memory.

    Raises:
        FileNotFoundError: when ``release`` holds no ``dataset.nq``.
    """
    folder = release / FOLDER / _STORE
    folder.mkdir(parents=True)
    kept = ox.Store(str(folder))
    kept.bulk_load(path=str(release / embedded.FILE), format=ox.RdfFormat.N_QUADS)
    kept.optimize()
    kept.flush()
    return embedded.load(release)


def open_store(release: Path) -> ox.Store | None:
    """Return the store of ``release`` on disk, read-only; ``None`` where there is none."""
    folder = release / FOLDER / _STORE
    if not (folder / "CURRENT").is_file():
        return None
    try:
        return ox.Store.read_only(str(folder))
    except OSError:
        return None  # damaged, or of another version of the engine: the dataset is loaded
