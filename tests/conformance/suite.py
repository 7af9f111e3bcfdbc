"""The W3C test suites on this machine: where they are, what they ask, what is known to fail.

The suites are not part of the project. Their folder is that of ``GCM_CONFORMANCE`` (or
``CONFORMANCE_DIR``), by default ``../shared/conformance`` beside this checkout; the tests are
skipped where it is absent.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def folder(name: str) -> Path:
    """Return the folder of a suite; skip the module that asks when it is not there."""
    asked = os.environ.get("GCM_CONFORMANCE") or os.environ.get("CONFORMANCE_DIR")
    found = (ROOT / (asked or "../shared/conformance")).resolve() / name
    if not found.is_dir():
        pytest.skip(
            f"there is no W3C suite in {found}. The SPARQL suites are those of "
            "https://github.com/w3c/rdf-tests (sparql/sparql10 and sparql11 as sparql11_query, "
            "protocol as sparql11_protocol), SHACL's is https://github.com/w3c/data-shapes "
            "(tests as shacl); set GCM_CONFORMANCE to the folder that holds them.",
            allow_module_level=True,
        )
    return found


def known(section: str) -> dict[str, str]:
    """Return the tests of a section that do not pass, with the reason of each."""
    path = Path(__file__).parent / "known.toml"
    found: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8")).get(section, {})
    return found


def parameters(cases: Mapping[str, Any], expected: Mapping[str, str]) -> list[Any]:
    """Return cases by name as parameters of a test; those known to fail must fail."""
    found = []
    for name, case in cases.items():
        reason = expected.get(name)
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        found.append(pytest.param(case, id=name, marks=marks))
    return found


@dataclass(frozen=True)
class Graph:
    """An RDF graph read from a manifest, with the few ways of following it that tests need."""

    store: ox.Store

    @classmethod
    def read(cls, path: Path, base: str) -> "Graph":
        store = ox.Store()
        store.bulk_load(path=str(path), base_iri=base)
        return cls(store)

    def values(self, subject: ox.NamedNode | ox.BlankNode, relation: str) -> list[Any]:
        pattern = self.store.quads_for_pattern(subject, ox.NamedNode(relation), None, None)
        return [quad.object for quad in pattern]

    def value(self, subject: ox.NamedNode | ox.BlankNode, relation: str) -> Any:
        return next(iter(self.values(subject, relation)), None)

    def subjects(self, relation: str, value: str = "") -> list[Any]:
        wanted = ox.NamedNode(value) if value else None
        pattern = self.store.quads_for_pattern(None, ox.NamedNode(relation), wanted, None)
        return [quad.subject for quad in pattern]

    def items(self, head: ox.NamedNode | ox.BlankNode) -> Iterator[Any]:
        """Yield the members of an RDF list."""
        while head.value != RDF + "nil":
            yield self.value(head, RDF + "first")
            head = self.value(head, RDF + "rest")


@dataclass(frozen=True)
class Case:
    """A test of query evaluation or syntax.

    Attributes:
        name: the path of its manifest and its own name.
        kind: local name of its class.
        query: file of the query.
        base: what relative IRIs of the query are relative to.
        data: graphs that make the default graph.
        graphs: named graphs.
        result: file of the expected answer; ``None`` for a syntax test.
        lax: whether fewer duplicates than listed may come (REDUCED).
    """

    name: str
    kind: str
    query: Path
    base: str
    data: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()
    result: Path | None = None
    lax: bool = False


def cases(suite: Path, base: str) -> Iterator[Case]:
    """Yield the cases of every manifest below ``suite``, whose files stand for IRIs in ``base``."""

    def place(iri: str) -> Path:
        return suite / iri.removeprefix(base)

    for path in sorted(suite.rglob("manifest.ttl")):
        where = path.parent.relative_to(suite).as_posix()
        graph = Graph.read(path, f"{base}{where}/manifest.ttl")
        for head in graph.subjects(MF + "entries"):
            for test in graph.items(graph.value(head, MF + "entries")):
                name = f"{where}/{test.value.rpartition('#')[2].rpartition('/')[2]}"
                kind = graph.value(test, RDF + "type").value.removeprefix(MF)
                action, result = graph.value(test, MF + "action"), graph.value(test, MF + "result")
                if isinstance(action, ox.NamedNode):
                    yield Case(name, kind, place(action.value), action.value)
                    continue
                query = graph.value(action, QT + "query").value
                yield Case(
                    name,
                    kind,
                    place(query),
                    query,
                    tuple(node.value for node in graph.values(action, QT + "data")),
                    tuple(node.value for node in graph.values(action, QT + "graphData")),
                    place(result.value),
                    graph.value(test, MF + "resultCardinality") is not None,
                )
