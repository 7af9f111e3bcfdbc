"""Pages on their way out: the context that every page shares, and its response."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from gcm_graph.release import manifest
from gcm_graph.service import header
from gcm_graph.service.language import asked_by_address, language_of
from gcm_graph.service.page import Format, Link, Release, Tongue, render
from gcm_graph.service.translation import spoken
from gcm_graph.store.media import Media

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": header.POLICY,
    "Vary": "Accept, Accept-Language",
}
"""Headers of every page."""


TONGUES = {"en": "English", "fr": "français", "es": "español"}
"""The languages of the pages, each by its own name."""


def root_of(connection: HTTPConnection) -> str:
    """Return the prefix that leads from the page of ``connection`` back to the service's root."""
    path = connection.scope["path"]
    prefix = connection.scope.get("root_path", "")
    inside = path.removeprefix(prefix) if prefix else path
    depth = str(inside).count("/")
    return "../" * (depth - 1)


def release_of(folder: Path) -> Release:
    """Return what a page says of the release in ``folder``."""
    told = manifest.read(folder)
    return Release(told.digest, told.date, told.version)


def formats(path: str, offers: Sequence[Media], suffixed: bool = True) -> tuple[Format, ...]:
    """Return the other representations of the page at ``path``."""
    return tuple(
        Format(
            media.title,
            f"{path}.{media.suffix}" if suffixed else f"{path}format={media.name}",
            media.type,
        )
        for media in offers
    )


def languages(request: Request) -> tuple[Tongue, ...]:
    """Return the ways to the page that is asked for in each language of the pages."""
    current = spoken(language_of(request))
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return tuple(
        Tongue(code, name, "?" + urlencode([*kept, ("lang", code)]), code == current)
        for code, name in TONGUES.items()
    )


def show(
    request: Request,
    template: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
    crumbs: Sequence[Link] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a page as a response.

    Args:
        request: what is answered; links are made relative to it.
        template: file name of the template.
        context: the values of the template (see `gcm_graph.service.page`).
        status: HTTP status.
        crumbs: the way to the page.
        headers: further response headers.
    """
    state = getattr(request.app.state, "gcm", None)
    shared = {
        "root": root_of(request),
        "release": release_of(state.release) if state else None,
        "crumbs": tuple(crumbs),
        "languages": languages(request),
        "asked_language": asked_by_address(request),
    }
    language = language_of(request)
    text = render(template, {**shared, **context}, language)
    told = {"Content-Language": spoken(language), **HEADERS, **(headers or {})}
    return Response(text, status, told, "text/html; charset=utf-8")
