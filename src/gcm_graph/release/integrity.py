"""The integrity of a release: its dataset is the one that its digest names."""

import hashlib
import json
from pathlib import Path

from gcm_graph.release import manifest

DATASET = "dataset.nq"


class Damaged(Exception):
    """A release cannot be served: a file is missing, unreadable or not what it was."""


def check(release: Path) -> None:
    """Let a built release pass whose dataset is whole.

    Args:
        release: its folder.

    Raises:
        Damaged: when it is not; the message says which file, and what to do.
    """
    mend = "build it again (`gcm-graph build`), or let `current` point to another release"
    try:
        told = manifest.read(release)
    except (OSError, json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise Damaged(f"{release / manifest.FILE} cannot be read ({error!r}): {mend}") from error
    path = release / DATASET
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise Damaged(f"{path} cannot be read ({error.strerror}): {mend}") from error
    if digest != told.digest:
        raise Damaged(f"{path} is not the file that {manifest.FILE} names by its digest: {mend}")
