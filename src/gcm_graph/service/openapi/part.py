"""Parts of an OpenAPI document: parameters, contents, responses.

Standard: OpenAPI 3.1.1, whose schemas are JSON Schema 2020-12.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gcm_graph.service.api.shape import MEANINGS
from gcm_graph.store.media import Media

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
OBJECT: Json = {"type": "object"}
HTML = "text/html"
PROBLEM = "application/problem+json"

SHARED: Json = {
    "format": {
        "name": "format",
        "in": "query",
        "description": "Short name, suffix or media type of the representation; before `Accept`.",
        "schema": {"type": "string", "maxLength": 100},
        "example": "json",
    },
    "lang": {
        "name": "lang",
        "in": "query",
        "description": "Language of names, as a BCP 47 tag; before `Accept-Language`.",
        "schema": {"type": "string", "maxLength": 35},
        "example": "fr",
    },
    "release": {
        "name": "release",
        "in": "query",
        "description": "Digest of the release that is meant; 410 or 404 when another is served.",
        "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{8,64}$"},
    },
    "as-of": {
        "name": "as-of",
        "in": "query",
        "description": "A year, month or day: only what held then.",
        "schema": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
        "example": "2017-06-30",
    },
    "page": {
        "name": "page",
        "in": "query",
        "description": "Number of the page, from 1.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 999_999, "default": 1},
    },
}
"""Parameters that several operations share, by name."""


def schema(name: str) -> Json:
    """Return a reference to the schema ``name``."""
    return {"$ref": f"#/components/schemas/{name}"}


def shared(*names: str) -> list[Json]:
    """Return references to parameters of `SHARED`."""
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def query(
    name: str, description: str, schema: Json | None = None, *, required: bool = False, **more: Any
) -> Json:
    """Return a parameter of the address."""
    held = schema or {"type": "string", "maxLength": 2000}
    found = {"name": name, "in": "query", "description": description, "schema": held, **more}
    return {**found, "required": True} if required else found


def path(name: str, description: str, example: str) -> Json:
    """Return a part of the path; it is never empty and holds no slash."""
    schema = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$", "maxLength": 200}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": schema,
        "example": example,
    }


def content(offers: Iterable[Media], schema: Json) -> Json:
    """Return the representations of a resource; ``schema`` is that of its plain JSON."""
    return {
        media.type: {"schema": schema if media.type == "application/json" else _schema(media)}
        for media in offers
    }


def _schema(media: Media) -> Json:
    if media.type == "application/sparql-results+json":
        return {"$ref": "#/components/schemas/SparqlResults"}
    if media.type.endswith("json"):
        return {"type": ["object", "array"], "description": f"A {media.title} document."}
    return {"type": "string", "description": f"A {media.title} document."}


def problems(statuses: Sequence[int], *, page: bool = False) -> Json:
    """Return references to the problem documents of an operation.

    Args:
        statuses: the HTTP statuses that it may answer with.
        page: whether people get a page instead.
    """
    kind = "Page" if page else "Problem"
    return {str(status): {"$ref": f"#/components/responses/{kind}{status}"} for status in statuses}


def answers() -> Json:
    """Return the responses that operations refer to: a problem document, or that or a page."""
    document = {PROBLEM: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    found: Json = {}
    for status, meaning in MEANINGS.items():
        found[f"Problem{status}"] = {"description": meaning, "content": document}
        both = {**document, HTML: {"schema": TEXT}}
        found[f"Page{status}"] = {"description": meaning, "content": both}
    found["Unchanged"] = {"description": "The client holds this answer already (`If-None-Match`)."}
    return found


LINK: Mapping[str, Json] = {
    "Link": {
        "description": "Canonical address, licence, and first, prev, next and last page.",
        "schema": TEXT,
    },
    "ETag": {"description": "Changes whenever the answer may.", "schema": TEXT},
}
"""Headers of an answer."""


def resource(
    name: str,
    tag: str,
    words: str,
    parameters: list[Json],
    offers: tuple[Media, ...],
    plain: Json | None = None,
    statuses: tuple[int, ...] = (400, 404, 406, 410),
) -> Json:
    """Return the path item of a resource that has several representations.

    Args:
        name: its ``operationId``.
        tag: the group that it is shown in.
        words: what it answers; the first sentence is its summary.
        parameters: parameters beside those that every resource has.
        offers: its representations.
        plain: schema of its plain JSON.
        statuses: the problem documents that it may answer with.
    """
    people = any(media.name == "html" for media in offers)
    return {
        "get": {
            "operationId": name,
            "summary": words.partition(".")[0],
            "description": words,
            "tags": [tag],
            "parameters": [*parameters, *shared("format", "lang", "release")],
            "responses": {
                "200": {
                    "description": "The representation that was asked for.",
                    "headers": dict(LINK),
                    "content": content(offers, plain or OBJECT),
                },
                "304": {"$ref": "#/components/responses/Unchanged"},
                **problems(statuses, page=people),
            },
        }
    }


def single(name: str, tag: str, words: str, parameters: list[Json], **answer: Any) -> Json:
    """Return the path item of an operation with one answer.

    Args:
        name: its ``operationId``.
        tag: the group that it is shown in.
        words: what it answers; the first sentence is its summary.
        parameters: all its parameters.
        answer: ``type`` and ``schema`` of what it sends, its ``status`` (200 where it is not
            given) and what that means (``said``), the problem documents that it may answer with
            (``statuses``), and ``more`` responses.
    """
    statuses = answer.get("statuses", ())
    status = answer.get("status", "200")
    held = {answer["type"]: {"schema": answer.get("schema", OBJECT)}} if "type" in answer else None
    said: Json = {"description": answer.get("said", "The answer.")}
    if held:
        said["content"] = held
    return {
        "get": {
            "operationId": name,
            "summary": words.partition(".")[0],
            "description": words,
            "tags": [tag],
            "parameters": parameters,
            "responses": {status: said, **problems(statuses, page=True), **answer.get("more", {})},
        }
    }


def shown(example: Json, item: Json) -> Json:
    """Name the optional parameters with which the overview at ``/api`` shows the operation."""
    item["get"]["x-example"] = example
    return item


def listing(items: Json, **members: Json) -> Json:
    """Return the schema of a list of ``items`` with its total and further ``members``."""
    count = {"type": "integer", "minimum": 0}
    properties = {"total": count, **members, "items": {"type": "array", "items": items}}
    return {"type": "object", "required": list(properties), "properties": properties}
