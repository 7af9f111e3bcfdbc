"""The timeline: what began, ended, was adopted, held or published, as a page, a band and data."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph import neighbourhood, timeline
from gcm_graph.graph.lineage import lane
from gcm_graph.graph.passage import cited
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.timeline import Occurrence, Point
from gcm_graph.namespaces import DEF
from gcm_graph.service import display, representation
from gcm_graph.service.band import Mark, draw
from gcm_graph.service.given import days, iri
from gcm_graph.service.language import language_of
from gcm_graph.service.lineage import resolve
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.page import Pager
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.store.media import SOLUTIONS, Media

CSV = next(media for media in SOLUTIONS if media.name == "csv")
SVG = Media("svg", "image/svg+xml", "svg", "SVG", None)
OFFERS = (HTML, JSON, CSV, SVG)
"""What the timeline can be had as."""

SIZE = 100
"""Rows on a page of the list."""

CLASSES = (
    "Instrument", "Report", "Adoption", "Session", "Negotiation", "Consultation", "Review",
    "Event", "Body", "InteragencyBody", "Forum", "ConsultativeProcess", "Fund",
)  # fmt: skip
"""The classes that the form offers; the address may name any other."""

COLUMNS = (
    "date", "earliest", "latest", "planned", "what", "thing", "label", "kind", "passages",
    "passage_iris",
)  # fmt: skip
"""The columns of the CSV, in order."""


@dataclass(frozen=True)
class Asked:
    """What the address asks for.

    Attributes:
        cls: a class as it was written, or empty.
        thing: a thing as it was written, or empty.
        begin: the first day as it was written, or empty.
        end: the last day as it was written, or empty.
        page: number of the page of the list, from 1.
        points: everything that happened, the earliest first.
    """

    cls: str
    thing: str
    begin: str
    end: str
    page: int
    points: tuple[Point, ...]

    def address(self, **changed: str) -> str:
        """Return the path and query of this view with some values changed."""
        held = {"class": self.cls, "thing": self.thing, "from": self.begin, "to": self.end}
        renamed = {{"cls": "class", "begin": "from", "end": "to"}.get(k, k): v
                   for k, v in changed.items()}  # fmt: skip
        query = urlencode({k: v for k, v in (held | renamed).items() if v}, safe="/:")
        return f"timeline?{query}" if query else "timeline"

    def shown(self) -> tuple[Point, ...]:
        """Return what is on the page that is asked for."""
        return self.points[(self.page - 1) * SIZE : self.page * SIZE]


def read(request: Request, reader: Reader) -> Asked:
    """Return what ``request`` asks for.

    Raises:
        Problem: 400 when a value is wrong, 404 when the graph does not know the thing.
    """
    given = {name: request.query_params.get(name, "").strip()[:2000] for name in _PARAMETERS}
    cls = iri(given["class"], "class") if given["class"] else ""
    near: set[str] = set()
    if given["thing"]:
        name = resolve(reader, given["thing"], "thing")
        edges = neighbourhood.edges_of(reader, name)
        near = {name, *(one for edge in edges for one in (edge.source, edge.target))}
    begin, end = days(given["from"], "from")[0], days(given["to"], "to")[1]
    if begin and end and end < begin:
        raise Problem(
            400, "`to` is before `from`: turn the two round.", "parameter", parameter="to"
        )
    found = timeline.points(reader, cls, frozenset(near), begin, end)
    number = given["page"] or "1"
    most = max(1, -(-len(found) // SIZE))
    if not number.isdigit() or not 1 <= int(number) <= most:
        detail = f"`page`: “{number[:20]}” is no page of this list; it has {most}, from 1."
        raise Problem(400, detail, "parameter", parameter="page")
    return Asked(
        given["class"], given["thing"], given["from"], given["to"], int(number), found
    )  # fmt: skip


_PARAMETERS = ("class", "thing", "from", "to", "page")


def show(request: Request) -> Response:
    """Answer ``/timeline``: dated events, foundings, ends, adoptions and sessions.

    Raises:
        Problem: 400, 404, 406.
    """
    state = State.of(request)
    reader = state.reader.speaking(language_of(request))
    media = representation.choose(request, request.path_params.get("suffix", ""), OFFERS)
    asked = read(request, reader)

    def body() -> Response | bytes:
        if media.name == "json":
            return representation.plain(
                {
                    "release": state.digest,
                    "selection": {
                        "class": asked.cls,
                        "thing": asked.thing,
                        "from": asked.begin,
                        "to": asked.end,
                    },
                    "total": len(asked.points),
                    "items": [timeline.told(reader, one) for one in asked.points],
                }
            )
        if media.name == "csv":
            return as_csv(timeline.told(reader, one) for one in asked.points).encode()
        drawn = draw(marks(reader, asked.points), display.release_of(state.release).date)
        if media.name == "svg":
            return drawn.encode()
        return _page(request, reader, asked, drawn)

    return representation.respond(request, media, body, "timeline", ())


def marks(reader: Reader, points: Sequence[Point]) -> list[Mark]:
    """Return what the band shows of each moment: as wide as the source leaves it open."""
    return [
        Mark(lane(reader, one.thing), one.earliest, one.latest or one.earliest, one.what,
             f"{ref(reader, one.thing).label}: {one.what}, {one.date}", one.planned)
        for one in points
    ]  # fmt: skip


def as_csv(occurrences: Iterable[Occurrence]) -> str:
    """Return the moments as CSV (RFC 4180)."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for one in occurrences:
        table.writerow(
            (
                one.date, one.earliest, one.latest, str(one.planned).lower(), one.what,
                one.thing.iri, one.thing.label, one.thing.kind,
                " | ".join(cited(each) for each in one.passages),
                " | ".join(each.iri for each in one.passages),
            )
        )  # fmt: skip
    return out.getvalue()


def _page(request: Request, reader: Reader, asked: Asked, drawn: str) -> Response:
    told = [timeline.told(reader, one) for one in asked.shown()]
    here = asked.address()
    joint = "&" if "?" in here else "?"
    context = {
        "asked": asked,
        "years": [(year, list(held)) for year, held in groupby(told, lambda o: o.earliest[:4])],
        "classes": [(f"gcm:{name}", ref(reader, DEF + name).label) for name in CLASSES],
        "picture": Markup(drawn),  # noqa: S704 -- escaped by the drawing
        "pager": Pager(f"{here}{joint}page=", asked.page, SIZE, len(asked.points)),
        "formats": display.formats(here + joint, OFFERS[1:], suffixed=False),
    }
    return display.show(request, "timeline.html", context)


ROUTES = [Route("/timeline", show), Route("/timeline.{suffix}", show)]
