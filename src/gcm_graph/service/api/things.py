"""Things over the API: found by name, class, date or source, and one with all its statements."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from gcm_graph.graph import as_of, listing, source, thing
from gcm_graph.graph.as_of import Past
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import natural
from gcm_graph.graph.view import Ref, Thing
from gcm_graph.search.narrowing import kind_of, narrowed
from gcm_graph.service.api import shape
from gcm_graph.service.api.shape import IriNamed, Limit, Offset, Page, page, problems, reader_of
from gcm_graph.service.given import iri
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State

router = APIRouter(prefix="/api", tags=["Things"])


@router.get("/things", responses=problems(), openapi_extra={"x-example": {"q": "73/195"}})
def things(
    request: Request,
    response: Response,
    q: Annotated[
        str, Query(description="A name, acronym, symbol, number or code.", max_length=200)
    ] = "",
    cls: Annotated[
        str,
        Query(
            alias="class",
            max_length=2000,
            examples=["gcm:Forum"],
            description="A class, such as gcm:Forum; narrower ones count.",
        ),
    ] = "",
    kind: Annotated[str, Query(description="A kind, such as body or event.", max_length=40)] = "",
    from_source: Annotated[
        str,
        Query(
            alias="source",
            max_length=2000,
            examples=["source:A-RES-73-195"],
            description="A source or a passage: only things that it says something of.",
        ),
    ] = "",
    moment: Annotated[Past | None, Depends(shape.moment)] = None,
    offset: Offset = 0,
    limit: Limit = 100,
) -> Page[Ref]:
    """Things by name, class, source or date; with `q` the best match first, else by name.

    At least one of `q`, `class`, `kind`, `source` must be given.
    """
    reader = reader_of(request)
    name = iri(cls, "class") if cls else None
    if not (q.strip() or name or kind or from_source):
        detail = "Give `q`, `class`, `kind` or `source`, or several of them."
        raise Problem(400, detail, "parameter")
    if q.strip():
        matches = State.of(request).search.find(q, narrowed(reader, name, kind))
        found = [match.iri for match in matches]
    else:
        found = _named(reader, name, kind)
    if from_source:
        said = _said(reader, iri(from_source, "source"))
        found = [one for one in found if one in said]
    if moment:
        found = [one for one in found if _there(one, moment)]
    shown = [ref(reader, one) for one in found[offset : offset + limit]]
    return page(request, response, shown, len(found), offset, limit)


def _there(iri: str, asked: Past) -> bool:
    span = asked.spans.of(iri)
    return asked.moment.holds(span.begins, span.ends)


def _named(reader: Reader, cls: str | None, kind: str) -> list[str]:
    if cls:
        refs = listing.list_things(reader, cls, 0, len(reader.index.types)).things
        every = [one.iri for one in refs]
    else:
        names = [
            (natural(ref(reader, one).label), one) for one in reader.index.types if kind_of(one)
        ]
        every = [one for _, one in sorted(names)]
    return [one for one in every if not kind or kind_of(one) == kind]


def _said(reader: Reader, name: str) -> frozenset[str]:
    """Return the things of which a source or passage says something.

    Raises:
        Problem: 404 when there is no such source or passage.
    """
    places = reader.index.places.get(name, ())
    if not places and name not in reader.index.passages:
        raise Problem(404, f"<{name}> is no source or passage of this dataset.", "unknown")
    found: set[str] = set()
    for place in places or (name,):
        read = source.read_passage(reader, place)
        for claim in read[1] if read else ():
            found |= {one.iri for one in (claim.subject, claim.value) if isinstance(one, Ref)}
    return frozenset(found)


@router.get("/thing", responses=problems())
def one_thing(
    request: Request,
    iri_: IriNamed,
    moment: Annotated[Past | None, Depends(shape.moment)] = None,
    limit: Annotated[
        int, Query(ge=1, le=100_000, description="Statements of a relation that are listed.")
    ] = 1000,
) -> Thing:
    """A thing: types, names, statements with their passages, dated relations, disagreements."""
    reader, name = reader_of(request), iri(iri_, "iri")
    found = thing.read(reader, name, None if moment else limit)
    if found is None:
        raise Problem(404, f"Nothing is known of <{name}>.", "unknown")
    return as_of.narrowed(reader, found, moment, limit) if moment else found
