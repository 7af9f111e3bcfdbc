"""The list of questions: ``docs/queries.md``."""

from gcm_graph.library import documentation
from gcm_graph.library.catalogue import Catalogue
from gcm_graph.settings import assets_root


def render() -> str:
    """Return the questions of the library as Markdown."""
    return documentation.render(Catalogue.read(assets_root() / "queries"))
