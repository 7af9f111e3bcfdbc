"""Dates: their bounds, and which two say the same."""

import datetime

import pyoxigraph as ox
import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from gcm_graph.build import date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018-12-19", "2018-12-19", "2018-12-19"),
        ("2018-12", "2018-12-01", "2018-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2006~", "2006-01-01", "2006-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2003/2005", "2003-01-01", "2005-12-31"),
        ("2004/..", "2004-01-01", None),
        ("../2004", None, "2004-12-31"),
    ],
)
def test_bounds(text: str, first: str | None, last: str | None) -> None:
    assert date.bounds(text) == (first, last)


@pytest.mark.parametrize("text", ["", "sometime", "2018-13", "2018-02-30", "19 December 2018"])
def test_what_is_not_edtf_has_no_bounds(text: str) -> None:
    with pytest.raises(ValueError, match="is not an EDTF date"):
        date.bounds(text)


@given(st.dates(min_value=datetime.date(1, 1, 1)), st.sampled_from([4, 7, 10]))
def test_plain_dates_have_the_bounds_that_the_full_grammar_gives(
    day: datetime.date, length: int
) -> None:
    text = day.isoformat()[:length]
    parsed = parse_edtf(text)
    first, last = date.bounds(text)
    assert datetime.date.fromisoformat(first or "").timetuple()[:3] == parsed.lower_strict()[:3]
    assert datetime.date.fromisoformat(last or "").timetuple()[:3] == parsed.upper_strict()[:3]


@pytest.mark.parametrize(
    ("left", "right", "agreed"),
    [
        ("2018", "2018-12-19", True),
        ("2018-12", "2018-12-19", True),
        ("2018-12-10", "2018-12-19", False),
        ("2006~", "2006", True),
        ("2006", "2007", False),
        ("201X", "2016-09", True),
        ("2018", "2018-03/2018-05", True),
        ("2003/2005", "2003-02/2005-10", True),
        ("2003/2005", "2003/2006", False),
        ("2003/2005", "2004", False),
        ("2004/..", "2004-05/..", True),
        ("2004/..", "2004/2006", False),
        ("nonsense", "nonsense", True),
        ("nonsense", "2004", False),
    ],
)
def test_dates_agree_when_one_only_says_less_exactly_what_the_other_says(
    left: str, right: str, agreed: bool
) -> None:
    assert date.compatible(left, right) is agreed
    assert date.compatible(right, left) is agreed


EDTF = ox.NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")


@pytest.mark.parametrize(
    ("left", "right", "agreed"),
    [
        (ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/a"), "true"),
        (ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/b"), "false"),
        (ox.Literal("2018", datatype=EDTF), ox.Literal("2018-12", datatype=EDTF), "true"),
        (ox.Literal("2018"), ox.Literal("2018-12"), "false"),
        (ox.Literal("a", language="en"), ox.Literal("b", language="fr"), "true"),
        (ox.Literal("a", language="en"), ox.Literal("b", language="en"), "false"),
        (ox.Literal(1), ox.Literal(2), "false"),
    ],
)
def test_values_agree_when_both_can_be_true(
    left: ox.Literal, right: ox.Literal, agreed: str
) -> None:
    assert date.agree(left, right).value == agreed


def test_what_is_not_a_date_has_no_bound_in_rules() -> None:
    earliest = ox.NamedNode("https://w3id.org/gcm-graph/function#earliest")
    assert date.FUNCTIONS[earliest](ox.Literal("sometime")) is None
    assert date.FUNCTIONS[earliest](ox.Literal("2018")) == ox.Literal(
        "2018-01-01", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
    )


@pytest.mark.parametrize(
    ("left", "right", "exact"),
    [
        ("2018-12-19", "2018", True),
        ("2018-12-19", "2018-12", True),
        ("2018", "2018-12-19", False),
        ("2018", "2018", False),
        ("2006", "2006~", False),
        ("2006~", "2006", False),
        ("2007", "2006", False),
        ("2004", "2003/2005", False),
        ("2018-12-19", "sometime", False),
    ],
)
def test_only_a_date_within_another_says_it_more_exactly(
    left: str, right: str, exact: bool
) -> None:
    said = date.more_exact(ox.Literal(left), ox.Literal(right))
    assert said.value == str(exact).lower()
