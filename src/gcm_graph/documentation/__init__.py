"""The generated documents of ``docs/``: they say what the code and the ontology say."""

from collections.abc import Callable, Mapping

from gcm_graph.documentation import command, model, question, review, route, setting

DOCUMENTS: Mapping[str, Callable[[], str]] = {
    "commands.md": command.render,
    "model.md": model.render,
    "queries.md": question.render,
    "reviews.md": review.render,
    "routes.md": route.render,
    "settings.md": setting.render,
}
"""Name of each generated document and what writes it."""
