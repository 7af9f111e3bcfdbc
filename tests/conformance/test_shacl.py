"""The W3C suite of SHACL, core and SPARQL, through ``gcm-graph validate``.

A report is compared with the expected one result by result: focus node, path, value, severity,
component and shape. Blank nodes count as one another there; messages are free.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import suite
from suite import MF, Graph
from typer.testing import CliRunner

from gcm_graph.cli import app

SUITE = suite.folder("shacl")
SH = "http://www.w3.org/ns/shacl#"
SHT = "http://www.w3.org/ns/shacl-test#"
KNOWN = suite.known("shacl")
RESULT = (
    "focusNode", "resultPath", "value", "resultSeverity", "sourceConstraintComponent",
    "sourceShape",
)  # fmt: skip


def _tests() -> dict[str, tuple[Graph, Any]]:
    found = {}
    for path in sorted(SUITE.rglob("*.ttl")):
        graph = Graph.read(path, path.as_uri())
        for head in graph.subjects(MF + "entries"):
            for test in graph.items(graph.value(head, MF + "entries")):
                where = path.parent.relative_to(SUITE).as_posix()
                found[f"{where}/{test.value.rpartition('/')[2]}"] = (graph, test)
    return found


TESTS = _tests()


def _term(graph: Graph, node: Any) -> str:
    """Return a term as text: a blank node as what it says, when it is a path, else as any."""
    if not isinstance(node, ox.BlankNode):
        return str(node)
    said = sorted(
        f"{quad.predicate} {_term(graph, quad.object)}"
        for quad in graph.store.quads_for_pattern(node, None, None, None)
    )
    return f"[{'; '.join(said)}]"


def _results(graph: Graph) -> Counter[tuple[str, ...]]:
    def told(result: Any, name: str) -> str:
        node = graph.value(result, SH + name)
        if isinstance(node, ox.BlankNode) and name != "resultPath":
            return "[]"
        return "" if node is None else _term(graph, node)

    kind = ox.NamedNode(SH + "ValidationResult")
    results = [q.subject for q in graph.store.quads_for_pattern(None, None, kind, None)]
    details = {d.value for r in results for d in graph.values(r, SH + "detail")}
    return Counter(
        tuple(told(result, name) for name in RESULT)
        for result in results
        if result.value not in details
    )


@pytest.mark.parametrize("test", suite.parameters(TESTS, KNOWN))
def test_a_report_of_the_suite_is_that_of_the_command(
    test: tuple[Graph, ox.NamedNode], tmp_path: Path
) -> None:
    graph, name = test
    action, expected = graph.value(name, MF + "action"), graph.value(name, MF + "result")
    data, shapes = (
        graph.value(action, SHT + part).value.removeprefix("file://")
        for part in ("dataGraph", "shapesGraph")
    )
    given = ["validate", data, "--shapes", shapes, "--format", "turtle"]
    ran = CliRunner().invoke(app, given)
    if expected.value == SHT + "Failure":
        assert ran.exit_code == 2, ran.output
        return
    conforms = graph.value(expected, SH + "conforms").value == "true"
    assert ran.exit_code == (0 if conforms else 1), ran.output
    report = tmp_path / "report.ttl"
    report.write_text(ran.stdout, encoding="utf-8")
    assert _results(Graph.read(report, "urn:x:report")) == _results(graph)


def test_every_known_failure_is_a_test_of_the_suite() -> None:
    assert KNOWN.keys() <= TESTS.keys()
    assert len(TESTS) == 121
