"""A worker: answers one free-form query after another, and can be killed at any moment."""

import json
import os
import re
import resource
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from gcm_graph.store import media
from gcm_graph.store.frame import FrameWriter, Pipe, TooLarge, pack, receive
from gcm_graph.store.media import GRAPHS, SOLUTIONS, Media

_PLACE = re.compile(r"at (\d+):(\d+)")


class Failure(Exception):
    """A query that has no answer.

    Attributes:
        reason: short name that the service turns into a problem document.
    """

    def __init__(self, reason: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.reason = reason
        self.more = more


def confine(memory: int) -> None:
    """Take from this process what a query does not need (setrlimit(2)).

    Args:
        memory: bytes that it may allocate beyond what it holds now; 0 for no limit.

    No new descriptor can be opened afterwards, so that no query can reach a network or a file.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        ceiling = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    descriptors = max(int(name) for name in os.listdir("/proc/self/fd"))
    resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))


def run(store: ox.Store, pipe: Pipe) -> None:
    """Answer queries from ``pipe`` until the other side closes it."""
    pipe.sendall(pack(b"R", str(os.getpid()).encode()))
    while (frame := receive(pipe)) is not None:
        request = json.loads(frame[1])
        try:
            _answer(store, pipe, request)
        except Failure as failure:
            body = {"reason": failure.reason, "detail": str(failure), **failure.more}
            pipe.sendall(pack(b"E", json.dumps(body).encode()))
        else:
            pipe.sendall(pack(b"F"))


def _answer(store: ox.Store, pipe: Pipe, request: dict[str, Any]) -> None:
    dataset = Dataset.of(store, request.get("default"), request.get("named"))
    try:
        found = dataset.store.query(
            request["query"], base_iri=request.get("base"), **dataset.options
        )
        shape = _representation(found, request)
        pipe.sendall(pack(b"M", shape.name.encode()))
        writer = FrameWriter(pipe, request["bytes"])
        if isinstance(found, ox.QueryTriples):
            ox.serialize(found, writer, format=shape.engine, prefixes=_prefixes(shape, request))  # type: ignore[arg-type]
        else:
            found.serialize(writer, format=shape.engine)  # type: ignore[arg-type]
        writer.flush()
    except SyntaxError as error:
        place = _PLACE.search(str(error))
        at = {"line": int(place[1]), "column": int(place[2])} if place else {}
        raise Failure("syntax", str(error), **at) from error
    except TooLarge as error:
        limit = f"The answer is over the limit of {request['bytes']:,} bytes (`answer_bytes`)."
        raise Failure("answer-too-large", limit) from error
    except MemoryError as error:
        raise Failure("memory", "The query needs more memory than one query may use.") from error
    except (ValueError, RuntimeError, OSError) as error:
        raise Failure("evaluation", str(error)) from error


def _prefixes(shape: Media, request: dict[str, Any]) -> dict[str, str] | None:
    """Return the prefixes of the request where the representation can carry them."""
    return request["prefixes"] if shape.prefixed else None


def _representation(found: object, request: dict[str, Any]) -> Media:
    graph = isinstance(found, ox.QueryTriples)
    name = request["graph" if graph else "solutions"]
    shape = media.named(name, GRAPHS if graph else SOLUTIONS) if name else None
    if shape is None:
        kind = "a graph" if graph else "rows or a boolean"
        types = ", ".join(m.type for m in (GRAPHS if graph else SOLUTIONS))
        raise Failure("not-acceptable", f"This query answers with {kind}; ask for one of: {types}.")
    return shape


class Dataset:
    """The dataset that a query runs over (SPARQL 1.1 Protocol, section 2.1.4).

    Attributes:
        store: the store to query.
        options: arguments for the engine's query.
    """

    def __init__(self, store: ox.Store, options: dict[str, Any]) -> None:
        self.store = store
        self.options = options

    @classmethod
    def of(cls, store: ox.Store, default: list[str] | None, named: list[str] | None) -> "Dataset":
        """Return the dataset of these default and named graphs; ``None`` twice: all of it.

        Raises:
            Failure: when a graph is not in the store; it would have to be fetched.
        """
        if default is None and named is None:
            return cls(store, {})
        defaults = [_graph(store, iri) for iri in dict.fromkeys(default or [])]
        names = [_graph(store, iri) for iri in dict.fromkeys(named or [])]
        if len(defaults) <= 1:
            return cls(store, {"default_graph": defaults, "named_graphs": names})
        merged = ox.Store()  # several default graphs: merge, so that no triple counts twice
        for graph in defaults:
            merged.extend(
                ox.Quad(q.subject, q.predicate, q.object)
                for q in store.quads_for_pattern(None, None, None, graph)
            )
        for graph in names:
            merged.extend(store.quads_for_pattern(None, None, None, graph))
        return cls(merged, {})


def _graph(store: ox.Store, iri: str) -> ox.NamedNode:
    try:
        node = ox.NamedNode(iri)
    except ValueError as error:
        raise Failure("unknown-graph", f"<{iri}> is not an absolute IRI.") from error
    if not store.contains_named_graph(node):
        detail = (
            f"<{iri}> is not a graph of this dataset, and nothing is fetched from elsewhere. "
            "The graphs here are passages of sources; `SELECT DISTINCT ?g { GRAPH ?g {} }` "
            "lists them."
        )
        raise Failure("unknown-graph", detail)
    return node
