"""Every shape and every check: a datum that breaks it, and the message that a person reads."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from gcm_graph.build import check, rule
from gcm_graph.build.authored import Authored

ROOT = Path(__file__).resolve().parent.parent
SHAPES = check.shapes(ROOT / "ontology" / "shapes")
TERMS = rdflib.Graph()
for _file in [*(ROOT / "ontology").glob("*.ttl"), *(ROOT / "ontology/schemes").glob("*.ttl")]:
    TERMS.parse(_file, format="turtle")
FIXTURES = sorted((ROOT / "tests" / "shapes").glob("*.ttl"))
CHECKS = sorted((ROOT / "tests" / "checks").glob("*.trig"))


def expected(path: Path) -> str:
    return path.read_text().splitlines()[0].removeprefix("# expect: ")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_each_shape_says_what_is_wrong(path: Path) -> None:
    data = rdflib.Graph()
    for triple in TERMS:
        data.add(triple)
    data.parse(path, format="turtle")
    messages = [message for _, message, *_ in check.validate(data, SHAPES)]
    assert any(expected(path) in message for message in messages), messages


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_each_check_says_what_is_wrong(path: Path) -> None:
    quads = list(ox.parse(path=path, format=ox.RdfFormat.TRIG))
    ontology = ox.NamedNode("https://w3id.org/gcm-graph/graph/ontology")
    for file in [*(ROOT / "ontology").glob("*.ttl"), *(ROOT / "ontology/schemes").glob("*.ttl")]:
        for triple in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
            quads.append(ox.Quad(triple.subject, triple.predicate, triple.object, ontology))
    store = ox.Store()
    store.extend(quads)
    store.extend([ox.Quad(q.subject, q.predicate, q.object) for q in quads])
    found = check.query_faults(
        store, [rule.read(ROOT / "ontology/checks" / f"{path.stem}-violation.rq")], Authored()
    )
    assert any(expected(path) in fault.message for fault in found), [str(f) for f in found]
