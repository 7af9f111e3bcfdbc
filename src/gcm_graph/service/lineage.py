"""The lineage between two things, as a page, a drawing and data."""

import dataclasses
from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph import export, lineage, reference
from gcm_graph.graph.as_of import Past
from gcm_graph.graph.moment import Standing, standing
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Lineage
from gcm_graph.service import display, representation
from gcm_graph.service.drawing import lineage_svg
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.page import Link
from gcm_graph.service.past import PARAMETER, asked, kept
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.store.media import SOLUTIONS, Media
from gcm_graph.terms import expand

CSV = next(media for media in SOLUTIONS if media.name == "csv")
GRAPHML = Media("graphml", "application/graphml+xml", "graphml", "GraphML", None)
SVG = Media("svg", "image/svg+xml", "svg", "SVG", None)
OFFERS = (HTML, JSON, CSV, GRAPHML, SVG)
"""What a lineage can be had as."""

DEFAULT_END = "body/gcim"
EXAMPLES = (
    Link(
        "From the review forum back to the Global Commission",
        "lineage?from=forum/imrf&to=body/gcim",
    ),
    Link(
        "From the Network back to the Global Migration Group",
        "lineage?from=body/un-network-on-migration&to=body/global-migration-group",
    ),
    Link(
        "From the Progress Declaration back to the New York Declaration",
        "lineage?from=instrument/progress-declaration-2022&to=instrument/new-york-declaration",
    ),
)


def resolve(reader: Reader, text: str, name: str) -> str:
    """Return the IRI of the thing that ``text`` names: an IRI, prefix:name or kind/slug.

    Raises:
        Problem: 400 when it is none of these, 404 when the graph does not know it.
    """
    try:
        iri = expand(text.strip())
    except ValueError as error:
        raise Problem(400, f"`{name}`: {error}", "parameter") from error
    if iri not in reader.index.types:
        raise Problem(404, f"`{name}`: nothing is known of <{iri}>.", "unknown")
    return iri


def find(
    state: State, reader: Reader, first: str, second: str, past: Past | None = None
) -> Lineage:
    """Return the lineage between two things, whichever of them is the later one.

    Args:
        state: the service.
        reader: what to read through.
        first: IRI of one thing.
        second: IRI of the other.
        past: a moment, for chains only through what had come about by then.
    """

    def present(iri: str) -> bool:
        return past is None or not past.spans.absent(iri, past.moment)

    limits = state.settings.lineage_chains, state.settings.lineage_depth
    found = lineage.read_lineage(reader, first, second, *limits, present)
    if not found.steps and lineage.related(reader, first, second) == "earlier":
        return lineage.read_lineage(reader, second, first, *limits, present)
    return found


def show(request: Request) -> Response:
    """Answer ``/lineage?from=…&to=…``; without both it shows the form.

    Raises:
        Problem: 400, 404, 406.
    """
    state = State.of(request)
    reader = state.reader.speaking(language_of(request))
    start = request.query_params.get("from", "").strip()
    end = request.query_params.get("to", "").strip() or (DEFAULT_END if start else "")
    media = representation.choose(request, request.path_params.get("suffix", ""), OFFERS)
    past = asked(request)
    if not start:
        if media.name != "html":
            detail = "Say which things: `/lineage?from=forum/imrf&to=body/gcim`."
            raise Problem(400, detail, "parameter")
        return _page(request, reader, start, end, None)
    ends = resolve(reader, start, "from"), resolve(reader, end, "to")
    found = find(state, reader, *ends, past)
    stood = _standing(reader, found, past) if past else None

    def body() -> Response | bytes:
        if media.name == "html":
            return _page(request, reader, start, end, found, stood)
        if media.name == "csv":
            return export.lineage_csv(found).encode()
        if media.name == "graphml":
            return export.lineage_graphml(found)
        if media.name == "svg":
            return lineage_svg(found, root="/").encode()
        told = as_json(found)
        return representation.plain({**told, **({"asOf": as_told(stood, past)} if past else {})})

    return representation.respond(request, media, body, "lineage", ())


def _standing(reader: Reader, found: Lineage, past: Past) -> tuple[Standing, ...]:
    """Return how the two ends of a lineage stood at the moment."""
    return tuple(
        standing(reader, one.iri, one.label, past.moment, past.spans)
        for one in (found.start, found.end)
    )


def as_told(stood: Sequence[Standing] | None, past: Past) -> dict[str, object]:
    """Return the moment of a lineage for programs, and how its two ends stood then."""
    moment = past.moment
    states = dict(zip(("start", "end"), stood or (), strict=False))
    return {
        "date": moment.text,
        "from": moment.first,
        "to": moment.last,
        **{name: {"state": one.state, "sentence": one.sentence} for name, one in states.items()},
    }


def as_json(found: Lineage) -> dict[str, object]:
    """Return a lineage for programs: chains hold their steps in full."""
    steps = [dataclasses.asdict(step) for step in found.steps]
    return {
        "start": dataclasses.asdict(found.start),
        "end": dataclasses.asdict(found.end),
        "complete": found.complete,
        "chains": [[steps[position] for position in chain] for chain in found.chains],
        "nodes": [dataclasses.asdict(node) for node in found.nodes],
    }


def _page(
    request: Request,
    reader: Reader,
    start: str,
    end: str,
    found: Lineage | None,
    stood: Sequence[Standing] | None = None,
) -> Response:
    query = urlencode({"from": start, "to": end} | ({PARAMETER: stood[0].date} if stood else {}))
    formats = display.formats(f"lineage?{query}&", OFFERS[1:], suffixed=False) if found else ()
    kinds = ("Body", "InteragencyBody", "Forum", "Instrument", "ConsultativeProcess")
    offered = [
        iri
        for name in kinds
        for iri in reader.index.members.get("https://w3id.org/gcm-graph/def#" + name, ())
    ]
    context = {
        "start": start,
        "end": end,
        "lineage": found,
        "things": [reference.ref(reader, iri) for iri in offered],
        "examples": EXAMPLES,
        "formats": formats,
        "as_of": tuple(stood or ()),
        "past_query": kept(request),
    }
    return display.show(request, "lineage.html", context)


ROUTES = [Route("/lineage", show), Route("/lineage.{suffix}", show)]
