"""Memento (RFC 7089): a resource as an earlier release said it.

A resource is its own TimeGate: with ``Accept-Datetime`` it leads to the release that was valid
then (302). ``?release=`` is the memento. Only releases that this service can answer from are
mementos; their list is the TimeMap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote, urlencode

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from gcm_graph.namespaces import BASE, SDG
from gcm_graph.release import manifest
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.terms import is_iri

LINK_FORMAT = "application/link-format"
_HEADER = "accept-datetime"
_SHOWN = 16


@dataclass(frozen=True)
class Memento:
    """A release that can be answered from.

    Attributes:
        digest: its digest.
        built: when it was built.
    """

    digest: str
    built: datetime

    @property
    def date(self) -> str:
        """When it was built, as HTTP writes it (RFC 1123)."""
        return format_datetime(self.built, usegmt=True)


def held(state: State) -> tuple[Memento, ...]:
    """Return the releases that the service can answer from, the oldest first.

    Releases that are kept on the shelf but not served are none: their address answers 410.
    A release without a date (somebody's own files) is none either.
    """
    told = manifest.read(state.release)
    if not told.built:
        return ()
    built = datetime.fromisoformat(told.built).astimezone(UTC).replace(microsecond=0)
    return (Memento(told.digest, built),)


def gate(request: Request, path: str) -> Response | None:
    """Return the redirect to the release that ``Accept-Datetime`` asks for, when it does.

    Raises:
        Problem: 400 when it is no date of HTTP; 404 when no release is dated.
    """
    asked = request.headers.get(_HEADER, "").strip()
    if not asked or "release" in request.query_params:
        return None
    moment = _moment(asked)
    mementos = held(State.of(request))
    if not mementos:
        raise Problem(404, "The data that is served here has no dated release.", "memento")
    earlier = [one for one in mementos if one.built <= moment]
    # Before the first release the first one answers (RFC 7089, section 4.5.3).
    chosen = earlier[-1] if earlier else mementos[0]
    headers = {
        "Vary": "Accept-Datetime, Accept, Accept-Language, Accept-Profile",
        "Link": ", ".join(links(request, path)),
    }
    return RedirectResponse(_memento(request, path, chosen), 302, headers)


def _moment(text: str) -> datetime:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        moment = None
    if moment is None or not text.endswith("GMT"):
        detail = (
            f"`Accept-Datetime`: “{text}” is no date of HTTP; write it like "
            "“Tue, 24 Nov 2026 12:00:00 GMT”."
        )
        raise Problem(400, detail, "datetime")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def headers(request: Request) -> dict[str, str]:
    """Return ``Memento-Datetime`` when the request names the release that answers it."""
    asked = request.query_params.get("release", "").strip().lower()
    for one in held(State.of(request)):
        if asked and one.digest.startswith(asked):
            return {"Memento-Datetime": one.date}
    return {}


def links(request: Request, path: str) -> list[str]:
    """Return the ``Link`` values that tie a resource to its mementos; none without any."""
    mementos = held(State.of(request))
    if not mementos:
        return []
    own = _address(request, path)
    return [
        f'<{own}>; rel="original timegate"',
        f'<{_timemap(path)}>; rel="timemap"; type="{LINK_FORMAT}"',
        *(
            f'<{_memento(request, path, one)}>; rel="{rel}"; datetime="{one.date}"'
            for rel, one in _ranked(mementos)
        ),
    ]


def _ranked(mementos: Sequence[Memento]) -> list[tuple[str, Memento]]:
    last = len(mementos) - 1
    ranked = []
    for place, one in enumerate(mementos):
        first = "first " if place == 0 else ""
        ranked.append((f"{first}{'last ' if place == last else ''}memento", one))
    return ranked


def _address(request: Request, path: str, **more: str) -> str:
    asked = [(k, v) for k, v in request.query_params.multi_items() if k != "release"]
    query = urlencode([*asked, *more.items()])
    return f"/{quote(path)}" + (f"?{query}" if query else "")


def _memento(request: Request, path: str, one: Memento) -> str:
    return _address(request, path, release=one.digest[:_SHOWN])


def _timemap(path: str) -> str:
    return f"/timemap/{quote(path)}"


def timemap(request: Request) -> Response:
    """Answer ``/timemap/{path}``: the releases in which a resource can be had.

    Raises:
        Problem: 404 when the graph does not know the resource or no release is dated.
    """
    state = State.of(request)
    path = request.path_params["path"]
    iri = SDG + path.removeprefix("id/sdg/") if path.startswith("id/sdg/") else BASE + path
    known = None
    if is_iri(iri):
        known = next(state.reader.rows("thing-statements", {"thing": NamedNode(iri)}), None)
    mementos = held(state)
    if known is None or not mementos:
        detail = f"Nothing is known of <{iri}>." if known is None else "No release is dated."
        raise Problem(404, f"{detail} So there is no list of its releases.", "unknown")
    root = str(request.base_url).rstrip("/")
    first, last = mementos[0].date, mementos[-1].date
    lines = [
        f'<{root}/{quote(path)}>; rel="original timegate"',
        f'<{root}{_timemap(path)}>; rel="self"; type="{LINK_FORMAT}"; '
        f'from="{first}"; until="{last}"',
        *(
            f'<{root}{_memento(request, path, one)}>; rel="{rel}"; datetime="{one.date}"'
            for rel, one in _ranked(mementos)
        ),
    ]
    body = ",\n".join(lines) + "\n"
    return Response(body, headers={"Cache-Control": "no-cache"}, media_type=LINK_FORMAT)


ROUTES = [Route("/timemap/{path:path}", timemap)]
