"""Frames between the service and a worker: one letter, four bytes of length, the payload.

From the service: ``Q`` (a query, JSON). From the worker: ``R`` (ready), ``M`` (short name of the
representation), ``D`` (a piece of the answer), ``E`` (an error, JSON), ``F`` (the end).
"""

import struct
from typing import Protocol

HEADER = struct.Struct(">cI")


class Pipe(Protocol):
    """The part of a socket that frames need."""

    def sendall(self, data: bytes, /) -> None:
        """Send all of ``data``."""
        ...

    def recv(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes; empty at the end of the stream."""
        ...


def pack(kind: bytes, payload: bytes = b"") -> bytes:
    """Return one frame."""
    return HEADER.pack(kind, len(payload)) + payload


def receive(pipe: Pipe) -> tuple[bytes, bytes] | None:
    """Return the next frame, or ``None`` when the other side is gone."""
    head = _exactly(pipe, HEADER.size)
    if head is None:
        return None
    kind, size = HEADER.unpack(head)
    payload = _exactly(pipe, size)
    return None if payload is None else (kind, payload)


def _exactly(pipe: Pipe, size: int) -> bytes | None:
    pieces: list[bytes] = []
    while size:
        piece = pipe.recv(size)
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


class FrameWriter:
    """A binary file that sends what is written to it as ``D`` frames, up to a limit.

    Args:
        pipe: where the frames go.
        limit: bytes of an answer; `TooLarge` is raised beyond it.
    """

    def __init__(self, pipe: Pipe, limit: int) -> None:
        self._pipe = pipe
        self._left = limit
        self._pieces: list[bytes] = []
        self._held = 0

    def write(self, data: bytes) -> int:
        """Take ``data``; send when enough has come together.

        Raises:
            TooLarge: when the answer is over the limit.
        """
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge
        self._pieces.append(bytes(data))
        self._held += len(data)
        if self._held >= 65_536:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Send what is held."""
        if self._pieces:
            self._pipe.sendall(pack(b"D", b"".join(self._pieces)))
            self._pieces.clear()
            self._held = 0


class TooLarge(Exception):
    """The answer has more bytes than an answer may have."""
