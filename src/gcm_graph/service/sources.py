"""The views of the sources and of where they disagree: chosen by kind, year, words, property."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph.view import Disagreement, Ref, Source
from gcm_graph.service import display, past, representation
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State

OFFERS = (HTML, JSON)
KINDS = ("primary", "secondary")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Year:
    """How many sources of each kind are of a year."""

    year: int
    primary: int
    secondary: int


@dataclass(frozen=True)
class Wanted:
    """What the address of the list of sources says.

    Attributes:
        kind: one of ``KINDS``, or empty for all.
        year: four digits, or empty for all.
        q: words that title, symbol or publisher must hold, or empty.
    """

    kind: str = ""
    year: str = ""
    q: str = ""

    def takes(self, one: Source) -> bool:
        """Tell whether a source is asked for."""
        words = f"{one.ref.label} {one.ref.identifier} {one.publisher}".casefold()
        return (
            (not self.kind or one.kind == self.kind)
            and (not self.year or one.date[:4] == self.year)
            and all(word in words for word in self.q.casefold().split())
        )

    def address(self, **changed: str) -> str:
        """Return the path and query of the list with some values changed."""
        values = {"kind": self.kind, "year": self.year, "q": self.q} | changed
        query = urlencode({name: text for name, text in values.items() if text})
        return f"source?{query}" if query else "source"


def show_sources(request: Request) -> Response:
    """Answer ``/source``: the documents that statements rest on.

    Raises:
        Problem: 400 for a value that there is not, 406.
    """
    past.moment(request)  # the list is the same at every moment
    state = State.of(request)
    media = representation.choose(request, "", OFFERS)
    given = request.query_params
    wanted = Wanted(_kind(given), _year(given), given.get("q", "").strip()[:200])

    def body() -> Response | bytes:
        everything = state.sources(language_of(request))
        found = [one for one in everything if wanted.takes(one)]
        if media.name == "json":
            return representation.plain(found)
        here = wanted.address()
        context = {
            "sources": found,
            "wanted": wanted,
            "years": years(one for one in everything if replace(wanted, year="").takes(one)),
            "weights": state.weights,
            "formats": display.formats(here + ("&" if "?" in here else "?"), OFFERS[1:], False),
        }
        return display.show(request, "sources.html", context)

    return representation.respond(request, media, body, "source", ())


def _kind(given: Mapping[str, str]) -> str:
    text = given.get("kind", "").strip()
    if text and text not in KINDS:
        detail = f"`kind`: “{text[:40]}” is none of {', '.join(KINDS)}."
        raise Problem(400, detail, "parameter", parameter="kind")
    return text


def _year(given: Mapping[str, str]) -> str:
    text = given.get("year", "").strip()
    if text and not _YEAR.fullmatch(text):
        detail = f"`year`: “{text[:40]}” is not a year of four digits, such as 2018."
        raise Problem(400, detail, "parameter", parameter="year")
    return text


def years(found: Iterable[Source]) -> list[Year]:
    """Return the years from the first to the last with their sources; those without one are out."""
    held = Counter((int(one.date[:4]), one.kind) for one in found if _YEAR.match(one.date))
    if not held:
        return []
    numbers = {year for year, _ in held}
    return [
        Year(year, held[year, "primary"], held[year, "secondary"])
        for year in range(min(numbers), max(numbers) + 1)
    ]


@dataclass(frozen=True)
class Filter:
    """What the address of the disagreements says: slugs of a kind, property and two sources."""

    kind: str = ""
    property: str = ""
    first: str = ""
    second: str = ""

    def takes(self, one: Disagreement) -> bool:
        """Tell whether a disagreement is asked for.

        With two sources it must be one between them: each gives a value that the other does not.
        """
        if self.kind and one.about.kind != self.kind:
            return False
        if self.property and _slug(one.on) != self.property:
            return False
        sides = [{_slug(place.source) for place in claim.passages} for claim in one.claims]
        if self.first and self.second:
            return any(
                self.first in side and self.second in other
                for side in sides
                for other in sides
                if side is not other
            )
        asked = self.first or self.second
        return not asked or any(asked in side for side in sides)


def _slug(ref: Ref) -> str:
    return re.split(r"[/#]", ref.iri)[-1]


def show_disagreements(request: Request) -> Response:
    """Answer ``/disagreements``: where sources disagree, each claim with its passages.

    Raises:
        Problem: 400 for a value that no disagreement has, 406.
    """
    past.moment(request)  # the list is the same at every moment
    media = representation.choose(request, "", OFFERS)
    everything = State.of(request).disagreements(language_of(request))
    choices = {
        "kind": {one.about.kind: one.about.kind for one in everything},
        "property": {_slug(one.on): one.on.label for one in everything},
        "source": {
            _slug(place.source): place.source.identifier or place.source.label
            for one in everything
            for claim in one.claims
            for place in claim.passages
        },
    }
    given = request.query_params
    picked = {
        name: _offered(name, given, choices["source" if name in {"first", "second"} else name])
        for name in ("kind", "property", "first", "second")
    }
    wanted = Filter(**picked)
    found = [one for one in everything if wanted.takes(one)]

    def body() -> Response | bytes:
        if media.name == "json":
            return representation.plain(found)
        query = urlencode({name: text for name, text in picked.items() if text})
        here = f"disagreements?{query}&" if query else "disagreements?"
        context = {
            "disagreements": found,
            "wanted": wanted,
            "total": len(everything),
            "choices": {
                name: sorted(held.items(), key=lambda pair: pair[1].casefold())
                for name, held in choices.items()
            },
            "formats": display.formats(here, OFFERS[1:], suffixed=False),
        }
        return display.show(request, "disagreements.html", context)

    return representation.respond(request, media, body, "disagreements", ())


def _offered(name: str, given: Mapping[str, str], held: Mapping[str, str]) -> str:
    text = given.get(name, "").strip()
    if text and text not in held:
        detail = f"`{name}`: “{text[:60]}” is in no disagreement. There are: {', '.join(held)}."
        raise Problem(400, detail, "parameter", parameter=name)
    return text


ROUTES = [Route("/disagreements", show_disagreements), Route("/source", show_sources)]
