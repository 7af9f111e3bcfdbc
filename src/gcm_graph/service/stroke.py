"""How the lines of a lineage look: a colour for what kind of relation it is, a dash for which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gcm_graph.graph.view import Ref, Step

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "succession": ("replaces", "amends", "supplements", "annexOf", "editionOf"),
    "mandate": (
        "mandatedBy", "establishedBy", "launchedAt", "launchedBy", "convenedBy", "adoptedAt",
        "adoptedBy", "endorsedAt", "endorsedBy", "endorses",
    ),
    "origin": (
        "recommendedBy", "proposedBy", "buildsOn", "informedBy", "followsFrom", "restsOn",
        "guidedBy", "adoptedFromDraft", "preparedBy",
    ),
    "review": ("followsUp", "reviews", "implements", "outcomeOf"),
    "mention": ("recalls", "cites"),
}  # fmt: skip
"""The families of relations, each with the local names of its relations."""

INKS = {
    "succession": "#a3312b",
    "mandate": "#1f5f99",
    "origin": "#2c6e49",
    "review": "#6a3d9a",
    "mention": "#5b6776",
}
"""The colour of each family in a saved file; pages take theirs from the style sheet."""

DASHES = ("", "8 4", "2 4", "12 4 2 4", "5 3", "1 6", "14 5", "6 3 1 3 1 3", "3 6", "10 2")


@dataclass(frozen=True)
class Stroke:
    """The look of one relation.

    Attributes:
        name: local name of the relation.
        label: its label.
        family: one of `FAMILIES`.
        dash: pattern of the line (``stroke-dasharray``); empty for a whole line.
        count: how many steps it has in the view.
        hidden: whether its lines are left out.
    """

    name: str
    label: str
    family: str
    dash: str
    count: int
    hidden: bool = False


def name_of(relation: Ref) -> str:
    """Return the local name of a relation, such as ``mandatedBy``."""
    return relation.iri.rpartition("#")[2].rpartition("/")[2]


def family_of(name: str) -> str:
    """Return the family of a relation by its local name; unknown ones are mentions."""
    return next((family for family, names in FAMILIES.items() if name in names), "mention")


def strokes(steps: Iterable[Step], hidden: Iterable[str] = ()) -> tuple[Stroke, ...]:
    """Return the look of each relation of some steps, family by family.

    Args:
        steps: the steps of a view.
        hidden: local names of relations that are left out.
    """
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for step in steps:
        name = name_of(step.relation)
        counts[name] = counts.get(name, 0) + 1
        labels[name] = step.relation.label
    order = [name for names in FAMILIES.values() for name in names]
    used = sorted(counts, key=lambda n: (order.index(n) if n in order else len(order), n))
    made: list[Stroke] = []
    for name in used:
        family = family_of(name)
        place = FAMILIES[family].index(name) if name in FAMILIES[family] else len(DASHES) - 1
        dash = DASHES[place % len(DASHES)]
        made.append(Stroke(name, labels[name], family, dash, counts[name], name in set(hidden)))
    return tuple(made)
