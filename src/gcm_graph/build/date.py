"""EDTF dates and their bounds as plain calendar days (Library of Congress EDTF, level 0 and 1)."""

import calendar
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from gcm_graph.namespaces import EDTF_LITERAL, FUNCTION, XSD, XSD_DATE, named
from gcm_graph.terms import Term

Bounds = tuple[str | None, str | None]
"""First and last day, as ``YYYY-MM-DD``; an open or unknown end is ``None``."""

LONGEST = 100
"""Characters that a date may have; the grammar's time grows with its length."""

_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?[~?%]?")


@lru_cache(maxsize=65_536)  # a release says the same dates often
def bounds(text: str) -> Bounds:
    """Return the first and last day that the EDTF ``text`` allows, as ``YYYY-MM-DD``.

    An open or unknown end is ``None``.

    Raises:
        ValueError: when ``text`` is not EDTF.
    """
    plain = _PLAIN.fullmatch(text)
    if plain and plain[1] != "0000":
        # Nearly every date has this form, and the full grammar takes milliseconds for one.
        return _calendar(text, *plain.groups())
    if len(text) > LONGEST:
        raise ValueError(f"“{text[:40]}…” is not an EDTF date: it is too long")
    ends = text.split("/")
    if len(ends) == 2 and all(_PLAIN.fullmatch(end) and end[:4] != "0000" for end in ends):
        first, last = bounds(ends[0])[0], bounds(ends[1])[1]
        if first and last and first <= last:
            return first, last
    from edtf import parse_edtf  # its grammar takes a quarter of a second to load
    from edtf.parser import parser_classes

    vars(parser_classes)["print"] = lambda *_: None  # it would print what it cannot read
    try:
        parsed = parse_edtf(text)
        return _day(parsed.lower_strict(), first=True), _day(parsed.upper_strict(), first=False)
    except Exception as error:
        raise ValueError(f"“{text}” is not an EDTF date") from error


def _calendar(text: str, year: str, month: str | None, day: str | None) -> Bounds:
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    days = calendar.monthrange(int(year), int(month))[1]
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{days:02d}"
    if not 1 <= int(day) <= days:
        raise ValueError(f"“{text}” is not an EDTF date")
    return f"{year}-{month}-{day}", f"{year}-{month}-{day}"


def _day(moment: Any, *, first: bool) -> str | None:
    if isinstance(moment, float):
        return None
    year, month, day = moment.tm_year, moment.tm_mon, moment.tm_mday
    month = month or (1 if first else 12)
    day = day or (1 if first else calendar.monthrange(year, month)[1])
    return f"{year:04d}-{month:02d}-{day:02d}"


def compatible(left: str, right: str) -> bool:
    """Tell whether one of two EDTF dates only says less exactly what the other says.

    A single date is less exact than whatever lies within it ("2018" than "2018-12-19" and than
    "2018-03/2018-05"). An interval says that something lasted so long: it is less exact only
    than an interval whose two ends lie within its own two ends ("2003/2005" than
    "2003-02/2005-10"), and contradicts a single day or year inside it.
    """
    try:
        return left == right or _less_exact(left, right) or _less_exact(right, left)
    except ValueError:
        return False


def _less_exact(coarse: str, fine: str) -> bool:
    if "/" in coarse and "/" not in fine:
        return False
    if "/" in coarse:
        return all(
            ours == theirs or (bool(ours.strip(".")) and _within(bounds(theirs), bounds(ours)))
            for ours, theirs in zip(coarse.split("/"), fine.split("/"), strict=True)
        )
    return _within(bounds(fine), bounds(coarse))


def _within(inner: Bounds, outer: Bounds) -> bool:
    starts = outer[0] is None or (inner[0] is not None and inner[0] >= outer[0])
    ends = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return starts and ends


def _bound(index: int, term: Any) -> ox.Literal | None:
    try:
        found = bounds(term.value)[index]
    except ValueError:
        return None
    return ox.Literal(found, datatype=XSD_DATE) if found else None


def agree(left: Any, right: Any) -> ox.Literal:
    """Tell whether two values of one property can both be true (the function ``fn:agree``).

    They can when they are one value, texts in two languages, or dates of which one only says
    less exactly what the other says.
    """
    agreed = left == right
    if isinstance(left, ox.Literal) and isinstance(right, ox.Literal):
        if left.datatype == right.datatype == EDTF_LITERAL:
            agreed = compatible(left.value, right.value)
        elif left.language and right.language and left.language != right.language:
            agreed = True
    return ox.Literal("true" if agreed else "false", datatype=named(XSD, "boolean"))


def more_exact(left: Any, right: Any) -> ox.Literal:
    """Tell whether one date says more exactly what another says (the function ``fn:moreExact``).

    The rules that derive days pass over a month where another passage names the day in it: a
    source that says less does not make the day uncertain.
    """
    try:
        exact = _less_exact(right.value, left.value) and not _less_exact(left.value, right.value)
    except ValueError:
        exact = False
    return ox.Literal("true" if exact else "false", datatype=named(XSD, "boolean"))


FUNCTIONS: dict[ox.NamedNode, Callable[..., Term | None]] = {
    named(FUNCTION, "earliest"): lambda term: _bound(0, term),
    named(FUNCTION, "latest"): lambda term: _bound(1, term),
    named(FUNCTION, "agree"): agree,
    named(FUNCTION, "moreExact"): more_exact,
}
"""The functions that rules and checks may call."""
