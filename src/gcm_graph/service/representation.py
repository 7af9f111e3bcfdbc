"""Representations of one resource: chosen, written, and sent with the headers they need."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from gcm_graph import __version__
from gcm_graph.namespaces import BASE
from gcm_graph.service import edition, negotiation
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import HTML, JSON, Asked
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.store.media import GRAPHS, Media

RESOURCE: tuple[Media, ...] = (HTML, GRAPHS[0], GRAPHS[1], JSON, *GRAPHS[2:])
"""What every thing, source and term can be had as."""

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def split(path: str, offers: Sequence[Media]) -> tuple[str, str]:
    """Return ``path`` without the suffix of a representation, and that suffix or nothing.

    A dot that belongs to the name (``sdg/10.7``) stays.
    """
    for suffix in sorted((media.suffix for media in offers), key=len, reverse=True):
        if path.endswith(f".{suffix}"):
            return path[: -len(suffix) - 1], suffix
    return path, ""


def choose(request: Request, suffix: str, offers: Sequence[Media]) -> Media:
    """Return the representation that answers ``request``.

    Raises:
        Problem: 406 when none fits; 400, 404 or 410 when it asks for another release than the
            one that is served.
    """
    edition.check(request)
    try:
        return negotiation.choose(Asked.of(request, suffix), offers)
    except negotiation.NotAcceptable as error:
        raise Problem(406, str(error), "not-acceptable") from error


def plain(value: Any) -> bytes:
    """Return a value of `gcm_graph.graph.view` as JSON."""
    return orjson.dumps(value, default=_jsonable, option=orjson.OPT_NON_STR_KEYS)


def _jsonable(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def etag(request: Request, media: Media, more: str = "") -> str:
    """Return the entity tag: release, version, address, language and representation decide it.

    Args:
        request: what is answered.
        media: the representation.
        more: what else was negotiated, such as a profile.
    """
    digest = State.of(request).digest[:16]
    parts = [digest, __version__, media.name, language_of(request), *([more] if more else [])]
    return f'W/"{"-".join(parts)}"'


def unchanged(request: Request, tag: str) -> bool:
    """Tell whether the client holds the answer with this tag (RFC 9110, section 13.1.2)."""
    held = [item.strip() for item in request.headers.get("if-none-match", "").split(",")]
    return "*" in held or tag in held or tag.removeprefix("W/") in held


def links(path: str, offers: Sequence[Media]) -> str:
    """Return the ``Link`` header of a resource at ``path`` (no leading slash)."""
    parts = [
        f'<{BASE}{path}>; rel="canonical"',
        f'<{LICENCE}>; rel="license"',
        '</.well-known/void>; rel="describedby"',
    ]
    parts += [f'</{path}.{m.suffix}>; rel="alternate"; type="{m.type}"' for m in offers]
    return ", ".join(parts)


def respond(
    request: Request,
    media: Media,
    body: Callable[[], bytes | Response],
    path: str,
    offers: Sequence[Media] = RESOURCE,
    headers: Mapping[str, str] | None = None,
    more: str = "",
) -> Response:
    """Return the response with the tags and links of a resource; 304 when nothing changed.

    Args:
        request: what is answered.
        media: the representation.
        body: makes it, when it has to be sent.
        path: the resource, without leading slash.
        offers: what else it can be had as, by suffix.
        headers: headers beside, or instead of, those that every resource has.
        more: what else was negotiated; it becomes part of the entity tag.
    """
    tag = etag(request, media, more)
    shared = {
        "ETag": tag,
        "Vary": "Accept, Accept-Language",
        "Cache-Control": "no-cache",
        "Link": links(path, offers),
        **(headers or {}),
    }
    if unchanged(request, tag):
        return Response(status_code=304, headers=shared)
    made = body()
    if isinstance(made, Response):
        made.headers.update(shared)
        return made
    return Response(made, headers=shared, media_type=media.content_type)
