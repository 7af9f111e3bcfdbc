"""The operation of a question of the library: its own path, parameters, formats and columns."""

from collections.abc import Mapping, Sequence

from gcm_graph.library.catalogue import Choice
from gcm_graph.library.parameter import Parameter
from gcm_graph.library.question import Question
from gcm_graph.service import answer
from gcm_graph.service.negotiation import HTML
from gcm_graph.service.openapi.part import LINK, Json, content, problems, query, shared

LISTED = 60
"""Choices that are listed at most."""

_DAY = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_TYPES: Mapping[str, Json] = {
    "iri": {"type": "string", "format": "iri-reference", "minLength": 1, "maxLength": 2000},
    "string": {"type": "string", "minLength": 1, "maxLength": 2000},
    "integer": {"type": "integer", "minimum": -(10**18) + 1, "maximum": 10**18 - 1},
    "date": {"type": "string", "pattern": _DAY},
    "language": {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
    "boolean": {"type": "string", "enum": ["true", "false"]},
    "term": {"type": "string", "minLength": 1, "maxLength": 4000},
}
_HELP: Mapping[str, str] = {
    "iri": "An IRI, prefix:name (body:iom) or a path (body/iom)",
    "date": "A day, a month or a year (EDTF); a longer span stands for its {edge} day",
    "term": 'An IRI as above, a number, or a literal: "text"@en',
}
VALUE: Json = {
    "type": ["string", "number", "boolean", "null"],
    "description": "IRIs and texts as strings; null where the row has no value.",
}
"""A cell of a row."""


def describe(
    question: Question, most: int, choices: Mapping[str, Sequence[Choice]] | None = None
) -> Json:
    """Return the path item of ``/query/{name}`` for one question.

    Args:
        question: the question.
        most: rows that a page may have.
        choices: what may be given for a parameter, by name, where the graph lists it.
    """
    known = choices or {}
    formats = (HTML, *answer.offers(question))
    return {
        "get": {
            "operationId": f"query-{question.name}",
            "summary": question.title,
            "description": _description(question),
            "tags": [question.group],
            "parameters": [
                *(
                    _parameter(question, one, known.get(one.name, ()))
                    for one in question.parameters
                ),
                query(
                    "limit",
                    "Rows on a page at most; for people a smaller page is usual.",
                    {"type": "integer", "minimum": 1, "maximum": most, "default": most},
                ),
                query(
                    "offset",
                    "Rows before this page.",
                    {"type": "integer", "minimum": 0, "maximum": 10**9, "default": 0},
                ),
                *shared("format", "lang", "release"),
            ],
            "responses": {
                "200": {
                    "description": "A page of the answer.",
                    "headers": dict(LINK),
                    "content": content(formats, _answer(question)),
                },
                "304": {"$ref": "#/components/responses/Unchanged"},
                **problems((400, 404, 406, 410), page=True),
            },
        }
    }


def _description(question: Question) -> str:
    parts = [question.description]
    if question.display.view != "table":
        columns = ", ".join(f"{part} {name}" for part, name in question.display.columns.items())
        seen = f" ({columns})" if columns else ""
        parts.append(f"Best seen as: {question.display.view}{seen}.")
    if question.edges:
        columns = ", ".join(f"{part} {name}" for part, name in question.edges.columns.items())
        parts.append(f"Each row is an edge of a graph: {columns}.")
    return "\n\n".join(parts)


def _parameter(question: Question, one: Parameter, choices: Sequence[Choice]) -> Json:
    schema = dict(_TYPES[one.type])
    if isinstance(one.choices, tuple) and one.choices and len(one.choices) <= LISTED:
        schema["enum"] = list(one.choices)
    elif choices and len(choices) <= LISTED:
        schema["examples"] = [choice.value for choice in choices]
    value = one.default if one.default is not None else question.example.get(one.name)
    if one.default is not None:
        schema["default"] = int(one.default) if one.type == "integer" else one.default
    more: Json = {}
    if value is not None:
        more["example"] = int(value) if one.type == "integer" else value
    said = [one.description.rstrip(".")]
    if one.type in _HELP:
        said.append(_HELP[one.type].format(edge=one.edge))
    if one.kinds:
        said.append(f"A thing of the kind {' or '.join(one.kinds)}")
    described = ". ".join(said) + "."
    return query(one.name, described, schema, required=one.required, **more)


def _answer(question: Question) -> Json:
    """Return the schema of the answer as plain JSON."""
    if question.kind == "ask":
        return {
            "type": "object",
            "required": ["answer"],
            "properties": {"answer": {"type": "boolean"}},
        }
    columns = list(question.columns)
    row = {
        "type": "object",
        "required": columns,
        "properties": {name: {"$ref": "#/components/schemas/Value"} for name in columns},
        "additionalProperties": False,
    }
    count = {"type": "integer", "minimum": 0}
    way = {"type": ["string", "null"]}
    members: Json = {
        "columns": {"type": "array", "items": {"enum": columns}},
        "total": count,
        "offset": count,
        "limit": count,
        "next": way,
        "previous": way,
        "items": {"type": "array", "items": row},
    }
    return {"type": "object", "required": list(members), "properties": members}
