"""Whether the service is alive, and whether it can answer."""

from typing import TYPE_CHECKING

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.store.pool import Trouble

if TYPE_CHECKING:
    from gcm_graph.service.state import State

_HEADERS = {"Cache-Control": "no-store"}


def _answer(code: int, **members: object) -> Response:
    return Response(orjson.dumps(members), code, _HEADERS, "application/json")


async def live(_: Request) -> Response:
    """Return 200 while the process can answer at all."""
    return _answer(200, status="alive")


async def ready(request: Request) -> Response:
    """Return 200 when the release is open and a free-form query is answered, else 503."""
    state: State | None = getattr(request.app.state, "gcm", None)
    if state is None:
        return _answer(503, status="not ready", detail="no release is open")
    wanted: dict[str, object] = {
        "query": "ASK {}",
        "default": None,
        "named": None,
        "solutions": "json",
        "graph": None,
        "prefixes": {},
    }
    try:
        async for _ in await state.pool.run(wanted):
            pass
    except Trouble as trouble:
        if trouble.reason != "busy":  # a full queue is work, not a fault
            return _answer(503, status="not ready", detail=str(trouble))
    return _answer(200, status="ready", release=state.digest)


ROUTES = [Route("/health/live", live), Route("/health/ready", ready)]
