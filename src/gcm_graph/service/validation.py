"""Validation over HTTP: posted RDF in, a SHACL report out, as a page and as data."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.service import display, edition, negotiation
from gcm_graph.service.negotiation import HTML, Asked
from gcm_graph.service.page import Format
from gcm_graph.service.posting import ACCEPTED, Posting, posting
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State, limits
from gcm_graph.settings import Settings
from gcm_graph.store.media import GRAPHS
from gcm_graph.store.pool import Pool, Trouble
from gcm_graph.validation import writing
from gcm_graph.validation.report import Report, shown

OFFERS = (*writing.OFFERS, HTML)
"""What a report can be had as, the preferred one first."""

STATUS: Mapping[str, int] = {
    "answer-too-large": 422,
    "mistake": 500,
    "shapes": 422,
    "unreadable": 400,
}
"""HTTP status for each reason why there is no report; 503 for every other."""

_SHOWN = 500
_PROGRAM = "gcm_graph.validation.lane"


class Lane:
    """The lane of validations, which starts when the first one comes."""

    def __init__(self, state: State) -> None:
        settings = state.settings
        used = replace(
            limits(settings),
            seconds=settings.validation_seconds,
            workers=settings.validation_workers,
            once=True,
        )
        self._pool = Pool(state.release, used, _PROGRAM)
        self._held = (state.release / "dataset.nq").exists()
        self._starting = asyncio.Lock()
        self._started = False

    async def report(self, wanted: Mapping[str, Any]) -> Report:
        """Return the report that ``wanted`` asks for.

        Raises:
            Trouble: when there is none.
        """
        if not self._held:
            detail = (
                "Data is checked beside the release, and this machine holds no copy of the one "
                "that it serves from an endpoint."
            )
            raise Trouble("unavailable", detail)
        async with self._starting:
            if not self._started:
                await self._pool.start()
                self._started = True
        answer = await self._pool.run(wanted)
        return Report.of(json.loads(b"".join([piece async for piece in answer])))

    async def stop(self) -> None:
        """End the processes of the lane."""
        await self._pool.stop()


@asynccontextmanager
async def running(state: State) -> AsyncIterator[Lane]:
    """Keep a lane over ``state`` until the block ends."""
    lane = Lane(state)
    try:
        yield lane
    finally:
        await lane.stop()


async def show(request: Request) -> Response:
    """Validate RDF against our shapes or others; GET shows the form.

    POST any RDF as the body, or the form of the page (multipart/form-data). ``shapes``: ``ours``,
    ``data`` (they stand in the data) or ``own`` (sent as ``rules`` or ``rules_file`` of the form).
    ``context``: ``release``, to look at the data beside what the release says of the same things
    and to check them as a contribution (the default with our shapes), or ``none``. The answer is
    a SHACL report as Turtle, JSON-LD, N-Triples, JSON, text or a page. Nothing that is posted is
    kept, and nothing is fetched for it. ``release`` may only name the release that is served: a
    contribution is one to what stands now.

    Raises:
        Problem: 400 for what is not RDF, with line and column, or for an older ``release``; 404
            for one that is not known; 406, 413, 415; 422 for shapes
            that cannot be used; 503 when the deadline has passed or too many wait.
    """
    edition.check(request)
    if State.of(request) is not request.app.state.gcm:
        detail = (
            "Data are validated beside the release that is served, since a contribution is one to "
            "what stands now: leave `release` away. To validate beside an older release, check "
            "out the commit that it was made from and run `gcm-graph validate FILE`."
        )
        raise Problem(400, detail, "release")
    settings = State.of(request).settings
    if request.method in {"GET", "HEAD"}:
        return _page(request, settings, Posting(), None)
    asked = Asked.of(request)
    try:
        media = negotiation.choose(asked, OFFERS)
    except negotiation.NotAcceptable as error:
        raise Problem(406, str(error), "not-acceptable") from error
    posted = await posting(request, settings.request_bytes)
    lane: Lane = request.app.state.validation
    try:
        report = await lane.report(posted.wanted)
    except Trouble as trouble:
        raise _problem(trouble, settings) from trouble
    if media.name == HTML.name:
        return _page(request, settings, posted, report)
    body = await asyncio.to_thread(writing.write, report, media)
    headers = {"Vary": "Accept", "Cache-Control": "no-store"}
    return Response(body, headers=headers, media_type=media.content_type)


def _problem(trouble: Trouble, settings: Settings) -> Problem:
    """Return the problem for a validation that has no report."""
    status, detail = STATUS.get(trouble.reason, 503), str(trouble)
    headers = {"Retry-After": "5"} if status == 503 else {}
    if trouble.reason == "deadline":
        headers = {"Retry-After": f"{settings.validation_seconds:.0f}"}
        detail = (
            f"The validation was stopped after {settings.validation_seconds:g} s "
            "(`validation_seconds`): send less data, or shapes that ask less."
        )
    elif trouble.reason == "memory":
        detail = (
            "The validation needed more memory than one may use (`worker_memory`): send less "
            "data, or shapes that ask less."
        )
    elif trouble.reason == "busy":
        detail = "Too many validations wait already; try again in a moment."
    elif trouble.reason == "unreadable":
        more = trouble.more
        part, line, column = more.get("part"), more.get("line"), more.get("column")
        place = f"line {line}, column {column}" if column else f"line {line}"
        detail = f"In the {part}, {place}: {detail}." if line else f"In the {part}: {detail}."
    more = {name: value for name, value in trouble.more.items() if value}
    return Problem(status, detail, trouble.reason, headers, **more)


def _page(request: Request, settings: Settings, posted: Posting, report: Report | None) -> Response:
    rows = []
    lines = posted.data.splitlines()
    for one in report.results[:_SHOWN] if report else ():
        row = {name: getattr(one, name) for name in ("severity", "message", "mend", "line")}
        row |= {name: shown(getattr(one, name)) for name in ("focus", "path", "value")}
        row["rule"] = shown(f"<{one.shape}>") if ":" in one.shape[1:] else one.constraint
        row["source"] = lines[one.line - 1].strip()[:200] if 0 < one.line <= len(lines) else ""
        rows.append(row)
    context = {
        "posted": posted,
        "report": report,
        "rows": rows,
        "syntaxes": [Format(media.title, media.name, media.type) for media in GRAPHS],
        "outputs": [Format(media.title, media.name, media.type) for media in writing.OFFERS],
        "limits": (settings.request_bytes, settings.validation_seconds),
    }
    return display.show(request, "validation.html", context, headers={"Cache-Control": "no-store"})


async def options(_: Request) -> Response:
    """Answer ``OPTIONS`` of ``/validate``: what it takes."""
    headers = {"Allow": "GET, HEAD, OPTIONS, POST", "Accept-Post": ", ".join(ACCEPTED)}
    return Response(status_code=204, headers=headers)


ROUTES = [
    Route("/validate", show, methods=["GET", "POST"]),
    Route("/validate", options, methods=["OPTIONS"]),
]
