"""The archive: releases before the one that is served, opened when an address asks for them.

``?release=DIGEST`` or ``?release=VERSION`` pins an address to a release of the shelf. It is opened
read-only, like the one that is served, and kept until others are asked for.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send

from gcm_graph.release import shelf
from gcm_graph.service import assistant, edition, state
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import PINNED, State
from gcm_graph.settings import Settings


@dataclass
class _Open:
    """A release that is open: what serves it, and how many requests use it."""

    ready: "asyncio.Future[tuple[State, assistant.Assistant]]"
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[None] | None" = None
    users: int = 0


class Archive:
    """Opens older releases, at most ``older_releases`` at a time; the longest unused goes first."""

    def __init__(self, settings: Settings, current: State) -> None:
        self._settings = settings.model_copy(update={"query_workers": 1})
        self._most = settings.older_releases
        self._current = current
        self._open: OrderedDict[str, _Open] = OrderedDict()
        self._closing: set[asyncio.Task[None]] = set()

    def find(self, asked: str) -> shelf.Release | None:
        """Return the older release that ``asked`` names; ``None`` for the one that is served."""
        if not self._most or edition.names(asked, self._current):
            return None
        try:
            return shelf.find(self._current.release.parent, asked)
        except shelf.NoSuchRelease:
            return None

    @asynccontextmanager
    async def holding(
        self, release: shelf.Release
    ) -> AsyncIterator[tuple[State, assistant.Assistant]]:
        """Keep ``release`` open until the block ends.

        Raises:
            Problem: 503 when as many others as may be open are in use, or it cannot be opened.
        """
        held = self._open.get(release.digest) or self._begin(release)
        self._open.move_to_end(release.digest)
        held.users += 1
        try:
            try:
                found = await asyncio.shield(held.ready)
            except (OSError, SyntaxError, ValueError, RuntimeError) as error:
                self._open.pop(release.digest, None)
                detail = f"Release {release.digest[:16]} is kept but cannot be opened."
                raise Problem(503, detail, "release", {"Retry-After": "60"}) from error
            yield found
        finally:
            held.users -= 1

    def _begin(self, release: shelf.Release) -> _Open:
        while len(self._open) >= self._most:
            idle = next((name for name, one in self._open.items() if not one.users), None)
            if idle is None:
                detail = (
                    f"{self._most} older releases are in use already (`older_releases`); try "
                    "again in a moment."
                )
                raise Problem(503, detail, "release", {"Retry-After": "5"})
            self._close(self._open.pop(idle))
        held = _Open(asyncio.get_running_loop().create_future())
        held.task = asyncio.create_task(self._serve(release, held))
        self._open[release.digest] = held
        return held

    async def _serve(self, release: shelf.Release, held: _Open) -> None:
        """Keep a release open; begun and ended in one task, as its server needs it."""
        try:
            async with (
                state.opened(self._settings, release.folder) as opened,
                assistant.running(opened) as manager,
            ):
                held.ready.set_result((opened, manager))
                await held.closing.wait()
        except Exception as error:
            if held.ready.done():
                raise
            held.ready.set_exception(error)

    def _close(self, held: _Open) -> None:
        held.closing.set()
        if held.task is not None:
            self._closing.add(held.task)
            held.task.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        """Close every release that is open."""
        for held in self._open.values():
            self._close(held)
        self._open.clear()
        await asyncio.gather(*self._closing, return_exceptions=True)


@asynccontextmanager
async def running(settings: Settings, current: State) -> AsyncIterator[Archive]:
    """Keep an archive beside the release that is served, until the block ends."""
    archive = Archive(settings, current)
    try:
        yield archive
    finally:
        await archive.close()


class Pinned:
    """ASGI middleware: a request with ``?release=`` is answered from that release.

    What names no release that is there goes on; `gcm_graph.service.edition.check` says so.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        release = self._release(scope)
        if release is None:
            await self._app(scope, receive, send)
            return
        archive: Archive = scope["app"].state.archive
        try:
            async with archive.holding(release) as (opened, manager):
                scope[PINNED], scope[assistant.MANAGER] = opened, manager
                await self._app(scope, receive, send)
        except Problem as problem:
            if PINNED in scope:
                raise
            scope[edition.REFUSED] = problem
            await self._app(scope, receive, send)

    @staticmethod
    def _release(scope: Scope) -> shelf.Release | None:
        if scope["type"] != "http" or b"release=" not in scope["query_string"]:
            return None
        archive: Archive | None = getattr(scope["app"].state, "archive", None)
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("release", [""])[-1].strip()
        return archive.find(asked) if archive is not None and asked else None
