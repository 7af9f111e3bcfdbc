"""A guest release: anybody's RDF files, served as they are in place of the graph that is built.

The default graph is what the files say outside any graph; nothing is merged, derived or checked.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from gcm_graph import __version__

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_SUFFIXES = "ttl, trig, nt, nq, rdf, xml, owl, jsonld, json"


class Unreadable(Exception):
    """A file that cannot be served; the message says which and why."""


@dataclass(frozen=True)
class Source:
    """A file to serve.

    Attributes:
        path: where it is.
        graph: IRI of the graph that its triples go to; empty for the graphs of the file itself.
    """

    path: Path
    graph: str = ""

    @classmethod
    def parse(cls, text: str) -> "Source":
        """Return the source that ``FILE`` or ``GRAPH=FILE`` names.

        Raises:
            Unreadable: when there is no such file or the graph has no absolute IRI.
        """
        if Path(text).is_file():
            return cls(Path(text))
        places = [place for place, letter in enumerate(text) if letter == "="]
        for place in reversed(places):  # both an IRI and a path may hold the sign
            name, path = text[:place], Path(text[place + 1 :])
            if path.is_file():
                if not _ABSOLUTE.match(name):
                    raise Unreadable(f"“{name}” cannot name a graph: give an absolute IRI")
                return cls(path, name)
        raise Unreadable(f"{text}: there is no such file")


def write(shelf: Path, sources: Sequence[Source]) -> Path:
    """Write a release of ``sources`` below ``shelf`` and make it the current one.

    Its digest is that of the files and of the names of their graphs.

    Returns:
        The folder of the release.

    Raises:
        Unreadable: when a file is damaged or of a kind that is not known.
    """
    store = ox.Store()
    for source in sources:
        _load(store, source)
    digest = _digest(sources)
    folder = shelf / digest[:16]
    folder.mkdir(parents=True)
    store.dump(str(folder / "dataset.nq"), format=ox.RdfFormat.N_QUADS)
    named = [graph for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
    empty = [graph.value for graph in named if next(_quads(store, graph), None) is None]
    triples = sum(1 for _ in _quads(store, ox.DefaultGraph()))
    manifest = {
        "digest": digest,
        "version": __version__,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "counts": {"quads": len(store) - triples, "triples": triples},
        "empty_graphs": sorted(empty),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    (shelf / "current").symlink_to(folder.name)
    return folder


def _load(store: ox.Store, source: Source) -> None:
    form = ox.RdfFormat.from_extension(source.path.suffix.removeprefix("."))
    if form is None:
        raise Unreadable(f"{source.path}: the suffix is none of {_SUFFIXES}")
    base = source.graph or source.path.resolve().as_uri()
    try:
        if not source.graph:
            store.bulk_load(path=str(source.path), format=form, base_iri=base)
            return
        graph = ox.NamedNode(source.graph)
        store.add_graph(graph)
        quads = ox.parse(
            path=str(source.path), format=form, base_iri=base,
            without_named_graphs=True, rename_blank_nodes=True,
        )  # fmt: skip
        store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in quads)
    except (SyntaxError, ValueError, OSError) as error:
        raise Unreadable(f"{source.path}: {error}") from error


def _quads(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, None, None, graph)


def _digest(sources: Iterable[Source]) -> str:
    whole = hashlib.sha256()
    for source in sources:
        with source.path.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        whole.update(f"{content} {source.path.suffix} {source.graph}\n".encode())
    return whole.hexdigest()
