"""The library reads query files strictly and parameters exactly."""

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcm_graph.library import documentation, header, query_file
from gcm_graph.library.catalogue import Catalogue
from gcm_graph.library.fault import ParameterError, QueryFileError
from gcm_graph.library.parameter import Parameter, kind_of
from gcm_graph.library.question import Question
from gcm_graph.namespaces import BASE, DEF, EDTF_LITERAL, ID, SDG, SOURCE, XSD, XSD_DATE, named
from gcm_graph.store.embedded import Embedded
from gcm_graph.terms import text

ROOT = Path(__file__).resolve().parent.parent

FILE = """\
#+ title: Things by number
#+ description: Things of a class with at least a number.
#+ group: Evidence
#+ parameters:
#+   least: {type: integer, default: 1, description: The number.}
#+   thing: {type: iri, optional: true, description: One thing only.}
#+ answers: {least: 0, rows: []}
PREFIX gcm: <https://w3id.org/gcm-graph/def#>

SELECT ?least ?thing ?number
WHERE {
  VALUES ?least { 1 }
  VALUES ?thing { UNDEF }
  ?thing gcm:value ?number .
  FILTER(?number >= ?least)
}
ORDER BY ?number
"""

QUERY = FILE.partition("PREFIX")[1] + FILE.partition("PREFIX")[2]


def question(changes: dict[str, str] | None = None) -> Question:
    changed = FILE
    for old, new in (changes or {}).items():
        assert old in changed
        changed = changed.replace(old, new)
    return query_file.read("things", "queries/things.rq", changed)


def numbers() -> Embedded:
    store = ox.Store()
    for name, value in (("a", 1), ("b", 2), ("c", 3)):
        store.add(
            ox.Quad(ox.NamedNode(ID + "figure/" + name), named(DEF, "value"), ox.Literal(value))
        )
    return Embedded(store, "numbers")


# --- values of parameters ---


@pytest.mark.parametrize(
    "written",
    [
        "body:iom",
        "body/iom",
        "/body/iom",
        "id/body/iom",
        "https://w3id.org/gcm-graph/id/body/iom",
        "<https://w3id.org/gcm-graph/id/body/iom>",
        "  body:iom ",
    ],
)
def test_a_thing_has_many_spellings(written: str) -> None:
    assert Parameter("body", "iri").parse(written) == ox.NamedNode(ID + "body/iom")


@pytest.mark.parametrize(
    ("written", "iri"),
    [
        ("sdg:10.7", SDG + "10.7"),
        ("gcm:replaces", DEF + "replaces"),
        ("def#replaces", DEF + "replaces"),
        ("source:A-RES-73-195/para-45", SOURCE + "A-RES-73-195/para-45"),
        ("source/A-RES-73-195/para-45", SOURCE + "A-RES-73-195/para-45"),
        ("source/A-RES-73-195", SOURCE + "A-RES-73-195"),
        ("graph/ontology", BASE + "graph/ontology"),
    ],
)
def test_documents_terms_and_goals_are_named_alike(written: str, iri: str) -> None:
    assert Parameter("thing", "iri").parse(written) == ox.NamedNode(iri)


@pytest.mark.parametrize("written", ["", "iom", "nothing:iom", "a b", "http://a b", "<x", "/"])
def test_what_is_no_name_is_refused_with_what_is_right(written: str) -> None:
    with pytest.raises(ValueError, match="prefix:name as in body:iom"):
        Parameter("body", "iri").parse(written)


def test_a_thing_of_another_kind_is_refused() -> None:
    parameter = Parameter("body", "iri", kinds=("body", "forum"))
    assert parameter.parse("forum:gfmd")
    with pytest.raises(ValueError, match="event:hld-2006 is a event; this must be a body or forum"):
        parameter.parse("event:hld-2006")
    with pytest.raises(ValueError, match="something else"):
        parameter.parse("http://example.org/x")


@pytest.mark.parametrize(
    ("iri", "kind"),
    [
        (ID + "body/iom", "body"),
        (ID + "body/", None),
        (ID + "body", None),
        (SDG + "10.7", "sdg"),
        (DEF + "replaces", "term"),
        (SOURCE + "x", "source"),
        (SOURCE + "x/para-1", "passage"),
        (SOURCE, None),
        ("http://example.org/", None),
    ],
)
def test_the_kind_is_read_from_the_name(iri: str, kind: str | None) -> None:
    assert kind_of(iri) == kind


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2018-12-19", "2018-12-19", "2018-12-19"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("2003/2005", "2003-01-01", "2005-12-31"),
    ],
)
def test_a_date_stands_for_its_edge(written: str, first: str, last: str) -> None:
    assert Parameter("date", "date").parse(written) == ox.Literal(first, datatype=XSD_DATE)
    assert Parameter("date", "date", edge="last").parse(written) == ox.Literal(
        last, datatype=XSD_DATE
    )


@pytest.mark.parametrize(
    "written", ["", "yesterday", "2018-13", "2018-02-30", "2019/..", "19.12.18"]
)
def test_what_has_no_last_day_is_no_date(written: str) -> None:
    with pytest.raises(ValueError, match="write 2018-12-19, 2018-12 or 2018"):
        Parameter("date", "date", edge="last").parse(written)


@pytest.mark.parametrize(
    ("type_", "written", "message"),
    [
        ("integer", "1.5", "not a whole number"),
        ("integer", "", "not a whole number"),
        ("integer", "9" * 19, "not a whole number"),
        ("integer", "١", "not a whole number"),
        ("boolean", "yes", "neither true nor false"),
        ("language", "english!", "not a language"),
        ("language", "e", "not a language"),
        ("string", "  ", "empty"),
        ("term", "some words", "quotation marks"),
        ("term", '"open', "not a literal"),
        ("term", '"a"^^nothing:x', "prefix:name"),
        ("term", '"a" . "b"', "not a literal"),
    ],
)
def test_what_cannot_be_read_is_refused(type_: str, written: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Parameter("it", type_).parse(written)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("type_", "written", "term"),
    [
        ("integer", "+007", ox.Literal("7", datatype=named(XSD, "integer"))),
        ("boolean", "TRUE", ox.Literal("true", datatype=named(XSD, "boolean"))),
        ("boolean", "0", ox.Literal("false", datatype=named(XSD, "boolean"))),
        ("language", "zh-Hans", ox.Literal("zh-hans")),
        ("string", ' a "b" } ', ox.Literal('a "b" }')),
        ("term", "152", ox.Literal("152", datatype=named(XSD, "integer"))),
        ("term", "body:iom", ox.NamedNode(ID + "body/iom")),
        ("term", '"2018"^^edtf:EDTF', ox.Literal("2018", datatype=EDTF_LITERAL)),
        ("term", '"a\\n\\"b\\\\"@en', ox.Literal('a\n"b\\', language="en")),
        ("term", '"a"', ox.Literal("a")),
    ],
)
def test_values_become_typed_terms(type_: str, written: str, term: ox.Literal) -> None:
    assert Parameter("it", type_).parse(written) == term  # type: ignore[arg-type]


def test_a_choice_may_be_spelled_in_any_way() -> None:
    parameter = Parameter("choice", "iri", choices=("choice/against", "choice/abstained"))
    assert parameter.parse(ID + "choice/against") == ox.NamedNode(ID + "choice/against")
    with pytest.raises(ValueError, match="none of choice/against, choice/abstained"):
        parameter.parse("choice/maybe")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_a_date(day: date) -> None:
    term = Parameter("date", "date").parse(day.isoformat())
    assert term == ox.Literal(day.isoformat(), datatype=XSD_DATE)


@given(st.integers(min_value=-(10**17), max_value=10**17))
def test_every_number_is_an_integer(number: int) -> None:
    assert Parameter("number", "integer").parse(str(number)) == ox.Literal(number)


WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.one_of(
        st.builds(ox.Literal, WORDS),
        st.builds(lambda value: ox.Literal(value, language="en"), WORDS),
        st.builds(lambda value: ox.Literal(value, datatype=EDTF_LITERAL), WORDS),
        st.integers(min_value=0, max_value=10**9).map(ox.Literal),
        st.from_regex(r"[a-z][a-z0-9-]{0,30}", fullmatch=True).map(
            lambda slug: ox.NamedNode(f"{ID}body/{slug}")
        ),
    )
)
def test_what_pages_write_is_read_back(term: ox.Literal | ox.NamedNode) -> None:
    assert Parameter("value", "term").parse(text(term)) == term


@given(st.sampled_from(["iri", "string", "integer", "date", "language", "boolean", "term"]), WORDS)
def test_any_text_is_a_term_or_a_value_error(type_: str, written: str) -> None:
    try:
        term: object = Parameter("it", type_).parse(written)  # type: ignore[arg-type]
    except ValueError as error:
        term = error
    assert isinstance(term, ox.NamedNode | ox.Literal | ValueError)
    assert str(term)


# --- questions ---


def test_a_file_becomes_a_question() -> None:
    read = question()
    assert read.kind == "select"
    assert read.columns == ("least", "thing", "number")
    assert read.example == {"least": "1"}
    assert read.public
    assert "VALUES" not in read.query
    assert read.query.count("\n") == FILE.count("\n")


def test_yaml_dates_and_truths_are_read_as_text() -> None:
    read = question(
        {
            "type: integer, default: 1": "type: boolean, default: true",
            "{ 1 }": "{ true }",
            "#+ answers: {least: 0, rows: []}": "#+ answers: {rows: [{number: 2018-12-19}]}",
        }
    )
    assert read.bind({}) == {"least": ox.Literal("true", datatype=named(XSD, "boolean"))}
    assert read.answers.rows == ({"number": "2018-12-19"},)


def test_defaults_are_bound_and_blanks_are_not_given() -> None:
    assert question().bind({"thing": " "}) == {
        "least": ox.Literal("1", datatype=named(XSD, "integer"))
    }


def test_an_unknown_parameter_is_named_with_those_there_are() -> None:
    with pytest.raises(
        ParameterError, match="no parameter “most”; its parameters are least, thing"
    ):
        question().bind({"most": "1"})
    bare = query_file.read(
        "all", "all.rq", "#+ title: a\n#+ description: b\n#+ group: Evidence\nSELECT * { ?s ?p ?o }"
    )
    with pytest.raises(ParameterError, match="it takes none"):
        bare.bind({"most": "1"})


def test_a_missing_value_is_named_with_an_example() -> None:
    read = question(
        {", default: 1": "", "#+ answers": "#+ example: {least: 2}\n#+ answers", "{ 1 }": "{ 2 }"}
    )
    with pytest.raises(
        ParameterError, match="needs a value for “least”, for example least=2"
    ) as it:
        read.bind({})
    assert (it.value.question, it.value.parameter) == ("things", "least")


def test_a_wrong_value_is_named_with_its_parameter() -> None:
    with pytest.raises(ParameterError, match="The value of “least”: “many” is not a whole number"):
        question().bind({"least": "many"})


def test_the_filled_query_is_standard_and_answers_alike() -> None:
    catalogue = Catalogue([question()])
    for values in ({}, {"least": "2"}, {"thing": "figure:b"}, {"least": "3", "thing": "figure:b"}):
        answer = catalogue.run(numbers(), "things", values)
        filled = answer.question.filled(answer.bindings)
        assert filled.startswith("# Things by number\n")
        assert "#+" not in filled
        assert numbers().select(filled) == answer.rows
    assert len(catalogue.run(numbers(), "things").rows) == 3


def test_given_values_are_no_columns_of_the_answer() -> None:
    catalogue = Catalogue([question()])
    assert catalogue.run(numbers(), "things").columns == ("thing", "number")
    assert catalogue.run(numbers(), "things", {"thing": "figure:a"}).columns == ("number",)


HOSTILE = 'x" } ; DROP ALL #'


def test_no_value_can_change_the_query() -> None:
    read = question(
        {
            "type: integer, default: 1": "type: string, default: a",
            "{ 1 }": '{ "a" }',
            "?number >= ?least": "STR(?number) != ?least",
        }
    )
    answer = Catalogue([read]).run(numbers(), "things", {"least": HOSTILE})
    assert len(answer.rows) == 3
    assert numbers().select(read.filled(answer.bindings)) == answer.rows


@pytest.mark.parametrize(
    ("changes", "line", "message"),
    [
        ({"#+ title: Things by number\n": ""}, 1, "must say its `title`"),
        ({"#+ group: Evidence": "#+ group: Others"}, 3, "the group must be one of Lineage"),
        ({"#+ group: Evidence": "#+ group: Evidence\n#+ colour: red"}, 4, "says `colour`"),
        ({"#+ group: Evidence": "#+ group: [Evidence"}, 4, "is not YAML"),
        ({"PREFIX": "\n#+ late: true\nPREFIX"}, 9, "must stand together at the top"),
        ({"type: integer": "type: number"}, 5, "the type of `least` must be one of iri"),
        ({"type: integer": "type: integer, size: 3"}, 5, "says `size`"),
        ({"default: 1": "default: one"}, 5, "the default of `least`: “one” is not a whole"),
        ({"optional: true": "optional: maybe"}, 6, "`optional` of `thing` must be true or false"),
        ({"type: iri": "type: iri, kinds: [bodies]"}, 6, "`bodies` is no kind of thing"),
        ({"type: iri": "type: iri, kinds: body"}, 6, "write a list"),
        ({"type: iri": "type: iri, edge: middle"}, 6, "the edge of `thing` must be one of"),
        ({", description: One thing only.": ""}, 6, "must have a description"),
        ({"#+ answers: {": "#+ example: {most: 1}\n#+ answers: {"}, 7, "gives `most`"),
        ({"{least: 0,": "{least: few,"}, 7, "`least` must be a number"),
        ({"rows: []": "rows: [1]"}, 7, "`rows` must be a list"),
        ({"rows: []": "rows: [{colour: 1}]"}, 1, "there is none"),
        ({"rows: []": "is: true"}, 1, "only for one"),
        ({"answers: {least: 0, rows: []}": "answers: 3"}, 7, "`answers` must be a mapping"),
        ({"  VALUES ?least { 1 }\n": ""}, 1, "needs a line `VALUES \\?least"),
        ({"{ 1 }": "{ 2 }"}, 12, "is 2 here, but “1” in the header"),
        ({"{ UNDEF }": "{ gcm:x }"}, 13, "write { UNDEF }"),
        ({"{ UNDEF }": "{ UNDEF }\n  VALUES ?thing { UNDEF }"}, 14, "second VALUES line"),
        ({"  VALUES ?least": "  VALUES ?other { 1 }\n  VALUES ?least"}, 12, "no parameter `other`"),
        ({"SELECT ?least ?thing": "SELECT ?thing"}, 1, "must project the parameters"),
        ({"?number >= ?least": "?number >= 1"}, 1, "does not use its parameter `least`"),
        ({"WHERE {": "WHERE {{"}, 17, "this is not SPARQL 1.1"),
        ({"#+   least:": "#+   Least-number:"}, 5, "no name of a parameter"),
        ({", default: 1": ""}, 1, "needs a default or an example"),
    ],
)
def test_a_wrong_file_is_named_with_line_and_remedy(
    changes: dict[str, str], line: int, message: str
) -> None:
    with pytest.raises(QueryFileError, match=message) as caught:
        question(changes)
    assert str(caught.value).startswith(f"queries/things.rq:{line}: ")


@pytest.mark.parametrize("written", [QUERY, "", "#+ - a\n", "#+ a\n"])
def test_a_file_without_a_header_is_refused(written: str) -> None:
    with pytest.raises(QueryFileError, match="must begin with a header"):
        query_file.read("x", "x.rq", written)


def test_an_ask_query_says_its_answer() -> None:
    ask = "#+ title: a\n#+ description: b\n#+ group: Evidence\n{}ASK {{ ?s ?p ?o }}"
    with pytest.raises(QueryFileError, match="must say `is`"):
        query_file.read("x", "x.rq", ask.format(""))
    read = query_file.read("x", "x.rq", ask.format("#+ answers: {is: true}\n"))
    assert Catalogue([read]).run(numbers(), "x").truth is True


def test_a_construct_query_answers_with_triples() -> None:
    head = "#+ title: a\n#+ description: b\n#+ group: Evidence\n"
    read = query_file.read("x", "x.rq", head + "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert len(Catalogue([read]).run(numbers(), "x").triples) == 3


# --- the catalogue ---


def test_names_are_unique(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "things.rq").write_text(FILE)
    with pytest.raises(QueryFileError, match="more than one query named `things`"):
        Catalogue.read(tmp_path)


def test_choices_name_a_query_that_exists(tmp_path: Path) -> None:
    (tmp_path / "things.rq").write_text(FILE.replace("type: iri", "type: iri, choices: all"))
    with pytest.raises(QueryFileError, match="from `all`, which is no SELECT query"):
        Catalogue.read(tmp_path)


def test_choices_are_listed_with_their_names(tmp_path: Path) -> None:
    listing = "#+ title: a\n#+ description: b\n#+ group: service\n"
    (tmp_path / "figures.rq").write_text(
        listing + f"SELECT ?it ?name {{ ?it <{DEF}value> ?name }} ORDER BY ?name"
    )
    (tmp_path / "values.rq").write_text(
        listing + f"SELECT ?name {{ ?it <{DEF}value> ?name }} ORDER BY ?name"
    )
    (tmp_path / "things.rq").write_text(
        FILE.replace("type: iri", "type: iri, choices: figures").replace(
            "default: 1", "default: 1, choices: values"
        )
    )
    catalogue = Catalogue.read(tmp_path)
    number, thing = catalogue["things"].parameters
    assert [(each.value, each.label) for each in catalogue.choices(numbers(), thing)] == [
        ("figure:a", "1"),
        ("figure:b", "2"),
        ("figure:c", "3"),
    ]
    assert [each.value for each in catalogue.choices(numbers(), number)] == ["1", "2", "3"]
    assert "figures" in catalogue
    assert [each.name for each in catalogue.public] == ["things"]


def test_static_choices_are_listed_as_they_are() -> None:
    parameter = Parameter("it", choices=("a", "b"))
    assert [each.value for each in Catalogue([]).choices(numbers(), parameter)] == ["a", "b"]


def test_an_unknown_question_is_a_key_error() -> None:
    catalogue = Catalogue([question()])
    assert len(catalogue) == 1
    with pytest.raises(KeyError):
        catalogue["nothing"]
    with pytest.raises(KeyError):
        catalogue.run(numbers(), "nothing")


def test_the_catalogue_is_in_the_order_of_its_groups() -> None:
    catalogue = Catalogue.read(ROOT / "queries")
    places = [header.GROUPS.index(each.group) for each in catalogue]
    assert places == sorted(places)
    assert len(catalogue.public) >= 20
    assert [each for group in catalogue.groups.values() for each in group] == list(catalogue.public)
    assert header.SERVICE not in catalogue.groups


# --- the documents ---


def test_the_document_is_written_to_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    documentation.main()
    assert capsys.readouterr().out.startswith("# Questions\n")


def test_the_list_of_queries_is_up_to_date() -> None:
    catalogue = Catalogue.read(ROOT / "queries")
    written = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    assert written == documentation.render(catalogue), documentation.COMMAND


def test_the_example_of_the_guide_is_a_question() -> None:
    guide = (ROOT / "docs" / "add-a-query.md").read_text(encoding="utf-8")
    block = guide.partition("```sparql\n")[2].partition("```")[0]
    read = query_file.read("forums-of-a-year", "guide", block)
    assert read.public
    assert read.bind({}) == {"year": ox.Literal("2007-01-01", datatype=XSD_DATE)}
