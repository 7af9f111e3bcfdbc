"""The typed JSON API: what pages show, for programs, described in OpenAPI."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pyoxigraph import NamedNode
from starlette.responses import Response

from gcm_graph.graph import disagreement, evidence, listing, source, thing
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.view import Claim, Disagreement, Listing, Passage, Ref, Source, Thing
from gcm_graph.library.parameter import Parameter
from gcm_graph.search.narrowing import narrowed
from gcm_graph.service import display, lineage, page, question, representation
from gcm_graph.service.home import manifest
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.terms import expand

router = APIRouter(prefix="/api", tags=["graph"])

Iri = Annotated[str, Query(description="An IRI, prefix:name, or kind/slug such as body/gcim.")]

_NAME = Parameter("name", "iri")
_TERM = Parameter("object", "term")

ROUTES_SHOWN = (
    page.Route("GET", "/api/things", "Things by class or name", "api/things?q=IMRF", "Graph"),
    page.Route(
        "GET", "/api/thing", "A thing with statements, passages and disagreements",
        "api/thing?iri=body/un-network-on-migration", "Graph",
    ),
    page.Route(
        "GET", "/api/lineage", "The chains between two things",
        "api/lineage?from=forum/imrf&to=body/gcim", "Graph",
    ),
    page.Route("GET", "/api/disagreements", "Where sources disagree", "api/disagreements", "Graph"),
    page.Route("GET", "/api/sources", "The documents cited", "api/sources", "Evidence"),
    page.Route(
        "GET", "/api/passage", "What a passage says",
        "api/passage?iri=source:A-RES-73-195/para-45", "Evidence",
    ),
    page.Route(
        "GET", "/api/explain", "What a statement rests on",
        "api/explain?subject=body/un-network-on-migration&predicate=gcm:mandatedBy"
        "&object=instrument/gcm", "Evidence",
    ),
    page.Route("GET", "/api/queries", "The questions of the library", "api/queries", "Queries"),
    page.Route(
        "GET", "/query/{name}", "The answer to a question, in every result format",
        "query/disagreements?format=json", "Queries",
    ),
    page.Route("GET, POST", "/sparql", "SPARQL 1.1 Protocol, queries only", "sparql", "Queries"),
    page.Route("GET", "/api/release", "Digest and counts of the release", "api/release", "Release"),
)  # fmt: skip
"""The routes that the page for people lists."""


def _reader(request: Request) -> Reader:
    return State.of(request).reader.speaking(language_of(request))


def _iri(text: str, name: str) -> str:
    try:
        return expand(text.strip())
    except ValueError as error:
        raise Problem(400, f"`{name}`: {error}", "parameter") from error


@router.get("", include_in_schema=False)
def overview(request: Request) -> Response:
    """Return the routes: a page for people, JSON for programs."""
    media = representation.choose(request, "", (HTML, JSON))
    if media.name == "html":
        return display.show(request, "api.html", {"routes": ROUTES_SHOWN})
    body = representation.plain({"openapi": "/openapi.json", "routes": ROUTES_SHOWN})
    return Response(body, headers={"Vary": "Accept"}, media_type=JSON.type)


@router.get("/release")
def release(request: Request) -> dict[str, object]:
    """Digest, version and counts of the release that is served."""
    return manifest(State.of(request).release)


@router.get("/classes")
def classes(request: Request) -> list[tuple[Ref, int]]:
    """Classes of things with how many things have each as their most specific one."""
    return list(listing.list_classes(_reader(request)))


@router.get("/things")
def things(
    request: Request,
    q: Annotated[
        str, Query(description="A name, acronym, symbol, number or code.", max_length=200)
    ] = "",
    cls: Annotated[
        str, Query(alias="class", description="A class, such as gcm:Forum; narrower ones count.")
    ] = "",
    kind: Annotated[str, Query(description="With `q`: a kind, such as body or event.")] = "",
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Listing:
    """Things by name, by class, or both; the best match first."""
    reader = _reader(request)
    name = _iri(cls, "class") if cls else None
    if q.strip():
        found = State.of(request).search.find(q, narrowed(reader, name, kind))
        shown = found[offset : offset + limit]
        return Listing(tuple(ref(reader, match.iri) for match in shown), len(found), offset)
    if name is None:
        raise Problem(400, "Give `q`, `class` or both.", "parameter")
    return listing.list_things(reader, name, offset, limit)


@router.get("/thing")
def one_thing(request: Request, iri: Iri, limit: Annotated[int, Query(ge=1)] = 1000) -> Thing:
    """A thing: types, names, statements with their passages, dated relations, disagreements."""
    name = _iri(iri, "iri")
    found = thing.read(_reader(request), name, limit)
    if found is None:
        raise Problem(404, f"Nothing is known of <{name}>.", "unknown")
    return found


@router.get("/lineage")
def chains(
    request: Request,
    start: Annotated[str, Query(alias="from", description="The later thing.")],
    end: Annotated[str, Query(alias="to", description="The earlier thing.")],
) -> dict[str, object]:
    """The chains by which one thing goes back to another, each step with its passages."""
    state = State.of(request)
    reader = _reader(request)
    first, second = lineage.resolve(reader, start, "from"), lineage.resolve(reader, end, "to")
    return lineage.as_json(lineage.find(state, reader, first, second))


@router.get("/disagreements")
def disagreements(
    request: Request, about: Annotated[str, Query(description="Only those about this thing.")] = ""
) -> list[Disagreement]:
    """Where sources disagree: the rival claims, each with its passages."""
    reader = _reader(request)
    if about:
        return list(disagreement.disagreements_about(reader, _iri(about, "about")))
    return list(disagreement.list_disagreements(reader))


@router.get("/sources")
def sources(request: Request) -> list[Source]:
    """The documents that statements rest on."""
    return list(source.list_sources(_reader(request)))


@router.get("/passage")
def one_passage(request: Request, iri: Iri) -> dict[str, Passage | tuple[Claim, ...]]:
    """A passage and what the graph reads in it."""
    name = _iri(iri, "iri")
    found = source.read_passage(_reader(request), name)
    if found is None:
        raise Problem(404, f"<{name}> is not a passage of this dataset.", "unknown")
    return {"passage": found[0], "claims": found[1]}


@router.get("/explain")
def explain(
    request: Request,
    subject: Iri,
    predicate: Iri,
    value: Annotated[
        str, Query(alias="object", description='An IRI as above, or a literal: "text"@en.')
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
    found = evidence.explain(_reader(request), about, relation, term)
    if found is None:
        raise Problem(404, "The graph does not hold this statement.", "unknown")
    return found


@router.get("/queries")
def queries(request: Request) -> list[dict[str, object]]:
    """The questions of the library with their parameters."""
    return [question.summary(one) for one in State.of(request).catalogue if one.public]
