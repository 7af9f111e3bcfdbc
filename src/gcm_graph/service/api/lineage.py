"""Lineage over the API: the chains between two things."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from gcm_graph.graph.view import Node, Ref, Step
from gcm_graph.service import lineage
from gcm_graph.service.api.shape import problems, reader_of
from gcm_graph.service.state import State

router = APIRouter(prefix="/api", tags=["Lineage"])


class LineageChains(BaseModel):
    """The chains by which one thing goes back to another."""

    start: Ref = Field(description="The later thing.")
    end: Ref = Field(description="The earlier thing.")
    complete: bool = Field(description="False when there are more chains than are listed.")
    chains: list[list[Step]] = Field(description="Each chain as its steps, the shortest first.")
    nodes: list[Node] = Field(description="Every thing on a chain, with its place in time.")


@router.get("/lineage", responses=problems())
def chains(
    request: Request,
    start: Annotated[
        str,
        Query(
            alias="from", description="The later thing.", max_length=2000, examples=["forum/imrf"]
        ),
    ],
    end: Annotated[
        str,
        Query(
            alias="to", description="The earlier thing.", max_length=2000, examples=["body/gcim"]
        ),
    ],
) -> LineageChains:
    """The chains by which one thing goes back to another, each step with its passages."""
    state, reader = State.of(request), reader_of(request)
    first, second = lineage.resolve(reader, start, "from"), lineage.resolve(reader, end, "to")
    found = lineage.find(state, reader, first, second)
    return LineageChains(
        start=found.start,
        end=found.end,
        complete=found.complete,
        chains=[[found.steps[position] for position in chain] for chain in found.chains],
        nodes=list(found.nodes),
    )
