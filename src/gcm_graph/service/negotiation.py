"""Content negotiation (RFC 9110, section 12.5.1): which representation answers a request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from gcm_graph.store.media import Media

HTML = Media("html", "text/html", "html", "HTML", None, ("application/xhtml+xml",), True)
"""A page for people."""

JSON = Media("json", "application/json", "json", "JSON", None)
"""Plain JSON in the shapes of the API."""


class NotAcceptable(Exception):
    """None of the representations on offer is acceptable.

    Attributes:
        offers: the representations on offer.
    """

    def __init__(self, asked: str, offers: Sequence[Media]) -> None:
        names = ", ".join(dict.fromkeys(media.type for media in offers))
        super().__init__(f"“{asked}” is not available here; ask for one of: {names}.")
        self.offers = offers


@dataclass(frozen=True)
class Asked:
    """What a request asks for.

    Attributes:
        accept: the ``Accept`` header; empty means anything.
        format: short name, suffix or media type that overrides it, or empty.
    """

    accept: str
    format: str = ""

    @classmethod
    def of(cls, request: Request, suffix: str = "") -> "Asked":
        """Return what ``request`` asks for.

        A suffix, ``?format=`` or ``?_mediatype=`` (DX-PROF-CONNEG) overrides ``Accept``.
        """
        given = request.query_params
        override = suffix or given.get("format", "") or given.get("_mediatype", "")
        return cls(", ".join(request.headers.getlist("accept")), override)


def choose(asked: Asked, offers: Sequence[Media]) -> Media:
    """Return the best of ``offers``, which stand in the server's own order of preference.

    Raises:
        NotAcceptable: when none fits.
    """
    if asked.format:
        for media in offers:
            if asked.format in {media.name, media.suffix, media.type}:
                return media
        raise NotAcceptable(asked.format, offers)
    if not asked.accept.strip():
        return offers[0]
    accepted = _ranges(asked.accept)
    named = {kind: quality for kind, quality in accepted if quality > 0}
    best = (0.0, 0)
    chosen: Media | None = None
    for media in offers:
        found = (accepted.quality(media.type), _specificity(named, media.type))
        name = media.type
        for alias in media.aliases:
            if named.get(alias, 0) > found[0] or (alias in named and found == (0, 0)):
                found, name = (named[alias], 2), alias
        if found[0] > 0 and found > best:
            best = found
            chosen = media if name == media.type else replace(media, type=name)
    if chosen is None:
        raise NotAcceptable(asked.accept, offers)
    return chosen


def _ranges(accept: str) -> MIMEAccept:
    """Return the media ranges of ``accept`` without their parameters."""
    parsed = parse_accept_header(accept, MIMEAccept)
    return MIMEAccept([(kind.partition(";")[0].strip().lower(), q) for kind, q in parsed])


def _specificity(named: Mapping[str, float], kind: str) -> int:
    """Return 2 when ``kind`` itself is accepted, 1 for its main type, 0 for anything."""
    if kind in named:
        return 2
    return 1 if kind.partition("/")[0] + "/*" in named else 0


def prefers_html(accept: str) -> bool:
    """Tell whether ``accept`` names HTML, as browsers do, before any data format."""
    named = [kind for kind, quality in _ranges(accept) if quality > 0]
    return bool(named) and named[0] in {HTML.type, *HTML.aliases}
