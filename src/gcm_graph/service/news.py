"""News: the latest documents that the graph rests on, and what the release changed."""

from dataclasses import dataclass
from pathlib import Path

from gcm_graph.graph import source
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Source
from gcm_graph.release import difference, shelf
from gcm_graph.release.difference import Difference

NEWEST = 5
"""Documents that are named as the latest."""

_DAY = len("2018-12-19")


@dataclass(frozen=True)
class News:
    """What is new in a release.

    Attributes:
        latest: the latest decisions, reports and records that carry a symbol and a day, the
            latest first.
        changed: how many statements changed since the release before; ``None`` when this is the
            first one that is kept.
    """

    latest: tuple[Source, ...]
    changed: Difference | None


def read(reader: Reader, release: Path, digest: str) -> News:
    """Return the news of the release in ``release``."""
    dated = [
        one
        for one in source.list_sources(reader)
        if one.kind == "primary" and one.ref.identifier and len(one.date) == _DAY
    ]
    dated.sort(key=lambda one: one.date, reverse=True)
    try:
        served = shelf.find(release.parent, digest)
    except shelf.NoSuchRelease:
        return News(tuple(dated[:NEWEST]), None)
    last = shelf.before(release.parent, served)
    changed = difference.compare(last, served, reader, limit=0) if last else None
    return News(tuple(dated[:NEWEST]), changed)
