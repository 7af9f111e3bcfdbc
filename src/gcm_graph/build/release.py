"""A release: one immutable folder with the dataset, its digest, its counts and its description."""

import gzip
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from gcm_graph.build import description, preparation
from gcm_graph.build.description import Distribution, Version
from gcm_graph.namespaces import (
    DERIVED,
    DISAGREEMENTS_GRAPH,
    ID,
    ONTOLOGY_GRAPH,
    PREFIXES,
    RDF_TYPE,
    SOURCE,
    gcm,
)
from gcm_graph.terms import curie


@dataclass(frozen=True)
class Release:
    """A release that was written.

    Attributes:
        folder: where it is.
        digest: SHA-256 of ``dataset.nq``, hexadecimal.
        counts: its figures.
        classes: how many things there are of each class, by prefixed name.
    """

    folder: Path
    digest: str
    counts: dict[str, int]
    classes: dict[str, int]


def disagreements(quads: Iterable[ox.Quad]) -> int:
    """Return how many disagreements ``quads`` list."""
    return sum(
        q.predicate == RDF_TYPE and q.graph_name == DISAGREEMENTS_GRAPH
        and q.object == gcm("Disagreement")
        for q in quads
    )  # fmt: skip


def counts(quads: Collection[ox.Quad], merge: Collection[ox.Triple]) -> dict[str, int]:
    """Return the figures of a release.

    Returns:
        ``quads`` of the named graphs, distinct ``triples`` of the merge, ``passages``,
        ``sources``, ``entities`` (things of this graph's own), ``disagreements``, ``derived``.
    """
    names = [q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode)]
    source = gcm("Source")
    return {
        "quads": len(quads),
        "triples": len(merge),
        "passages": len({name for name in names if name.startswith(SOURCE)}),
        "sources": sum(t.predicate == RDF_TYPE and t.object == source for t in merge),
        "entities": sum(classes(quads).values()),
        "disagreements": disagreements(quads),
        "derived": sum(name.startswith(DERIVED) for name in names),
    }


def classes(quads: Iterable[ox.Quad]) -> dict[str, int]:
    """Return how many things there are of each class that editors or passages gave them."""
    typed = {
        (q.subject.value, q.object.value)
        for q in quads
        if q.predicate == RDF_TYPE
        and isinstance(q.subject, ox.NamedNode)
        and isinstance(q.object, ox.NamedNode)
        and q.subject.value.startswith(ID)
        and q.graph_name not in (DISAGREEMENTS_GRAPH, ONTOLOGY_GRAPH)
        and not str(q.graph_name).startswith(f"<{DERIVED}")
    }
    return dict(sorted(Counter(curie(kind) for _, kind in typed).items()))


def write(out: Path, quads: Iterable[ox.Quad], merge: Iterable[ox.Triple], version: str) -> Release:
    """Write a release below ``out`` and make it the current one.

    The folder is named by the digest of the sorted N-Quads, which does not depend on the time;
    a release that is there already is left as it is. ``current`` is switched last, in one step.

    Args:
        out: folder of releases; made if need be.
        quads: the statements of the named graphs.
        merge: the statements of the default graph.
        version: version of the software that writes.

    Returns:
        The release.
    """
    named, merged = sorted(set(quads), key=str), sorted(set(merge), key=str)
    lines = "".join(sorted({f"{statement} .\n" for statement in [*named, *merged]})).encode()
    digest = hashlib.sha256(lines).hexdigest()
    made = Release(out / digest[:16], digest, counts(named, merged), classes(named))
    if not (made.folder / "manifest.json").exists():
        out.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        partial = out / f".{digest[:16]}.{os.getpid()}"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        try:
            stamp = Version(digest, version, _now(), _current(out))
            _fill(partial, made, _files(lines, named, merged), merged, stamp)
            preparation.prepare(partial)
            _settle(partial)
            shutil.rmtree(made.folder, ignore_errors=True)
            partial.rename(made.folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    elif not preparation.prepared_now(made.folder):
        preparation.prepare(made.folder)
    link = out / f".current.{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(made.folder.name)
    link.replace(out / "current")
    return made


def _sweep(out: Path) -> None:
    """Remove what builds left behind that were killed: folders and links of processes now gone."""
    for path in out.glob(".*.*"):
        number = path.name.rpartition(".")[2]
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            if path.is_symlink():
                path.unlink(missing_ok=True)
            else:
                shutil.rmtree(path, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Have everything in ``folder`` on the disk (fsync(2)), so that no power cut can halve it."""
    for path in (*folder.iterdir(), folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _current(out: Path) -> str:
    """Return the digest of the release below ``out`` that is current, or nothing."""
    told = out / "current" / "manifest.json"
    return str(json.loads(told.read_text(encoding="utf-8"))["digest"]) if told.exists() else ""


def _files(
    lines: bytes, named: list[ox.Quad], merged: list[ox.Triple]
) -> dict[str, tuple[bytes, str]]:
    """Return name, content and media type of the files that hold the statements."""
    turtle = ox.serialize(merged, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    by_graph = sorted(named, key=lambda quad: (str(quad.graph_name), str(quad)))
    trig = ox.serialize(by_graph, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
    assert turtle is not None
    assert trig is not None
    triples = "".join(f"{triple} .\n" for triple in merged).encode()
    return {
        "dataset.nq": (lines, "application/n-quads"),
        "dataset.trig": (trig, "application/trig"),
        "graph.nt": (triples, "application/n-triples"),
        "graph.ttl": (turtle, "text/turtle"),
    }


def _fill(
    folder: Path,
    made: Release,
    files: dict[str, tuple[bytes, str]],
    merged: list[ox.Triple],
    version: Version,
) -> None:
    distributions = []
    for name, (content, media_type) in files.items():
        packed = gzip.compress(content, compresslevel=6, mtime=0)
        for suffix, written in (("", content), (".gz", packed)):
            (folder / (name + suffix)).write_bytes(written)
            checksum = hashlib.sha256(written).hexdigest()
            distributions.append(
                Distribution(name + suffix, media_type, bool(suffix), len(written), checksum)
            )
    void = description.describe(merged, distributions, version)
    (folder / "void.ttl").write_bytes(void)
    manifest = {
        "digest": made.digest,
        "version": version.software,
        "built": version.built,
        "counts": made.counts,
        "classes": made.classes,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
