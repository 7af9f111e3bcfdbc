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
