"""Publishing a release to an engine: SPARQL 1.1 Graph Store Protocol, N-Quads, or bulk load.

Oxigraph takes the whole dataset in one request. Any other engine takes one graph after the other
(Graph Store Protocol); the merge goes into the graph `gcm_graph.store.engine.MERGE` where the
engine has no default graph of its own. Virtuoso also takes quads through its own client, which is
the way for large releases.
"""

import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pyoxigraph as ox

from gcm_graph.namespaces import BASE, DCTERMS
from gcm_graph.release import manifest
from gcm_graph.store.client import Access, authentication
from gcm_graph.store.engine import MERGE, OXIGRAPH, RECORD, Engine

BATCH = 2000
"""Quads in one statement of the bulk load."""

Listener = Callable[[int], None]
"""Is told how many quads have been sent."""


class NotPublished(Exception):
    """The engine did not take the release; the message says why and what would help."""


@dataclass(frozen=True)
class Publisher:
    """Writes a release to one engine.

    Attributes:
        access: how its query service is reached; user and password are those of a writer.
        engine: which engine it is.
        store: address of its Graph Store Protocol; empty for the engine's usual one.
    """

    access: Access
    engine: Engine
    store: str = ""

    @property
    def address(self) -> str:
        """The address of the Graph Store Protocol."""
        usual = "store" if self.engine is OXIGRAPH else "sparql-graph-crud-auth"
        return self.store or urljoin(self.access.url, usual)

    def publish(self, release: Path, held: Iterable[str], told: Listener) -> int:
        """Write the release in ``release`` over HTTP in place of what the engine holds of it.

        Args:
            release: folder of the release.
            held: graphs of the release before; those that the new one lacks are deleted.
            told: is told of the progress.

        Returns:
            The number of quads.

        Raises:
            NotPublished: when the engine does not take it.
        """
        with httpx.Client(auth=authentication(self.access), timeout=600) as http:
            if self.engine is OXIGRAPH:
                return self._whole(http, release, told)
            sent = 0
            gone = set(held)
            for graph, found in graphs(release, merged=self.engine.merged):
                gone.discard(graph)
                lines = "".join(f"{quad.triple} .\n" for quad in found)
                self._send(http, "PUT", lines.encode(), "text/turtle", self._where(graph))
                sent += len(found)
                told(sent)
            for graph in sorted(gone):
                self._send(http, "DELETE", b"", "", self._where(graph))
            return sent

    def _where(self, graph: str) -> dict[str, str]:
        if not self.engine.merged:
            return {"graph-uri": graph}
        return {"graph": graph} if graph else {"default": ""}

    def _whole(self, http: httpx.Client, release: Path, told: Listener) -> int:
        body = b"".join(f"{quad} .\n".encode() for quad in quads(release, merged=True))
        count = body.count(b"\n")
        self._send(http, "PUT", body, "application/n-quads", {})
        told(count)
        return count

    def _send(
        self,
        http: httpx.Client,
        method: str,
        body: bytes,
        kind: str,
        where: dict[str, str],
    ) -> None:
        headers = {"Content-Type": kind} if kind else {}
        try:
            response = http.request(
                method, self.address, params=where, content=body, headers=headers
            )
        except httpx.TransportError as error:
            message = f"{self.access.host} does not answer: {type(error).__name__}"
            raise NotPublished(message) from error
        if response.status_code in {401, 403}:
            raise NotPublished(
                f"{self.access.host} does not let this user write: set GCM_ENDPOINT_USER and "
                "GCM_ENDPOINT_PASSWORD to those of a user who may."
            )
        if response.status_code >= 400 and not (method == "DELETE" and response.status_code == 404):
            told = response.text.strip()[:300]
            code = response.status_code
            raise NotPublished(f"{self.access.host} answered {code} to {method}: {told}")


def bulk(release: Path, access: Access, server: str, program: str, told: Listener) -> int:
    """Write the release in ``release`` to Virtuoso through its own client.

    The graphs of this project that the engine holds are replaced; others stay.

    Args:
        release: folder of the release.
        access: user and password of a writer.
        server: host and port of the engine's own protocol.
        program: the client, ``isql-vt`` in Debian.
        told: is told of the progress.

    Returns:
        The number of quads.

    Raises:
        NotPublished: when the client is missing or the engine refuses something.
    """
    user, password = access.user or "dba", access.password or "dba"
    command = [program, server, user, password, "ERRORS=STDOUT", "VERBOSE=OFF", "BANNER=OFF"]
    try:
        process = subprocess.Popen(  # noqa: S603
            [*command, "PROMPT=OFF"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
    except FileNotFoundError as error:
        message = (
            f"the program {program} is missing; in Debian: apt-get install virtuoso-opensource"
        )
        raise NotPublished(message) from error
    assert process.stdin is not None
    assert process.stdout is not None
    sent = 0
    try:
        process.stdin.write("log_enable(2);\n")
        process.stdin.write(
            f"DELETE FROM DB.DBA.RDF_QUAD WHERE id_to_iri(G) LIKE '{BASE}%';\n"  # noqa: S608
        )
        for some in _batches(quads(release, merged=False)):
            text = "".join(f"{quad} .\n" for quad in some)
            text = text.replace("\\", "\\\\").replace("'", "''")
            process.stdin.write(f"DB.DBA.TTLP('{text}', '', '{MERGE}', 512);\n")
            sent += len(some)
            told(sent)
        process.stdin.write("checkpoint;\n")
        process.stdin.close()
    except BrokenPipeError:
        pass  # what it says follows
    said = process.stdout.read().strip()
    if process.wait() or "Error" in said:
        raise NotPublished(f"{server} refused the release: {said[:300]}")
    return sent


def quads(release: Path, *, merged: bool) -> Iterator[ox.Quad]:
    """Yield the quads of a release and the record that says which one it is.

    Args:
        release: folder of the release.
        merged: whether the merge stays in the default graph; else it goes to `MERGE`.
    """
    merge = ox.NamedNode(MERGE)
    for quad in ox.parse(path=str(release / "dataset.nq"), format=ox.RdfFormat.N_QUADS):
        if merged or isinstance(quad.graph_name, ox.NamedNode):
            yield quad
        else:
            yield ox.Quad(quad.subject, quad.predicate, quad.object, merge)
    record = ox.NamedNode(RECORD)
    told = (release / manifest.FILE).read_text(encoding="utf-8")
    for name, value in (("identifier", manifest.read(release).digest), ("description", told)):
        yield ox.Quad(record, ox.NamedNode(DCTERMS + name), ox.Literal(value), record)


def graphs(release: Path, *, merged: bool) -> Iterator[tuple[str, list[ox.Quad]]]:
    """Yield each graph of a release with its quads; the default graph under ``""``."""

    def name(quad: ox.Quad) -> str:
        return getattr(quad.graph_name, "value", "")

    for graph, found in groupby(sorted(quads(release, merged=merged), key=name), name):
        yield graph, list(found)


def _batches(found: Iterable[ox.Quad]) -> Iterator[list[ox.Quad]]:
    held: list[ox.Quad] = []
    for quad in found:
        held.append(quad)
        if len(held) == BATCH:
            yield held
            held = []
    if held:
        yield held
