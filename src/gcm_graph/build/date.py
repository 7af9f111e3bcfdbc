"""EDTF dates and their bounds as plain calendar days (Library of Congress EDTF, level 0 and 1)."""

import calendar
from typing import Any

import pyoxigraph as ox
from edtf import parse_edtf

from gcm_graph.namespaces import FUNCTION, XSD_DATE, named


def bounds(text: str) -> tuple[str | None, str | None]:
    """Return the first and last day that the EDTF ``text`` allows, as ``YYYY-MM-DD``.

    An open or unknown end is ``None``.

    Raises:
        ValueError: when ``text`` is not EDTF.
    """
    try:
        parsed = parse_edtf(text)
        return _day(parsed.lower_strict(), first=True), _day(parsed.upper_strict(), first=False)
    except Exception as error:
        raise ValueError(f"“{text}” is not an EDTF date") from error


def _day(moment: Any, *, first: bool) -> str | None:
    if isinstance(moment, float):
        return None
    year, month, day = moment.tm_year, moment.tm_mon, moment.tm_mday
    month = month or (1 if first else 12)
    day = day or (1 if first else calendar.monthrange(year, month)[1])
    return f"{year:04d}-{month:02d}-{day:02d}"


def _bound(index: int, term: Any) -> ox.Literal | None:
    try:
        found = bounds(term.value)[index]
    except ValueError:
        return None
    return ox.Literal(found, datatype=XSD_DATE) if found else None


FUNCTIONS = {
    named(FUNCTION, "earliest"): lambda term: _bound(0, term),
    named(FUNCTION, "latest"): lambda term: _bound(1, term),
}
"""The functions that the derivation rules may call."""


def compatible(left: str, right: str) -> bool:
    """Tell whether one of two EDTF dates only says less exactly what the other says."""
    try:
        one, two = bounds(left), bounds(right)
    except ValueError:
        return left == right
    return _within(one, two) or _within(two, one)


def _within(inner: tuple[str | None, str | None], outer: tuple[str | None, str | None]) -> bool:
    starts = outer[0] is None or (inner[0] is not None and inner[0] >= outer[0])
    ends = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return starts and ends
