"""The succession of releases: a new one is opened beside the old one, and then takes its place.

The link ``current`` is looked at every ``watch_seconds``, and at once on SIGHUP. Requests that
began with the old release are answered from it; it is closed when the longest of them must be
over. A release that cannot be opened is reported and the old one stays.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.applications import Starlette

from gcm_graph.release import integrity
from gcm_graph.service import archive, assistant, front, state, validation
from gcm_graph.service.state import State
from gcm_graph.settings import Settings

_log = logging.getLogger(__name__)


@dataclass
class _Reign:
    """One release while it is served."""

    ready: "asyncio.Future[State]"
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[None] | None" = None


class Succession:
    """Serves the current release in an application, and its successors.

    Args:
        app: gets the parts of the release that is served, in its ``state``.
        settings: the settings of the service.
    """

    def __init__(self, app: Starlette, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._now: _Reign | None = None
        self._all: list[_Reign] = []
        self._called = asyncio.Event()
        self._failed = ""

    async def begin(self) -> None:
        """Open the current release.

        Raises:
            FileNotFoundError: when there is none.
        """
        self._now = await self._open()

    async def watch(self) -> None:
        """Follow the link until this is cancelled."""
        loop = asyncio.get_running_loop()
        with contextlib.suppress(ValueError, RuntimeError, NotImplementedError):
            loop.add_signal_handler(signal.SIGHUP, self._called.set)
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._settings.watch_seconds or None):
                    await self._called.wait()
            self._called.clear()
            try:
                await self._follow()
            except Exception:
                _log.exception("the new release cannot be opened; the old one is served")

    async def end(self) -> None:
        """Close every release."""
        for reign in self._all:
            reign.closing.set()
        tasks = [reign.task for reign in self._all if reign.task is not None]
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _follow(self) -> None:
        """Open what the link points to, when that is another release."""
        served: State = self._app.state.gcm
        folder = await asyncio.to_thread((self._settings.release / "current").resolve)
        if folder == served.release or str(folder) == self._failed or not folder.is_dir():
            return
        self._failed = str(folder)  # once is enough, until the link changes
        await asyncio.to_thread(integrity.check, folder)
        before, self._now = self._now, await self._open()
        self._failed = ""
        self._app.state.cache.clear()
        _log.info("release %s is served", self._app.state.gcm.digest[:16])
        if before is not None:
            seconds = self._settings.answer_seconds + self._settings.query_seconds
            asyncio.get_running_loop().call_later(seconds, before.closing.set)

    async def _open(self) -> _Reign:
        reign = _Reign(asyncio.get_running_loop().create_future())
        reign.task = asyncio.create_task(self._reign(reign))
        self._all = [one for one in self._all if one.task and not one.task.done()] + [reign]
        await reign.ready
        return reign

    async def _reign(self, reign: _Reign) -> None:
        """Serve one release; begun and ended in one task, as its parts need it."""
        held = self._app.state
        try:
            opening = front.opened if self._settings.endpoint else state.opened
            async with (
                opening(self._settings) as opened,
                assistant.running(opened) as manager,
                validation.running(opened) as lane,
                archive.running(self._settings, opened) as older,
            ):
                held.archive, held.mcp, held.validation, held.gcm = older, manager, lane, opened
                reign.ready.set_result(opened)
                await reign.closing.wait()
        except Exception as error:
            if reign.ready.done():
                raise
            reign.ready.set_exception(error)


@asynccontextmanager
async def running(app: Starlette, settings: Settings) -> AsyncIterator[None]:
    """Serve the current release and its successors in ``app`` until the block ends."""
    succession = Succession(app, settings)
    await succession.begin()
    watching = asyncio.create_task(succession.watch())
    try:
        yield
    finally:
        watching.cancel()
        app.state.gcm = None
        await succession.end()
