"""What changed between two releases, as a page and as data."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.release import difference, shelf
from gcm_graph.service import display, representation
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.terms import expand

OFFERS = (HTML, JSON)


def show(request: Request) -> Response:
    """Answer ``/changes?from=…&to=…``: statements added and removed between two releases.

    Without ``to`` it is the release that is served, without ``from`` the one before it.
    ``about`` keeps to one thing.

    Raises:
        Problem: 400 for a wrong ``about``, 404 for an unknown release, 406.
    """
    state = State.of(request)
    reader = state.reader.speaking(language_of(request))
    media = representation.choose(request, "", OFFERS)
    folder = state.release.parent
    query = request.query_params
    try:
        newer = shelf.find(folder, query.get("to") or state.digest)
        asked = query.get("from", "")
        older = shelf.find(folder, asked) if asked else shelf.before(folder, newer)
        about = expand(query["about"]) if query.get("about") else ""
    except shelf.NoSuchRelease as error:
        raise Problem(404, f"{error}.", "release") from error
    except ValueError as error:
        raise Problem(400, f"`about`: {error}", "parameter") from error

    def body() -> Response | bytes:
        size = state.settings.page_size * 10
        found = difference.compare(older, newer, reader, size, about) if older else None
        held = shelf.releases(folder)
        if media.name == "json":
            told = [
                {"digest": one.digest, "version": one.version, "built": one.built} for one in held
            ]
            return representation.plain({"releases": told, "difference": found})
        context = {"releases": held, "difference": found}
        return display.show(request, "changes.html", context)

    return representation.respond(request, media, body, "changes", ())


ROUTES = [Route("/changes", show)]
