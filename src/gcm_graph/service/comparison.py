"""Two to four States side by side: what they share and where they part."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph.state import Board, Fact, Profile
from gcm_graph.graph.view import Ref
from gcm_graph.service import display, representation
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.page import Link
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.service.states import CSV, board_of
from gcm_graph.service.translation import N_

OFFERS = (HTML, JSON, CSV)
"""What a comparison can be had as."""

MOST = 4
"""The most States that stand side by side."""

SECTIONS = ("votes", "stands", "processes", "reviews", "pledges")
"""What is compared, in the order of the page."""


@dataclass(frozen=True)
class Line:
    """One thing with what sources say of each State about it.

    Attributes:
        section: one of ``SECTIONS``.
        about: the vote, object of stands, process, review or pledge.
        cells: the facts of each State, none where no source says anything.
        differs: whether sources give two of the States different choices, stances or roles.
        partial: whether sources say nothing of one of the States, which is no difference.
    """

    section: str
    about: Ref
    cells: tuple[tuple[Fact, ...], ...]
    differs: bool
    partial: bool


def show(request: Request) -> Response:
    """Answer ``/states/compare?state=…&state=…``; with fewer than two it shows the form.

    Raises:
        Problem: 400 for too few or too many States, 404 for one that is not known, 406.
    """
    media = representation.choose(request, request.path_params.get("suffix", ""), OFFERS)
    board = board_of(request)
    chosen = read(board, request.query_params.getlist("state"))
    if len(chosen) < 2 and media.name != "html":
        detail = "Name two to four States: `/states/compare?state=chile&state=brazil`."
        raise Problem(400, detail, "parameter", parameter="state")
    lines = compare(board, chosen) if len(chosen) > 1 else ()

    def body() -> Response | bytes:
        if media.name == "json":
            return representation.plain(as_json(chosen, lines, State.of(request).digest))
        if media.name == "csv":
            return as_csv(chosen, lines).encode()
        return _page(request, board, chosen, lines)

    return representation.respond(request, media, body, "states/compare", ())


def read(board: Board, names: Iterable[str]) -> tuple[Profile, ...]:
    """Return the States that are named by slug, IRI, ISO or M49 code, each once.

    Raises:
        Problem: 400 for more than ``MOST``, 404 for one that is not known.
    """
    found: dict[str, Profile] = {}
    for name in names:
        if not name.strip():
            continue
        profile = board.find(name)
        if profile is None:
            detail = (
                f"`state`: no State is called “{name[:60]}”; give the last part of its address, "
                "such as `chile`, or its ISO 3166 code."
            )
            raise Problem(404, detail, "unknown", parameter="state")
        found[profile.ref.iri] = profile
    if len(found) > MOST:
        detail = f"`state`: {len(found)} States are named; {MOST} at most stand side by side."
        raise Problem(400, detail, "parameter", parameter="state")
    return tuple(found.values())


def compare(board: Board, chosen: Sequence[Profile]) -> tuple[Line, ...]:
    """Return what sources say of the States, thing by thing; every recorded vote has a line."""
    read_facts: dict[str, Callable[[Profile], tuple[Fact, ...]]] = {
        "votes": lambda one: one.votes,
        "stands": lambda one: one.stands,
        "processes": lambda one: one.processes,
        "reviews": lambda one: one.reviews,
        "pledges": lambda one: one.pledges,
    }
    lines: list[Line] = []
    for section in SECTIONS:
        facts = [read_facts[section](profile) for profile in chosen]
        things = {fact.about.iri: fact.about for held in facts for fact in held}
        if section == "votes":
            things = {one.adoption.iri: one.instrument for one in board.ballots}
        made = [_line(section, iri, about, facts) for iri, about in things.items()]
        if section != "votes":
            made.sort(key=lambda line: (-sum(map(bool, line.cells)), line.about.label))
        lines += made
    return tuple(lines)


def _line(section: str, iri: str, about: Ref, facts: Sequence[tuple[Fact, ...]]) -> Line:
    cells = tuple(tuple(fact for fact in held if fact.about.iri == iri) for held in facts)
    said = {
        frozenset(fact.manner.iri if fact.manner else "" for fact in cell) for cell in cells if cell
    }
    return Line(section, about, cells, len(said) > 1, not all(cells))


def as_json(chosen: Sequence[Profile], lines: Sequence[Line], digest: str) -> dict[str, object]:
    """Return the comparison for programs."""
    return {
        "release": digest,
        "states": [
            {
                "state": one.ref,
                "iso3": one.iso3,
                "m49": one.m49,
                "group": one.group,
                "regions": one.regions,
                "champion": bool(one.champion),
            }
            for one in chosen
        ],
        **{
            section: [
                {
                    "about": line.about,
                    "differs": line.differs,
                    "partial": line.partial,
                    "states": line.cells,
                }
                for line in lines
                if line.section == section
            ]
            for section in SECTIONS
        },
    }


def as_csv(chosen: Sequence[Profile], lines: Sequence[Line]) -> str:
    """Return the comparison as CSV: a column for each State and one for its passages."""
    out = io.StringIO()
    writer = csv.writer(out)
    codes = [one.iso3 or one.slug for one in chosen]
    passages = [f"{code}_passages" for code in codes]
    writer.writerow(["section", "about", "iri", "differs", "partial", *codes, *passages])
    for line in lines:
        told = ["; ".join(_told(fact) for fact in cell) or "not recorded" for cell in line.cells]
        cited = [
            " ".join(dict.fromkeys(one.iri for fact in cell for one in fact.passages))
            for cell in line.cells
        ]
        marks = ["true" if mark else "false" for mark in (line.differs, line.partial)]
        row = [line.section, line.about.label, line.about.iri, *marks, *told, *cited]
        writer.writerow(row)
    return out.getvalue()


def _told(fact: Fact) -> str:
    words = fact.manner.label if fact.manner else fact.about.label
    return f"{words} ({fact.time})" if fact.time else words


def _page(
    request: Request, board: Board, chosen: Sequence[Profile], lines: Sequence[Line]
) -> Response:
    query = urlencode([("state", one.slug) for one in chosen])
    path = f"states/compare?{query}&"
    context = {
        "states": [(one.slug, one.ref.label) for one in board.states],
        "chosen": chosen,
        "sections": [(name, [one for one in lines if one.section == name]) for name in SECTIONS],
        "most": MOST,
        "formats": display.formats(path, OFFERS[1:], suffixed=False) if lines else (),
    }
    crumbs = (Link(N_("States"), "states"),)
    return display.show(request, "compare.html", context, crumbs=crumbs)


ROUTES = [Route("/states/compare", show), Route("/states/compare.{suffix}", show)]
