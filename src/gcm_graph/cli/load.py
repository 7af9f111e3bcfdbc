"""The command ``load``: the release on an engine of its own."""

from typing import Annotated

import typer
from rich.console import Console

from gcm_graph.cli.release import current
from gcm_graph.graph.reader import service_queries
from gcm_graph.release import manifest
from gcm_graph.service import front
from gcm_graph.settings import settings
from gcm_graph.store.client import Client
from gcm_graph.store.pool import Trouble
from gcm_graph.store.publisher import NotPublished, Publisher, bulk
from gcm_graph.store.remote import Remote


def load(
    url: Annotated[str, typer.Argument(help="Address of the engine's SPARQL query service.")],
    store: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="Address of its Graph Store Protocol, where it is not the usual one.",
        ),
    ] = "",
    isql: Annotated[
        str,
        typer.Option(
            metavar="HOST:PORT",
            help="Load into Virtuoso through its own client instead, which is faster.",
        ),
    ] = "",
    program: Annotated[str, typer.Option(help="The client of Virtuoso.")] = "isql-vt",
) -> None:
    """Publish the current release to a remote engine, for `serve --endpoint`.

    User and password are those of the settings `endpoint_user` and `endpoint_password`.
    """
    folder = current()
    used = settings().model_copy(update={"endpoint": url})
    access = front.access(used)
    client = Client(access)
    texts = service_queries(used.root)
    console = Console()
    try:
        with console.status("publishing") as status:

            def told(sent: int) -> None:
                status.update(f"{sent:,} quads sent")

            if isql:
                sent = bulk(folder, access, isql, program, told)
            else:
                rows = Remote(client, "").select(texts["graph-names"])
                held = [str(getattr(row["graph"], "value", "")) for row in rows]
                sent = Publisher(access, client.engine, store).publish(folder, held, told)
        record = Remote(client, "").select(texts["release-record"])
    except (NotPublished, Trouble) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    finally:
        client.close()
    digest = manifest.read(folder).digest
    if [getattr(row["digest"], "value", "") for row in record] != [digest]:
        typer.echo(f"{access.host} does not answer with release {digest[:16]}", err=True)
        raise typer.Exit(2)
    console.print(f"release {digest[:16]} on {access.host}: {sent:,} quads", highlight=False)
