"""The cache of answers: bytes kept under the digest of the release and all that they vary by.

A release is immutable, so an answer to the same request is the same bytes. The key holds every
header of the request that is not known to leave answers alone, so that no header can bring one
client's answer to another (cache poisoning). Requests for the same answer that come at the same
time wait for the first (single flight).

Standards: RFC 9110 (conditional requests), RFC 9111 (caching), RFC 9211 (``Cache-Status``).
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gcm_graph.service.state import CURRENT

IGNORED = frozenset(
    {
        b"cache-control", b"connection", b"dnt", b"from", b"if-none-match", b"keep-alive",
        b"pragma", b"priority", b"referer", b"save-data", b"sec-fetch-dest", b"sec-fetch-mode",
        b"sec-fetch-site", b"sec-fetch-user", b"sec-gpc", b"te", b"traceparent", b"tracestate",
        b"upgrade-insecure-requests", b"user-agent", b"x-request-id",
    }
)  # fmt: skip
"""Headers of a request that no answer depends on; every other one is part of the key."""

_APART = ("/health/", "/metrics", "/static/", "/download/", "/mcp")
"""Addresses whose answers are not of the release, or are files already."""

_HIT, _MISS = b"gcm-graph; hit", b"gcm-graph; fwd=miss"
_STATUS = b"cache-status"
_DAY = 86_400

Headers = list[tuple[bytes, bytes]]
Make = Callable[[], Awaitable["Entry | None"]]


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer as it goes out.

    Attributes:
        status: HTTP status.
        headers: its headers.
        body: its bytes.
        tag: its entity tag, or nothing.
        hit: its headers when it comes from the cache.
        type: its media type, where no headers say so.
    """

    status: int
    headers: Headers
    body: bytes
    tag: bytes
    hit: Headers = field(default_factory=list)
    type: str = ""

    @property
    def size(self) -> int:
        """Bytes that it takes, nearly."""
        return len(self.body) + sum(len(n) + len(v) + 120 for n, v in self.headers) + 600


@dataclass
class Counters:
    """What the cache has done since it was made."""

    hits: int = 0
    misses: int = 0
    shared: int = 0
    evicted: int = 0


class Cache:
    """Answers, the least used of which go when there is no room.

    Args:
        most: bytes that all answers may take; 0 keeps none.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.largest = most // 16
        self.held = 0
        self.counters = Counters()
        self._kept: OrderedDict[Hashable, Entry] = OrderedDict()
        self._flights: dict[Hashable, asyncio.Future[Entry | None]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Entry | None:
        """Return what is kept under ``key``."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            self.counters.hits += 1
        return found

    def put(self, key: Hashable, entry: Entry) -> None:
        """Keep ``entry``; the least used go to make room."""
        size = entry.size
        if size > self.largest:
            return
        old = self._kept.pop(key, None)
        self.held += size - (old.size if old else 0)
        self._kept[key] = entry
        while self.held > self.most:
            _, gone = self._kept.popitem(last=False)
            self.held -= gone.size
            self.counters.evicted += 1

    def clear(self) -> None:
        """Forget everything, as when another release is served."""
        self._kept.clear()
        self.held = 0

    async def once(self, key: Hashable, make: Make) -> Entry | None:
        """Return what is kept under ``key``, else what ``make`` gives to all who ask meanwhile.

        Args:
            key: what is asked for.
            make: makes the answer; ``None`` when it is too large to be kept. What it raises is
                raised for all who wait.

        Returns:
            The answer; ``None`` when each has to make its own.
        """
        found = self.get(key)
        if found is not None:
            return found
        flight = self.flight(key)
        if flight is not None:
            self.counters.shared += 1
            return await asyncio.shield(flight)
        self.begin(key)
        made: Entry | None = None
        try:
            made = await make()
        except Exception as error:
            flight = self._flights.pop(key)
            flight.set_exception(error)
            flight.exception()  # nobody may be waiting for it
            raise
        finally:
            self.land(key, made)
        if made is not None:
            self.put(key, made)
        return made

    def flight(self, key: Hashable) -> "asyncio.Future[Entry | None] | None":
        """Return the flight that makes this answer now; ``None`` when there is none."""
        return self._flights.get(key)

    def begin(self, key: Hashable) -> None:
        """Say that this answer is being made."""
        self._flights[key] = asyncio.get_running_loop().create_future()

    def land(self, key: Hashable, entry: Entry | None) -> None:
        """Give the answer to all who wait for it; ``None`` lets each make its own."""
        flight = self._flights.pop(key, None)
        if flight is not None and not flight.done():
            flight.set_result(entry)


def key_of(scope: Scope, digest: str) -> Hashable:
    """Return the key of the answer to a request: whatever it may vary by.

    The day is part of it, because citations say when something was looked at.
    """
    return (
        digest,
        scope["method"],
        scope["scheme"],
        scope.get("root_path", ""),
        scope["path"],
        scope["query_string"],
        tuple((name, value) for name, value in scope["headers"] if name not in IGNORED),
        int(time.time()) // _DAY,
    )


class Cached:
    """ASGI middleware: answers GET and HEAD of a release from the cache, and fills it."""

    def __init__(self, app: ASGIApp, cache: Cache) -> None:
        self._app = app
        self._cache = cache

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        state = getattr(scope["app"].state, "gcm", None) if scope["type"] == "http" else None
        if state is not None:
            scope[CURRENT] = state  # a successor answers only what comes after it
        apart = scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}
        if state is None or apart or not self._cache.most or scope["path"].startswith(_APART):
            await self._app(scope, receive, send)
            return
        key = key_of(scope, state.digest)
        entry = self._cache.get(key)
        if entry is None and (flight := self._cache.flight(key)) is not None:
            entry = await asyncio.shield(flight)
            if entry is not None:
                self._cache.counters.shared += 1
            else:
                await self._app(scope, receive, send)
                return
        if entry is not None:
            await _send(entry, entry.hit, scope, send)
            return
        self._cache.counters.misses += 1
        self._cache.begin(key)
        asked = {**scope, "headers": [h for h in scope["headers"] if h[0] != b"if-none-match"]}
        answer = _Answer(self._cache, key, scope, send)
        try:
            await self._app(asked, receive, answer.send)
        finally:
            answer.end()


class _Answer:
    """An answer while it is made: held until it is whole, or too large to keep."""

    def __init__(self, cache: Cache, key: Hashable, scope: Scope, send: Send) -> None:
        self._cache = cache
        self._key = key
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._pieces: list[bytes] = []
        self._size = 0

    async def send(self, message: Message) -> None:
        """Take one message of the answer."""
        if message["type"] == "http.response.start" and self._start is None and self._pieces == []:
            self._start = message
            return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        body = message.get("body", b"")
        self._pieces.append(body)
        self._size += len(body)
        if not message.get("more_body", False):
            await self._whole(self._start)
        elif self._size > self._cache.largest:
            self._cache.land(self._key, None)
            start, self._start = self._start, None
            await self._send(start)
            body = b"".join(self._pieces)
            await self._send({"type": "http.response.body", "body": body, "more_body": True})

    async def _whole(self, start: Message) -> None:
        self._start = None
        headers: Headers = [(bytes(n).lower(), bytes(v)) for n, v in start["headers"]]
        said = dict(headers)
        entry = Entry(
            status=start["status"],
            headers=[*headers, (_STATUS, _MISS)],
            body=b"".join(self._pieces),
            tag=said.get(b"etag", b""),
            hit=[*headers, (_STATUS, _HIT)],
        )
        if _may_be_kept(entry.status, said):
            self._cache.put(self._key, entry)
        self._cache.land(self._key, entry if b"set-cookie" not in said else None)
        await _send(entry, entry.headers, self._scope, self._send)

    def end(self) -> None:
        """Let nobody wait for an answer that did not come."""
        self._cache.land(self._key, None)


def _may_be_kept(status: int, said: dict[bytes, bytes]) -> bool:
    """Tell whether an answer may be given to the next who asks the same (RFC 9111, 3)."""
    control = said.get(b"cache-control", b"")
    forbidden = b"no-store" in control or b"private" in control
    return status == 200 and not forbidden and b"set-cookie" not in said


async def _send(entry: Entry, headers: Headers, scope: Scope, send: Send) -> None:
    """Send an answer with ``headers``, or 304 when the client holds it."""
    if entry.tag and entry.status == 200:
        for name, value in scope["headers"]:
            if name == b"if-none-match" and _holds(value, entry.tag):
                headers = [h for h in headers if h[0] not in {b"content-length", b"content-type"}]
                await send({"type": "http.response.start", "status": 304, "headers": headers})
                await send({"type": "http.response.body", "body": b""})
                return
    await send({"type": "http.response.start", "status": entry.status, "headers": headers})
    await send({"type": "http.response.body", "body": entry.body})


def _holds(asked: bytes, tag: bytes) -> bool:
    """Tell whether ``If-None-Match`` names the tag (weak comparison, RFC 9110, 8.8.3.2)."""
    bare = tag.removeprefix(b"W/")
    held = {item.strip().removeprefix(b"W/") for item in asked.split(b",")}
    return b"*" in held or bare in held
