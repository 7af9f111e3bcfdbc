"""The timeline over the API: foundings, ends, adoptions, sessions, publications."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from gcm_graph.graph import neighbourhood, timeline
from gcm_graph.graph.timeline import Occurrence
from gcm_graph.service.api.shape import Limit, Offset, Page, page, problems, reader_of
from gcm_graph.service.given import days, iri
from gcm_graph.service.lineage import resolve

router = APIRouter(prefix="/api", tags=["Timeline"])


@router.get("/timeline", responses=problems())
def occurrences(
    request: Request,
    response: Response,
    cls: Annotated[
        str,
        Query(
            alias="class",
            max_length=2000,
            examples=["gcm:Session"],
            description="Only things of this class; narrower ones count.",
        ),
    ] = "",
    about: Annotated[
        str,
        Query(
            alias="thing",
            max_length=2000,
            examples=["forum/gfmd"],
            description="Only this thing and those one statement away from it.",
        ),
    ] = "",
    begin: Annotated[
        str,
        Query(alias="from", max_length=40, examples=["2016"], description="First day (EDTF)."),
    ] = "",
    end: Annotated[
        str, Query(alias="to", max_length=40, examples=["2018-12"], description="Last day (EDTF).")
    ] = "",
    offset: Offset = 0,
    limit: Limit = 100,
) -> Page[Occurrence]:
    """What began, ended, was adopted, held or published, the earliest first.

    Dates stay as exact as the sources give them (EDTF); what can have happened in the span counts.
    """
    reader = reader_of(request)
    name = resolve(reader, about, "thing") if about else ""
    near: set[str] = {name} if name else set()
    if name:
        edges = neighbourhood.edges_of(reader, name)
        near.update(one for edge in edges for one in (edge.source, edge.target))
    found = timeline.points(
        reader,
        iri(cls, "class") if cls else "",
        frozenset(near),
        days(begin, "from")[0],
        days(end, "to")[1],
    )
    shown = [timeline.told(reader, one) for one in found[offset : offset + limit]]
    return page(request, response, shown, len(found), offset, limit)
