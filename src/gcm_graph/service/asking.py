"""A free-form query on its way to its answer: held as a whole, or streamed when it is large."""

import hashlib
from collections.abc import AsyncIterator
from typing import Any

from starlette.responses import Response, StreamingResponse

from gcm_graph.service.cache import Entry
from gcm_graph.service.state import State
from gcm_graph.store.media import GRAPHS, SOLUTIONS, Media

HEADERS = {"Vary": "Accept", "Cache-Control": "no-cache"}
"""Headers of every answer."""

_WHOLE = 1_048_576
"""Bytes up to which an answer is whole before its status is sent."""


class Asking:
    """A query and who asks it.

    Args:
        state: what it is asked of.
        wanted: the request to the workers.
        media: what rows and what graphs are written in; either may be missing.
        client: who asks.
    """

    def __init__(
        self,
        state: State,
        wanted: dict[str, Any],
        media: tuple[Media | None, Media | None],
        client: str,
    ) -> None:
        self._state = state
        self._wanted = wanted
        self._media = media
        self._client = client
        self._begun: tuple[Media, list[bytes], AsyncIterator[bytes]] | None = None

    def key(self, text: str) -> tuple[object, ...]:
        """Return all that the answer to ``text`` varies by."""
        types = tuple(media.content_type if media else "" for media in self._media)
        wanted = self._wanted
        return (text, wanted["base"], wanted["default"], wanted["named"], *types)

    async def entry(self) -> Entry | None:
        """Return the answer when it is small enough to be held as a whole.

        Raises:
            Trouble: when there is none.
        """
        media, held, pieces = await self._begin()
        size = 0
        async for piece in pieces:
            held.append(piece)
            size += len(piece)
            if size >= _WHOLE:
                self._begun = media, held, pieces
                return None
        body = b"".join(held)
        mark = hashlib.blake2b(body, digest_size=8, key=self._state.digest[:16].encode())
        tag = f'W/"{mark.hexdigest()}"'
        return Entry(200, [], body, tag.encode(), type=media.content_type)

    async def response(self) -> Response:
        """Return an answer that nobody shares, as a stream when it is large.

        Raises:
            Trouble: when there is none.
        """
        if self._begun is None:
            entry = await self.entry()
            if entry is not None:
                return Response(entry.body, headers=HEADERS, media_type=entry.type)
        assert self._begun is not None
        media, held, pieces = self._begun
        stream = _stream(held, pieces)
        return StreamingResponse(stream, headers=HEADERS, media_type=media.content_type)

    async def _begin(self) -> tuple[Media, list[bytes], AsyncIterator[bytes]]:
        answer = await self._state.pool.run(self._wanted, self._client)
        known = (*filter(None, self._media), *SOLUTIONS, *GRAPHS)
        media = next(one for one in known if one.name == answer.media)
        return media, [], aiter(answer)


async def _stream(held: list[bytes], pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield a large answer; a query that fails half-way breaks the connection off.

    The missing last chunk tells the client that the answer is not whole.
    """
    for piece in held:
        yield piece
    try:
        async for piece in pieces:
            yield piece
    finally:
        close: Any = getattr(pieces, "aclose", None)
        if close is not None:
            await close()
