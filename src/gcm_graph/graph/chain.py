"""Chains: the simple ways from one node of a directed graph to another, shortest first."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

BUDGET = 200_000
"""Nodes that one search visits at most; beyond it the answer says that it is not complete."""


class SearchSpentError(Exception):
    """A search has visited as many nodes as it may."""


def chains(
    edges: Mapping[str, Sequence[str]], start: str, end: str, limit: int, depth: int
) -> tuple[list[tuple[str, ...]], bool]:
    """Return the chains from ``start`` to ``end`` that pass no node twice.

    Loops in the graph do no harm: a chain never returns to a node. Shorter chains come first;
    of one length they come in the order of ``edges``.

    Args:
        edges: the successors of each node.
        start: first node.
        end: last node.
        limit: how many chains to return at most.
        depth: how many edges a chain has at most.

    Returns:
        The chains, each from ``start`` to ``end``, and whether these are all there are.
    """
    search = _Search(edges, end)
    if start == end or start not in search.distance:
        return [], True
    found: list[tuple[str, ...]] = []
    try:
        for length in range(search.distance[start], len(search.distance)):
            for chain in search.continued((start,), length):
                if length > depth or len(found) == limit:
                    return found, False
                found.append(chain)
    except SearchSpentError:
        return found, False
    return found, True


class _Search:
    """One search: the graph, the goal, and the visits that are left."""

    def __init__(self, edges: Mapping[str, Sequence[str]], end: str) -> None:
        self._edges = edges
        self._end = end
        self._left = BUDGET
        self.distance = _distances(edges, end)

    def continued(self, path: tuple[str, ...], length: int) -> Iterator[tuple[str, ...]]:
        """Yield the chains that continue ``path`` to the goal by exactly ``length`` edges.

        Raises:
            SearchSpentError: when the search has visited too many nodes.
        """
        if path[-1] == self._end:
            if length == 0:
                yield path
            return
        self._left -= 1
        if self._left < 0:
            raise SearchSpentError
        for node in self._edges.get(path[-1], ()):
            if node not in path and self.distance.get(node, length) < length:
                yield from self.continued((*path, node), length - 1)


def _distances(edges: Mapping[str, Sequence[str]], end: str) -> dict[str, int]:
    """Return how many edges each node is from ``end``, for nodes that reach it."""
    before: dict[str, list[str]] = {}
    for node, following in edges.items():
        for successor in following:
            before.setdefault(successor, []).append(node)
    distance = {end: 0}
    waiting = deque([end])
    while waiting:
        node = waiting.popleft()
        for earlier in before.get(node, ()):
            if earlier not in distance:
                distance[earlier] = distance[node] + 1
                waiting.append(earlier)
    return distance
