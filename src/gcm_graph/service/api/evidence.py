"""Evidence over the API: sources, passages, what a statement rests on, and where sources differ."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from pyoxigraph import NamedNode

from gcm_graph.graph import disagreement, evidence, source
from gcm_graph.graph.view import Claim, Disagreement, Passage, Source
from gcm_graph.library.parameter import Parameter
from gcm_graph.service.api.shape import (
    IRI_HELP,
    Iri,
    Limit,
    Offset,
    Page,
    cut,
    iri_named,
    problems,
    reader_of,
)
from gcm_graph.service.given import iri
from gcm_graph.service.problem import Problem

router = APIRouter(prefix="/api", tags=["Evidence"])

_NAME = Parameter("name", "iri")
_TERM = Parameter("object", "term")


class PassageStatements(BaseModel):
    """A passage and what the graph reads in it."""

    passage: Passage
    claims: list[Claim]


@router.get("/disagreements", responses=problems())
def disagreements(
    request: Request,
    response: Response,
    about: Annotated[str, Query(description="Only those about this thing.", max_length=2000)] = "",
    offset: Offset = 0,
    limit: Limit = 100,
) -> Page[Disagreement]:
    """Where sources disagree: the rival claims, each with its passages."""
    reader = reader_of(request)
    found = (
        disagreement.disagreements_about(reader, iri(about, "about"))
        if about
        else disagreement.list_disagreements(reader)
    )
    return cut(request, response, found, offset, limit)


@router.get("/sources", responses=problems())
def sources(
    request: Request,
    response: Response,
    kind: Annotated[
        Literal["", "primary", "secondary"], Query(description="Only sources of this kind.")
    ] = "",
    publisher: Annotated[
        str, Query(description="Only those of this publisher.", max_length=200)
    ] = "",
    q: Annotated[str, Query(description="Words in the title or symbol.", max_length=200)] = "",
    offset: Offset = 0,
    limit: Limit = 100,
) -> Page[Source]:
    """The documents that statements rest on, by title; their passages are at `/api/source`."""
    words = q.casefold().split()
    found = [
        one
        for one in source.list_sources(reader_of(request))
        if (not kind or one.kind == kind)
        and (not publisher or one.publisher.casefold() == publisher.casefold())
        and all(word in f"{one.ref.label} {one.ref.identifier}".casefold() for word in words)
    ]
    return cut(request, response, found, offset, limit)


@router.get("/source", responses=problems())
def one_source(
    request: Request,
    iri_: Annotated[str, iri_named("source/A-RES-73-195")],
) -> Source:
    """A document with its passages and the number of statements in each."""
    name = iri(iri_, "iri")
    found = source.read_source(reader_of(request), name)
    if found is None:
        raise Problem(404, f"<{name}> is not a source of this dataset.", "unknown")
    return found


@router.get("/passage", responses=problems())
def one_passage(
    request: Request,
    iri_: Annotated[str, iri_named("source/A-RES-73-195/para-45")],
) -> PassageStatements:
    """A passage and what the graph reads in it."""
    name = iri(iri_, "iri")
    found = source.read_passage(reader_of(request), name)
    if found is None:
        raise Problem(404, f"<{name}> is not a passage of this dataset.", "unknown")
    return PassageStatements(passage=found[0], claims=list(found[1]))


@router.get("/explain", responses=problems())
def explain(
    request: Request,
    subject: Iri,
    predicate: Annotated[
        str, Query(description=IRI_HELP, max_length=2000, examples=["gcm:mandatedBy"])
    ],
    value: Annotated[
        str,
        Query(
            alias="object",
            max_length=4000,
            examples=["instrument/gcm"],
            description='An IRI as above, or a literal: "text"@en.',
        ),
    ],
) -> Claim:
    """What a statement rests on: its passages, or the rule and the statements it came from."""
    try:
        about, relation = _NAME.parse(subject), _NAME.parse(predicate)
        term = _TERM.parse(value)
    except ValueError as error:
        raise Problem(400, str(error), "parameter") from error
    assert isinstance(about, NamedNode)
    assert isinstance(relation, NamedNode)
    found = evidence.explain(reader_of(request), about, relation, term)
    if found is None:
        raise Problem(404, "The graph does not hold this statement.", "unknown")
    return found
