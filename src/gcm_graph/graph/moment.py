"""A moment in the past, and what existed then.

A moment is a year, a month or a day (EDTF level 0). Something is there at a moment when the
bounds of its dates reach into it; what no source dates is neither there nor not there.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from gcm_graph.build.date import bounds
from gcm_graph.graph.lineage import DATES, PLANS, lane
from gcm_graph.graph.literal import date as in_words
from gcm_graph.graph.literal import span as period
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.statement import iri_of
from gcm_graph.namespaces import DEF

ACCEPTED = "a year (2010), a month (2017-06) or a day (2017-06-30)"
"""What a moment may be given as."""

_FORM = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WHOLES = (DEF + "annexOf", DEF + "partOf")
_ENDS = DEF + "ends"


@dataclass(frozen=True)
class Moment:
    """A year, a month or a day.

    Attributes:
        text: as it was given.
        first: its first day, ``YYYY-MM-DD``.
        last: its last day.
    """

    text: str
    first: str
    last: str

    @classmethod
    def parse(cls, text: str) -> "Moment":
        """Return the moment that ``text`` names.

        Raises:
            ValueError: when it is no year, month or day of the calendar.
        """
        wanted = text.strip()
        try:
            first, last = bounds(wanted) if _FORM.fullmatch(wanted) else (None, None)
        except ValueError:
            first = last = None
        if first is None or last is None:
            raise ValueError(f"“{wanted}” is no date: give {ACCEPTED}")
        return cls(wanted, first, last)

    def holds(self, begins: str, ends: str) -> bool:
        """Tell whether something with these EDTF dates holds at some time of the moment."""
        return not self.before(begins) and not self.after(ends)

    def before(self, begins: str) -> bool:
        """Tell whether the whole moment lies before anything the EDTF date allows."""
        first = day(begins, 0)
        return first is not None and first > self.last

    def after(self, ends: str) -> bool:
        """Tell whether the whole moment lies after everything the EDTF date allows."""
        last = day(ends, 1)
        return last is not None and last < self.first


def day(text: str, side: int) -> str | None:
    """Return the first (``side`` 0) or last (1) day that an EDTF date allows, if it has one."""
    try:
        return bounds(text)[side] if text else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Span:
    """When a thing was there, as far as its sources say.

    Attributes:
        begins: EDTF date of its beginning, or of its taking place; empty when nobody says.
        ends: EDTF date of its end, or empty.
        planned: whether ``begins`` is a plan that nothing confirms yet.
    """

    begins: str = ""
    ends: str = ""
    planned: bool = False


@dataclass(frozen=True)
class Spans:
    """The spans of all things of a release; read once by `spans`.

    Attributes:
        dates: values of each date of each thing.
        wholes: what each thing is a part or annex of.
    """

    dates: Mapping[str, Mapping[str, tuple[str, ...]]]
    wholes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _held(self) -> dict[str, Span]:
        return {}

    def of(self, iri: str) -> Span:
        """Return the span of a thing; a part without a date has that of its whole."""
        if iri not in self._held:
            self._held[iri] = self._find(iri, frozenset())
        return self._held[iri]

    def _find(self, iri: str, passed: frozenset[str]) -> Span:
        dates = self.dates.get(iri, {})
        named = next((name for name in DATES if name in dates), "")
        ends = _last(dates[_ENDS]) if _ENDS in dates else ""
        if named or ends:
            return Span(_first(dates[named]) if named else "", ends, named in PLANS)
        for whole in self.wholes.get(iri, ()):
            found = self._find(whole, passed | {iri}) if whole not in passed else Span()
            if found != Span():
                return found
        return Span()

    def absent(self, iri: str, moment: Moment) -> bool:
        """Tell whether sources say that a thing had not come about yet."""
        return moment.before(self.of(iri).begins)


def spans(reader: Reader) -> Spans:
    """Return when the things of a release were there, by one query."""
    dates: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    wholes: dict[str, list[str]] = defaultdict(list)
    for row in reader.rows("dates-of-things"):
        thing, name, value = (iri_of(row[key]) for key in ("thing", "property", "value"))
        if name in _WHOLES:
            wholes[thing].append(value)
        else:
            dates[thing][name].append(value)
    return Spans(
        {
            thing: {name: tuple(all_) for name, all_ in told.items()}
            for thing, told in dates.items()
        },
        {thing: tuple(sorted(every)) for thing, every in wholes.items()},
    )


def _first(values: tuple[str, ...]) -> str:
    """Return the value that allows the earliest day: sources may disagree."""
    return min(values, key=lambda text: (day(text, 0) or "9999", -len(text), text))


def _last(values: tuple[str, ...]) -> str:
    return max(values, key=lambda text: (day(text, 1) or "9999", -len(text), text))


@dataclass(frozen=True)
class Standing:
    """How a thing stood at a moment.

    Attributes:
        date: the moment, as it was given.
        state: ``there``, ``not-yet``, ``ended`` or ``undated``.
        message: a sentence with ``%(name)s``, ``%(moment)s``, ``%(begins)s``, ``%(ends)s``.
        values: what stands in the sentence.
    """

    date: str
    state: str
    message: str
    values: Mapping[str, str]

    @property
    def sentence(self) -> str:
        """The sentence in English."""
        return self.message % dict(self.values)


def _(message: str) -> str:
    """Mark a message for translation; pages translate it when they show it."""
    return message


_MESSAGES = {
    ("body", "not-yet"): _(
        "As of %(moment)s, %(name)s did not exist yet: its sources date it from %(begins)s."
    ),
    ("document", "not-yet"): _(
        "As of %(moment)s, %(name)s did not exist yet: its sources date it %(begins)s."
    ),
    ("event", "not-yet"): _(
        "As of %(moment)s, %(name)s had not taken place yet: its sources date it %(begins)s."
    ),
    ("body", "ended"): _(
        "As of %(moment)s, %(name)s had ended: its sources date it until %(ends)s."
    ),
    ("document", "ended"): _(
        "As of %(moment)s, %(name)s had ended: its sources date it until %(ends)s."
    ),
    ("event", "ended"): _(
        "As of %(moment)s, %(name)s was over: its sources date it %(begins)s."
    ),
    ("body", "there"): _(
        "As of %(moment)s, %(name)s existed: its sources date it from %(begins)s."
    ),
    ("document", "there"): _(
        "As of %(moment)s, %(name)s existed: its sources date it %(begins)s."
    ),
    ("event", "there"): _(
        "%(name)s falls within %(moment)s: its sources date it %(begins)s."
    ),
}  # fmt: skip
_ENDS_ONLY = _("As of %(moment)s, %(name)s had not ended: its sources date it until %(ends)s.")
_PLANNED = _("As of %(moment)s, %(name)s did not exist yet: its sources plan it for %(begins)s.")
_UNDATED = _(
    "Shown are the relations of %(name)s as of %(moment)s; no source dates %(name)s itself."
)


def last_date(reader: Reader, iri: str, span: Span) -> str:
    """Return the EDTF date until which something is there; an event lasts as long as its date."""
    took_place = lane(reader, iri) == "event" and not span.planned
    return span.ends or (span.begins if took_place else "")


def _begins(span: Span, ends: str, kind: str, language: str) -> str:
    if kind == "event":
        return period(span.begins, ends, language)
    return in_words(span.begins, language) if span.begins else ""


def standing(reader: Reader, iri: str, name: str, moment: Moment, found: Spans) -> Standing:
    """Return how the thing ``iri``, called ``name``, stood at ``moment``."""
    span = found.of(iri)
    kind = lane(reader, iri)
    ends = last_date(reader, iri, span)
    if moment.before(span.begins):
        state = "not-yet"
    elif moment.after(ends):
        state = "ended"
    else:
        state = "there" if (span.begins and not span.planned) or span.ends else "undated"
    message = _MESSAGES.get((kind, state), _UNDATED)
    if span.planned and state == "not-yet":
        message = _PLANNED
    if state == "there" and not span.begins:
        message = _ENDS_ONLY
    values = {
        "name": name,
        "moment": in_words(moment.text, reader.language),
        "begins": _begins(span, ends, kind, reader.language),
        "ends": in_words(ends, reader.language) if ends else "",
    }
    return Standing(moment.text, state, message, values)
