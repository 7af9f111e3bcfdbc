"""The command ``mcp``: the graph for an assistant that starts a program of its own."""

import asyncio

from gcm_graph.assistant import server
from gcm_graph.cli import release
from gcm_graph.service import edition, state
from gcm_graph.settings import settings


def mcp() -> None:
    """Serve assistants over standard input and output (Model Context Protocol, stdio)."""
    release.current()
    asyncio.run(_serve())


async def _serve() -> None:
    async with state.opened(settings()) as opened:
        await server.create(opened, edition.of(opened)).run_stdio_async()
