"""The command ``register``: enter the current release into the register of released IRIs."""

import typer

from gcm_graph.cli import release
from gcm_graph.release import manifest, register
from gcm_graph.settings import settings
from gcm_graph.store import embedded


def enter() -> None:
    """Enter the current release into the register, so that none of its IRIs can vanish later."""
    folder = release.current()
    now = register.held(embedded.load(folder))
    told = manifest.read(folder)
    added = register.write(settings().root, now, told)
    typer.echo(f"{added:,} new IRIs of {len(now):,} in release {told.digest[:16]}")
