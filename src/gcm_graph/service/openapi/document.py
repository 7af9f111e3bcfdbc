"""The OpenAPI document of a running service, or of one that has no release open."""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from typing import Any

from fastapi import FastAPI

from gcm_graph.library.catalogue import Catalogue
from gcm_graph.service.openapi import endpoint, operation, route, view
from gcm_graph.service.openapi.part import SHARED, Json, answers, problems
from gcm_graph.service.state import State
from gcm_graph.settings import Settings

_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.+(?:\n {5,}.+)*)", re.MULTILINE)

SPARQL_RESULTS: Json = {
    "type": "object",
    "description": "SPARQL 1.1 Query Results JSON Format.",
    "required": ["head"],
    "properties": {
        "head": {"type": "object"},
        "boolean": {"type": "boolean"},
        "results": {
            "type": "object",
            "required": ["bindings"],
            "properties": {"bindings": {"type": "array", "items": {"type": "object"}}},
        },
    },
}


def install(app: FastAPI, settings: Settings) -> None:
    """Let ``app`` describe every typed route, not only those of ``/api``."""
    described = app.openapi

    def openapi() -> Json:
        state: State | None = getattr(app.state, "gcm", None)
        held: tuple[State | None, Json] | None = getattr(app.state, "described", None)
        if held is None or held[0] is not state:
            app.openapi_schema = None
            held = state, complete(described(), settings, state)
            app.state.described = held
        return held[1]

    app.openapi = openapi  # type: ignore[method-assign]


def complete(document: Json, settings: Settings, state: State | None) -> Json:
    """Return FastAPI's ``document`` with all other typed routes in it.

    Args:
        document: the description of ``/api``.
        settings: where the questions are.
        state: what is served, for the choices that the graph lists; may be missing.
    """
    catalogue = state.catalogue if state else Catalogue.read(settings.root / "queries")
    components = document["components"]
    schemas = components["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas |= {"Value": operation.VALUE, "SparqlResults": SPARQL_RESULTS, **route.schemas()}
    components |= {"parameters": SHARED, "responses": answers()}
    _explain(schemas)
    paths = dict(document["paths"])
    paths |= route.paths() | view.paths() | endpoint.paths()
    for question in catalogue.public:
        choices = {}
        if state:
            choices = {
                one.name: catalogue.choices(state.reader.store, one)
                for one in question.parameters
                if isinstance(one.choices, str)
            }
        paths[f"/query/{question.name}"] = operation.describe(
            question, settings.answer_rows, choices
        )
    _limit(paths)
    return {
        **document,
        "paths": paths,
        "servers": [{"url": "/", "description": "This service."}],
        "tags": _tags(catalogue, paths),
    }


def _limit(paths: Mapping[str, Json]) -> None:
    """Say of every operation how it answers what is beyond the limits of any request."""
    for methods in paths.values():
        for method, described in methods.items():
            more = (408, 413, 415) if method == "post" else (413, 415)
            for status, told in problems((400, 414, 421, 431, *more), page=True).items():
                described["responses"].setdefault(status, told)


def _tags(catalogue: Catalogue, paths: Mapping[str, Json]) -> list[Json]:
    used: dict[str, None] = {}
    for methods in paths.values():
        for one in methods.values():
            used |= dict.fromkeys(one.get("tags", ()))
    questions = set(catalogue.groups)
    return [
        {"name": name, "description": "Questions of the library."}
        if name in questions
        else {"name": name}
        for name in used
    ]


def _explain(schemas: Json) -> None:
    """Give each field of a dataclass the words of its docstring, and its schema the first ones."""
    for name, kind in _dataclasses(schemas):
        text = kind.__doc__ or ""
        head, _, tail = text.partition("Attributes:")
        schemas[name]["description"] = " ".join(head.split())
        for found in _ATTRIBUTE.finditer(tail.replace("\n    ", "\n")):
            field = schemas[name].get("properties", {}).get(found[1])
            if field is not None:
                field.setdefault("description", " ".join(found[2].replace("``", "`").split()))


def _dataclasses(schemas: Mapping[str, Any]) -> Iterable[tuple[str, type]]:
    homes = [module for key, module in sys.modules.items() if key.startswith("gcm_graph.")]
    for name in schemas:
        kinds = {kind for home in homes if is_dataclass(kind := vars(home).get(name))}
        if len(kinds) == 1:
            (only,) = kinds
            assert isinstance(only, type)
            yield name, only
