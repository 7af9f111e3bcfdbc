"""The views that list: things of a kind or class, coverage, about."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph import listing, reference
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Listing
from gcm_graph.service import display, representation
from gcm_graph.service.home import figures
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.page import Figure, Pager
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.service.translation import N_
from gcm_graph.store.media import Media
from gcm_graph.terms import expand

OFFERS = (HTML, JSON)

PLURALS = {
    "body": N_("Bodies"),
    "change": N_("Changes of bodies"),
    "document": N_("Other documents"),
    "event": N_("Events"),
    "figure": N_("Figures"),
    "forum": N_("Forums"),
    "instrument": N_("Instruments"),
    "membership": N_("Memberships"),
    "participation": N_("Participations"),
    "person": N_("Persons"),
    "pledge": N_("Pledges"),
    "position": N_("Positions"),
    "process": N_("Processes"),
    "programme": N_("Programmes"),
    "provision": N_("Provisions"),
    "report": N_("Reports"),
    "stakeholder": N_("Stakeholder organizations"),
    "state": N_("States"),
    "territory": N_("Territories"),
    "vote": N_("Votes"),
}
"""What a list of the things of a kind is called."""


def _reader(request: Request) -> Reader:
    return State.of(request).reader.speaking(language_of(request))


def page_number(request: Request) -> int:
    """Return the page that ``?page=`` asks for, from 1.

    Raises:
        Problem: 400 when it is not a whole number from 1.
    """
    text = request.query_params.get("page", "1")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 1_000_000):
        raise Problem(400, f"`page`: “{text[:40]}” is not a whole number from 1.", "parameter")
    return int(text)


def show_kind(request: Request) -> Response:
    """Answer ``/id/{kind}``: the things of one kind, page by page.

    Raises:
        Problem: 400, 404 for an unknown kind, 406.
    """
    reader = _reader(request)
    kind = request.path_params["kind"]
    media = representation.choose(request, "", OFFERS)
    number, size = page_number(request), State.of(request).settings.page_size
    found = listing.list_kind(reader, kind, (number - 1) * size, size)
    if not found.total:
        raise Problem(404, f"There is no kind “{kind}”.", "unknown")
    return _list(
        request,
        media,
        PLURALS.get(kind, kind.capitalize()),
        found,
        Pager(f"id/{kind}?page=", number, size, found.total),
    )


def show_class(request: Request) -> Response:
    """Answer ``/class?name=gcm:Forum``: the things of a class, narrower classes included.

    Raises:
        Problem: 400, 404 when nothing has this class, 406.
    """
    reader = _reader(request)
    media = representation.choose(request, "", OFFERS)
    number, size = page_number(request), State.of(request).settings.page_size
    name = request.query_params.get("name", "")
    try:
        iri = expand(name)
    except ValueError as error:
        raise Problem(400, f"`name`: {error}", "parameter") from error
    found = listing.list_things(reader, iri, (number - 1) * size, size)
    if not found.total:
        raise Problem(404, f"Nothing has the class <{iri}>.", "unknown")
    heading = reference.capital(reference.ref(reader, iri).label)
    pager = Pager(f"class?name={quote(name)}&page=", number, size, found.total)
    return _list(request, media, heading, found, pager)


def _list(request: Request, media: Media, heading: str, found: Listing, pager: Pager) -> Response:
    def body() -> Response | bytes:
        if media.name == "json":
            held = {"total": found.total, "page": pager.page, "items": found.things}
            return representation.plain(held)
        path = f"{pager.path}{pager.page}&"
        context = {
            "heading": heading,
            "description": "",
            "things": found.things,
            "pager": pager,
            "formats": display.formats(path, OFFERS[1:], suffixed=False),
        }
        return display.show(request, "listing.html", context)

    return representation.respond(request, media, body, pager.path.partition("?")[0], ())


def show_coverage(request: Request) -> Response:
    """Answer ``/coverage``: which curated rows the graph carries, and how well.

    Raises:
        Problem: 406.
    """
    state = State.of(request)
    media = representation.choose(request, "", OFFERS)
    found = state.coverage

    def body() -> Response | bytes:
        if media.name == "json":
            return representation.plain(found)
        formats = display.formats("coverage?", OFFERS[1:], suffixed=False)
        return display.show(request, "coverage.html", {"coverage": found, "formats": formats})

    return representation.respond(request, media, body, "coverage", ())


def show_about(request: Request) -> Response:
    """Answer ``/about``: what this is, how to read it and how to cite it."""
    found: tuple[Figure, ...] = figures(State.of(request))
    return display.show(request, "about.html", {"figures": found})


ROUTES = [
    Route("/id/{kind}", show_kind),
    Route("/class", show_class),
    Route("/coverage", show_coverage),
    Route("/about", show_about),
]
