"""Representations of one resource: chosen, written, and sent with the headers they need."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import orjson
import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from gcm_graph import __version__
from gcm_graph.namespaces import BASE, PREFIXES
from gcm_graph.service import edition, negotiation
from gcm_graph.service.negotiation import HTML, JSON, Asked
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.store.media import GRAPHS, Media

RESOURCE: tuple[Media, ...] = (HTML, GRAPHS[0], GRAPHS[1], JSON, *GRAPHS[2:])
"""What every thing, source and term can be had as."""

Statements: TypeAlias = Iterable[ox.Triple] | Iterable[ox.Quad]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_QUADS = {ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS}
_PREFIXED = {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML}


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


def carries_graphs(media: Media) -> bool:
    """Tell whether the representation names the graph of each statement."""
    return media.engine in _QUADS


def used_prefixes(statements: Iterable[ox.Triple | ox.Quad]) -> dict[str, str]:
    """Return the shared prefixes that occur in ``statements``."""
    iris: set[str] = set()
    for statement in statements:
        parts: list[Any] = [statement.subject, statement.predicate, statement.object]
        if isinstance(statement, ox.Quad):
            parts.append(statement.graph_name)
        for part in parts:
            if isinstance(part, ox.NamedNode):
                iris.add(part.value)
            elif isinstance(part, ox.Literal):
                iris.add(part.datatype.value)
    namespaces = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in iris}
    return {name: value for name, value in PREFIXES.items() if value in namespaces}


def rdf(statements: Statements, media: Media) -> bytes:
    """Return ``statements`` written as ``media``."""
    held: list[Any] = list(statements)
    engine = media.engine
    assert isinstance(engine, ox.RdfFormat)
    prefixes = used_prefixes(held) if engine in _PREFIXED else None
    return ox.serialize(held, format=engine, prefixes=prefixes) or b""


def plain(value: Any) -> bytes:
    """Return a value of `gcm_graph.graph.view` as JSON."""
    return orjson.dumps(value, default=_jsonable, option=orjson.OPT_NON_STR_KEYS)


def _jsonable(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def etag(request: Request, media: Media) -> str:
    """Return the entity tag: release, version, address and representation decide it."""
    digest = State.of(request).digest[:16]
    return f'W/"{digest}-{__version__}-{media.name}"'


def unchanged(request: Request, tag: str) -> bool:
    """Tell whether the client holds the answer with this tag (RFC 9110, section 13.1.2)."""
    held = [item.strip() for item in request.headers.get("if-none-match", "").split(",")]
    return "*" in held or tag in held or tag.removeprefix("W/") in held


def links(path: str, offers: Sequence[Media]) -> str:
    """Return the ``Link`` header of a resource at ``path`` (no leading slash)."""
    parts = [f'<{BASE}{path}>; rel="canonical"', f'<{LICENCE}>; rel="license"']
    parts += [f'</{path}.{m.suffix}>; rel="alternate"; type="{m.type}"' for m in offers]
    return ", ".join(parts)


def respond(
    request: Request,
    media: Media,
    body: Callable[[], bytes | Response],
    path: str,
    offers: Sequence[Media] = RESOURCE,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the response with the tags and links of a resource; 304 when nothing changed."""
    tag = etag(request, media)
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
