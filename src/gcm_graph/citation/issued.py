"""When something was issued, as exactly as its EDTF date says and no more."""

import re
from dataclasses import dataclass

_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
"""The months in English, as both plain styles write them."""


@dataclass(frozen=True)
class Issued:
    """A date or an interval with its precision (Library of Congress EDTF, levels 0 and 1).

    Attributes:
        edtf: the date as the source gives it; empty when there is none.
        parts: year, month and day, as far as they are known; nothing for a form without a year.
        until: the same of the end of an interval.
        circa: whether the date is uncertain or approximate.
    """

    edtf: str = ""
    parts: tuple[int, ...] = ()
    until: tuple[int, ...] = ()
    circa: bool = False

    @property
    def year(self) -> str:
        """The year in four digits, or nothing."""
        return f"{self.parts[0]:04d}" if self.parts else ""


def read(edtf: str) -> Issued:
    """Return the date that the EDTF text says.

    A season or another form finer than a year but no month keeps its year; an open end of an
    interval is left away.
    """
    first, _, last = edtf.partition("/")
    begin, begin_circa = _point(first)
    end, end_circa = _point(last)
    return Issued(edtf, begin, end if begin else (), begin_circa or end_circa)


def _point(text: str) -> tuple[tuple[int, ...], bool]:
    found = _POINT.fullmatch(text)
    if found is None:
        year = re.match(r"\d{4}(?=-)", text)
        return ((int(year[0]),), True) if year else ((), False)
    parts = [int(found[1])]
    for number, most in ((found[2], 12), (found[3], 31)):
        if number is None or not 1 <= int(number) <= most:
            break
        parts.append(int(number))
    return tuple(parts), bool(found[4])


def in_words(issued: Issued, *, year: bool = True) -> str:
    """Return month and day in English ("December 19"), after the year when ``year`` is asked for.

    Nothing for an interval or for what has no month.
    """
    if issued.until or len(issued.parts) < 2:
        return issued.year if year else ""
    day = f" {issued.parts[2]}" if len(issued.parts) > 2 else ""
    told = MONTHS[issued.parts[1] - 1] + day
    return f"{issued.year}, {told}" if year else told
