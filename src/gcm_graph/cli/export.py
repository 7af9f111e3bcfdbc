"""The command ``export``: the current release in another format."""

import csv
import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import pyoxigraph as ox
import typer

from gcm_graph.cli import release
from gcm_graph.graph.network import gexf, graphml, network
from gcm_graph.namespaces import PREFIXES
from gcm_graph.store import embedded
from gcm_graph.terms import text

RDF = {
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""RDF formats: ``trig``, ``nq`` and ``jsonld`` carry the passages, ``ttl`` and ``nt`` the merge."""

NETWORKS = {"graphml": graphml, "gexf": gexf}
"""Formats of graph tools: things as nodes, relations between things as edges."""


def export(
    kind: Annotated[
        str, typer.Argument(metavar="FORMAT", help="trig, nq, ttl, nt, jsonld, graphml, gexf, csv.")
    ],
    out: Annotated[Path | None, typer.Option(help="File to write; standard output else.")] = None,
) -> None:
    """Write the current release as RDF, as a network for graph tools, or as a table."""
    known = (*RDF, *NETWORKS, "csv")
    if kind not in known:
        raise typer.BadParameter(f"“{kind}” is none of {', '.join(known)}")
    if kind in NETWORKS:
        content = NETWORKS[kind](network(release.reader()))
    else:
        store = embedded.load(release.current())
        content = _csv(store) if kind == "csv" else _rdf(store, RDF[kind])
    if out is None:
        sys.stdout.buffer.write(content)
    else:
        out.write_bytes(content)


def _rdf(store: ox.Store, form: ox.RdfFormat) -> bytes:
    if form in {ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES}:
        merged = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        triples = (ox.Triple(q.subject, q.predicate, q.object) for q in merged)
        return ox.serialize(triples, format=form, prefixes=PREFIXES) or b""
    return ox.serialize(_cited(store), format=form, prefixes=PREFIXES) or b""


def _cited(store: ox.Store) -> Iterable[ox.Quad]:
    """Yield the statements in their own graphs; the merge is not repeated."""
    return (quad for quad in store if not isinstance(quad.graph_name, ox.DefaultGraph))


def _csv(store: ox.Store) -> bytes:
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer)
    table.writerow(("subject", "predicate", "object", "graph"))
    for quad in _cited(store):
        parts = (quad.subject, quad.predicate, quad.object, quad.graph_name)
        table.writerow([text(part) for part in parts])  # type: ignore[arg-type]
    return buffer.getvalue().encode()
