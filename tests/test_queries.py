"""Every question of the library answers its example rightly from the built graph."""

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from gcm_graph.library import query_file
from gcm_graph.library.catalogue import Catalogue
from gcm_graph.library.question import Question
from gcm_graph.store.embedded import Embedded
from gcm_graph.terms import Term, text

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Catalogue.read(ROOT / "queries")
CHOICES = [question for question in CATALOGUE if question.name.startswith("choice-")]

MAY_BE_EMPTY = {
    ("disagreements", "reason"),
    ("instrument-record", "valueLabel"),
    ("leads-for-objective", "latest"),
    ("members-on-date", "latest"),
    ("membership-history", "begins"),
    ("membership-history", "ends"),
    ("membership-history", "latest"),
    ("objective-content", "letter"),
    ("organs-of-body", "latest"),
    ("pledges", "session"),
    ("pledges", "sessionLabel"),
    ("statement-evidence", "valueLabel"),
    ("workstreams", "latest"),
}
"""Columns that the present example leaves empty, and other values fill."""

OPTIONAL = [
    (question.name, parameter.name)
    for question in CATALOGUE.public
    for parameter in question.parameters
    if parameter.optional
]

questions = pytest.mark.parametrize(
    "question", CATALOGUE.public, ids=[question.name for question in CATALOGUE.public]
)


@pytest.fixture(scope="module")
def embedded(store: ox.Store) -> Embedded:
    return Embedded(store, "test")


def written(term: Term) -> str:
    return term.value if isinstance(term, ox.Literal) else text(term).strip("<>")


def has(row: Mapping[str, Term], expected: Mapping[str, str]) -> bool:
    return all(name in row and written(row[name]) == value for name, value in expected.items())


@questions
def test_each_example_has_the_expected_answer(question: Question, embedded: Embedded) -> None:
    answer = CATALOGUE.run(embedded, question.name, question.example)
    expected = question.answers
    if question.kind == "ask":
        assert answer.truth is expected.truth
        return
    found = answer.rows if question.kind == "select" else answer.triples
    assert len(found) >= expected.least
    assert expected.exactly is None or len(found) == expected.exactly
    for row in expected.rows:
        assert any(has(candidate, row) for candidate in answer.rows), row


@questions
def test_no_column_is_empty_and_no_row_comes_twice(question: Question, embedded: Embedded) -> None:
    answer = CATALOGUE.run(embedded, question.name, question.example)
    empty = {
        (question.name, column)
        for column in question.columns
        if not any(column in row for row in answer.rows)
    }
    assert empty <= MAY_BE_EMPTY
    rows = [tuple(sorted((name, str(term)) for name, term in row.items())) for row in answer.rows]
    assert len(rows) == len(set(rows))


@questions
def test_bound_values_and_standard_values_answer_alike(
    question: Question, embedded: Embedded
) -> None:
    answer = CATALOGUE.run(embedded, question.name, question.example)
    standard = question.filled(answer.bindings)
    if question.kind == "ask":
        assert embedded.ask(standard) is answer.truth
    elif question.kind == "construct":
        assert set(embedded.construct(standard)) == set(answer.triples)
    else:
        assert embedded.select(standard) == answer.rows


@questions
def test_the_file_runs_as_it_stands(question: Question, store: ox.Store) -> None:
    found = store.query(question.text)
    if isinstance(found, ox.QueryBoolean):
        assert bool(found) is question.answers.truth
    else:
        assert next(iter(found), None) is not None


@pytest.mark.parametrize("question", CATALOGUE, ids=[question.name for question in CATALOGUE])
def test_a_second_parser_reads_the_file(question: Question) -> None:
    assert prepareQuery(question.text).algebra


@questions
def test_a_passage_comes_with_its_locator_and_source(question: Question) -> None:
    given = {parameter.name for parameter in question.parameters}
    if "passage" in set(question.columns) - given:
        assert {"locator", "source"} <= set(question.columns)


@pytest.mark.parametrize(("name", "parameter"), OPTIONAL)
def test_an_optional_parameter_narrows_the_answer(
    name: str, parameter: str, embedded: Embedded
) -> None:
    given = {key: value for key, value in CATALOGUE[name].example.items() if key != parameter}
    wide = CATALOGUE.run(embedded, name, given).rows
    term = next(row[parameter] for row in wide)
    narrow = CATALOGUE.run(embedded, name, given | {parameter: text(term).strip("<>")}).rows
    assert narrow
    assert list(narrow) == [row for row in wide if row[parameter] == term]


@questions
def test_the_choices_of_an_example_hold_its_value(question: Question, embedded: Embedded) -> None:
    for parameter in question.parameters:
        values = {choice.value for choice in CATALOGUE.choices(embedded, parameter)}
        if values and parameter.name in question.example:
            assert question.example[parameter.name] in values


@pytest.mark.parametrize("question", CHOICES, ids=[question.name for question in CHOICES])
def test_each_list_of_choices_has_names(question: Question, embedded: Embedded) -> None:
    rows = embedded.select(question.query)
    assert rows
    assert all(set(row) == set(question.columns) for row in rows)
    assert len({row[question.columns[0]] for row in rows}) == len(rows)


def test_the_example_of_the_guide_answers(embedded: Embedded) -> None:
    guide = (ROOT / "docs" / "add-a-query.md").read_text(encoding="utf-8")
    block = guide.partition("```sparql\n")[2].partition("```")[0]
    answer = Catalogue([query_file.read("guide", "guide.rq", block)]).run(embedded, "guide")
    assert len(answer.rows) >= answer.question.answers.least
    for row in answer.question.answers.rows:
        assert any(has(candidate, row) for candidate in answer.rows)


def test_titles_in_another_language_fall_back_to_english(embedded: Embedded) -> None:
    answer = CATALOGUE.run(embedded, "objectives", {"language": "kl"})
    assert len(answer.rows) == 23
    assert {written(row["titleLanguage"]) for row in answer.rows} == {"en"}


def test_a_body_exists_from_its_first_day_to_its_last(embedded: Embedded) -> None:
    def exists(day: str) -> bool:
        rows = CATALOGUE.run(embedded, "bodies-on-date", {"date": day}).rows
        return any(written(row["body"]) == "body:gcim" for row in rows)

    assert not exists("2003-12-31")
    assert exists("2004-01-01")
    assert exists("2005-12-31")
    assert not exists("2006-01-01")


def test_every_number_of_witnesses_is_one_of_sources(embedded: Embedded, store: ox.Store) -> None:
    rows = CATALOGUE.run(embedded, "corroborated-statements", {"sources": "4"}).rows
    assert rows
    for row in rows:
        graphs = {
            quad.graph_name.value
            for quad in store.quads_for_pattern(row["subject"], row["property"], row["value"])
            if isinstance(quad.graph_name, ox.NamedNode) and "/source/" in quad.graph_name.value
        }
        sources = {graph.split("/source/")[1].split("/")[0] for graph in graphs}
        assert 4 <= int(written(row["count"])) <= len(sources)


def test_a_secondary_passage_of_a_primary_one_is_no_second_witness() -> None:
    data = """
        @prefix d: <http://purl.org/dc/terms/> . @prefix e: <http://example.org/> .
        @prefix p: <http://www.w3.org/ns/prov#> .
        e:primary-1 { e:s e:p e:o . e:s e:p e:other . }
        e:secondary-1 { e:s e:p e:o . }
        e:secondary-2 { e:s e:p e:other . }
        e:primary-1 d:isPartOf e:primary .
        e:secondary-1 d:isPartOf e:secondary ; p:hadPrimarySource e:primary-1 .
        e:secondary-2 d:isPartOf e:secondary .
    """
    made = ox.Store()
    made.load(data.encode(), format=ox.RdfFormat.TRIG)
    rows = CATALOGUE.run(Embedded(made, "made"), "corroborated-statements", {"sources": "2"}).rows
    assert [written(row["value"]) for row in rows] == ["http://example.org/other"]


def test_a_source_cited_twice_is_still_alone() -> None:
    data = """
        @prefix d: <http://purl.org/dc/terms/> . @prefix e: <http://example.org/> .
        @prefix g: <https://w3id.org/gcm-graph/def#> .
        @prefix s: <https://w3id.org/gcm-graph/source/> .
        <https://w3id.org/gcm-graph/source/a/1> { e:s e:p e:both , e:alone . }
        <https://w3id.org/gcm-graph/source/a/2> { e:s e:p e:alone . }
        <https://w3id.org/gcm-graph/source/b/1> { e:s e:p e:both . }
        <https://w3id.org/gcm-graph/source/a/1> d:isPartOf s:a ; g:locator "1" .
        <https://w3id.org/gcm-graph/source/a/2> d:isPartOf s:a ; g:locator "2" .
        <https://w3id.org/gcm-graph/source/b/1> d:isPartOf s:b ; g:locator "1" .
    """
    made = ox.Store()
    made.load(data.encode(), format=ox.RdfFormat.TRIG)
    rows = CATALOGUE.run(Embedded(made, "made"), "source-alone", {"source": "source:a"}).rows
    assert [(written(row["value"]), written(row["locator"])) for row in rows] == [
        ("http://example.org/alone", "1"),
        ("http://example.org/alone", "2"),
    ]
