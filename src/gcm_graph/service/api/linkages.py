"""Linkages over the API: objectives, targets, principles, workstreams, round tables, bodies."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from gcm_graph.graph import linkage
from gcm_graph.graph.linkage import Kind, Linkage
from gcm_graph.service.api.shape import Limit, Offset, Page, cut, problems, reader_of
from gcm_graph.service.given import iri

router = APIRouter(prefix="/api", tags=["Linkages"])


@router.get("/linkages", responses=problems())
def linkages(
    request: Request,
    response: Response,
    rows: Annotated[Kind | None, Query(description="Kind of the rows.")] = None,
    columns: Annotated[Kind | None, Query(description="Kind of the columns.")] = None,
    about: Annotated[
        str,
        Query(
            description="Only linkages of this thing.",
            max_length=2000,
            examples=["provision/gcm-obj-7"],
        ),
    ] = "",
    relation: Annotated[
        str,
        Query(
            description="Only this property or role; narrower ones count.",
            max_length=2000,
            examples=["gcm:alignedWith"],
        ),
    ] = "",
    publisher: Annotated[
        str, Query(description="Only what this publisher says.", max_length=200)
    ] = "",
    offset: Offset = 0,
    limit: Limit = 100,
) -> Page[Linkage]:
    """What is linked to what, each cell with its passages and who says so.

    With `rows` and `columns` a linkage is turned so that its row is of the one kind and its column
    of the other; `forward` tells whether the passages say it in this direction.
    """
    found = linkage.linkages(
        reader_of(request),
        rows,
        columns,
        iri(about, "about") if about else "",
        iri(relation, "relation") if relation else "",
        publisher,
    )
    return cut(request, response, found, offset, limit)
