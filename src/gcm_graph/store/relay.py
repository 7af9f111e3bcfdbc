"""The lane of free-form queries to a remote engine, in place of the pool of workers.

The engine isolates its queries from each other itself. This lane bounds how many run and wait, how
long they take and how large their answers are, as `gcm_graph.store.pool` does.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pyoxigraph as ox

from gcm_graph.store.client import Asked, Client
from gcm_graph.store.guard import Refused, form
from gcm_graph.store.lane import Full, Lane
from gcm_graph.store.media import GRAPHS, SOLUTIONS, Media, named
from gcm_graph.store.pool import Answer, Limits, Trouble
from gcm_graph.store.remote import ROWS, TRIPLES, Remote, written

_ROW_TYPES = {media.type: media for media in SOLUTIONS}


class Relay:
    """Free-form queries, sent on to an endpoint.

    Args:
        client: reaches the endpoint.
        limits: what a query and the lane may use; ``workers`` queries run at a time.
        known: the query that asks whether ``?graph`` is a graph of the endpoint.
    """

    def __init__(self, client: Client, limits: Limits, known: str) -> None:
        self._client = client
        self._known = known
        self.limits = limits
        self.lane = Lane(limits.workers, limits.waiting, limits.each)
        self._threads = ThreadPoolExecutor(limits.workers, "relay")

    async def start(self) -> None:
        """Make ready; the connections open when they are needed."""

    async def stop(self) -> None:
        """End the threads of the lane."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def run(self, request: Mapping[str, Any], client: str = "") -> Answer:
        """Run a query and return its answer; see `gcm_graph.store.pool.Pool.run`.

        Raises:
            Trouble: when there is no answer.
        """
        try:
            await self.lane.enter(client)
        except Full as full:
            raise Trouble("busy", str(full)) from full
        loop = asyncio.get_running_loop()
        try:
            # the engine's time-out is the reader's; a little more lets the engine speak first
            async with asyncio.timeout(self.limits.seconds + 1):
                media, body = await loop.run_in_executor(
                    self._threads, partial(self._answer, request)
                )
        except TimeoutError as error:
            limit = f"{self.limits.seconds:g} s"
            detail = f"The query was stopped after {limit} (`query_seconds`)."
            raise Trouble("deadline", detail, seconds=self.limits.seconds) from error
        finally:
            self.lane.leave(client)
        return Answer(media.name, _once(body))

    def _answer(self, request: Mapping[str, Any]) -> tuple[Media, bytes]:
        query = request["query"]
        engine = self._client.engine
        try:
            engine.check(query)
        except Refused as refused:
            raise Trouble(refused.reason, str(refused)) from refused
        default, names = self._dataset(request)
        solutions, graph = (
            named(request[name] or "", table)
            for name, table in (("solutions", SOLUTIONS), ("graph", GRAPHS))
        )
        rows = solutions.type if engine.exact and solutions is not None else ROWS
        asked = Asked(
            _based(query, request.get("base")),
            TRIPLES if form(query) in {"CONSTRUCT", "DESCRIBE"} else rows,
            default,
            names,
            self.limits.seconds,
        )
        with self._client.asking(asked) as (kind, pieces):
            body = self._taken(pieces)
        if kind in _ROW_TYPES:
            media = _wanted(solutions, "rows or a boolean", SOLUTIONS)
            return media, body if kind == media.type and engine.exact else written(
                body, engine, media, {}
            )
        media = _wanted(graph, "a graph", GRAPHS)
        return media, written(body, engine, media, request.get("prefixes") or {})

    def _dataset(
        self, request: Mapping[str, Any]
    ) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        default, names = request.get("default"), request.get("named")
        if default is None and names is None:
            return None, None
        defaults, others = tuple(dict.fromkeys(default or ())), tuple(dict.fromkeys(names or ()))
        if len(defaults) > 1:
            detail = (
                "This service stands in front of an engine that cannot merge several default "
                "graphs; ask one FROM at a time, or use GRAPH."
            )
            raise Trouble("several-graphs", detail)
        for graph in (*defaults, *others):
            if not self._has(graph):
                detail = (
                    f"<{graph}> is not a graph of this dataset, and nothing is fetched from "
                    "elsewhere."
                )
                raise Trouble("unknown-graph", detail)
        return defaults, others

    def _has(self, graph: str) -> bool:
        try:
            node = ox.NamedNode(graph)
        except ValueError:
            return False
        return Remote(self._client, "").ask(self._known, {"graph": node})

    def _taken(self, pieces: Iterable[bytes]) -> bytes:
        held: list[bytes] = []
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > self.limits.answer_bytes:
                limit = f"over the limit of {self.limits.answer_bytes:,} bytes (`answer_bytes`)"
                raise Trouble("answer-too-large", f"The answer is {limit}.")
            held.append(piece)
        return b"".join(held)


async def _once(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]


def _based(query: str, base: str | None) -> str:
    """Return ``query`` with what its relative IRIs are relative to, on its first line."""
    return f"BASE <{base}> {query}" if base else query


def _wanted(media: Media | None, kind: str, table: Sequence[Media]) -> Media:
    if media is not None:
        return media
    types = ", ".join(one.type for one in table)
    raise Trouble("not-acceptable", f"This query answers with {kind}; ask for one of: {types}.")
