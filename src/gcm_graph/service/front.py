"""The service in front of a remote engine: the same pages and answers, with the data elsewhere."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gcm_graph.graph.reader import open_reader, service_queries
from gcm_graph.release import manifest
from gcm_graph.service.state import State, limits
from gcm_graph.settings import Settings
from gcm_graph.store.client import Access, Client
from gcm_graph.store.pool import Trouble
from gcm_graph.store.relay import Relay
from gcm_graph.store.remote import Remote


def access(settings: Settings) -> Access:
    """Return how the endpoint of the settings is reached."""
    return Access(
        url=settings.endpoint,
        user=settings.endpoint_user,
        password=settings.endpoint_password.get_secret_value(),
        seconds=settings.endpoint_seconds,
        connections=settings.endpoint_connections,
        retries=settings.endpoint_retries,
    )


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[State]:
    """Open the release that the endpoint of the settings holds; close it at the end.

    Raises:
        FileNotFoundError: when the shelf has no manifest for it.
        Trouble: when the engine gives no answer.
    """
    release = (settings.release / "current").resolve(strict=True)
    client = Client(access(settings))
    texts = service_queries(settings.root)
    lane = Relay(client, limits(settings), texts["graph-known"])
    try:
        store = Remote(client, manifest.read(release).digest)
        reader = await asyncio.to_thread(open_reader, store, "en", settings.root, texts)
        state = State(settings, release, reader, lane)
        warming = asyncio.create_task(asyncio.to_thread(_warm, state))
        yield state
        await asyncio.wait([warming])
    finally:
        await lane.stop()
        client.close()


def _warm(state: State) -> None:
    """Make what the first answers did without; an engine that is away now is asked again then."""
    with contextlib.suppress(Trouble):
        len(state.search.names)
        len(state.catalogue)
