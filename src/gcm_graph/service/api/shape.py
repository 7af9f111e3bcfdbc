"""What the operations of the API share: parameters, pages of lists, problem documents.

Standards: RFC 9457 (problem documents), RFC 8288 (``Link``), EDTF (dates).
"""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from gcm_graph.graph.as_of import Past
from gcm_graph.graph.reader import Reader
from gcm_graph.service import edition, paging, past
from gcm_graph.service.answer import Page as Part
from gcm_graph.service.language import language_of
from gcm_graph.service.state import State

Item = TypeVar("Item")

IRI_HELP = (
    "An IRI, prefix:name such as body:gcim, kind/slug such as body/gcim, or a path here such as "
    "source/A-RES-73-195/para-45."
)

Iri = Annotated[
    str, Query(description=IRI_HELP, max_length=2000, examples=["body/un-network-on-migration"])
]
"""A name that must be given."""


def iri_named(example: str) -> Any:
    """A name that must be given as ``iri``, with an example that the operation answers."""
    return Query(alias="iri", description=IRI_HELP, max_length=2000, examples=[example])


IriNamed = Annotated[str, iri_named("body/un-network-on-migration")]
"""A thing that must be given as ``iri``."""

Offset = Annotated[int, Query(ge=0, le=1_000_000, description="Items before this page.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="Items on a page at most.")]
Language = Annotated[
    str,
    Query(
        max_length=35, examples=["fr"],
        description="Language of names, as a BCP 47 tag; before `Accept-Language`.",
    ),
]  # fmt: skip
AsOf = Annotated[
    str,
    Query(
        alias="as-of", max_length=10, examples=["2017-06-30"],
        description="A year, month or day: only what held then.",
    ),
]  # fmt: skip


def shared(
    request: Request,
    lang: Language = "",
    release: Annotated[
        str,
        Query(
            max_length=64,
            description="Digest of the release that is meant: 410 or 404 when another is served.",
        ),
    ] = "",
) -> None:
    """Read the parameters that every operation has.

    Raises:
        Problem: 400, 404 or 410 for another release than the one that is served.
    """
    del lang, release  # declared here, read where they are needed
    edition.check(request)


def moment(request: Request, as_of: AsOf = "") -> Past | None:
    """Return the moment that ``as-of`` asks about; nothing for the whole record.

    Raises:
        Problem: 400 when it is no date.
    """
    del as_of  # declared here, read by its own module
    return past.asked(request)


class Page(BaseModel, Generic[Item]):
    """A page of a list."""

    total: int = Field(description="Items in all.", ge=0)
    offset: int = Field(description="Items before this page.", ge=0)
    limit: int = Field(description="Items on a page at most.", ge=1)
    next: str | None = Field(description="Path of the next page, or null.")
    previous: str | None = Field(description="Path of the page before, or null.")
    items: list[Item] = Field(description="The items of this page, in a stable order.")


class ProblemDocument(BaseModel):
    """What went wrong, and what would be right (RFC 9457)."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:problem:gcm-graph:parameter",
                    "title": "The request cannot be understood",
                    "status": 400,
                    "detail": "`page`: “x” is not a whole number from 1.",
                    "instance": "/api/things",
                }
            ]
        },
    )

    type: str = Field(description="What kind of problem: `about:blank` or a URN.")
    title: str = Field(description="The kind of problem in words.")
    status: int = Field(description="HTTP status.", ge=400, le=599)
    detail: str = Field(description="What is wrong with this request and what would be right.")
    instance: str = Field(description="Path of the request.")


MEANINGS = {
    400: "A parameter cannot be read, or the request is malformed.",
    403: "The request is refused.",
    404: "Nothing is known of what was asked for, or of that release.",
    405: "The method is not allowed here.",
    406: "There is no representation of the type that was asked for.",
    408: "The body was not whole in time.",
    410: "The release that was asked for is kept, but no longer served.",
    413: "The request is too large.",
    414: "The address is too long.",
    415: "The media type of the request is not known.",
    421: "The service is not known under the name in `Host`.",
    422: "A parameter is missing, or outside its bounds.",
    429: "Too many requests.",
    431: "The header of the request is too large.",
    500: "The service made a mistake.",
    503: "The service cannot answer now, or not within its limits.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the problem documents that an operation may answer with, for its description."""
    content = {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}
    }
    return {
        status: {"description": MEANINGS[status], "content": dict(content)}
        for status in sorted({400, 404, 410, 422, *statuses})
    }


def reader_of(request: Request) -> Reader:
    """Return the reader of the release in the language of the request."""
    return State.of(request).reader.speaking(language_of(request))


def page(
    request: Request, response: Response, items: Sequence[Item], total: int, offset: int, limit: int
) -> Page[Item]:
    """Return ``items`` as a page of a list, and say the ways to the others in ``Link``.

    Args:
        request: what is answered.
        response: gets the header.
        items: the items of this page.
        total: items in all.
        offset: items before this page.
        limit: items on a page at most.
    """
    ways = paging.ways(request, Part(offset, limit), total)
    if ways:
        response.headers["Link"] = paging.link(ways)
    return Page(
        total=total,
        offset=offset,
        limit=limit,
        next=ways.get("next"),
        previous=ways.get("prev"),
        items=list(items),
    )


def cut(
    request: Request, response: Response, items: Sequence[Item], offset: int, limit: int
) -> Page[Item]:
    """Return the page of a whole list that begins at ``offset``; see `page`."""
    return page(request, response, items[offset : offset + limit], len(items), offset, limit)
