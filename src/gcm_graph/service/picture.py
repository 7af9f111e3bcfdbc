"""The picture of an answer: the view that its question declares, drawn for the page.

Bars and spans are drawn by `chart`, edges as the rings of a neighbourhood, a matrix by `grid`;
a map is drawn by the page's script from an `atlas`. The picture is of the whole answer up to
`MOST` rows, while the table beside it has a page of it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pyoxigraph as ox
from markupsafe import Markup

from gcm_graph.graph.neighbourhood import Neighbourhood
from gcm_graph.graph.node_link import Edge, Node
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.state import Board
from gcm_graph.graph.view import Ref
from gcm_graph.service import atlas, chart, grid, rings, surroundings
from gcm_graph.service.answer import Answer, Page
from gcm_graph.service.atlas import Atlas
from gcm_graph.service.grid import Grid
from gcm_graph.service.surroundings import Surroundings
from gcm_graph.terms import curie

MOST = 2000
"""Rows that a picture takes in."""
EDGES = 300
"""Edges that are drawn at most."""


@dataclass(frozen=True)
class Web:
    """The edges of an answer, placed in rings around the thing that has most of them.

    Attributes:
        around: the things and their families, with the one in the middle as centre.
        places: where each thing stands, by IRI.
        angles: by how much its name is turned.
        refs: the things, by IRI.
        curies: their compact names.
    """

    around: Surroundings
    places: Mapping[str, rings.Place]
    angles: Mapping[str, float]
    refs: Mapping[str, Ref]
    curies: Mapping[str, str]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The things that are drawn."""
        return self.around.found.nodes

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The edges that are drawn."""
        return self.around.found.edges


@dataclass(frozen=True)
class Picture:
    """What a page draws of an answer: one of these, or nothing.

    Attributes:
        chart: bars or spans as SVG; empty when there are none.
        web: edges; ``None`` when there are none.
        grid: a matrix; ``None`` when there is none.
        atlas: a map; ``None`` when there is none.
        cut: whether the answer has more than is drawn.
    """

    chart: Markup = field(default_factory=Markup)
    web: Web | None = None
    grid: Grid | None = None
    atlas: Atlas | None = None
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.chart or self.web or self.grid or self.atlas)


def draw(reader: Reader, found: Answer, board: Board) -> Picture:
    """Return the picture of an answer.

    Args:
        reader: names things.
        found: a page of the answer.
        board: the States, for a map.
    """
    shown = found.question.display
    whole = replace(found, page=Page(0, MOST))
    more = found.total > MOST
    if shown.view == "graph" and found.total:
        return _web(reader, whole)
    if shown.view == "matrix" and found.total:
        made = grid.draw(reader, whole.rows, shown.columns)
        crossed = len(made.rows) > 1 and len(made.columns) > 1
        return Picture(grid=made, cut=more or made.cut) if crossed else Picture()
    if shown.view == "map" and found.total:
        return Picture(atlas=atlas.draw(reader, whole.rows, shown.columns, board), cut=more)
    drawn = chart.drawing(reader, found)
    if not drawn and shown.view == "timeline" and found.question.edges and found.total:
        return _web(reader, whole)  # nothing of it has a date
    return Picture(chart=drawn)


def _web(reader: Reader, whole: Answer) -> Picture:
    graph = whole.graph
    if len(graph.edges) < 2:
        return Picture()
    edges = graph.edges[:EDGES]
    ends = Counter(end for edge in edges for end in {edge.source, edge.target})
    given = [term.value for term in whole.bindings.values() if isinstance(term, ox.NamedNode)]
    centre = next((iri for iri in given if iri in ends), ends.most_common(1)[0][0])
    nodes = tuple(one for one in graph.nodes if one.ref.iri in ends)
    refs = {one.ref.iri: one.ref for one in nodes}
    around = Surroundings(
        thing=curie(centre),
        found=Neighbourhood(refs[centre], 1, nodes, edges, len(graph.edges) > EDGES),
        families={iri: surroundings.family(reader, iri) for iri in refs},
    )
    places = rings.places(around.found, edges, {})
    angles = {iri: rings.angle(*place) for iri, place in places.items()}
    web = Web(around, places, angles, refs, {iri: curie(iri) for iri in refs})
    return Picture(web=web, cut=around.found.truncated or whole.total > MOST)
