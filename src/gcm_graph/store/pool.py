"""The pool: free-form queries in workers that are killed at the deadline and replaced."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gcm_graph.store.frame import HEADER
from gcm_graph.store.lane import Full, Lane
from gcm_graph.store.launch import ZYGOTE, launch

DEMOTED_AFTER = 0.25
"""Seconds after which a query gives way to others; its worker is not used again."""

DEMOTED_TO = 5
"""Nice value of such a query: a third of the time of one that has just begun."""


class Trouble(Exception):
    """A query that got no answer.

    Attributes:
        reason: ``syntax``, ``deadline``, ``memory``, ``busy``, ``unknown-graph``,
            ``not-acceptable``, ``answer-too-large`` or ``evaluation``.
        more: further members of the problem document, such as ``line``.
    """

    def __init__(self, reason: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.reason = reason
        self.more = more


@dataclass(frozen=True)
class Limits:
    """The limits of an isolated lane; see the settings of the same names.

    ``each`` is how many of one client may wait. With ``once`` a worker answers one request and
    ends, so that nothing of it is left.
    """

    seconds: float
    answer_seconds: float
    workers: int
    waiting: int
    answer_bytes: int
    memory: int
    once: bool = False
    each: int = 32


class Worker:
    """One worker process: its pipe and the handle by which it is killed."""

    def __init__(self, pipe: socket.socket, handle: int) -> None:
        self._pipe = pipe
        self._handle = handle
        self._pid = 0
        self.demoted = False
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        """Take up the pipe and wait until the worker says that it is ready."""
        self._reader, self._writer = await asyncio.open_connection(sock=self._pipe)
        _, told = await self.receive()
        self._pid = int(told or b"0")

    @property
    def gone(self) -> bool:
        """Whether the process has closed its end."""
        return self._reader is not None and self._reader.at_eof()

    def send(self, data: bytes) -> None:
        """Send ``data``."""
        assert self._writer is not None
        self._writer.write(data)

    async def receive(self) -> tuple[bytes, bytes]:
        """Return the next frame.

        Raises:
            asyncio.IncompleteReadError: when the worker is gone.
        """
        assert self._reader is not None
        kind, size = HEADER.unpack(await self._reader.readexactly(HEADER.size))
        return kind, await self._reader.readexactly(size)

    async def receive_by(self, deadline: float, patience: float) -> tuple[bytes, bytes]:
        """Return the next frame; what takes longer than ``patience`` gives way to others.

        Raises:
            TimeoutError: at the deadline.
            asyncio.IncompleteReadError: when the worker is gone.
        """
        async with asyncio.timeout_at(deadline):
            if self.demoted or not self._pid:
                return await self.receive()
            demotion = asyncio.get_running_loop().call_at(patience, self._demote)
            try:
                return await self.receive()
            finally:
                demotion.cancel()

    def _demote(self) -> None:
        """Let other processes go before this one (setpriority(2))."""
        self.demoted = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._pid, DEMOTED_TO)

    def kill(self) -> None:
        """Kill the process (SIGKILL through its pidfd) and close the pipe."""
        if self._handle >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        self.close()

    def close(self) -> None:
        """Close the pipe; an idle worker ends by itself then."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        if self._writer is not None:
            self._writer.close()
        else:
            self._pipe.close()


class Answer:
    """An answer on its way: its representation and its bytes.

    Attributes:
        media: short name of the representation.
    """

    def __init__(self, media: str, pieces: AsyncIterator[bytes]) -> None:
        self.media = media
        self._pieces = pieces

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Return the bytes piece by piece.

        Raises:
            Trouble: from the iterator, when the query fails half-way.
        """
        return self._pieces


class Pool:
    """Workers over one release.

    Args:
        release: folder of the release.
        limits: what a query and the lane may use.
        program: module that is run to fork the workers; it takes release and memory.
    """

    def __init__(self, release: Path, limits: Limits, program: str = ZYGOTE) -> None:
        self._release = release
        self._program = program
        self.limits = limits
        self._idle: deque[Worker] = deque()
        self._all: set[Worker] = set()
        self.lane = Lane(limits.workers, limits.waiting, limits.each)
        self.killed = 0
        self._spawning = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def workers(self) -> frozenset[Worker]:
        """The workers that live now."""
        return frozenset(self._all)

    @property
    def zygote(self) -> int | None:
        """Process number of the zygote; ``None`` while there is none."""
        return self._process.pid if self._process is not None else None

    async def start(self) -> None:
        """Start the zygote; return when every worker and a spare stand ready."""
        await self._open()
        for _ in range(self.limits.workers + 1):
            self._idle.append(await self._spawn())

    async def stop(self) -> None:
        """End the zygote and all workers."""
        for task in self._tasks:
            task.cancel()
        idle = set(self._idle)
        self._idle.clear()
        for worker in list(self._all):
            self._all.discard(worker)
            if worker in idle:
                worker.close()
            else:
                worker.kill()
        await asyncio.to_thread(self._close)

    async def _open(self) -> None:
        launched = launch(self._program, self._release, self.limits.memory)
        self._control, self._process = launched.control, launched.process
        if await asyncio.to_thread(self._control.recv, 1) != b"R":
            raise RuntimeError(f"the release in {self._release} could not be opened")

    def _close(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    async def _spawn(self) -> Worker:
        async with self._spawning:
            worker = await asyncio.to_thread(self._fork)
            if worker is None:  # the zygote died: begin anew
                await asyncio.to_thread(self._close)
                await self._open()
                worker = await asyncio.to_thread(self._fork)
        if worker is None:
            raise Trouble("unavailable", "No worker could be started for free-form queries.")
        self._all.add(worker)
        await worker.open()
        return worker

    def _fork(self) -> Worker | None:
        assert self._control is not None
        try:
            self._control.sendall(b"W")
            _, descriptors, _, _ = socket.recv_fds(self._control, 1, 2)
        except OSError:
            return None
        if len(descriptors) != 2:
            return None
        return Worker(socket.socket(fileno=descriptors[0]), descriptors[1])

    def _drop(self, worker: Worker) -> None:
        self._all.discard(worker)
        worker.kill()

    async def _replace(self) -> None:
        if len(self._all) <= self.limits.workers:
            with contextlib.suppress(Trouble, asyncio.IncompleteReadError):
                self._idle.append(await self._spawn())

    def _retire(self, worker: Worker) -> None:
        self.killed += 1
        self._drop(worker)
        task = asyncio.create_task(self._replace())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _worker(self) -> Worker:
        while self._idle:
            worker = self._idle.popleft()
            if not worker.gone:
                return worker
            self._drop(worker)
        task = asyncio.create_task(self._spawn())
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(self._keep)  # it is on its way: the next query takes it
            raise

    def _keep(self, task: "asyncio.Task[Worker]") -> None:
        if not task.cancelled() and task.exception() is None:
            self._idle.append(task.result())

    async def run(self, request: Mapping[str, Any], client: str = "") -> Answer:
        """Run a query and return its answer once the first bytes are there.

        Args:
            request: ``query``, ``base`` (what its relative IRIs are relative to), ``default``,
                ``named`` (lists of IRIs or None), ``solutions`` and ``graph`` (short names of the
                representations wanted, or None), ``prefixes``.
            client: who asks; clients take turns.

        Raises:
            Trouble: when there is no answer.
        """
        try:
            await self.lane.enter(client)
        except Full as full:
            raise Trouble("busy", str(full)) from full
        pieces = self._pieces({**request, "bytes": self.limits.answer_bytes}, client)
        try:
            media = await anext(pieces)
        except BaseException:
            await pieces.aclose()
            raise
        return Answer(media.decode(), pieces)

    async def _pieces(self, request: Mapping[str, Any], client: str) -> AsyncGenerator[bytes, None]:
        """Yield the representation's name, then the bytes; free the slot at the end."""
        worker: Worker | None = None
        clean = False
        try:
            worker = await self._worker()  # the time of a query begins when it runs
            body = json.dumps(request).encode()
            worker.send(HEADER.pack(b"Q", len(body)) + body)
            loop = asyncio.get_running_loop()
            begun = loop.time()
            deadline = begun + self.limits.seconds
            latest = begun + self.limits.answer_seconds
            while True:
                kind, payload = await worker.receive_by(deadline, begun + DEMOTED_AFTER)
                if kind == b"F":
                    clean = True
                    return
                if kind == b"E":
                    clean = True
                    more = json.loads(payload)
                    raise Trouble(more.pop("reason"), more.pop("detail"), **more)
                paused = loop.time()
                yield payload
                # a slow reader does not use up the time of the query, within bounds
                deadline = min(deadline + loop.time() - paused, latest)
        except TimeoutError as error:
            limit = f"{self.limits.seconds:g} s"
            detail = f"The query was stopped after {limit} (`query_seconds`)."
            raise Trouble("deadline", detail, seconds=self.limits.seconds) from error
        except asyncio.IncompleteReadError as error:
            detail = (
                "The process that ran the query ended before the answer: most likely the query "
                "needed more memory than one query may use (`worker_memory`)."
            )
            raise Trouble("memory", detail) from error
        finally:
            if worker is not None and clean and not worker.demoted and not self.limits.once:
                self._idle.append(worker)
            elif worker is not None:
                self._retire(worker)
            self.lane.leave(client)
