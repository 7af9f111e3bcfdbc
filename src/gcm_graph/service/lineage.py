"""The lineage between two things, and the whole architecture: a page, a drawing and data."""

import csv
import dataclasses
import io
import json
from collections.abc import Sequence

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph import architecture, export, lineage, reference
from gcm_graph.graph.architecture import Architecture
from gcm_graph.graph.as_of import Past
from gcm_graph.graph.moment import Standing, standing
from gcm_graph.graph.passage import cited
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Lineage, Node, Ref, Step
from gcm_graph.service import display, outlook, representation
from gcm_graph.service.architecture import Words, draw, key_of
from gcm_graph.service.drawing import lineage_svg
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.outlook import Outlook
from gcm_graph.service.page import Link, Release, render
from gcm_graph.service.past import asked, kept
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.service.stroke import name_of
from gcm_graph.service.translation import N_
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
        N_("From the review forum back to the Global Commission"),
        "lineage?from=forum/imrf&to=body/gcim",
    ),
    Link(
        N_("From the Network back to the Global Migration Group"),
        "lineage?from=body/un-network-on-migration&to=body/global-migration-group",
    ),
    Link(
        N_("From the Progress Declaration back to the New York Declaration"),
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


@dataclasses.dataclass(frozen=True)
class Seen:
    """What a request asks to see.

    Attributes:
        held: the things in time and the steps.
        found: the chains between two things; nothing for the whole architecture.
        outlook: what is shown of it.
        past: the moment that is asked about, if any.
        release: what is served.
    """

    held: Architecture
    found: Lineage | None
    outlook: Outlook
    past: Past | None
    release: Release

    @property
    def moment(self) -> str:
        """The last day of the moment that is asked about, or empty."""
        return (self.past.moment.last or self.past.moment.first) if self.past else ""

    def drawing(self, request: Request, root: str) -> str:
        """Return the drawing: on lanes in time, or the chains step by step."""
        if self.found and self.outlook.layout == "steps":
            return lineage_svg(self.found, root=root or "./")
        ends = {self.found.start.iri, self.found.end.iri} if self.found else set()
        choice = self.outlook.choice(self.held, self.moment, frozenset(ends))

        def link(ref: Ref) -> str:
            return (root or "./") + ref.path if ref.path is not None else ref.iri

        def opening(key: str) -> str:
            return (root or "./") + self.outlook.turned("open", key)

        words = _words(language_of(request), self.found)
        return draw(self.held, choice, words, self.release.date, link, opening)


def _words(language: str, found: Lineage | None) -> Words:
    """Return the words on the drawing in the language of the page."""
    said: dict[str, str] = json.loads(render("lineage_words.json", {}, language))
    title = said["whole"]
    if found:
        title = said["between"].format(start=found.start.label, end=found.end.label)
    return Words(
        title=title,
        description=said["description"],
        lanes={lane: said[lane] for lane in ("document", "body", "event")},
        before=said["before"],
        more=said["more"],
        undated=said["undated"],
    )


def show(request: Request) -> Response:
    """Answer ``/lineage``: the architecture in time, or with ``from`` and ``to`` the chains.

    Raises:
        Problem: 400, 404, 406.
    """
    state = State.of(request)
    reader = state.reader.speaking(language_of(request))
    start = request.query_params.get("from", "").strip()
    end = request.query_params.get("to", "").strip() or (DEFAULT_END if start else "")
    media = representation.choose(request, request.path_params.get("suffix", ""), OFFERS)
    chosen = outlook.read(request.query_params)
    past = asked(request)
    found = None
    if start:
        ends = resolve(reader, start, "from"), resolve(reader, end, "to")
        found = find(state, reader, *ends, past)
    elif end:
        detail = "`from`: say which later thing: `/lineage?from=forum/imrf&to=body/gcim`."
        raise Problem(400, detail, "parameter", parameter="from")
    held = architecture.along(reader, found) if found else architecture.whole(reader)
    seen = Seen(held, found, chosen, past, display.release_of(state.release))
    stood = _standing(reader, found, past) if past and found else None

    def body() -> Response | bytes:
        if media.name == "html":
            return _page(request, reader, seen, stood)
        if media.name == "csv":
            return (export.lineage_csv(found) if found else as_csv(seen)).encode()
        if media.name == "graphml":
            return export.lineage_graphml(found or _flat(held))
        if media.name == "svg":
            return seen.drawing(request, "/").encode()
        told = as_json(found) if found else {"things": held.things, "steps": _steps(seen)}
        then = {"asOf": as_told(stood, past)} if past else {}
        return representation.plain({**told, **then, "release": state.digest})

    return representation.respond(request, media, body, "lineage", ())


def _steps(seen: Seen) -> list[Step]:
    """Return the steps that the view of the whole shows: none of later than the moment."""
    begins = {one.ref.iri: one.begins for one in seen.held.things}
    day = seen.moment or "9999"
    shown = {one.name for one in seen.outlook.strokes(seen.held) if not one.hidden}
    return [
        one
        for one in seen.held.steps
        if name_of(one.relation) in shown
        and all(begins.get(iri, "") <= day for iri in (one.later.iri, one.earlier.iri))
    ]


def _flat(held: Architecture) -> Lineage:
    """Return the whole as a lineage, for the writers of graphs."""
    nodes = tuple(Node(one.ref, one.begins, one.begins, one.lane) for one in held.things)
    return Lineage(held.things[-1].ref, held.things[0].ref, nodes, held.steps, ())


def as_csv(seen: Seen) -> str:
    """Return the steps of the architecture as CSV (RFC 4180)."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(export.COLUMNS[2:])
    for one in _steps(seen):
        table.writerow(
            (
                one.later.iri, one.later.label, one.relation.iri, one.relation.label,
                one.earlier.iri, one.earlier.label, one.date,
                " | ".join(cited(each) for each in one.passages),
                " | ".join(each.iri for each in one.passages),
            )
        )  # fmt: skip
    return out.getvalue()


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
    request: Request, reader: Reader, seen: Seen, stood: Sequence[Standing] | None = None
) -> Response:
    chosen, found = seen.outlook, seen.found
    kinds = ("Body", "InteragencyBody", "Forum", "Instrument", "ConsultativeProcess")
    offered = [
        iri
        for name in kinds
        for iri in reader.index.members.get("https://w3id.org/gcm-graph/def#" + name, ())
    ]
    here = chosen.address()
    root = display.root_of(request)
    steps = found.steps if found else tuple(_steps(seen))
    context = {
        "start": chosen.given.get("from", ""),
        "end": found.end.path.removeprefix("id/") if found and found.end.path else "",
        "lineage": found,
        "seen": seen,
        "picture": Markup(seen.drawing(request, root)),  # noqa: S704 -- escaped by the drawing
        "steps": [(seen.held.steps.index(one), key_of(one), one) for one in steps],
        "picked": chosen.selected(seen.held.steps),
        "told": _told(seen),
        "things": [reference.ref(reader, iri) for iri in offered],
        "examples": EXAMPLES,
        "formats": display.formats(
            here + ("&" if "?" in here else "?"), OFFERS[1:], suffixed=False
        ),
        "as_of": tuple(stood or ()),
        "past_query": kept(request),
    }
    return display.show(request, "lineage.html", context)


def _told(seen: Seen) -> list[dict[str, object]]:
    """Return what a script says of each step: its words, and its passages with their addresses."""
    return [
        {
            "key": key_of(step),
            "later": step.later.label,
            "relation": step.relation.label,
            "earlier": step.earlier.label,
            "date": step.shown,
            "passages": [
                {"name": cited(one), "path": one.path, "kind": one.kind}
                for one in dict.fromkeys(
                    (*step.passages, *(each for also in step.also for each in also.passages))
                )
            ],
            "also": [one.relation.label for one in step.also],
        }
        for step in seen.held.steps
    ]


ROUTES = [Route("/lineage", show), Route("/lineage.{suffix}", show)]
