"""The door for assistants: the Model Context Protocol over streamable HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from gcm_graph.service import edition
from gcm_graph.service.state import State

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

MANAGER = "gcm.assistant"
"""Where the scope of a request for an older release holds the server over it."""


class Assistant:
    """The server over a release; it starts with the first request, as its library is heavy."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._closing = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._ready: asyncio.Future[StreamableHTTPSessionManager] | None = None

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request of the protocol."""
        if self._ready is None:
            self._ready = asyncio.get_running_loop().create_future()
            self._task = asyncio.create_task(self._run(self._ready))
        manager = await asyncio.shield(self._ready)
        await manager.handle_request(scope, receive, send)

    async def _run(self, ready: "asyncio.Future[StreamableHTTPSessionManager]") -> None:
        """Keep the server running; begun and ended in one task, as its library needs it."""
        try:
            made = await asyncio.to_thread(self._made)
            async with made.run():
                ready.set_result(made)
                await self._closing.wait()
        except Exception as error:
            if ready.done():
                raise
            ready.set_exception(error)

    def _made(self) -> "StreamableHTTPSessionManager":
        from gcm_graph.assistant import server

        made = server.create(self._state, edition.of(self._state))
        made.streamable_http_app()  # makes the manager; its own routes are not used
        return made.session_manager

    async def close(self) -> None:
        """End the server, if it was started."""
        self._closing.set()
        if self._task is not None:
            await self._task


@asynccontextmanager
async def running(state: State) -> AsyncIterator[Assistant]:
    """Offer the server over ``state`` until the block ends."""
    assistant = Assistant(state)
    try:
        yield assistant
    finally:
        await assistant.close()


class Endpoint:
    """Answer ``/mcp``: the Model Context Protocol over streamable HTTP, without sessions."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand one request to the server; there is no stream to listen on (GET is 405).

        Raises:
            Problem: when ``release`` in the address names none that can be had.
        """
        edition.check(Request(scope))
        assistant: Assistant = scope.get(MANAGER) or scope["app"].state.mcp
        await assistant.handle(scope, receive, send)


ROUTES = [Route("/mcp", Endpoint(), methods=["POST"])]
