"""How the service starts: from what a build has prepared, without what no first answer needs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pyoxigraph as ox

from conftest import ROOT, serving
from gcm_graph.graph import index, stored
from gcm_graph.graph.reader import open_reader, service_queries
from gcm_graph.library.catalogue import Catalogue
from gcm_graph.library.header import SERVICE
from gcm_graph.store import embedded, prepared

_HEAVY = (
    "rdflib",
    "pyshacl",
    "mcp",
    "networkx",
    "fastapi",
    "edtf",
    "pyld",
    "SPARQLWrapper",
)
_OPEN = """
import asyncio, sys
from gcm_graph.service.app import create_app

async def run():
    app = create_app()
    async with app.router.lifespan_context(app):
        print(*(name for name in {heavy} if name in sys.modules))

asyncio.run(run())
"""


def test_a_serving_process_loads_nothing_heavy(releases_folder: Path) -> None:
    code = _OPEN.format(heavy=_HEAVY)
    environment = {**os.environ, "GCM_RELEASE": str(releases_folder)}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == []


def test_the_index_that_a_build_leaves_is_the_one_that_the_store_gives(
    release: Path, store: ox.Store
) -> None:
    texts = service_queries(ROOT)
    kept = stored.read(release / prepared.FOLDER / stored.FILE, stored.stamp(texts))
    assert kept == index.build(embedded.Embedded(store, ""), texts)


def test_an_index_of_other_queries_is_not_used(release: Path) -> None:
    texts = dict(service_queries(ROOT))
    texts["index-names"] += "\n# another query\n"
    file = release / prepared.FOLDER / stored.FILE
    assert stored.read(file, stored.stamp(texts)) is None


def test_the_store_on_disk_answers_like_the_one_in_memory(release: Path, store: ox.Store) -> None:
    kept = prepared.open_store(release)
    assert kept is not None
    assert len(kept) == len(store)
    ours, theirs = embedded.Embedded(kept, "a"), embedded.Embedded(store, "a")
    thing = next(iter(open_reader(theirs).index.labels))
    query = f"SELECT ?p ?o {{ <{thing}> ?p ?o }} ORDER BY ?p ?o"
    assert ours.select(query) == theirs.select(query) != []


def test_the_texts_are_those_of_the_catalogue() -> None:
    every = Catalogue.read(ROOT / "queries")
    expected = {one.name: one.query for one in every if one.group == SERVICE}
    assert dict(service_queries(ROOT)) == expected


def test_a_release_without_anything_prepared_is_served_too(release: Path, tmp_path: Path) -> None:
    bare = tmp_path / release.name
    bare.mkdir()
    for name in ("dataset.nq", "manifest.json", "void.ttl"):
        shutil.copy(release / name, bare / name)
    (tmp_path / "current").symlink_to(bare.name)
    with serving(tmp_path) as running:
        answer = httpx.get(f"{running.address}/id/body/un-network-on-migration.json", timeout=60)
        assert answer.status_code == 200
