"""Where a thing comes from: its claims that say what set it up, opened for the top of its page."""

from collections.abc import Iterable

from gcm_graph.graph.view import Group
from gcm_graph.namespaces import DEF

_ORDER = (
    "establishedBy", "mandatedBy", "convenedBy", "launchedBy", "launchedAt", "adoptedAt",
    "endorsedAt", "annexOf", "editionOf", "replaces",
)  # fmt: skip
MOST = 5
"""Relations that are told."""


def origins(groups: Iterable[Group]) -> list[Group]:
    """Return the groups that say what set a thing up, in the order in which one asks for them.

    Args:
        groups: the outgoing claims of the thing by relation.
    """
    rank = {DEF + name: place for place, name in enumerate(_ORDER)}
    found = [one for one in groups if one.relation.iri in rank and one.claims]
    return sorted(found, key=lambda one: rank[one.relation.iri])[:MOST]
