"""The view of a neighbourhood: typed edges around a thing, as a graph and as a table."""

import csv
import io
from collections import Counter
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph.node_link import Edge, Node, NodeLink, gexf, graphml
from gcm_graph.graph.passage import cited, passage
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Ref
from gcm_graph.service import answer, display, representation, rings, surroundings
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.page import Link, render
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.service.surroundings import Surroundings
from gcm_graph.store.media import SOLUTIONS, Media
from gcm_graph.terms import curie

CSV = next(media for media in SOLUTIONS if media.name == "csv")
SVG = Media("svg", "image/svg+xml", "svg", "SVG", None)
OFFERS = (HTML, JSON, CSV, answer.GRAPHML, answer.GEXF, SVG)
"""What a neighbourhood can be had as."""

EXAMPLES = (
    Link("United Nations Network on Migration", "neighbourhood?thing=body:un-network-on-migration"),
    Link("Global Compact for Migration", "neighbourhood?thing=instrument:gcm"),
    Link("Morocco", "neighbourhood?thing=state:morocco"),
)


def show(request: Request) -> Response:
    """Answer ``/neighbourhood?thing=…``; without a thing it shows the form.

    Raises:
        Problem: 400, 404, 406.
    """
    media = representation.choose(request, request.path_params.get("suffix", ""), OFFERS)
    language = language_of(request)
    reader = State.of(request).reader.speaking(language)
    if not request.query_params.get("thing", "").strip():
        if media.name != "html":
            detail = "Say which thing: `/neighbourhood?thing=body:un-network-on-migration`."
            raise Problem(400, detail, "parameter", parameter="thing")
        return display.show(
            request, "neighbourhood.html", {"around": None, "examples": EXAMPLES, "formats": ()}
        )
    around = surroundings.read(reader, request.query_params)

    def body() -> Response | bytes:
        edges = around.edges()
        nodes = around.nodes(edges)
        if media.name == "json":
            return representation.plain(as_json(reader, around, nodes, edges))
        if media.name == "csv":
            return as_csv(nodes, edges).encode()
        if media.name in {"graphml", "gexf"}:
            return (graphml if media.name == "graphml" else gexf)(NodeLink(nodes, edges))
        places = _places(around, edges)
        context = {
            "around": around,
            "nodes": nodes,
            "edges": edges,
            "refs": {one.ref.iri: one.ref for one in nodes},
            "places": places,
            "angles": {iri: rings.angle(*place) for iri, place in places.items()},
            "curies": {one.ref.iri: curie(one.ref.iri) for one in nodes},
        }
        if media.name == "svg":
            return render("neighbourhood_rings.svg", context, language).encode()
        more = {
            "legend": legend(around),
            "relations": relations(around),
            "groups": grouped(edges),
            "cites": {graph: passage(reader, graph) for one in edges for graph in one.graphs},
            "formats": display.formats(around.address() + "&", OFFERS[1:], suffixed=False),
            "examples": (),
        }
        return display.show(request, "neighbourhood.html", {**context, **more})

    return representation.respond(request, media, body, "neighbourhood", ())


def _places(around: Surroundings, edges: Sequence[Edge]) -> dict[str, rings.Place]:
    names = {curie(one.ref.iri): one.ref.iri for one in around.found.nodes}
    pinned = {names[name]: (x, y) for name, x, y in around.pinned if name in names}
    return rings.places(around.found, edges, pinned)


def legend(around: Surroundings) -> list[tuple[str, int]]:
    """Return each family with the number of its things, hidden ones included."""
    counted = Counter(around.families.values())
    return [(name, counted[name]) for name in (*surroundings.FAMILIES, "other") if counted[name]]


def relations(around: Surroundings) -> list[tuple[str, str, int]]:
    """Return compact name, label and number of edges of each relation, hidden ones included."""
    counted = Counter((curie(one.relation), one.label) for one in around.found.edges)
    return [(name, label, count) for (name, label), count in counted.most_common()]


def grouped(edges: Sequence[Edge]) -> list[tuple[str, list[Edge]]]:
    """Return the edges by the label of their relation, the commonest first."""
    held: dict[str, list[Edge]] = {}
    for one in edges:
        held.setdefault(one.label, []).append(one)
    return sorted(held.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def as_json(
    reader: Reader, around: Surroundings, nodes: Sequence[Node], edges: Sequence[Edge]
) -> dict[str, object]:
    """Return what is shown for programs, the edges with their passages in words."""
    places = _places(around, edges)
    told = {graph: passage(reader, graph) for one in edges for graph in one.graphs}
    return {
        "centre": around.found.centre.iri,
        "depth": around.depth,
        "truncated": around.found.truncated,
        "nodes": [
            {
                "iri": one.ref.iri,
                "name": curie(one.ref.iri),
                "label": one.ref.label,
                "path": one.ref.path,
                "symbol": one.ref.identifier,
                "kind": one.ref.kind,
                "family": around.families[one.ref.iri],
                "x": places[one.ref.iri][0],
                "y": places[one.ref.iri][1],
            }
            for one in nodes
        ],
        "edges": [
            {
                "source": one.source,
                "target": one.target,
                "relation": one.relation,
                "label": one.label,
                "from": one.earliest,
                "until": one.latest,
                "passages": [
                    {"iri": graph, "path": told[graph].path, "cited": cited(told[graph])}
                    for graph in one.graphs
                ],
            }
            for one in edges
        ],
    }


HEADINGS = (
    "source", "source_iri", "relation", "relation_iri", "target", "target_iri", "from", "until",
    "passages",
)  # fmt: skip
"""The columns of the edges as CSV."""


def as_csv(nodes: Sequence[Node], edges: Sequence[Edge]) -> str:
    """Return the edges as CSV (RFC 4180); passages are IRIs, apart by a space."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    refs: dict[str, Ref] = {one.ref.iri: one.ref for one in nodes}
    for one in edges:
        writer.writerow(
            [
                refs[one.source].label,
                one.source,
                one.label,
                one.relation,
                refs[one.target].label,
                one.target,
                one.earliest,
                one.latest,
                " ".join(one.graphs),
            ]
        )
    return out.getvalue()


ROUTES = [Route("/neighbourhood", show), Route("/neighbourhood.{suffix}", show)]
