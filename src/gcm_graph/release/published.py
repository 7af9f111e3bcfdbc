"""A published release: what an engine holds, and a folder for what it says of itself."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from gcm_graph.release import manifest, shelf
from gcm_graph.store.client import Client
from gcm_graph.store.remote import Remote

RECORD = "release-record"
"""The query that asks an engine which release it holds."""


def place(client: Client, texts: Mapping[str, str], kept: Path, made: Path) -> Path:
    """Return a shelf whose current release is the one that an engine holds.

    That is the shelf of this machine when it holds that release, with its files; else a new one
    with the manifest only. An engine that holds somebody else's data has no manifest; its digest
    is of its address and of now, so that no answer outlives the service.

    Args:
        client: reaches the engine.
        texts: the service's queries by name.
        kept: shelf of this machine.
        made: empty folder for a new shelf.

    Raises:
        Trouble: when the engine gives no answer.
    """
    rows = Remote(client, "").select(texts[RECORD])
    if not rows:
        now = datetime.now(UTC).isoformat()
        digest = hashlib.sha256(f"{client.access.url} {now}".encode()).hexdigest()
        return _written(made, digest, json.dumps({"digest": digest}))
    told = str(getattr(rows[0]["manifest"], "value", ""))
    digest = str(getattr(rows[0]["digest"], "value", ""))
    current = kept / "current"
    if (current / manifest.FILE).exists() and manifest.read(current).digest == digest:
        return kept
    try:
        return _written(made, digest, shelf.find(kept, digest).folder)
    except shelf.NoSuchRelease:
        return _written(made, digest, told)


def _written(made: Path, digest: str, told: str | Path) -> Path:
    folder = made / digest[:16]
    if isinstance(told, Path):
        folder.symlink_to(told.resolve())
    else:
        folder.mkdir()
        (folder / manifest.FILE).write_text(told, encoding="utf-8")
    (made / "current").symlink_to(folder.name)
    return made
