"""Class diagrams of the ontology: one for each standard class that the ontology builds on.

A class stands under its first super-class; beside it stand the properties that have it as domain,
with what they lead to. The list of terms on the same page says the same in words.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gcm_graph.graph.view import Ref
from gcm_graph.namespaces import DEF
from gcm_graph.service.page import Term

MOST = 6
"""Properties that stand beside a class."""
LINE, BOX, GAP = 17.0, 28.0, 12.0


@dataclass(frozen=True)
class Box:
    """A class on a diagram.

    Attributes:
        ref: the class.
        depth: how many super-classes are drawn above it.
        y: its middle.
        above: the middle of its super-class; 0 for the first.
        properties: what has it as domain, with what that leads to.
        more: how many properties are not drawn.
    """

    ref: Ref
    depth: int
    y: float
    above: float
    properties: tuple[tuple[Ref, tuple[Ref, ...]], ...]
    more: int


@dataclass(frozen=True)
class Diagram:
    """The classes under one class.

    Attributes:
        boxes: from top to bottom.
        height: of the whole.
    """

    boxes: tuple[Box, ...]
    height: float

    @property
    def title(self) -> Ref:
        """The class that stands above all others."""
        return self.boxes[0].ref


def draw(classes: Iterable[Term], properties: Iterable[Term]) -> tuple[Diagram, ...]:
    """Return the diagrams, the largest first.

    Args:
        classes: the classes of the ontology.
        properties: its properties.
    """
    own = {one.ref.iri: one for one in classes}
    refs = {iri: one.ref for iri, one in own.items()}
    below: dict[str, list[str]] = defaultdict(list)
    for iri, one in own.items():
        parents = sorted(one.broader, key=lambda ref: not ref.iri.startswith(DEF))
        for parent in parents[:1]:
            refs.setdefault(parent.iri, parent)
            below[parent.iri].append(iri)
    held: dict[str, list[tuple[Ref, tuple[Ref, ...]]]] = defaultdict(list)
    for entry in properties:
        for domain in entry.domain:
            held[domain.iri].append((entry.ref, tuple(entry.range)))
    children = {iri for found in below.values() for iri in found}
    tops = [iri for iri in refs if iri not in children]
    made = [_tree(top, refs, below, held) for top in tops]
    return tuple(sorted(made, key=lambda one: (-len(one.boxes), one.title.label)))


def _tree(
    top: str,
    refs: dict[str, Ref],
    below: dict[str, list[str]],
    held: dict[str, list[tuple[Ref, tuple[Ref, ...]]]],
) -> Diagram:
    boxes: list[Box] = []
    edge = GAP

    def place(iri: str, depth: int, above: float) -> None:
        nonlocal edge
        told: Sequence[tuple[Ref, tuple[Ref, ...]]] = held.get(iri, ())
        shown = tuple(told[:MOST])
        height = max(BOX, LINE * (len(shown) + bool(told[MOST:])))
        y = edge + height / 2
        boxes.append(Box(refs[iri], depth, y, above, shown, len(told) - len(shown)))
        edge += height + GAP
        for child in sorted(below.get(iri, ()), key=lambda one: refs[one].label):
            place(child, depth + 1, y)

    place(top, 0, 0.0)
    return Diagram(tuple(boxes), edge)
