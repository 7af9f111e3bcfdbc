"""Figures of the running service for Prometheus, and the id of each request.

Standard: Prometheus text format 0.0.4. Counting costs a few microseconds a request; the library
that writes the figures is loaded when somebody asks for them. Of several processes (`--workers`)
each has its own figures; the label ``process`` tells them apart.
"""

import asyncio
import os
import re
import time
import uuid
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gcm_graph.service import record
from gcm_graph.service.state import State
from gcm_graph.store.pool import Pool

ID = "gcm.request"
"""Where the scope of a request holds its id."""

_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_GIVEN = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SLOW = 1.0
"""Seconds from which a request is always logged."""


@dataclass
class Figures:
    """What has been counted since the process began.

    Attributes:
        requests: how many, by route, method and status.
        seconds: for each route its requests by duration, and the sum of their seconds.
        running: how many are being answered now.
    """

    requests: dict[tuple[str, str, int], int] = field(default_factory=dict)
    seconds: dict[str, tuple[list[int], list[float]]] = field(default_factory=dict)
    running: int = 0

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        key = (route, method, status)
        self.requests[key] = self.requests.get(key, 0) + 1
        if route not in self.seconds:
            self.seconds[route] = [0] * (len(_BOUNDS) + 1), [0.0]
        buckets, total = self.seconds[route]
        buckets[bisect_left(_BOUNDS, seconds)] += 1
        total[0] += seconds


class Measured:
    """ASGI middleware: counts requests, gives each an id, and logs what went wrong or was slow.

    Args:
        app: what answers.
        figures: where it is counted.
        every: whether every request is logged.
    """

    def __init__(self, app: ASGIApp, figures: Figures, every: bool) -> None:
        self._app = app
        self._figures = figures
        self._every = every
        self._known: frozenset[str] = frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = _id(scope)
        scope[ID] = name
        begun = time.perf_counter()
        status = 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], (b"x-request-id", name)]}
            await send(message)

        self._figures.running += 1
        try:
            await self._app(scope, receive, sending)
        except asyncio.CancelledError:
            status = 499  # the client went away
            raise
        finally:
            self._figures.running -= 1
            taken = time.perf_counter() - begun
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self._figures.count(self._route(scope), method, status, taken)
            if self._every or status >= 500 or taken > _SLOW:
                self._log(scope, name, status, taken)

    def _route(self, scope: Scope) -> str:
        """Return the first part of the path, when a route begins so: there are few of them."""
        if not self._known:
            self._known = frozenset(_first(route) for route in scope["app"].routes)
        first = "/" + scope["path"].split("/", 2)[1]
        return first if first in self._known else "other"

    def _log(self, scope: Scope, name: bytes, status: int, taken: float) -> None:
        client = scope.get("client")
        record.log().info(
            "request",
            request_id=name.decode(),
            method=scope["method"],
            path=scope["path"],
            status=status,
            seconds=round(taken, 4),
            client=client[0] if client else "",
        )


_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})


def _first(route: Any) -> str:
    path: str = getattr(route, "path", "/api")
    first = "/" + path.split("/", 2)[1] if path.startswith("/") else ""
    return "" if "{" in first else first


def _id(scope: Scope) -> bytes:
    """Return the id that the client gives, when it is short and plain, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _GIVEN.fullmatch(value):
            return bytes(value)
    return uuid.uuid4().hex.encode()


async def show(request: Request) -> Response:
    """Answer ``/metrics``: the figures of this process for Prometheus."""
    from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(_Collector(request.scope["app"]))
    headers = {"Cache-Control": "no-store"}
    return Response(generate_latest(registry), 200, headers, CONTENT_TYPE_PLAIN_0_0_4)


class _Collector:
    """The figures as the families of metrics that Prometheus reads."""

    def __init__(self, app: Starlette) -> None:
        self._app = app

    def describe(self) -> Iterator[Any]:
        """Return nothing: the families are known when they are read."""
        return iter(())

    def collect(self) -> Iterator[Any]:
        """Yield the families."""
        from prometheus_client.core import (
            CounterMetricFamily,
            GaugeMetricFamily,
            HistogramMetricFamily,
        )

        process = str(os.getpid())
        figures: Figures = self._app.state.figures
        counted = CounterMetricFamily(
            "gcm_requests", "Requests answered.", labels=["process", "route", "method", "status"]
        )
        for (route, method, status), number in sorted(figures.requests.items()):
            counted.add_metric([process, route, method, str(status)], number)
        yield counted
        lasted = HistogramMetricFamily(
            "gcm_request_seconds", "How long they took.", labels=["process", "route"]
        )
        for route, (buckets, total) in sorted(figures.seconds.items()):
            sums = [sum(buckets[: i + 1]) for i in range(len(buckets))]
            bounds = [*map(str, _BOUNDS), "+Inf"]
            lasted.add_metric([process, route], list(zip(bounds, sums, strict=True)), total[0])
        yield lasted
        for name, meaning, value, grows in self._single(figures):
            family = CounterMetricFamily if grows else GaugeMetricFamily
            made = family(name, meaning, labels=["process"])
            made.add_metric([process], value)
            yield made
        state: State | None = getattr(self._app.state, "gcm", None)
        served = GaugeMetricFamily(
            "gcm_release", "The release that is served.", labels=["process", "digest"]
        )
        if state is not None:
            served.add_metric([process, state.digest], 1)
        yield served

    def _single(self, figures: Figures) -> Iterator[tuple[str, str, float, bool]]:
        cache = self._app.state.cache
        counters = cache.counters
        yield "gcm_requests_running", "Requests being answered now.", figures.running, False
        yield "gcm_cache_hits", "Answers taken from the cache.", counters.hits, True
        yield "gcm_cache_misses", "Answers that were not in the cache.", counters.misses, True
        yield "gcm_cache_shared", "Requests that shared an answer.", counters.shared, True
        yield "gcm_cache_evicted", "Answers dropped to make room.", counters.evicted, True
        yield "gcm_cache_bytes", "Bytes that the cache takes.", cache.held, False
        state: State | None = getattr(self._app.state, "gcm", None)
        if state is not None:
            pool = state.pool
            yield "gcm_queries_running", "Free-form queries that run.", pool.lane.running, False
            yield "gcm_queries_waiting", "Free-form queries that wait.", pool.lane.waiting, False
            if isinstance(pool, Pool):  # a remote engine has no workers here
                yield "gcm_workers_retired", "Query workers killed or retired.", pool.killed, True


ROUTES = [Route("/metrics", show)]
