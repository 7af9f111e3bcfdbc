"""The library over the API: the list of its questions."""

from fastapi import APIRouter, Request, Response

from gcm_graph.service.api import summary
from gcm_graph.service.api.shape import Limit, Offset, Page, cut, problems
from gcm_graph.service.api.summary import QuestionSummary
from gcm_graph.service.state import State

router = APIRouter(prefix="/api", tags=["Queries"])


@router.get("/queries", responses=problems())
def queries(
    request: Request, response: Response, offset: Offset = 0, limit: Limit = 1000
) -> Page[QuestionSummary]:
    """The questions of the library with parameters, columns, formats and how to show them."""
    found = [summary.of(one) for one in State.of(request).catalogue.public]
    return cut(request, response, found, offset, limit)
