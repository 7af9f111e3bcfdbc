"""The door for assistants: the Model Context Protocol over streamable HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from gcm_graph.assistant import server
from gcm_graph.service import edition
from gcm_graph.service.state import State

MANAGER = "gcm.assistant"
"""Where the scope of a request for an older release holds the server over it."""


@asynccontextmanager
async def running(state: State) -> AsyncIterator[StreamableHTTPSessionManager]:
    """Run the server over ``state`` until the block ends."""
    made = server.create(state, edition.of(state))
    made.streamable_http_app()  # makes the manager; its own routes are not used
    async with made.session_manager.run():
        yield made.session_manager


class Endpoint:
    """Answer ``/mcp``: the Model Context Protocol over streamable HTTP, without sessions."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand one request to the server; there is no stream to listen on (GET is 405).

        Raises:
            Problem: when ``release`` in the address names none that can be had.
        """
        edition.check(Request(scope))
        manager: StreamableHTTPSessionManager = scope.get(MANAGER) or scope["app"].state.mcp
        await manager.handle_request(scope, receive, send)


ROUTES = [Route("/mcp", Endpoint(), methods=["POST"])]
