"""The library reads query files strictly and parameters exactly."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from gcm_graph.library import header, query_file
from gcm_graph.library.catalogue import Catalogue
from gcm_graph.library.fault import ParameterError, QueryFileError
from gcm_graph.library.parameter import Parameter
from gcm_graph.namespaces import DEF, XSD, XSD_DATE, named
from library_samples import FILE, QUERY, ROOT, numbers, question

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


def test_the_example_of_the_guide_is_a_question() -> None:
    guide = (ROOT / "docs" / "add-a-query.md").read_text(encoding="utf-8")
    block = guide.partition("```sparql\n")[2].partition("```")[0]
    read = query_file.read("forums-of-a-year", "guide", block)
    assert read.public
    assert read.bind({}) == {"year": ox.Literal("2007-01-01", datatype=XSD_DATE)}
