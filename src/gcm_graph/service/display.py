"""Pages on their way out: the context that every page shares, and its response."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from gcm_graph.service.page import Format, Link, Release, render
from gcm_graph.store.media import Media

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Vary": "Accept",
}
"""Headers of every page."""


def root_of(connection: HTTPConnection) -> str:
    """Return the prefix that leads from the page of ``connection`` back to the service's root."""
    path = connection.scope["path"]
    prefix = connection.scope.get("root_path", "")
    inside = path.removeprefix(prefix) if prefix else path
    depth = str(inside).count("/")
    return "../" * (depth - 1)


@lru_cache(maxsize=4)
def release_of(folder: Path) -> Release:
    """Return what a page says of the release in ``folder``."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    built = str(manifest.get("built", ""))
    day = datetime.fromisoformat(built).date().isoformat() if built else ""
    return Release(str(manifest["digest"]), day, str(manifest.get("version", "")))


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
    }
    text = render(template, {**shared, **context})
    return Response(text, status, {**HEADERS, **(headers or {})}, "text/html; charset=utf-8")
