"""A connection: bounded in the size of its header, in time, and in number.

uvicorn reads a request's header without limits of size or time; this adds them, since they can
only be kept where the bytes come in. Standards: RFC 9112 (HTTP/1.1), RFC 6585 (431).
"""

import asyncio
from http import HTTPStatus
from typing import Any

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from gcm_graph.service.header import COMMON
from gcm_graph.settings import settings


class Connection(HttpToolsProtocol):
    """One connection of a client; given to uvicorn as its ``http`` protocol."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        held = settings()
        self._most = held.address_bytes + held.header_bytes
        self._head_seconds = held.header_seconds
        self._stall_seconds = held.answer_seconds
        self._connections = held.connections
        self._in_head = False
        self._head = 0
        self._clock: asyncio.TimerHandle | None = None
        self._stall: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take up a connection; one too many is told so and closed."""
        super().connection_made(transport)
        if len(self.connections) > self._connections:
            self._refuse(503, "Too many connections are open; try again in a moment.", "busy")
            return
        self._wind()

    def data_received(self, data: bytes) -> None:
        """Take what has come in; a header that grows beyond the limit ends the connection."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        if self._in_head:
            self._head += len(data)
            if self._head > self._most:
                detail = f"The header is larger than {self._most:,} bytes."
                self._refuse(431, detail, "header-too-large")
        idle = self.cycle is None or self.cycle.response_complete
        if self._clock is None and idle and not self.transport.is_closing():
            self._wind()  # bytes that begin no request, or the rest of a body nobody reads

    def on_message_begin(self) -> None:
        """A request begins: its header has its time from here."""
        self._in_head = True
        self._head = 0
        super().on_message_begin()
        if self._clock is None:
            self._wind()

    def on_headers_complete(self) -> None:
        """The header is whole."""
        self._in_head = False
        self._stop()
        super().on_headers_complete()

    def pause_writing(self) -> None:
        """The client does not take what it is sent: it has some time to go on."""
        super().pause_writing()
        if self._stall is None:
            self._stall = self.loop.call_later(self._stall_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has taken what was waiting."""
        self._unstall()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is closed."""
        self._stop()
        self._unstall()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is not HTTP."""
        self._refuse(400, f"{msg} See RFC 9112 for what is well-formed.", "malformed")

    def _wind(self) -> None:
        self._stop()
        self._clock = self.loop.call_later(self._head_seconds, self._late)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _unstall(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None

    def _late(self) -> None:
        self._clock = None
        if self.transport.is_closing():
            return
        if self._in_head:
            detail = f"The header was not whole after {self._head_seconds:g} s (`header_seconds`)."
            self._refuse(408, detail, "slow")
        else:
            self.transport.close()

    def _refuse(self, status: int, detail: str, reason: str) -> None:
        """Answer with a problem document (RFC 9457) and close the connection."""
        self._stop()
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:
            title = HTTPStatus(status).phrase
            told = {"title": title, "status": status, "detail": detail}
            body = orjson.dumps({"type": f"urn:problem:gcm-graph:{reason}", **told})
            headers = {
                "Content-Type": "application/problem+json",
                "Content-Length": str(len(body)),
                "Connection": "close",
                "Cache-Control": "no-store",
                **({"Retry-After": "5"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}),
                **COMMON,
            }
            lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            self.transport.write(f"HTTP/1.1 {status} {title}\r\n{lines}\r\n".encode() + body)
        self.transport.close()
