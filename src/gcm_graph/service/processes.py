"""The view of the regional consultative processes: list, map, overlap of members, meetings."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph.process import Process
from gcm_graph.graph.state import Profile
from gcm_graph.service import display, overlap, process_table, representation
from gcm_graph.service.language import language_of
from gcm_graph.service.measure import Category
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.overlap import Choice
from gcm_graph.service.page import render
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.service.states import CSV
from gcm_graph.service.translation import N_
from gcm_graph.store.media import Media

SVG = Media("svg", "image/svg+xml", "svg", "SVG", None)
OFFERS = (HTML, JSON, CSV, SVG)
PARTS = {
    "csv": process_table.PARTS,
    "svg": ("overlap", "meetings"),
}
"""What ``?part=`` may ask of the table and of the drawing; the first one is the default."""

LEVELS = (0.8, 0.5, 0.25, 0.1, 0.0)
"""From which Jaccard share a cell of the matrix is of which depth, the deepest first."""


@dataclass(frozen=True)
class Cell:
    """A cell of the matrix.

    Attributes:
        words: what stands in it.
        level: how deep its colour is, 1 to 5; 0 where nothing is in common.
        slugs: the two processes that it leads to; ``None`` on the diagonal.
        told: what it says in words.
    """

    words: str
    level: int
    slugs: tuple[str, str] | None
    common: int = 0


def choice_of(request: Request) -> Choice:
    """Return what the address asks for.

    Raises:
        Problem: 400.
    """
    language = language_of(request)
    return overlap.read(
        State.of(request).processes(language),
        State.of(request).boards(language),
        request.query_params,
    )


def show(request: Request) -> Response:
    """Answer ``/processes``: the processes, their overlap and their meetings.

    Raises:
        Problem: 400 for a value that there is not, 406.
    """
    media = representation.choose(request, request.path_params.get("suffix", ""), OFFERS)
    chosen = choice_of(request)
    part = _part(request, media, chosen)

    def body() -> Response | bytes:
        if media.name == "json":
            return representation.plain(as_json(chosen, State.of(request).digest))
        if media.name == "csv":
            return process_table.as_csv(chosen, part).encode()
        context: dict[str, object] = {
            "chosen": chosen,
            "matrix": matrix(chosen),
            "span": span(chosen),
            "release": display.release_of(State.of(request).release),
        }
        if media.name == "svg":
            return render(f"processes_{part}.svg", context, language_of(request)).encode()
        return _page(request, chosen, context)

    return representation.respond(request, media, body, "processes", ())


def _part(request: Request, media: Media, chosen: Choice) -> str:
    offered = PARTS.get(media.name, ())
    asked = request.query_params.get("part", "").strip()
    if offered and asked and asked not in offered:
        detail = f"`part`: “{asked[:40]}” is none of {', '.join(offered)} as {media.title}."
        raise Problem(400, detail, "parameter", parameter="part")
    if asked == "shared" and not (chosen.first and chosen.second):
        detail = "`part=shared` needs two processes: `first` and `second`."
        raise Problem(400, detail, "parameter", parameter="part")
    return asked or (offered[0] if offered else "")


def _page(request: Request, chosen: Choice, context: dict[str, object]) -> Response:
    here = chosen.address()
    joint = "&" if "?" in here else "?"
    legend, places = coloured(chosen)
    more = {
        "listed": chosen.listed(),
        "pairs": chosen.pairs(),
        "shared": chosen.shared(),
        "pair": chosen.pair(chosen.first, chosen.second)
        if chosen.first and chosen.second
        else None,
        "legend": legend,
        "places": places,
        "formats": display.formats(here + joint, (JSON, CSV), suffixed=False),
        "save": here + joint + "part=",
    }
    return display.show(request, "processes.html", {**context, **more})


def matrix(chosen: Choice) -> list[list[Cell]]:
    """Return the cells of the matrix, row by row, in the order of ``Choice.peopled``."""
    peopled = chosen.peopled()
    return [[_cell(chosen, one, other) for other in peopled] for one in peopled]


def _cell(chosen: Choice, one: Process, other: Process) -> Cell:
    if one is other:
        return Cell(str(chosen.members(one)), 0, None, chosen.members(one))
    pair = chosen.pair(one, other)
    if not pair.common:
        return Cell("", 0, (one.slug, other.slug))
    words = f"{pair.jaccard:.2f}" if chosen.show == "jaccard" else str(pair.common)
    level = next(5 - place for place, least in enumerate(LEVELS) if pair.jaccard >= least)
    return Cell(words, level, (one.slug, other.slug), pair.common)


def span(chosen: Choice) -> tuple[int, int]:
    """Return the first and last year of the drawing of the meetings."""
    listed = chosen.listed()
    years = [year for one in listed for year in (one.year, one.last_year) if year]
    years += [int(m.earliest[:4]) for one in listed for m in one.meetings if m.earliest]
    return (min(years), max(years) + 1) if years else (2000, 2001)


def coloured(chosen: Choice) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return the legend of the map and what it needs of every State.

    With two processes the States of both, of one and of the other are told apart; with one those
    that belong to it; else all by the number of listed processes to which they belong.
    """
    categories, key_of = _categories(chosen)
    keys = {profile.ref.iri: key_of(profile) for profile in chosen.board.states}
    counted = list(keys.values())
    legend: list[dict[str, object]] = [
        {"key": c.key, "label": c.label, "tone": c.tone, "count": counted.count(c.key)}
        for c in categories
    ]
    places: list[dict[str, object]] = [
        {
            "code": profile.m49,
            "name": profile.ref.label,
            "path": profile.ref.path,
            "category": keys[profile.ref.iri],
            "lines": _told(chosen, profile),
            "shown": True,
        }
        for profile in chosen.board.states
    ]
    return legend, places


def _categories(chosen: Choice) -> tuple[list[Category], Callable[[Profile], str]]:
    kept = [one for one in (chosen.first, chosen.second) if one]
    if kept:
        circles = [chosen.circles[one.ref.iri] for one in kept]
        none = Category(
            "none", N_("neither") if len(kept) == 2 else N_("does not belong to it"), "none"
        )
        alone = [
            Category(one.slug, one.short, tone) for one, tone in zip(kept, TONES, strict=False)
        ]
        both = [Category("both", N_("both"), "high")] if len(kept) == 2 else []

        def by_circle(profile: Profile) -> str:
            held = [one for one, c in zip(kept, circles, strict=True) if profile.ref.iri in c]
            return "none" if not held else held[0].slug if len(held) == 1 else "both"

        return [*both, *alone, none], by_circle
    listed = [chosen.circles[one.ref.iri] for one in chosen.listed()]

    def by_number(profile: Profile) -> str:
        number = sum(profile.ref.iri in circle for circle in listed)
        return "four" if number >= 4 else "two" if number >= 2 else "one" if number else "none"

    return NUMBERS, by_number


TONES = ("for", "abstained")
NUMBERS = [
    Category("four", N_("four or more"), "high"),
    Category("two", N_("two or three"), "middle"),
    Category("one", N_("one"), "low"),
    Category("none", N_("none recorded"), "none"),
]


def _told(chosen: Choice, profile: Profile) -> list[str]:
    kept = [one for one in (chosen.first, chosen.second) if one]
    if not kept:
        listed = {one.ref.iri: one for one in chosen.listed()}
        names = [one.label for one in profile.belongs if one.iri in listed]
        return names[:8] + (["…"] if len(names) > 8 else [])
    lines = []
    for one in kept:
        for fact in chosen.circles[one.ref.iri].get(profile.ref.iri, ())[:2]:
            role = fact.manner.label if fact.manner else ""
            said = ", ".join(part for part in (role, fact.time) if part)
            lines.append(f"{one.short}: {said}" if said else one.short)
    return lines


def as_json(chosen: Choice, digest: str) -> dict[str, object]:
    """Return the view for programs."""
    return {
        "release": digest,
        "selection": {
            "region": chosen.region,
            "status": chosen.status,
            "first": chosen.first.ref.iri if chosen.first else "",
            "second": chosen.second.ref.iri if chosen.second else "",
        },
        "processes": [
            {
                "process": one.ref,
                "kind": one.kind,
                "status": one.status,
                "status_said": one.ends or [said for _, said in one.standing],
                "begins": one.begins,
                "ends": one.ends,
                "regions": one.regions,
                "secretariats": one.services,
                "states": chosen.members(one),
                "meetings": one.meetings,
            }
            for one in chosen.listed()
        ],
        "overlaps": [
            {
                "first": pair.first.ref.iri,
                "second": pair.second.ref.iri,
                "common": pair.common,
                "either": pair.either,
                "jaccard": pair.jaccard,
            }
            for pair in chosen.pairs()
        ],
        "shared": [
            {"state": one.profile.ref, "iso3": one.profile.iso3, "first": one.first,
             "second": one.second}
            for one in chosen.shared()
        ],
    }  # fmt: skip


ROUTES = [Route("/processes", show), Route("/processes.{suffix}", show)]
