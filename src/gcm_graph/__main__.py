"""``python -m gcm_graph`` is the command line."""

from gcm_graph.cli import main

main()
