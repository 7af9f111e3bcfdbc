"""gcm-graph: the knowledge graph of global migration governance and its service."""

from importlib.metadata import version

__version__ = version("gcm-graph")
