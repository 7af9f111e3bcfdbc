"""The command ``serve``: the service on an address."""

import os
from typing import Annotated

import typer
import uvicorn

from gcm_graph.settings import settings


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8000,
) -> None:
    """Serve the current release: pages, linked data, SPARQL and the API."""
    current = settings().release / "current"
    if not current.is_dir():
        typer.echo(f"There is no release in {settings().release}: run `gcm-graph build`.", err=True)
        raise typer.Exit(2)
    os.environ.setdefault("GCM_RELEASE", str(settings().release))
    uvicorn.run(
        "gcm_graph.service.app:create_app",
        factory=True,
        host=host,
        port=port,
        log_level="info",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
