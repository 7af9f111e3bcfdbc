"""Values in addresses that mean nothing here are told, not passed over."""

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from conftest import serving
from gcm_graph import __version__
from gcm_graph.build import pipeline
from gcm_graph.graph.reader import Reader
from gcm_graph.library.catalogue import Catalogue
from gcm_graph.service import bundle
from gcm_graph.service.answer import Answer, Page
from gcm_graph.store.media import GRAPHS, named
from small_root import make

TEXT_RELATION = """\
#+ title: Who sits where
#+ description: Rows whose relation is a text.
#+ group: Bodies and time
#+ answers: {least: 1}
#+ graph: {source: member, target: body, relation: said}
PREFIX org: <http://www.w3.org/ns/org#>

SELECT ?member ?body ?said
WHERE {
  ?membership org:member ?member ; org:organization ?body .
  BIND("sits in the council of" AS ?said)
}
ORDER BY ?member ?body
"""


@pytest.mark.parametrize(
    "path",
    ["/source", "/source/A-RES-73-195", "/source/A-RES-73-195/para-45", "/disagreements"],
)
def test_a_moment_that_is_no_date_is_told_on_documents_too(client: httpx.Client, path: str) -> None:
    refused = client.get(path, params={"as-of": "the-future"})
    assert refused.status_code == 400
    assert "the-future" in refused.json()["detail"]
    assert refused.json()["accepted"]
    assert client.get(path, params={"as-of": "2019-06"}).status_code == 200


def test_a_relation_that_is_a_text_becomes_no_name_of_a_property(
    reader: Reader, tmp_path: Path
) -> None:
    (tmp_path / "who-sits-where.rq").write_text(TEXT_RELATION)
    question = Catalogue.read(tmp_path).public[0]
    answer = Answer(reader, question, {}, Page(0, 5))
    turtle = named("turtle", GRAPHS)
    assert turtle is not None
    assert b"sits in the council" not in answer.written(turtle)
    assert {edge.relation for edge in answer.graph.edges} == {""}
    assert {edge.label for edge in answer.graph.edges} == {"sits in the council of"}


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder of two small releases, and the digest of the older one."""
    folder = tmp_path_factory.mktemp("two")
    older = pipeline.build(make(folder / "older"), folder / "release")
    more = 'r:para-51 { body:iom gcm:purpose "helps"@en . }\n'
    pipeline.build(make(folder / "newer", more), folder / "release")
    return folder / "release", older.digest


def test_data_are_validated_beside_what_is_served_only(two_releases: tuple[Path, str]) -> None:
    shelf, older = two_releases
    with serving(shelf) as running, running.client() as client:
        held = client.get("/api/release").json()["digest"]
        body = b"<http://x.example/a> a <http://x.example/B> ."
        kind = {"Content-Type": "text/turtle", "Accept": "application/json"}
        refused = client.post(f"/validate?release={older[:16]}", content=body, headers=kind)
        assert refused.status_code == 400
        assert "leave `release` away" in refused.json()["detail"]
        unknown = client.post(f"/validate?release={'0' * 16}", content=body, headers=kind)
        assert unknown.status_code == 404
        same = client.post(f"/validate?release={held[:16]}", content=body, headers=kind)
        assert same.status_code == 200


def test_a_running_service_names_the_scripts_of_a_new_web_build(tmp_path: Path) -> None:
    told = tmp_path / "manifest.json"
    assert bundle.tags("query", "/static/web/", tmp_path) == ""
    for name in ("query-AAAA.js", "query-BBBB.js"):
        told.unlink(missing_ok=True)
        told.write_text(json.dumps({"src/query/main.ts": {"file": name}}))
        assert name in bundle.tags("query", "/static/web/", tmp_path)
    told.write_text('{"src/query/ma')  # half-written
    assert bundle.tags("query", "/static/web/", tmp_path) == ""


def test_the_version_is_told_on_the_terminal() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gcm_graph", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"gcm-graph {__version__}"
