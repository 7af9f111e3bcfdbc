"""The wheel: what is installed from it is whole."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

from conftest import ROOT
from gcm_graph.service import bundle


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return zipfile.ZipFile(made)


def test_the_wheel_holds_what_the_service_needs(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    for name in ("share/ontology/gcm.ttl", "share/queries/adoption.rq", "service/static/style.css"):
        assert f"gcm_graph/{name}" in names
    assert not [name for name in names if "node_modules" in name]


def test_the_wheel_holds_the_bundles_that_its_manifest_names(wheel: zipfile.ZipFile) -> None:
    if not bundle.manifest() and not os.environ.get("GCM_REQUIRE_PROGRAMS"):
        pytest.skip("the web part is missing: make web")
    web = "gcm_graph/service/static/web/"
    manifest = json.loads(wheel.read(f"{web}manifest.json"))
    assert "src/site/main.ts" in manifest
    named = {entry["file"] for entry in manifest.values()}
    named |= {style for entry in manifest.values() for style in entry.get("css", ())}
    assert {f"{web}{name}" for name in named} <= set(wheel.namelist())
