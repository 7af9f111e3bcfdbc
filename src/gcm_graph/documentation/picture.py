"""The picture of the README: a lineage, drawn from the graph itself."""

from gcm_graph.graph.lineage import read_lineage
from gcm_graph.graph.reader import open_reader
from gcm_graph.namespaces import ID
from gcm_graph.service.drawing import lineage_svg
from gcm_graph.store.protocol import Store

START = ID + "event/imrf-2022"
END = ID + "forum/hld"


def render(store: Store) -> str:
    """Return the lineage from the review forum of 2022 to the High-level Dialogues as SVG."""
    return lineage_svg(read_lineage(open_reader(store), START, END)) + "\n"
