"""Changes over the API: the releases that are kept, and what differs between two of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from gcm_graph.release import difference, shelf
from gcm_graph.release.difference import Difference
from gcm_graph.service.api.shape import problems, reader_of
from gcm_graph.service.given import iri
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State

router = APIRouter(prefix="/api", tags=["Release"])


class KeptRelease(BaseModel):
    """A release that is kept."""

    digest: str = Field(description="Digest of what is in it.")
    version: str = Field(description="Version that built it.")
    built: str = Field(description="When it was built.")


class Changes(BaseModel):
    """What changed between two releases."""

    releases: list[KeptRelease] = Field(description="The releases that are kept.")
    difference: Difference | None = Field(description="Null when there is no older release.")


_Release = Query(
    max_length=64, description="Digest of a release, or its first digits.", examples=["0123abcd"]
)


@router.get("/changes", responses=problems())
def changes(
    request: Request,
    older: Annotated[
        str, Query(alias="from", max_length=64, description=_Release.description)
    ] = "",
    newer: Annotated[str, Query(alias="to", max_length=64, description=_Release.description)] = "",
    about: Annotated[
        str, Query(description="Only changes about this thing.", max_length=2000)
    ] = "",
    limit: Annotated[int, Query(ge=1, le=10_000, description="Changes listed at most.")] = 1000,
) -> Changes:
    """Statements added and removed between two releases, each with its passage.

    Without `to` it is the release that is served, without `from` the one before it.
    """
    state = State.of(request)
    folder = state.release.parent
    name = iri(about, "about") if about else ""
    try:
        second = shelf.find(folder, newer or state.digest)
        first = shelf.find(folder, older) if older else shelf.before(folder, second)
    except shelf.NoSuchRelease as error:
        raise Problem(404, f"{error}.", "release") from error
    found = difference.compare(first, second, reader_of(request), limit, name) if first else None
    kept = [
        KeptRelease(digest=one.digest, version=one.version, built=one.built)
        for one in shelf.releases(folder)
    ]
    return Changes(releases=kept, difference=found)
