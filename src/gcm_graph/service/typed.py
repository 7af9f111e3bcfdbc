"""The typed API as a part of the service that is put together when it is first asked for.

FastAPI and the models behind ``/api`` take longer to load than all else together, and a start
that serves pages and queries needs none of it.
"""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from gcm_graph import __version__
from gcm_graph.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.datastructures import State, URLPath

DESCRIPTION = (
    "The reference knowledge graph of how the world governs international migration. "
    "Every statement names the passage it rests on."
)


def create(settings: Settings, handlers: Mapping[Any, Any] | None = None) -> "FastAPI":
    """Return the application of the typed API.

    Args:
        settings: the settings of the service.
        handlers: what answers for an exception, by its class.
    """
    from fastapi import FastAPI
    from fastapi.exceptions import RequestValidationError

    from gcm_graph.service import api, invalid
    from gcm_graph.service.openapi import document

    app = FastAPI(
        title="gcm-graph",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        license_info={"name": "CC BY 4.0 (data)", "identifier": "CC-BY-4.0"},
        exception_handlers={**(handlers or {}), RequestValidationError: invalid.respond},
    )
    app.include_router(api.router)
    document.install(app, settings)
    return app


class Typed(BaseRoute):
    """The addresses of the typed API and of its description.

    Args:
        settings: the settings of the service.
        handlers: what answers for an exception, by its class.
        state: what the service holds; the typed API reads the same.
    """

    def __init__(self, settings: Settings, handlers: Mapping[Any, Any], state: "State") -> None:
        self._settings = settings
        self._handlers = handlers
        self._state = state
        self._app: FastAPI | None = None
        self._making = asyncio.Lock()

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether the address is one of the typed API's."""
        path = scope.get("path", "")
        fits = path in {"/api", "/openapi.json"} or path.startswith("/api/")
        return (Match.FULL if fits and scope["type"] == "http" else Match.NONE), {}

    def url_path_for(self, name: str, /, **path_params: Any) -> "URLPath":
        """Refuse: these addresses are written out where they are needed."""
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; the first one waits until the API is put together."""
        async with self._making:
            if self._app is None:
                made = await asyncio.to_thread(create, self._settings, self._handlers)
                made.state = self._state
                self._app = made
        await self._app(scope, receive, send)
