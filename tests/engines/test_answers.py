"""Every question of the library has the same answer on every engine, as sets of rows."""

from collections import Counter
from collections.abc import Iterator, Mapping

import pyoxigraph as ox
import pytest

from answers import CATALOGUE
from gcm_graph.library.question import Question
from gcm_graph.namespaces import ID
from gcm_graph.store.binding import bound
from gcm_graph.store.client import Access, Client
from gcm_graph.store.embedded import Embedded
from gcm_graph.store.pool import Trouble
from gcm_graph.store.protocol import Store
from gcm_graph.store.remote import Remote
from gcm_graph.terms import Term

from .conftest import need
from .deviations import DEVIATIONS, is_transitive
from .stand import Running

SAMPLES: Mapping[str, Term] = {"iri": ox.NamedNode(ID + "instrument/gcm")}
"""A value for a parameter of a building block, which has no example."""

OWN = {"release-record", "graph-names", "graph-sizes"}
"""Questions about the engine itself: a published release has the record of itself beside it."""

HEAVY = {"statement-graphs"}
"""The whole graph, statement by statement; `test_statements` asks for a part of it."""

QUESTIONS = [one for one in CATALOGUE if one.name not in OWN | HEAVY]


PATIENCE = 8.0
"""Seconds for a transitive answer; what loses its way in Virtuoso is not waited for."""


def values(question: Question) -> dict[str, Term]:
    """The terms of the question's example, or samples."""
    if question.example or question.public or not question.parameters:
        return dict(question.bind(question.example))
    return {
        one.name: SAMPLES.get(one.type) or ox.Literal("en")
        for one in question.parameters
        if one.required
    }


def asked(store: Store, question: Question) -> object:
    """The answer as a multiset of rows, a set of triples, or a boolean."""
    given = values(question)
    if question.kind == "ask":
        return store.ask(question.query, given)
    if question.kind == "construct":
        return set(store.construct(question.query, given))
    rows = store.select(question.query, given)
    return Counter(frozenset(row.items()) for row in rows)


@pytest.fixture(scope="session")
def remotes(stands: dict[str, Running]) -> Iterator[dict[str, Remote]]:
    clients = {name: Client(Access(one.url, seconds=60)) for name, one in stands.items()}
    yield {name: Remote(client, "test") for name, client in clients.items()}
    for client in clients.values():
        client.close()


def alike(engine: str, transitive: bool) -> list[object]:
    return [
        pytest.param(
            engine,
            one,
            id=f"{engine}-{one.name}",
            marks=[pytest.mark.xfail(reason=DEVIATIONS[one.name])]
            if engine == "virtuoso" and one.name in DEVIATIONS
            else [],
        )
        for one in QUESTIONS
        if engine == "oxigraph" or is_transitive(one.query) is transitive
    ]


@pytest.mark.parametrize(
    ("engine", "question"), [*alike("oxigraph", False), *alike("virtuoso", False)]
)
def test_the_answer_is_that_of_the_embedded_engine(
    store: ox.Store, request: pytest.FixtureRequest, engine: str, question: Question
) -> None:
    need(engine)
    remote: Remote = request.getfixturevalue("remotes")[engine]
    assert asked(remote, question) == asked(Embedded(store, "test"), question)


@pytest.mark.parametrize(("engine", "question"), alike("virtuoso", True))
def test_a_transitive_answer_has_no_wrong_row(
    store: ox.Store, request: pytest.FixtureRequest, engine: str, question: Question
) -> None:
    need(engine)
    stands: dict[str, Running] = request.getfixturevalue("stands")
    client = Client(Access(stands[engine].url, seconds=PATIENCE))
    try:
        found = asked(Remote(client, "test"), question)
    except Trouble as trouble:
        if trouble.reason not in {"deadline", "evaluation"}:
            raise
        pytest.xfail(f"{trouble.reason} in a transitive path")
    expected = asked(Embedded(store, "test"), question)
    if isinstance(found, Counter):
        assert isinstance(expected, Counter)
        assert not found - expected
    if found != expected:
        pytest.xfail("rows are missing after a transitive path")


@pytest.mark.parametrize(
    "question", [one for one in QUESTIONS if one.parameters], ids=lambda one: one.name
)
def test_a_value_in_the_text_means_what_a_bound_value_means(
    store: ox.Store, question: Question
) -> None:
    class Text(Embedded):
        def select(self, query, bindings=None):
            return super().select(bound(query, bindings))

        def ask(self, query, bindings=None):
            return super().ask(bound(query, bindings))

        def construct(self, query, bindings=None):
            return super().construct(bound(query, bindings))

    assert asked(Text(store, "test"), question) == asked(Embedded(store, "test"), question)


def test_statements_of_a_thing_have_their_graphs(
    store: ox.Store, remotes: dict[str, Remote], engine: str
) -> None:
    query = CATALOGUE["statement-graphs"].query
    given = {"subject": ox.NamedNode(ID + "instrument/gcm")}

    def rows(one: Store) -> Counter[frozenset[tuple[str, Term]]]:
        return Counter(frozenset(row.items()) for row in one.select(query, given))

    found = rows(remotes[engine])
    assert found == rows(Embedded(store, "test"))
    assert len(found) > 200


def test_a_triple_in_three_graphs_counts_once(remotes: dict[str, Remote], engine: str) -> None:
    rows = remotes[engine].select(
        "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } "
        "GROUP BY ?s ?p ?o HAVING (COUNT(DISTINCT ?g) > 2) LIMIT 3"
    )
    assert len(rows) == 3
    for row in rows:
        triple = " ".join(str(row[name]) for name in ("s", "p", "o"))
        counted = remotes[engine].select(f"SELECT (COUNT(*) AS ?n) {{ {triple} }}")
        assert [str(one["n"]) for one in counted] == [str(ox.Literal(1))]
