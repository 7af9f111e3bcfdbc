"""Passages: cited places, numbered on a page, and the independent sources behind them."""

from collections.abc import Iterable

from gcm_graph.graph.label import local_name
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.view import Passage, Ref
from gcm_graph.namespaces import BASE, DERIVED, GRAPH
from gcm_graph.terms import local_path

_RANK = {"primary": 0, "secondary": 1, "editors": 3}
MERGE = GRAPH + "merge"
"""The merge, on engines that have no default graph apart from the named ones."""


def passage(reader: Reader, graph: str, number: int = 0) -> Passage:
    """Return the passage that the graph ``graph`` is named by.

    Args:
        reader: what to read through.
        graph: name of a graph that is not derived.
        number: number among the references of a page.

    Returns:
        The passage; for a graph of the editors one of kind ``editors``, for a graph that
        nothing describes one of kind ``other``.
    """
    place = reader.index.passages.get(graph)
    path = local_path(graph) or ""
    if place is None:
        own = graph.startswith(BASE)
        source = Ref(graph, local_name(graph), "", path or None)
        return Passage(graph, path, "", source, "editors" if own else "other", "", number)
    source = ref(reader, place.source)
    kind = place.kind or "other"
    return Passage(graph, path, place.locator, source, kind, place.date, number)


def ordered(reader: Reader, graphs: Iterable[str]) -> list[str]:
    """Return the graphs that are passages, best evidence first.

    Primary sources come before secondary ones and those before the editors' own decisions;
    within a kind earlier sources come first.
    """
    cited = [graph for graph in set(graphs) if not derived(graph) and graph != MERGE]

    def key(graph: str) -> tuple[int, str, str]:
        place = reader.index.passages.get(graph)
        if place is None:
            return 3, "", graph
        return _RANK.get(place.kind, 2), place.date or "9999", graph

    return sorted(cited, key=key)


def derived(graph: str) -> bool:
    """Tell whether a rule of the build wrote the graph."""
    return graph.startswith(DERIVED)


def primary(reader: Reader, graph: str) -> bool:
    """Tell whether the graph is a passage of a primary source."""
    place = reader.index.passages.get(graph)
    return place is not None and place.kind == "primary"


def witnesses(reader: Reader, graphs: Iterable[str]) -> int:
    """Return how many independent sources stand behind a statement in ``graphs``.

    The passages of one source count once. A passage that names its primary source
    (``prov:hadPrimarySource``) stands for that source, so that it adds nothing beside it and
    two retellings of one source are one witness. Decisions of the editors are none.
    """
    found = set()
    for graph in graphs:
        place = reader.index.passages.get(graph)
        if place is None:
            continue
        first = reader.index.passages.get(place.primary)
        found.add(first.source if first else place.primary or place.source)
    return len(found)


class References:
    """The references of one page: each passage keeps the number of its first appearance.

    Args:
        reader: what to read through.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, Passage] = {}

    def cite(self, graphs: Iterable[str]) -> tuple[Passage, ...]:
        """Return the passages among ``graphs`` in order of evidence, numbered."""
        return tuple(self._numbered(graph) for graph in ordered(self._reader, graphs))

    def listed(self) -> tuple[Passage, ...]:
        """Return every passage cited so far, in order of number."""
        return tuple(self._known.values())

    def _numbered(self, graph: str) -> Passage:
        known = self._known.get(graph)
        if known is None:
            known = passage(self._reader, graph, len(self._known) + 1)
            self._known[graph] = known
        return known


def cited(place: Passage) -> str:
    """Return a passage as people cite it in a line: symbol or title of its document, and place."""
    return ", ".join(
        part for part in (place.source.identifier or place.source.label, place.locator) if part
    )
