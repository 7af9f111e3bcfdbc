"""Places for the things around a thing: in rings, neighbours by relation, so that it is readable.

The places are where the drawing without script has them, and where the one with script begins.
"""

import math
from collections.abc import Mapping, Sequence

from gcm_graph.graph.neighbourhood import Neighbourhood
from gcm_graph.graph.node_link import Edge

SPACE = 17.0
"""Room that a thing takes on its ring."""
FIRST = 190.0
"""Radius of the first ring."""
STEP = 175.0
"""Distance between rings; the names stand between them."""

Place = tuple[float, float]


def places(
    found: Neighbourhood, edges: Sequence[Edge], pinned: Mapping[str, Place]
) -> dict[str, Place]:
    """Return where each thing stands, the centre at 0, 0; y runs down.

    Args:
        found: the things; only those on an edge, and the centre, are placed.
        edges: the edges that are shown.
        pinned: places that are given, by IRI.
    """
    centre = found.centre.iri
    near: dict[str, tuple[str, str]] = {}
    for edge in edges:
        for this, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if this == centre:
                near.setdefault(other, (edge.label, other))
    inner = sorted(near, key=lambda iri: near[iri])
    held = {end for edge in edges for end in (edge.source, edge.target)} - set(near) - {centre}
    made: dict[str, Place] = {centre: (0.0, 0.0)}
    radius = _ring(made, inner, FIRST)
    beside: dict[str, float] = {}
    for edge in edges:
        for this, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if this in held and other in near:
                beside.setdefault(this, math.atan2(made[other][1], made[other][0]))
    _ring(made, sorted(held, key=lambda iri: (beside.get(iri, 9.0), iri)), radius)
    return made | {iri: place for iri, place in pinned.items() if iri in made}


def _ring(made: dict[str, Place], names: Sequence[str], radius: float) -> float:
    """Put things on rings from ``radius`` on and return the radius of the next free ring."""
    rest = list(names)
    while rest:
        room = max(1, int(2 * math.pi * radius / SPACE))
        part, rest = rest[:room], rest[room:]
        for number, iri in enumerate(part):
            angle = 2 * math.pi * number / len(part) - math.pi / 2
            made[iri] = (
                round(radius * math.cos(angle), 1),
                round(radius * math.sin(angle), 1),
            )
        radius += STEP
    return radius


def angle(x: float, y: float) -> float:
    """Return by how many degrees a name is turned that points away from the centre, upright."""
    turned = math.degrees(math.atan2(y, x))
    return round(turned - 180 if turned > 90 else turned + 180 if turned < -90 else turned, 1)
