"""What the tests share: the built graph of this checkout."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from gcm_graph.build import pipeline, release

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def built() -> pipeline.Built:
    return pipeline.assemble(ROOT)


@pytest.fixture(scope="session")
def store(built: pipeline.Built, tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    out = tmp_path_factory.mktemp("release")
    release.write(out, built.quads, "test")
    loaded = ox.Store()
    loaded.bulk_load(path=out / "current" / "dataset.nq", format=ox.RdfFormat.N_QUADS)
    return loaded
