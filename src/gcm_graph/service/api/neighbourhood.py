"""The neighbourhood over the API: typed edges around a thing, as JSON, GraphML and GEXF."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import TypeAdapter
from starlette.responses import Response

from gcm_graph.graph import neighbourhood
from gcm_graph.graph.neighbourhood import Neighbourhood
from gcm_graph.graph.node_link import gexf, graphml
from gcm_graph.service import answer, representation
from gcm_graph.service.api.shape import IriNamed, problems, reader_of
from gcm_graph.service.given import iri
from gcm_graph.service.lineage import resolve
from gcm_graph.service.negotiation import JSON
from gcm_graph.store.media import Media

router = APIRouter(prefix="/api", tags=["Things"])

OFFERS = (JSON, answer.GRAPHML, answer.GEXF)
_WRITTEN: dict[str, Any] = {
    media.type: {"schema": {"type": "string", "description": f"A {media.title} document."}}
    for media in OFFERS[1:]
}
_JSON = TypeAdapter(Neighbourhood)


def _media(
    request: Request,
    format_: Annotated[
        str,
        Query(
            alias="format",
            max_length=100,
            examples=["gexf"],
            description="json, graphml or gexf; before `Accept`.",
        ),
    ] = "",
) -> Media:
    """Return the representation that is asked for, by ``format`` or by ``Accept``."""
    del format_  # declared here, read with the header
    return representation.choose(request, "", OFFERS)


@router.get(
    "/neighbourhood",
    response_model=Neighbourhood,
    responses={**problems(406), 200: {"content": _WRITTEN}},
)
def around(
    request: Request,
    media: Annotated[Media, Depends(_media)],
    iri_: IriNamed,
    depth: Annotated[int, Query(ge=1, le=2, description="Steps from the thing.")] = 1,
    relation: Annotated[
        list[str] | None,
        Query(
            max_length=40,
            examples=[["gcm:tracesTo"]],
            description="Only these properties and roles; narrower ones count.",
        ),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=2000, description="Edges at most.")] = 200,
) -> Response:
    """Typed edges around a thing, with the class and name of each end.

    `truncated` tells whether there are more edges than are listed.
    """
    reader = reader_of(request)
    name = resolve(reader, iri_, "iri")
    wanted = [iri(one, "relation") for one in relation or () if one.strip()]
    found = neighbourhood.read(reader, name, depth, wanted, limit)
    write = {"graphml": graphml, "gexf": gexf}.get(media.name)
    body = write(found.graph) if write else _JSON.dump_json(found)
    headers = {"Vary": "Accept, Accept-Language"}
    return Response(body, headers=headers, media_type=media.content_type)
