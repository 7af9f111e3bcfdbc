"""The difference between two releases: statements added and removed, with their passages."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from gcm_graph.graph import passage, reference
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Passage, Ref, Text
from gcm_graph.namespaces import DERIVED, SOURCE, SOURCES_GRAPH
from gcm_graph.release.shelf import Release


@dataclass(frozen=True)
class Change:
    """A statement that only one of two releases makes.

    Attributes:
        added: whether the newer one makes it.
        subject: what it is about.
        relation: the property.
        value: the other thing, or a literal.
        passage: where it is said.
    """

    added: bool
    subject: Ref
    relation: Ref
    value: Ref | Text
    passage: Passage


@dataclass(frozen=True)
class Difference:
    """What changed from one release to another.

    Attributes:
        older: digest of the older one.
        newer: digest of the newer one.
        added: how many statements of passages and editors were added.
        removed: how many were removed.
        derived_added: how many derived statements were added.
        derived_removed: how many derived statements were removed.
        changes: the changes, by thing; at most as many as were asked for.
    """

    older: str
    newer: str
    added: int
    removed: int
    derived_added: int
    derived_removed: int
    changes: tuple[Change, ...]


def compare(
    older: Release, newer: Release, reader: Reader, limit: int = 1000, about: str = ""
) -> Difference:
    """Return the difference between two releases.

    Args:
        older: the release to start from.
        newer: the release to go to.
        reader: names things; usually that of the newer release.
        limit: how many changes to tell at most.
        about: IRI of a thing; only changes of which it is the subject or the value.
    """
    old, new = _lines(older.folder), _lines(newer.folder)
    gone, come = _quads(old - new), _quads(new - old)
    if about:
        gone, come = ([q for q in quads if about in _ends(q)] for quads in (gone, come))
    told = [(True, quad) for quad in come if not _derived(quad)]
    told += [(False, quad) for quad in gone if not _derived(quad)]
    told.sort(key=lambda pair: (str(pair[1].subject), str(pair[1].predicate), pair[0]))
    return Difference(
        older=older.digest,
        newer=newer.digest,
        added=sum(added for added, _ in told),
        removed=sum(not added for added, _ in told),
        derived_added=sum(map(_derived, come)),
        derived_removed=sum(map(_derived, gone)),
        changes=tuple(_change(reader, added, quad) for added, quad in told[:limit]),
    )


def _lines(folder: Path) -> set[bytes]:
    """Return the lines of the release's N-Quads; those of the merge drop out in `_quads`."""
    with (folder / "dataset.nq").open("rb") as stream:
        return set(stream)


def _quads(lines: Iterable[bytes]) -> list[ox.Quad]:
    """Return the statements that somebody made: neither the merge nor the bare passages."""
    quads = ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS)
    return [
        quad
        for quad in quads
        if isinstance(quad.graph_name, ox.NamedNode)
        and not (quad.graph_name == SOURCES_GRAPH and _is_passage(quad.subject))
    ]


def _is_passage(subject: object) -> bool:
    name = getattr(subject, "value", "")
    return name.startswith(SOURCE) and "/" in name[len(SOURCE) :]


def _derived(quad: ox.Quad) -> bool:
    return str(quad.graph_name).startswith(f"<{DERIVED}")


def _ends(quad: ox.Quad) -> set[str]:
    return {getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")}


def _change(reader: Reader, added: bool, quad: ox.Quad) -> Change:
    return Change(
        added=added,
        subject=reference.ref(reader, getattr(quad.subject, "value", str(quad.subject))),
        relation=reference.ref(reader, quad.predicate.value),
        value=reference.value(reader, quad.object),
        passage=passage.passage(reader, getattr(quad.graph_name, "value", "")),
    )
