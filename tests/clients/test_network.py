"""The export for graph tools: a network of things with names, kinds, passages and dates."""

import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

ID = "https://w3id.org/gcm-graph/id/"


def exported(form: str, releases_folder: Path, out: Path) -> nx.MultiDiGraph:
    command = [sys.executable, "-m", "gcm_graph", "export", form, "--out", str(out)]
    environment = {**os.environ, "GCM_RELEASE": str(releases_folder)}
    subprocess.run(command, env=environment, check=True, timeout=60)
    return nx.read_graphml(out) if form == "graphml" else nx.read_gexf(out)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_network_has_named_things_and_dated_edges(
    form: str, releases_folder: Path, tmp_path: Path
) -> None:
    graph = exported(form, releases_folder, tmp_path / f"network.{form}")
    chile = graph.nodes[f"{ID}state/chile"]
    assert (chile["label"], chile["kind"]) == ("Chile", "State")
    kinds = {node["kind"] for _, node in graph.nodes(data=True)}
    assert {"Consultative process", "Instrument", "Forum"} <= kinds
    assert not kinds & {"Source", "Passage", "Class", "Membership", "Vote cast", "Concept"}
    vote = graph.get_edge_data(f"{ID}state/chile", f"{ID}event/adoption-a-res-73-195")
    assert [edge["label"] for edge in vote.values()] == ["abstained"]
    assert all(edge["passages"] for *_, edge in graph.edges(data=True))
    labels = {edge["label"] for edge in graph.get_edge_data(
        f"{ID}forum/imrf", f"{ID}forum/hld").values()}  # fmt: skip
    assert "replaces" in labels
    members = [
        edge
        for member, body, edge in graph.edges(data=True)
        if body == f"{ID}body/global-migration-group" and edge["label"] == "member"
    ]
    assert len(members) >= 18
    assert any(edge.get("start", "").startswith("20") for edge in members)


def test_gexf_is_dynamic_with_dates(releases_folder: Path, tmp_path: Path) -> None:
    exported("gexf", releases_folder, tmp_path / "network.gexf")
    head = (tmp_path / "network.gexf").read_text(encoding="utf-8")[:2000]
    assert 'mode="dynamic"' in head
    assert 'timeformat="date"' in head
