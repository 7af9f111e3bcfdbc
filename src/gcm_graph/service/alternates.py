"""The representations of a resource as a list, and the profiles as resources of their own."""

from collections.abc import Sequence

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph.profile import PROFILES, Profile, default, named
from gcm_graph.graph.serialization import rdf
from gcm_graph.namespaces import DCTERMS, ONTOLOGY, RDF_TYPE
from gcm_graph.service import display, profile, representation
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.problem import Problem
from gcm_graph.store.media import GRAPHS, Media

PROF = "http://www.w3.org/ns/dx/prof/"
OFFERS = (HTML, GRAPHS[0], JSON, *(m for m in GRAPHS[1:] if m.name in {"ntriples", "rdfxml"}))


def show(request: Request, path: str, offers: Sequence[Media]) -> Response:
    """Return the list of everything that the resource at ``path`` can be had as.

    Raises:
        Problem: 406 when neither a page nor JSON is acceptable.
    """
    media = representation.choose(request, "", (HTML, JSON))
    rows = _rows(path, offers)

    def body() -> Response | bytes:
        if media.name == "json":
            return representation.plain({"resource": f"/{path}", "representations": rows})
        context = {"resource": path, "representations": rows, "profiles": PROFILES}
        return display.show(request, "profile.html", context)

    links = [
        f'<{profile.ALTERNATES}>; rel="profile"',
        representation.links(path, ()),
        *profile.links(path, None, offers),
    ]
    headers = {"Link": ", ".join(links), "Content-Profile": f"<{profile.ALTERNATES}>"}
    return representation.respond(request, media, body, path, (), headers, "alternates")


def _rows(path: str, offers: Sequence[Media]) -> list[dict[str, str]]:
    rows = []
    for media in offers:
        first = default(media)
        rows.append(_row(f"{path}.{media.suffix}", media, first))
        rows += [
            _row(f"{path}.{media.suffix}?_profile={one.token}", media, one)
            for one in PROFILES
            if one is not first and media in one.media
        ]
    return rows


def _row(path: str, media: Media, one: Profile | None) -> dict[str, str]:
    return {
        "path": path,
        "title": media.title,
        "type": media.type,
        "profile": one.iri if one else "",
        "profile_title": one.title if one else "",
    }


def show_list(request: Request) -> Response:
    """Answer ``/profile``: the profiles of what is sent in RDF.

    Raises:
        Problem: 406.
    """
    return _show(request, "profile", "", PROFILES)


def show_one(request: Request) -> Response:
    """Answer ``/profile/{token}``: one profile, as a page and in RDF (PROF).

    Raises:
        Problem: 404, 406.
    """
    token, suffix = representation.split(request.path_params["token"], OFFERS)
    found = named(token)
    if found is None:
        known = ", ".join(one.token for one in PROFILES)
        raise Problem(404, f"There is no profile “{token}”; there are {known}.", "unknown")
    return _show(request, f"profile/{found.token}", suffix, (found,))


def _show(request: Request, path: str, suffix: str, shown: Sequence[Profile]) -> Response:
    media = representation.choose(request, suffix, OFFERS)

    def body() -> Response | bytes:
        if media.name == "json":
            told = [
                {
                    "iri": one.iri,
                    "token": one.token,
                    "title": one.title,
                    "description": one.says,
                    "formats": [held.type for held in one.media],
                }
                for one in shown
            ]
            return representation.plain({"profiles": told})
        if media.name == "html":
            context = {"resource": "", "representations": [], "profiles": shown}
            return display.show(request, "profile.html", context)
        return rdf([triple for one in shown for triple in description(one)], media)

    offers = OFFERS if len(shown) == 1 else ()
    return representation.respond(request, media, body, path, offers)


def description(one: Profile) -> list[ox.Triple]:
    """Return a profile in the Profiles Vocabulary (PROF)."""
    node = ox.NamedNode(one.iri)
    told: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (RDF_TYPE, ox.NamedNode(PROF + "Profile")),
        (ox.NamedNode(DCTERMS + "title"), ox.Literal(one.title, language="en")),
        (ox.NamedNode(DCTERMS + "description"), ox.Literal(one.says, language="en")),
        (ox.NamedNode(PROF + "hasToken"), ox.Literal(one.token)),
        (ox.NamedNode(PROF + "isProfileOf"), ox.NamedNode(ONTOLOGY)),
    ]
    told += [(ox.NamedNode(DCTERMS + "format"), ox.Literal(media.type)) for media in one.media]
    return [ox.Triple(node, relation, value) for relation, value in told]


ROUTES = [Route("/profile", show_list), Route("/profile/{token}", show_one)]
