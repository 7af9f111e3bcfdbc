"""What assistants can read at length: the model, the ontology, the questions of the library."""

from functools import lru_cache

import pyoxigraph as ox

from gcm_graph.graph.reader import Reader
from gcm_graph.namespaces import PREFIXES

MODEL = "gcm-graph://model"
ONTOLOGY = "gcm-graph://ontology"
QUERY = "gcm-graph://query/"


@lru_cache(maxsize=1)
def model_text() -> str:
    """Return the description of the model as Markdown."""
    from gcm_graph.documentation import model

    return model.render()


def ontology_text(reader: Reader) -> str:
    """Return the ontology and its concept schemes in Turtle (RDF 1.1 Turtle)."""
    triples = [
        ox.Triple(row["term"], row["property"], row["value"])  # type: ignore[arg-type]
        for row in reader.rows("ontology-statements")
    ]
    written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    return (written or b"").decode()
