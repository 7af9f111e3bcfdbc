"""The API itself: its operations for people, the release that is served, and the classes."""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from gcm_graph.graph import listing
from gcm_graph.graph.view import Ref
from gcm_graph.release import manifest
from gcm_graph.service import display, page, representation
from gcm_graph.service.api.shape import Limit, Offset, Page, cut, problems, reader_of
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.state import State

router = APIRouter(prefix="/api")


class ReleaseManifest(BaseModel):
    """What a release says of itself."""

    digest: str = Field(description="SHA-256 of the sorted N-Quads, hexadecimal.")
    version: str = Field("", description="Version of the software that built it.")
    built: str = Field("", description="When it was built (ISO 8601).")
    counts: dict[str, int] = Field({}, description="Its figures by name.")
    classes: dict[str, int] = Field({}, description="How many things there are of each class.")


class ClassCount(BaseModel):
    """A class with how many things have it as their most specific one."""

    thing: Ref
    count: int = Field(ge=0)


@router.get("", include_in_schema=False)
def overview(request: Request) -> Response:
    """Return the operations: a page for people, JSON for programs."""
    media = representation.choose(request, "", (HTML, JSON))
    routes = operations(request.app.openapi())
    if media.name == "html":
        return display.show(request, "api.html", {"routes": routes})
    body = representation.plain({"openapi": "/openapi.json", "routes": routes})
    return Response(body, headers={"Vary": "Accept"}, media_type=JSON.type)


def operations(document: dict[str, Any]) -> list[page.Route]:
    """Return the operations of an OpenAPI document with an example each.

    The questions of the library have a list of their own at ``/query`` and are one row here.
    """
    found = [
        page.Route(
            "GET", "/query/{name}", "The answer to a question of the library, in every format.",
            "query", "Queries",
)
    ]  # fmt: skip
    shared = document.get("components", {}).get("parameters", {})
    for path, methods in document["paths"].items():
        if path.startswith("/query/"):
            continue
        for method, operation in methods.items():
            if method in {"get", "post"}:
                said = operation.get("description") or operation.get("summary", "")
                example = _example(path, operation, shared) if method == "get" else ""
                tag = operation.get("tags", ["Other"])[0]
                words = " ".join(said.split("\n\n")[0].split())
                found.append(page.Route(method.upper(), path, words, example, tag))
    return found


def _example(path: str, operation: dict[str, Any], shared: dict[str, Any]) -> str:
    query = list(operation.get("x-example", {}).items())
    for given in operation.get("parameters", ()):
        # A parameter of several operations is described once and referred to by its name.
        one = shared[given["$ref"].rpartition("/")[2]] if "$ref" in given else given
        schema = one.get("schema", {})
        examples = schema.get("examples") or [one["example"]] if "example" in one else []
        examples = examples or schema.get("examples", [])
        if one["in"] == "path":
            if not examples:
                return ""
            path = path.replace("{" + one["name"] + "}", str(examples[0]))
        elif one.get("required") and examples:
            query.append((one["name"], str(examples[0])))
    return path.removeprefix("/") + (f"?{urlencode(query, True, safe=':/')}" if query else "")


@router.get("/release", responses=problems(), tags=["Release"])
def release(request: Request) -> ReleaseManifest:
    """Digest, version and counts of the release that is served."""
    told = manifest.read(State.of(request).release)
    return ReleaseManifest(
        digest=told.digest,
        version=told.version,
        built=told.built,
        counts=dict(told.counts),
        classes=dict(told.classes),
    )


@router.get("/classes", responses=problems(), tags=["Things"])
def classes(
    request: Request,
    response: Response,
    offset: Offset = 0,
    limit: Limit = 1000,
) -> Page[ClassCount]:
    """Classes of things with how many things have each as their most specific one."""
    found = [
        ClassCount(thing=one, count=count)
        for one, count in listing.list_classes(reader_of(request))
    ]
    return cut(request, response, found, offset, limit)
