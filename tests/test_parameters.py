"""Values of parameters become typed terms, or are refused with what is right."""

from datetime import date

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcm_graph.library.parameter import Parameter, kind_of
from gcm_graph.namespaces import BASE, DEF, EDTF_LITERAL, ID, SDG, SOURCE, XSD, XSD_DATE, named
from gcm_graph.terms import text

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
WRITABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
)
"""What a graph may hold: text that every serialization of RDF can write, XML 1.0 too."""


@given(
    st.one_of(
        st.builds(ox.Literal, WRITABLE),
        st.builds(lambda value: ox.Literal(value, language="en"), WRITABLE),
        st.builds(lambda value: ox.Literal(value, datatype=EDTF_LITERAL), WRITABLE),
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
