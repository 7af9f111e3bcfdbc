"""What the address of a neighbourhood says: its thing, what is hidden, expanded and pinned."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from gcm_graph.graph import linkage, neighbourhood
from gcm_graph.graph.neighbourhood import Neighbourhood
from gcm_graph.graph.node_link import Edge, Node, of_edges
from gcm_graph.graph.reader import Reader
from gcm_graph.service.lineage import resolve
from gcm_graph.service.problem import Problem
from gcm_graph.terms import curie, expand

MOST = 600
"""Edges that are shown at most."""
EXPANSIONS = 12
"""Things that can be expanded at once."""

FAMILIES: Mapping[str, frozenset[str]] = {
    "document": frozenset({"document"}),
    "provision": frozenset({"objective", "principle", "action", "commitment", "provision"}),
    "goal": frozenset({"goal", "target", "indicator"}),
    "body": frozenset({"body", "workstream"}),
    "stakeholder": frozenset({"stakeholder"}),
    "state": frozenset({"state"}),
    "event": frozenset({"event", "round-table", "pledge"}),
}
"""Kinds that share a shape and a colour; everything else is ``other``."""
_PIN = re.compile(r"(.+)@(-?\d{1,5}(?:\.\d+)?),(-?\d{1,5}(?:\.\d+)?)")


@dataclass(frozen=True)
class Surroundings:
    """A neighbourhood with what the reader did to it.

    Attributes:
        thing: compact name of the thing.
        found: everything around the thing, and around what is expanded.
        families: family of each thing, by IRI.
        depth: steps from the thing.
        relations: relations to keep to (compact names).
        hidden: relations (compact names) and families that are hidden.
        expanded: things whose own edges are shown too (compact names).
        pinned: places of things that stay put, by compact name.
        q: words that are looked for.
    """

    thing: str
    found: Neighbourhood
    families: Mapping[str, str]
    depth: int = 1
    relations: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    expanded: tuple[str, ...] = ()
    pinned: tuple[tuple[str, float, float], ...] = ()
    q: str = ""

    def address(self, **changed: object) -> str:
        """Return the path and query of this view with some values changed."""
        values: dict[str, object] = {
            "thing": self.thing,
            "depth": self.depth if self.depth != 1 else "",
            "relations": ",".join(self.relations),
            "hidden": ",".join(self.hidden),
            "expanded": ",".join(self.expanded),
            "pinned": ";".join(f"{name}@{x:g},{y:g}" for name, x, y in self.pinned),
            "q": self.q,
        } | changed
        return "neighbourhood?" + urlencode({k: v for k, v in values.items() if v}, safe=":,/;@")

    def toggled(self, name: str) -> str:
        """Return the address with a relation or family hidden, or shown again."""
        held = [one for one in self.hidden if one != name]
        return self.address(hidden=",".join(held if name in self.hidden else [*held, name]))

    def edges(self) -> tuple[Edge, ...]:
        """Return the edges that are not hidden."""
        gone = set(self.hidden)
        centre = self.found.centre.iri
        return tuple(
            one
            for one in self.found.edges
            if curie(one.relation) not in gone
            and not any(
                self.families[end] in gone for end in (one.source, one.target) if end != centre
            )
        )

    def nodes(self, edges: tuple[Edge, ...]) -> tuple[Node, ...]:
        """Return the centre and the ends of the edges that are shown."""
        ends = {end for one in edges for end in (one.source, one.target)} | {self.found.centre.iri}
        return tuple(one for one in self.found.nodes if one.ref.iri in ends)


def family(reader: Reader, iri: str) -> str:
    """Return the family of a thing: one of `FAMILIES`, else ``other``."""
    kind = linkage.kind(reader, iri)
    return next((name for name, kinds in FAMILIES.items() if kind in kinds), "other")


def read(reader: Reader, given: Mapping[str, str]) -> Surroundings:
    """Return the neighbourhood that the parameters of an address describe.

    Raises:
        Problem: 400 for a value that cannot be read, 404 for a thing that is not known.
    """
    iri = resolve(reader, given.get("thing", ""), "thing")
    depth = given.get("depth", "").strip() or "1"
    if depth not in {"1", "2"}:
        raise _refused("depth", f"“{depth[:20]}” is neither 1 nor 2.")
    relations = _names(given, "relations")
    wanted = [_iri(one, "relations") for one in relations]
    found = neighbourhood.read(reader, iri, int(depth), wanted, MOST)
    expanded = _names(given, "expanded")
    if len(expanded) > EXPANSIONS:
        raise _refused("expanded", f"{EXPANSIONS} things at most can be expanded at once.")
    for name in expanded:
        found = _wider(reader, found, resolve(reader, name, "expanded"), wanted)
    return Surroundings(
        thing=curie(iri),
        found=found,
        families={one.ref.iri: family(reader, one.ref.iri) for one in found.nodes},
        depth=int(depth),
        relations=relations,
        hidden=_names(given, "hidden"),
        expanded=expanded,
        pinned=tuple(_pins(given.get("pinned", ""))),
        q=given.get("q", "").strip()[:200],
    )


def _wider(reader: Reader, found: Neighbourhood, iri: str, wanted: list[str]) -> Neighbourhood:
    held = dict.fromkeys((*found.edges, *neighbourhood.edges_of(reader, iri, wanted)))
    edges = tuple(held)[:MOST]
    known = {one.ref.iri for one in found.nodes}
    more = tuple(one for one in of_edges(reader, edges).nodes if one.ref.iri not in known)
    return replace(
        found,
        nodes=(*found.nodes, *more),
        edges=edges,
        truncated=found.truncated or len(held) > MOST,
    )


def _names(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    parts = (one.strip() for one in given.get(name, "").split(","))
    return tuple(dict.fromkeys(one for one in parts if one))


def _iri(text: str, name: str) -> str:
    try:
        return expand(text)
    except ValueError as error:
        raise _refused(name, str(error)) from error


def _pins(text: str) -> list[tuple[str, float, float]]:
    made = []
    for part in filter(None, text.split(";")):
        matched = _PIN.fullmatch(part)
        if matched is None:
            raise _refused("pinned", f"“{part[:60]}” is not thing@x,y, such as body:iom@120,-40.")
        made.append((matched[1], float(matched[2]), float(matched[3])))
    return made


def _refused(name: str, detail: str) -> Problem:
    return Problem(400, f"`{name}`: {detail}", "parameter", parameter=name)
