"""The command ``serve``: the service on an address."""

import os
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer

from gcm_graph.release import guest, integrity
from gcm_graph.settings import settings
from gcm_graph.store import launch


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8000,
    workers: Annotated[
        int,
        typer.Option(help="Processes that serve, each with a cache and query workers.", min=1),
    ] = 1,
    data: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="An RDF file to serve instead of the release, or GRAPH=FILE to put it into a "
            "named graph; may be repeated.",
        ),
    ] = None,
    endpoint: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="A SPARQL 1.1 query service that holds the release (see `load`), to be served "
            "instead of the one on this machine.",
        ),
    ] = None,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE", help="Further files after --data.")
    ] = None,
) -> None:
    """Serve the current release, or any RDF files: pages, linked data, SPARQL and the API."""
    if files and not data:
        raise typer.BadParameter("files are served with --data FILE")
    endpoint = endpoint or settings().endpoint
    if data and endpoint:
        raise typer.BadParameter("serve either files or an endpoint")
    if endpoint:
        with _published(endpoint) as shelf:
            _run(shelf, host, port, workers)
        return
    if data:
        with _guest([*data, *(files or ())]) as shelf:
            _run(shelf, host, port, workers)
        return
    shelf = settings().release
    if not (shelf / "current").is_dir():
        typer.echo(f"There is no release in {shelf}: run `gcm-graph build`.", err=True)
        raise typer.Exit(2)
    try:
        integrity.check((shelf / "current").resolve())
    except integrity.Damaged as damaged:
        typer.echo(str(damaged), err=True)
        raise typer.Exit(2) from damaged
    _run(shelf, host, port, workers)


@contextmanager
def _guest(files: Sequence[str]) -> Iterator[Path]:
    """Yield a folder with a release of ``files``; it is gone at the end."""
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        with tempfile.TemporaryDirectory(prefix="gcm-graph-") as folder:
            guest.write(Path(folder), [guest.Source.parse(file) for file in files])
            yield Path(folder)
    except guest.Unreadable as unreadable:
        typer.echo(str(unreadable), err=True)
        raise typer.Exit(2) from unreadable
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _published(endpoint: str) -> Iterator[Path]:
    """Yield a folder for the release that ``endpoint`` holds; it is gone at the end."""
    from gcm_graph.graph.reader import service_queries
    from gcm_graph.release import published
    from gcm_graph.service import front
    from gcm_graph.store.client import Client
    from gcm_graph.store.pool import Trouble

    os.environ["GCM_ENDPOINT"] = endpoint
    settings.cache_clear()
    used = settings()
    before = signal.signal(signal.SIGTERM, _leave)
    client = Client(front.access(used))
    try:
        with tempfile.TemporaryDirectory(prefix="gcm-graph-") as folder:
            texts = service_queries(used.root)
            yield published.place(client, texts, used.release, Path(folder))
    except Trouble as trouble:
        typer.echo(str(trouble), err=True)
        raise typer.Exit(2) from trouble
    finally:
        client.close()
        signal.signal(signal.SIGTERM, before)


def _leave(number: int, _: object) -> None:
    """End by an exception, so that what was made for this run is removed."""
    raise SystemExit(128 + number)


def _run(shelf: Path, host: str, port: int, workers: int) -> None:
    os.environ["GCM_RELEASE"] = str(shelf)
    settings.cache_clear()
    if workers == 1 and not settings().endpoint:
        launch.ahead((shelf / "current").resolve(strict=True), settings().worker_memory)
    import uvicorn  # while the workers' parent loads the release

    config = uvicorn.Config(
        "gcm_graph.service.app:create_app",
        factory=True,
        http="gcm_graph.service.connection:Connection",
        host=host,
        port=port,
        workers=workers,
        log_level="info",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings().shutdown_seconds,
    )
    if workers == 1:
        with suppress(KeyboardInterrupt):  # that is how the service is stopped
            uvicorn.Server(config).run()
        return
    from gcm_graph.cli.processes import Processes

    Processes(config, [config.bind_socket()]).run()
