"""The JSON-LD context over HTTP."""

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.jsonld.context import PATH
from gcm_graph.service import representation
from gcm_graph.service.state import State
from gcm_graph.store.media import GRAPHS

_MEDIA = next(media for media in GRAPHS if media.name == "jsonld")


def show(request: Request) -> Response:
    """Answer ``/context.jsonld``: the JSON-LD 1.1 context of everything that is sent here.

    It is always ``application/ld+json``: loaders of contexts ask in many ways for one thing.
    """
    state = State.of(request)

    def body() -> bytes:
        return orjson.dumps({"@context": state.context}, option=orjson.OPT_INDENT_2)

    headers = {
        "Cache-Control": "public, max-age=3600",
        "Link": representation.links(PATH, ()),
    }
    return representation.respond(request, _MEDIA, body, PATH, (), headers)


ROUTES = [Route(f"/{PATH}", show)]
