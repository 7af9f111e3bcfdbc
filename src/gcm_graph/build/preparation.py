"""What a build makes ready so that the service opens a release at once."""

import shutil
from pathlib import Path

from gcm_graph.graph import index, stored
from gcm_graph.graph.reader import service_queries
from gcm_graph.settings import settings
from gcm_graph.store import embedded, prepared


def prepared_now(release: Path) -> bool:
    """Tell whether what stands beside ``release`` was made by this version of the project."""
    texts = service_queries(settings().root)
    kept = release / prepared.FOLDER / stored.FILE
    return stored.read(kept, stored.stamp(texts)) is not None


def prepare(release: Path) -> None:
    """Lay store and index beside ``release``; what stood there is replaced.

    Raises:
        FileNotFoundError: when ``release`` holds no ``dataset.nq``.
    """
    folder = release / prepared.FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    held = prepared.write(release)
    texts = service_queries(settings().root)
    made = index.build(embedded.Embedded(held, ""), texts)
    stored.write(folder / stored.FILE, made, stored.stamp(texts))
