"""The limits of a request: what is refused before any part of the service looks at it.

Standards: RFC 9110 (HTTP semantics: 408, 413, 414, 415, 421), RFC 9112, section 3.2 (``Host``),
RFC 6585 (431). A body is taken in whole, within its limits of size and time, before a worker or
a reader is held for it; so a slow or large body costs its own connection only.
"""

import asyncio
import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gcm_graph.service import problem
from gcm_graph.service.problem import Problem
from gcm_graph.settings import Settings

JSON_DEPTH = 100
"""How deep lists and objects of a JSON body may be nested."""

HEADER_LINES = 100
"""How many lines the header of a request may have."""

_HOST = re.compile(rb"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_TEXT = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_NUMBER = re.compile(rb"[0-9]{4000}")
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_BODILESS = {"GET", "HEAD", "OPTIONS"}
_CLOSE = {"Connection": "close"}


class Limits:
    """ASGI middleware that refuses what is beyond the limits, with a problem document.

    Args:
        app: what answers the requests that are within them.
        settings: the limits.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._hosts = {name.strip().lower() for name in settings.hosts.split(",") if name.strip()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            self._check(scope)
            if scope["method"] not in _BODILESS:
                receive = await self._taken(scope, receive)
        except Problem as refused:
            await problem.respond(Request(scope), refused)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        """Let a request pass whose address and header are within the limits.

        Raises:
            Problem: 400, 413, 414, 415, 421 or 431.
        """
        headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
        self._check_address(scope)
        size = lines = 0
        hosts: list[bytes] = []
        for name, value in headers:
            size += len(name) + len(value) + 4
            lines += 1
            if name == b"host":
                hosts.append(value)
            elif name == b"content-length" and int(value) > self._settings.request_bytes:
                raise too_large(self._settings.request_bytes)
            elif name == b"content-encoding" and value.strip().lower() not in {b"", b"identity"}:
                said = value.decode("latin-1")[:40]
                detail = f"Send the body as it is, not compressed (“{said}”)."
                raise Problem(415, detail, "encoding", {"Accept-Encoding": "identity", **_CLOSE})
        if size > self._settings.header_bytes or lines > HEADER_LINES:
            detail = (
                f"The header is larger than {self._settings.header_bytes:,} bytes "
                f"(`header_bytes`) or {HEADER_LINES} lines."
            )
            raise Problem(431, detail, "header-too-large", _CLOSE)
        self._check_host(scope, hosts)

    def _check_address(self, scope: Scope) -> None:
        path: bytes = scope.get("raw_path") or scope["path"].encode()
        limit = self._settings.address_bytes
        if len(path) + len(scope["query_string"]) > limit:
            detail = (
                f"The address is longer than {limit:,} bytes (`address_bytes`); send a long query "
                "with POST, in the body."
            )
            raise Problem(414, detail, "address-too-long", _CLOSE)
        try:
            text = unquote_to_bytes(path).decode("utf-8")
        except UnicodeDecodeError:
            text = "\x00"
        if _CONTROL.search(text):
            detail = "The path is not UTF-8 text without control characters, percent-encoded."
            raise Problem(400, detail, "address")

    def _check_host(self, scope: Scope, hosts: list[bytes]) -> None:
        if not hosts and scope["http_version"] == "1.0":
            return
        if len(hosts) != 1 or not _HOST.fullmatch(hosts[0]):
            detail = "Send exactly one `Host` header, with a name or an address and perhaps a port."
            raise Problem(400, detail, "host", _CLOSE)
        name = re.sub(r":\d+\Z", "", hosts[0].decode("ascii").lower())
        if self._hosts and name not in self._hosts and not scope["path"].startswith("/health/"):
            detail = "This service is not known under the name in `Host` (`hosts`)."
            raise Problem(421, detail, "host", _CLOSE)

    async def _taken(self, scope: Scope, receive: Receive) -> Receive:
        """Take in the body and return what hands it on.

        Raises:
            Problem: 400 for JSON that is nested too deeply, 408, 413.
        """
        limit, seconds = self._settings.request_bytes, self._settings.body_seconds
        body = bytearray()
        gone = False
        try:
            async with asyncio.timeout(seconds):
                more = True
                while more and not gone:
                    message = await receive()
                    gone = message["type"] == "http.disconnect"
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(body) > limit:
                        raise too_large(limit)
        except TimeoutError as error:
            detail = f"The body was not whole after {seconds:g} s (`body_seconds`)."
            raise Problem(408, detail, "slow", _CLOSE) from error
        kind = dict(scope["headers"]).get(b"content-type", b"").lower()
        if b"json" in kind and nesting(body) > JSON_DEPTH:
            detail = f"The JSON is nested more than {JSON_DEPTH} deep."
            raise Problem(400, detail, "nesting")
        if b"json" in kind and _NUMBER.search(body):
            raise Problem(400, "The JSON has a number of too many digits.", "number")
        held: list[Message] = [{"type": "http.request", "body": bytes(body), "more_body": gone}]

        async def handing() -> Message:
            return held.pop() if held else await receive()

        return handing


def too_large(limit: int) -> Problem:
    """Return what a body of more than ``limit`` bytes is answered with."""
    detail = f"The body is larger than {limit:,} bytes (`request_bytes`)."
    return Problem(413, detail, "body-too-large", _CLOSE)


def nesting(text: bytes | bytearray) -> int:
    """Return how deep lists and objects of a JSON text are nested, well-formed or not."""
    deepest = depth = 0
    for bracket in _TEXT.sub(b"", text).translate(None, _NO_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest
