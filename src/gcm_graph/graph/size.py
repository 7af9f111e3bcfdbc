"""The sizes of the graphs of a release."""

import pyoxigraph as ox

from gcm_graph.graph.reader import Reader


def sizes(reader: Reader) -> dict[str, int]:
    """Return how many triples each named graph holds, by IRI; the default graph under ``""``."""
    found: dict[str, int] = {}
    for row in reader.rows("graph-sizes"):
        graph, triples = row.get("graph"), row["triples"]
        if isinstance(triples, ox.Literal) and not isinstance(graph, ox.BlankNode):
            found[getattr(graph, "value", "")] = int(triples.value)
    return dict(sorted(found.items()))
