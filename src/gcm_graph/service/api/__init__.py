"""The typed JSON API: what pages show, for programs, described in OpenAPI."""

from fastapi import APIRouter, Depends

from gcm_graph.service.api import (
    changes,
    evidence,
    lineage,
    linkages,
    neighbourhood,
    overview,
    queries,
    shape,
    things,
    timeline,
)

router = APIRouter(dependencies=[Depends(shape.shared)])
for _module in (
    overview,
    things,
    neighbourhood,
    lineage,
    linkages,
    timeline,
    evidence,
    queries,
    changes,
):
    router.include_router(_module.router)

__all__ = ["router"]
