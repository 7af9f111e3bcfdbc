"""The embedded store: what each form of query answers with."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from gcm_graph.store import embedded, media
from gcm_graph.store.media import GRAPHS, SOLUTIONS

A, B = ox.NamedNode("http://x.example/a"), ox.NamedNode("http://x.example/b")
P = ox.NamedNode("http://x.example/p")


@pytest.fixture
def held() -> embedded.Embedded:
    store = ox.Store()
    store.extend([ox.Quad(A, P, B), ox.Quad(B, P, ox.Literal("text", language="en"))])
    return embedded.Embedded(store, "digest")


def test_parameters_are_bound_as_terms(held: embedded.Embedded) -> None:
    rows = held.select("SELECT ?s ?o { ?s ?p ?o }", {"s": A})
    assert [row["o"] for row in rows] == [B]
    assert held.ask("ASK { ?s ?p ?o }", {"o": ox.Literal("text", language="en")})
    assert not held.ask("ASK { ?s ?p ?o }", {"o": ox.Literal("text")})
    built = held.construct("CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }", {"s": A})
    assert list(built) == [ox.Triple(B, P, A)]
    assert held.digest == "digest"


def test_unbound_variables_are_left_out_of_a_row(held: embedded.Embedded) -> None:
    rows = held.select("SELECT ?s ?x { ?s ?p ?o OPTIONAL { ?s <http://x.example/q> ?x } }")
    assert all(set(row) == {"s"} for row in rows)


def test_the_form_of_a_query_must_be_the_one_asked_for(held: embedded.Embedded) -> None:
    with pytest.raises(TypeError):
        held.select("ASK {}")
    with pytest.raises(TypeError):
        held.ask("SELECT * { ?s ?p ?o }")
    with pytest.raises(TypeError):
        held.construct("ASK {}")
    with pytest.raises(TypeError):
        held.answer("CONSTRUCT WHERE { ?s ?p ?o }", SOLUTIONS[0])
    with pytest.raises(TypeError):
        held.answer("ASK {}", GRAPHS[0])


def test_answers_are_written_by_the_engine(held: embedded.Embedded) -> None:
    assert b"text" in held.answer("SELECT * { ?s ?p ?o }", SOLUTIONS[2])
    for shape in GRAPHS:
        written = held.answer("CONSTRUCT WHERE { ?s ?p ?o }", shape)
        assert isinstance(shape.engine, ox.RdfFormat)
        assert len(list(ox.parse(written, format=shape.engine))) == 2


def test_a_representation_is_known_by_name_suffix_and_type() -> None:
    for name in ("turtle", "ttl", "text/turtle"):
        assert media.named(name, GRAPHS) == GRAPHS[0]
    assert media.named("png", GRAPHS) is None


def test_a_release_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        embedded.load(tmp_path)
