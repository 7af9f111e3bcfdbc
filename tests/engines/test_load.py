"""``gcm-graph load`` puts the release on an engine in place of the one before."""

import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from gcm_graph.namespaces import BASE
from gcm_graph.release import guest, manifest
from gcm_graph.store.client import Access, Client
from gcm_graph.store.engine import STANDARD
from gcm_graph.store.publisher import NotPublished, Publisher
from gcm_graph.store.remote import Remote

from . import stand
from .conftest import need

GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


def shelf_of(folder: Path, trig: str) -> Path:
    """A shelf with a release of a few statements."""
    folder.mkdir()
    (folder / "data.trig").write_text(trig, encoding="utf-8")
    guest.write(folder, [guest.Source(folder / "data.trig")])
    return folder


BEFORE = """<https://w3id.org/gcm-graph/id/a> a <https://w3id.org/gcm-graph/def#Body> .
<https://w3id.org/gcm-graph/graph/old> { <urn:a> <urn:b> "é \\"'\\\\ " , "2"@fr . }
<https://w3id.org/gcm-graph/graph/kept> { <urn:a> <urn:b> <urn:c> , <urn:d> . }
"""
AFTER = """<https://w3id.org/gcm-graph/id/b> a <https://w3id.org/gcm-graph/def#Body> .
<https://w3id.org/gcm-graph/graph/kept> { <urn:a> <urn:b> <urn:c> . }
"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[stand.Running]:
    need("oxigraph")
    with stand.oxigraph(tmp_path / "engine") as running:
        yield running


def graphs(running: stand.Running) -> set[str]:
    rows = Remote(Client(Access(running.url)), "").select(GRAPHS)
    names = {str(getattr(row["g"], "value", "")) for row in rows}
    return {one.rpartition("/")[2] for one in names if one.startswith(BASE)}


def test_a_release_takes_the_place_of_the_one_before(empty: stand.Running, tmp_path: Path) -> None:
    for name, trig, held in (("x", BEFORE, {"old", "kept"}), ("y", AFTER, {"kept"})):
        shelf = shelf_of(tmp_path / name, trig)
        done = stand.load(empty, shelf)
        assert done.returncode == 0, done.stderr
        assert manifest.read(shelf / "current").digest[:16] in done.stdout
        assert graphs(empty) == {*held, "release"}
    store = Remote(Client(Access(empty.url)), "")
    assert len(store.select("SELECT * { ?s ?p ?o }")) == 1
    assert len(store.select("SELECT * { GRAPH ?g { <urn:a> ?p ?o } }")) == 1


def test_graph_by_graph_where_an_engine_knows_no_quads(
    empty: stand.Running, tmp_path: Path
) -> None:
    store = empty.url.replace("/query", "/store")
    publisher = Publisher(Access(empty.url), STANDARD, store)
    for name, trig, held in (("x", BEFORE, {"old", "kept"}), ("y", AFTER, {"kept"})):
        folder = shelf_of(tmp_path / name, trig) / "current"
        before = [f"https://w3id.org/gcm-graph/graph/{one}" for one in graphs(empty)]
        publisher.publish(folder, before, lambda _: None)
        assert graphs(empty) == {*held, "release"}
        rows = Remote(Client(Access(empty.url)), "").select("SELECT ?s { ?s a ?c }")
        assert len(rows) == 1


def test_virtuoso_by_graph_store_protocol(tmp_path: Path) -> None:
    need("virtuoso")
    with stand.virtuoso(tmp_path / "engine") as running:
        slow = stand.Running(running.url)
        for name, trig, held in (("x", BEFORE, {"old", "kept"}), ("y", AFTER, {"kept"})):
            done = stand.load(slow, shelf_of(tmp_path / name, trig))
            assert done.returncode == 0, done.stderr
            assert graphs(slow) == held
            rows = Remote(Client(Access(slow.url)), "").select("SELECT ?s { ?s a ?c }")
            assert len(rows) == 1
        refused = stand.load(slow, tmp_path / "y", "--store", running.url + "-no-such")
        assert refused.returncode == 2


def test_what_is_special_arrives_as_it_is(tmp_path: Path, empty: stand.Running) -> None:
    assert stand.load(empty, shelf_of(tmp_path / "x", BEFORE)).returncode == 0
    rows = Remote(Client(Access(empty.url)), "").select(
        "SELECT ?o { GRAPH <https://w3id.org/gcm-graph/graph/old> { ?s ?p ?o } }"
    )
    assert {str(row["o"]) for row in rows} == {'"é \\"\'\\\\ "', '"2"@fr'}


def test_a_refused_writer_is_told_which_settings_help(tmp_path: Path) -> None:
    class Refusing(http.server.BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_error(401)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/sparql"
        publisher = Publisher(Access(url, "me", "secret-word"), STANDARD, url)
        folder = shelf_of(tmp_path / "x", AFTER) / "current"
        with pytest.raises(NotPublished, match="GCM_ENDPOINT_USER") as said:
            publisher.publish(folder, [], lambda _: None)
        server.shutdown()
    assert "secret-word" not in str(said.value)


def test_a_missing_client_of_virtuoso_is_named(empty: stand.Running, tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path / "x", AFTER)
    done = stand.load(empty, shelf, "--isql", "127.0.0.1:1", "--program", "no-such-program")
    assert done.returncode == 2
    assert "apt-get install virtuoso-opensource" in done.stderr
    assert shutil.which("no-such-program") is None


def test_an_engine_that_is_away_is_named(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path / "x", AFTER)
    done = stand.load(stand.Running("http://127.0.0.1:9/query"), shelf)
    assert done.returncode == 2
    assert "engine" in done.stderr
    with pytest.raises(httpx.ConnectError):
        httpx.get("http://127.0.0.1:9/")
