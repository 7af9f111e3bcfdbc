"""A release: one immutable folder with the dataset, its digest and its counts."""

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from gcm_graph.namespaces import DERIVED, RDF_TYPE, SOURCE, gcm


def counts(quads: Sequence[ox.Quad], merged: int) -> dict[str, int]:
    """Return the figures of a release: quads, triples, passages, sources, derived statements."""
    types = Counter(q.object for q in quads if q.predicate == RDF_TYPE)
    names = [q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode)]
    return {
        "quads": len(quads),
        "triples": merged,
        "passages": len({name for name in names if name.startswith(SOURCE)}),
        "sources": types[gcm("Source")],
        "derived": sum(name.startswith(DERIVED) for name in names),
    }


def write(out: Path, quads: Sequence[ox.Quad], version: str) -> tuple[str, dict[str, int]]:
    """Write a release below ``out`` and make it the current one.

    The default graph of ``dataset.nq`` is the merge: each distinct statement once. The folder
    is named by the digest of the sorted N-Quads; ``current`` is switched last, in one step.

    Returns:
        The digest (SHA-256, hexadecimal) and the counts.
    """
    named = {f"{q} .\n" for q in quads}
    merge = {f"{ox.Triple(q.subject, q.predicate, q.object)} .\n" for q in quads}
    lines = "".join(sorted(named | merge)).encode()
    digest = hashlib.sha256(lines).hexdigest()
    figures = counts(list(set(quads)), len(merge))
    out.mkdir(parents=True, exist_ok=True)
    partial = out / f".{digest[:16]}.{os.getpid()}"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    (partial / "dataset.nq").write_bytes(lines)
    manifest = {"digest": digest, "version": version, "counts": figures}
    (partial / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    final = out / digest[:16]
    if final.exists():
        shutil.rmtree(partial)
    else:
        partial.rename(final)
    link = out / f".current.{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(final.name)
    link.replace(out / "current")
    return digest, figures
