"""The lane: who of many clients runs next, so that none of them can keep the others waiting.

Clients take turns: a client that sends a hundred queries waits for its own, and one that sends
its first is next. One client never has every worker, as long as there are two.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


class Full(Exception):
    """There is no room to wait.

    Attributes:
        own: whether it is the client's own queries that wait.
        waiting: how many wait.

    As text it is what the client is told.
    """

    def __init__(self, own: bool, waiting: int) -> None:
        whose = "of your queries" if own else "queries"
        super().__init__(f"{waiting} {whose} wait already; try again in a moment.")
        self.own = own
        self.waiting = waiting


@dataclass
class _Client:
    running: int = 0
    queue: "deque[asyncio.Future[None]]" = field(default_factory=deque)


class Lane:
    """Turns to run.

    Args:
        slots: how many run at the same time.
        waiting: how many may wait in all.
        each: how many of one client may wait.
    """

    def __init__(self, slots: int, waiting: int, each: int) -> None:
        self._slots = slots
        self._most = waiting
        self._each = each
        self._share = max(1, slots - 1)
        self._running = 0
        self._waiting = 0
        self._clients: OrderedDict[str, _Client] = OrderedDict()

    @property
    def running(self) -> int:
        """How many run now."""
        return self._running

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return self._waiting

    @asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """Wait for a turn of ``client`` and hold it until the block ends.

        Raises:
            Full: when too many wait already.
        """
        await self.enter(client)
        try:
            yield
        finally:
            self.leave(client)

    async def enter(self, client: str) -> None:
        """Wait for a turn of ``client``; `leave` ends it.

        Raises:
            Full: when too many wait already.
        """
        held = self._clients.setdefault(client, _Client())
        if self._running < self._slots and held.running < self._share and not held.queue:
            self._start(held)
            return
        for own, now, most in (
            (True, len(held.queue), self._each),
            (False, self._waiting, self._most),
        ):
            if now >= most:
                self._forget(client)
                raise Full(own, now)
        turn = asyncio.get_running_loop().create_future()
        held.queue.append(turn)
        self._waiting += 1
        try:
            await turn
        except asyncio.CancelledError:
            if turn in held.queue:
                held.queue.remove(turn)
                self._waiting -= 1
                self._forget(client)
            elif turn.done() and not turn.cancelled():
                self.leave(client)
            raise

    def leave(self, client: str) -> None:
        """End a turn of ``client``; the next client in order begins."""
        self._clients[client].running -= 1
        self._running -= 1
        self._forget(client)
        for name in list(self._clients):
            if self._running >= self._slots:
                return
            held = self._clients[name]
            if held.queue and held.running < self._share:
                turn = held.queue.popleft()
                self._waiting -= 1
                self._start(held)
                self._clients.move_to_end(name)
                turn.set_result(None)

    def _start(self, held: _Client) -> None:
        held.running += 1
        self._running += 1

    def _forget(self, client: str) -> None:
        held = self._clients[client]
        if not held.running and not held.queue:
            del self._clients[client]
