"""Literals as a person reads them: EDTF dates, durations, numbers, yes and no.

Standards: EDTF of the Library of Congress (ISO 8601-2) level 0 and 1, XML Schema durations.
What a rule here does not know is shown as it is written.
"""

import re
from dataclasses import dataclass

from gcm_graph.namespaces import EDTF, XSD

EN_DASH = "\N{EN DASH}"
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
_INTEGERS = {XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "decimal")}
_POINT = re.compile(r"^(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX))?(?:-(\d{2}|XX))?([~?%]?)$")
_DURATION = re.compile(r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$")
_SEASON = 20


@dataclass(frozen=True)
class Words:
    """The words of one language for dates, durations and truth values."""

    months: tuple[str, ...]
    seasons: tuple[str, ...]
    day: str
    month: str
    decade: str
    about: str
    uncertain: str
    since: str
    until: str
    as_of: str
    planned: str
    undated: str
    every: str
    units: tuple[tuple[str, str], ...]
    joint: str
    yes: str
    no: str


def _list(names: str) -> tuple[str, ...]:
    return tuple(names.split())


WORDS = {
    "en": Words(
        months=_list(
            "January February March April May June July August September October November December"
        ),
        seasons=("spring", "summer", "autumn", "winter"),
        day="{day} {month}",
        month="{month} {year}",
        decade="{year}s",
        about="about {}",
        uncertain="{} (uncertain)",
        since="since {}",
        until="until {}",
        as_of="as of {}",
        planned="planned: {}",
        undated="undated",
        every="every {}",
        units=(("year", "years"), ("month", "months"), ("week", "weeks"), ("day", "days")),
        joint=" and ",
        yes="yes",
        no="no",
    ),
    "fr": Words(
        months=_list(
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
        ),
        seasons=("printemps", "été", "automne", "hiver"),
        day="{day} {month}",
        month="{month} {year}",
        decade="années {year}",
        about="vers {}",
        uncertain="{} (incertain)",
        since="depuis {}",
        until="jusqu\N{RIGHT SINGLE QUOTATION MARK}à {}",
        as_of="situation en {}",
        planned="prévu : {}",
        undated="sans date",
        every="tous les {}",
        units=(("an", "ans"), ("mois", "mois"), ("semaine", "semaines"), ("jour", "jours")),
        joint=" et ",
        yes="oui",
        no="non",
    ),
    "es": Words(
        months=_list(
            "enero febrero marzo abril mayo junio "
            "julio agosto septiembre octubre noviembre diciembre"
        ),
        seasons=("primavera", "verano", "otoño", "invierno"),
        day="{day} de {month}",
        month="{month} de {year}",
        decade="década de {year}",
        about="hacia {}",
        uncertain="{} (incierto)",
        since="desde {}",
        until="hasta {}",
        as_of="a fecha de {}",
        planned="previsto: {}",
        undated="sin fecha",
        every="cada {}",
        units=(("año", "años"), ("mes", "meses"), ("semana", "semanas"), ("día", "días")),
        joint=" y ",
        yes="sí",
        no="no",
    ),
}


def words(language: str) -> Words:
    """Return the words of ``language``, English where there are none."""
    return WORDS.get(language.partition("-")[0], WORDS["en"])


def shown(value: str, datatype: str, language: str = "en") -> str:
    """Return a literal as a person reads it.

    Args:
        value: the lexical form.
        datatype: IRI of the datatype; empty for text.
        language: tag of the language to say it in.

    Returns:
        "10 December 2018", "about 2006", "2003-2005" (with an en dash), "since 2019",
        "every 4 years", "1 250", "yes"; the value itself where no rule applies.
    """
    if datatype in {EDTF + "EDTF", XSD + "date"}:
        return date(value, language)
    if datatype == XSD + "duration":
        return duration(value, language)
    if datatype == XSD + "boolean":
        return words(language).yes if value in {"true", "1"} else words(language).no
    if datatype in _INTEGERS and re.fullmatch(r"-?\d+", value):
        return f"{int(value):,}".replace(",", NARROW_SPACE)
    return value


def duration(value: str, language: str = "en") -> str:
    """Return an ``xsd:duration`` of whole years, months or days as an interval of repetition."""
    match = _DURATION.match(value)
    if not match or not any(match.groups()):
        return value
    say = words(language)
    parts = []
    for count, (one, many) in zip(match.groups(), say.units, strict=True):
        if count == "1" and say is WORDS["en"]:
            parts.append(one)
        elif count:
            parts.append(f"{count} {one if count == '1' else many}")
    return say.every.format(say.joint.join(parts))


def date(value: str, language: str = "en") -> str:
    """Return an EDTF date or interval, or an ``xsd:date``, in words."""
    say = words(language)
    first, slash, last = value.partition("/")
    if not slash:
        return _point(value, say)
    if last in {"", ".."}:
        return say.since.format(_point(first, say)) if first not in {"", ".."} else value
    if first in {"", ".."}:
        return say.until.format(_point(last, say))
    return _interval(first, last, say)


def span(begins: str, ends: str, language: str = "en") -> str:
    """Return the time for which a relation holds: "2006-2018", "since 2006", "until 2018"."""
    if begins and begins == ends:
        return date(begins, language)
    first, last = begins.partition("/")[0], ends.rpartition("/")[2]
    if first or last:
        return date(f"{first or '..'}/{last or '..'}", language)
    return ""


def _interval(first: str, last: str, say: Words) -> str:
    if first == last:
        return _point(first, say)
    one, two = _POINT.match(first), _POINT.match(last)
    if not one or not two:
        return f"{_point(first, say)} {EN_DASH} {_point(last, say)}"
    if one[2] is None and two[2] is None:
        return f"{_point(first, say)}{EN_DASH}{_point(last, say)}"
    plain = not one[4] and not two[4]
    if plain and one[1] == two[1] and one[2] and two[2] and one[3] and two[3]:
        if one[2] == two[2]:
            return f"{int(one[3])}{EN_DASH}{_point(last, say)}"
        start = say.day.format(day=int(one[3]), month=say.months[int(one[2]) - 1])
        return f"{start} {EN_DASH} {_point(last, say)}"
    return f"{_point(first, say)} {EN_DASH} {_point(last, say)}"


def _point(text: str, say: Words) -> str:
    match = _POINT.match(text)
    if not match:
        return text
    year, month, day, mark = match.groups()
    if year.endswith("XX"):
        return text
    if year.endswith("X"):
        told = say.decade.format(year=year[:3] + "0")
    elif month is None or month == "XX":
        told = year
    elif _SEASON < int(month) <= _SEASON + len(say.seasons):
        told = say.month.format(month=say.seasons[int(month) - _SEASON - 1], year=year)
    elif not 1 <= int(month) <= len(say.months):
        return text
    elif day is None or day == "XX":
        told = say.month.format(month=say.months[int(month) - 1], year=year)
    else:
        dated = say.day.format(day=int(day), month=say.months[int(month) - 1])
        told = say.month.format(month=dated, year=year)
    if mark in {"~", "%"}:
        told = say.about.format(told)
    return say.uncertain.format(told) if mark in {"?", "%"} else told
