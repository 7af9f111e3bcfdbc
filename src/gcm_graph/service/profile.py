"""Content negotiation by profile (W3C, DX-PROF-CONNEG): how much a representation says.

A profile is asked for with ``Accept-Profile`` (preference) or ``?_profile=`` (demand; ``profile``
is the same); the answer names its own in ``Link`` and ``Content-Profile``.
"""

import re
from collections.abc import Sequence

from starlette.requests import Request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from gcm_graph.graph.profile import PROFILES, Profile, default, named
from gcm_graph.service import edition, negotiation, representation
from gcm_graph.service.negotiation import Asked
from gcm_graph.service.problem import Problem
from gcm_graph.store.media import Media

ALTERNATES = "http://www.w3.org/ns/dx/conneg/altr"
"""The profile that every resource has: the list of its representations."""

_ALTERNATE_TOKENS = {"alt", "altr", "alternates", "all", ALTERNATES}
_LISTED = {"turtle", "trig", "jsonld"}
"""Formats that headers list in each profile; the list of representations has them all."""

_URI = re.compile(r"<([^<>]*)>")


def demanded(request: Request) -> str:
    """Return the profile that the address asks for, or nothing."""
    asked = request.query_params
    return (asked.get("_profile") or asked.get("profile") or "").strip()


def lists_alternates(request: Request) -> bool:
    """Tell whether the request is for the list of representations."""
    return demanded(request).strip("<>") in _ALTERNATE_TOKENS


def choose(request: Request, suffix: str, offers: Sequence[Media]) -> tuple[Media, Profile | None]:
    """Return the representation that answers a request, and the profile it is in.

    Raises:
        Problem: 400 when the address names a profile that is not known; 406 when nothing fits;
            what `gcm_graph.service.edition.check` raises.
    """
    demand = demanded(request)
    if demand:
        return _as_demanded(request, suffix, demand)
    media = representation.choose(request, suffix, offers)
    for profile in _preferred(request):
        if any(media.name == one.name for one in profile.media):
            return media, profile
        if _open(request, suffix):
            try:
                return negotiation.choose(Asked.of(request, suffix), profile.media), profile
            except negotiation.NotAcceptable:
                continue
    return media, default(media)


def _as_demanded(request: Request, suffix: str, demand: str) -> tuple[Media, Profile | None]:
    edition.check(request)
    known = ", ".join(one.token for one in PROFILES)
    found = [profile for name in demand.split(",") if (profile := named(name)) is not None]
    if not found:
        detail = f"There is no profile “{demand}”; there are {known}, and alt for the list."
        raise Problem(400, detail, "profile", profiles=[one.iri for one in PROFILES])
    asked = Asked.of(request, suffix)
    for profile in found:
        try:
            return negotiation.choose(asked, profile.media), profile
        except negotiation.NotAcceptable as error:
            refused = error
    detail = f"In the profile {found[0].token}: {refused}"
    raise Problem(406, detail, "not-acceptable", available=_types(found[0].media))


def _types(offers: Sequence[Media]) -> list[str]:
    return [media.type for media in offers]


def _open(request: Request, suffix: str) -> bool:
    """Tell whether the address leaves the representation to negotiation."""
    return not Asked.of(request, suffix).format


def _preferred(request: Request) -> list[Profile]:
    """Return the known profiles that ``Accept-Profile`` names, the most wanted first."""
    header = ", ".join(request.headers.getlist("accept-profile"))
    plain = _URI.sub(lambda match: match[1], header)
    parsed = parse_accept_header(plain, Accept)
    found = [named(name) for name, quality in parsed if quality > 0]
    return [profile for profile in found if profile is not None]


def links(path: str, profile: Profile | None, offers: Sequence[Media]) -> list[str]:
    """Return the ``Link`` values that name the profile and every other way to have the resource.

    Args:
        path: the resource, without leading slash.
        profile: the profile that is sent.
        offers: the representations of the resource.
    """
    parts = [f'<{profile.iri}>; rel="profile"'] if profile else []
    parts += [f'</{path}.{m.suffix}>; rel="alternate"; type="{m.type}"' for m in offers]
    parts += [
        f'</{path}.{m.suffix}?_profile={one.token}>; rel="alternate"; type="{m.type}"; '
        f'formats="{one.iri}"'
        for one in PROFILES
        for m in one.media
        if one is not default(m) and m.name in _LISTED
    ]
    parts.append(f'</{path}?_profile=alt>; rel="alternate"; formats="{ALTERNATES}"')
    return parts
