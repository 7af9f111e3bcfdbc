"""The view of States: their votes, stands and memberships, on a map and in a table."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph.state import Ballot, Board, Fact, Profile, Total
from gcm_graph.graph.view import Passage, Ref
from gcm_graph.namespaces import ID
from gcm_graph.service import display, measure, representation, selection
from gcm_graph.service.language import language_of
from gcm_graph.service.measure import Category
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.page import render
from gcm_graph.service.selection import Selection
from gcm_graph.service.state import State
from gcm_graph.store.media import SOLUTIONS, Media

CSV = next(media for media in SOLUTIONS if media.name == "csv")
SVG = Media("svg", "image/svg+xml", "svg", "Totals as SVG", None)
OFFERS = (HTML, JSON, CSV, SVG)
"""What the view can be had as; the drawing shows the totals as bars."""


@dataclass(frozen=True)
class Count:
    """A category with how many States are in it, and what records give as its total."""

    category: Category
    states: int
    totals: tuple[Total, ...] = ()


@dataclass(frozen=True)
class Band:
    """A regional group or region with the number of its States in each category.

    Attributes:
        ref: the group; ``None`` for the States that are in none.
        size: how many States it has.
        counts: one for each category of the map.
    """

    ref: Ref | None
    size: int
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Row:
    """A State in the table.

    Attributes:
        profile: the State.
        category: its category on the map.
        votes: its choices in the vote that is shown.
        before: its stands up to the day of the vote, and those without a day.
        after: its later stands.
    """

    profile: Profile
    category: Category
    votes: tuple[Fact, ...]
    before: tuple[Fact, ...]
    after: tuple[Fact, ...]


def board_of(request: Request) -> Board:
    """Return the States in the language of the request."""
    return State.of(request).boards(language_of(request))


def context_of(request: Request, iri: str) -> dict[str, object]:
    """Return what the page of a State shows beside its statements; nothing for other things."""
    if not iri.startswith(f"{ID}state/"):
        return {}
    board = board_of(request)
    profile = next((one for one in board.states if one.ref.iri == iri), None)
    return {"profile": profile, "ballots": board.ballots} if profile else {}


def show(request: Request) -> Response:
    """Answer ``/states``: States by vote, stand, processes, reviews or pledges.

    Raises:
        Problem: 400 for a value that there is not, 406.
    """
    media = representation.choose(request, request.path_params.get("suffix", ""), OFFERS)
    chosen = selection.read(board_of(request), request.query_params)

    def body() -> Response | bytes:
        if media.name == "json":
            return representation.plain(as_json(chosen, State.of(request).digest))
        if media.name == "csv":
            return as_csv(chosen).encode()
        context = {
            "chosen": chosen,
            "counts": counts(chosen),
            "bands": bands(chosen),
            "release": display.release_of(State.of(request).release),
        }
        if media.name == "svg":
            return render("states_bars.svg", context, language_of(request)).encode()
        return _page(request, chosen, context)

    return representation.respond(request, media, body, "states", ())


def _page(request: Request, chosen: Selection, context: dict[str, object]) -> Response:
    here = chosen.address()
    joint = "&" if "?" in here else "?"
    regions = {one.iri: one for profile in chosen.board.states for one in profile.regions}
    groups = {one.group.iri: one.group for one in chosen.board.states if one.group}
    more = {
        "rows": rows(chosen),
        "places": places(chosen),
        "legend": [
            {
                "key": one.category.key,
                "label": one.category.label,
                "tone": one.category.tone,
                "count": one.states,
            }
            for one in counts(chosen)
        ],
        "ballots": [(one.slug, _title(one)) for one in chosen.board.ballots],
        "regions_offered": _offered(regions.values()),
        "groups_offered": _offered(groups.values()),
        "choices_offered": [
            (one.key, one.label) for one in (*chosen.measure.categories, *chosen.measure.further)
        ],
        "formats": display.formats(here + joint, OFFERS[1:], suffixed=False),
    }
    return display.show(request, "states.html", {**context, **more})


def _title(ballot: Ballot) -> str:
    named = ballot.instrument
    symbol = named.identifier if named.identifier != named.label else ""
    return f"{named.label} ({symbol})" if symbol else named.label


def _offered(refs: Iterable[Ref]) -> list[tuple[str, str]]:
    """Return the slugs and names of groups or regions, by name."""
    return sorted(((one.iri.rpartition("/")[2], one.label) for one in refs), key=lambda p: p[1])


def rows(chosen: Selection) -> list[Row]:
    """Return the rows of the table."""
    day = chosen.ballot.earliest
    return [
        Row(
            profile=one,
            category=chosen.measure.category(one),
            votes=one.votes_on(chosen.ballot.adoption.iri),
            before=tuple(fact for fact in one.stands if not day or fact.day <= day),
            after=tuple(fact for fact in one.stands if day and fact.day > day),
        )
        for one in chosen.listed()
    ]


def counts(chosen: Selection) -> tuple[Count, ...]:
    """Return each category with the States found under it in the region and group asked for.

    A State to which sources give two choices is found under both, and as disputed.
    """
    found: Counter[str] = Counter()
    for profile in chosen.board.states:
        if chosen.within(profile):
            found.update(chosen.measure.keys(profile))
    recorded = chosen.ballot.totals if chosen.measure.name == measure.VOTE else ()
    whole = not chosen.region and not chosen.group
    return tuple(
        Count(
            one,
            found[one.key],
            tuple(t for t in recorded if whole and t.choice.iri.endswith(f"/{one.key}")),
        )
        for one in chosen.measure.categories
        if found[one.key] or one.key != measure.DISPUTED
    )


def bands(chosen: Selection) -> tuple[Band, ...]:
    """Return the totals of each regional group or region; every State counts once."""
    found = []
    for ref, profiles in chosen.bands():
        held = Counter(chosen.measure.place(profile) for profile in profiles)
        each = tuple(Count(one, held[one.key]) for one in chosen.measure.categories)
        found.append(Band(ref, len(profiles), each))
    return tuple(found)


def places(chosen: Selection) -> list[dict[str, object]]:
    """Return what the map needs of every State, in the order of the table."""
    listed = chosen.listed()
    known = {profile.ref.iri for profile in listed}
    rest = [profile for profile in chosen.board.states if profile.ref.iri not in known]
    return [
        {
            "code": profile.m49,
            "name": profile.ref.label,
            "path": profile.ref.path,
            "category": chosen.measure.category(profile).key,
            "lines": _told(chosen, profile),
            "shown": profile.ref.iri in known,
        }
        for profile in (*listed, *rest)
    ]


def _told(chosen: Selection, profile: Profile) -> list[str]:
    """Return what the map says of a State in words, each line with its passages."""
    if chosen.measure.name == measure.VOTE:
        facts = profile.votes_on(chosen.ballot.adoption.iri)
    elif chosen.measure.name == measure.STANDS:
        facts = profile.stands[-3:]
    else:
        held = {measure.REVIEWS: profile.reviewed, measure.PLEDGES: profile.pledged}
        found = held.get(chosen.measure.name, profile.belongs)
        return [one.label for one in found[:8]] + (["…"] if len(found) > 8 else [])
    return [
        " · ".join(
            part
            for part in (fact.manner.label if fact.manner else "", fact.time, _cited(fact.passages))
            if part
        )
        for fact in facts
    ]


def _cited(passages: tuple[Passage, ...]) -> str:
    named = [
        ", ".join(p for p in (one.source.identifier or one.source.label, one.locator) if p)
        for one in passages[:2]
    ]
    return "; ".join(named) + (f" (+{len(passages) - 2})" if len(passages) > 2 else "")


def as_json(chosen: Selection, digest: str) -> dict[str, object]:
    """Return the view for programs: the totals, and every State that is asked for."""
    return {
        "release": digest,
        "vote": chosen.ballot,
        "measure": chosen.measure.name,
        "selection": {name: getattr(chosen, name) for name in ("region", "group", "choice", "by")},
        "totals": [
            {
                "key": one.category.key,
                "label": one.category.label,
                "states": one.states,
                "recorded": one.totals,
            }
            for one in counts(chosen)
        ],
        "bands": [
            {
                "group": band.ref,
                "states": band.size,
                "counts": {one.category.key: one.states for one in band.counts},
            }
            for band in bands(chosen)
        ],
        "states": [
            {
                "state": row.profile.ref,
                "iso3": row.profile.iso3,
                "m49": row.profile.m49,
                "group": row.profile.group,
                "regions": row.profile.regions,
                "category": row.category.key,
                "votes": row.votes,
                "earlier_stands": row.before,
                "later_stands": row.after,
                "processes": row.profile.belongs,
                "reviews": row.profile.reviewed,
                "pledges": row.profile.pledged,
            }
            for row in rows(chosen)
        ],
    }


HEADINGS = (
    "state", "iri", "iso3", "m49", "regional_group", "region", "category", "vote",
    "vote_passages", "earlier_stands", "later_stands", "stand_passages", "processes", "reviews",
    "pledges",
)  # fmt: skip
"""The columns of the table as CSV."""


def as_csv(chosen: Selection) -> str:
    """Return the table as CSV (RFC 4180); passages are IRIs, apart by a space."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for row in rows(chosen):
        one = row.profile
        writer.writerow(
            [
                one.ref.label,
                one.ref.iri,
                one.iso3,
                one.m49,
                one.group.label if one.group else "",
                one.regions[0].label if one.regions else "",
                row.category.key,
                "; ".join(fact.manner.label for fact in row.votes if fact.manner) or "not recorded",
                _iris(row.votes),
                _stands(row.before),
                _stands(row.after),
                _iris((*row.before, *row.after)),
                len(one.belongs),
                len(one.reviewed),
                len(one.pledged),
            ]
        )
    return out.getvalue()


def _iris(facts: tuple[Fact, ...]) -> str:
    return " ".join(dict.fromkeys(one.iri for fact in facts for one in fact.passages))


def _stands(facts: tuple[Fact, ...]) -> str:
    return "; ".join(
        f"{fact.manner.label}: {fact.about.label}" + (f" ({fact.time})" if fact.time else "")
        for fact in facts
        if fact.manner
    )


ROUTES = [Route("/states", show), Route("/states.{suffix}", show)]
