"""The SPARQL endpoint: a plain Starlette route in front of the isolated lane."""

import asyncio
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from gcm_graph.namespaces import PREFIXES
from gcm_graph.service import display, edition, negotiation, protocol, representation
from gcm_graph.service.asking import HEADERS, Asking
from gcm_graph.service.cache import Cache
from gcm_graph.service.form import FORM
from gcm_graph.service.page import Format
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.store.guard import Guarded, Refused, guard
from gcm_graph.store.lexer import normalised
from gcm_graph.store.media import GRAPHS, SOLUTIONS, Media
from gcm_graph.store.pool import Trouble

STATUS: Mapping[str, int] = {
    "answer-too-large": 422,
    "busy": 503,
    "deadline": 503,
    "evaluation": 400,
    "extension": 403,
    "memory": 503,
    "not-acceptable": 406,
    "several-graphs": 422,
    "syntax": 400,
    "unavailable": 503,
    "unknown-graph": 403,
}
"""HTTP status for each reason why a query got no answer."""

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
"""The methods of the endpoint."""


async def endpoint(request: Request) -> Response:
    """Answer a query of the SPARQL 1.1 Protocol; without one, describe the service or show a form.

    Raises:
        Problem: for everything that is not answered; see `STATUS`; 400, 404, 410 or 503 for a
            ``release`` that cannot be had.
    """
    if request.method == "OPTIONS":
        headers = {"Allow": ", ".join(METHODS), "Accept-Post": f"{FORM}, {protocol.DIRECT}"}
        return Response(status_code=204, headers=headers)
    edition.check(request)
    state = State.of(request)
    settings = state.settings
    operation = await protocol.read(request, settings.request_bytes, settings.query_bytes)
    asked = negotiation.Asked.of(request)
    asked = negotiation.Asked(asked.accept, operation.format or asked.format)
    person = not asked.format and negotiation.prefers_html(asked.accept)
    if person and request.method in {"GET", "HEAD"}:
        return _form(request, state, operation)
    address = _address(request)
    if not operation.asked and request.method in {"GET", "HEAD"}:
        return await asyncio.to_thread(_description, request, state, asked, address)
    if operation.query is None:
        detail = "There is no query: give it as `query`, in the address or in the body."
        raise Problem(400, detail, "query")
    solutions, graph = _representations(asked)
    guarded = _guarded(operation.query, address, settings.query_depth)
    default, named = _dataset(operation, guarded)
    wanted = {
        "query": guarded.text,
        "base": address,
        "default": default,
        "named": named,
        "solutions": solutions.name if solutions else None,
        "graph": graph.name if graph else None,
        "prefixes": PREFIXES,
    }
    asking = Asking(state, wanted, (solutions, graph), _client(request))
    answers: Cache = request.app.state.cache
    key = ("query", state.digest, asking.key(normalised(guarded.text)))
    try:
        entry = await answers.once(key, asking.entry) if answers.most else await asking.entry()
        if entry is None:  # too large to keep, so each has an answer of their own
            return await asking.response()
    except Trouble as trouble:
        raise problem_of(trouble) from trouble
    headers = {**HEADERS, "ETag": entry.tag.decode()}
    if representation.unchanged(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(entry.body, headers=headers, media_type=entry.type)


def _client(request: Request) -> str:
    """Return who asks: clients take turns."""
    return request.client.host if request.client else ""


def _address(request: Request) -> str:
    """Return the address of the endpoint as the client wrote it: the base of relative IRIs."""
    return str(request.url.replace(query="", fragment=""))


def _description(
    request: Request, state: State, asked: negotiation.Asked, address: str
) -> Response:
    try:
        media = negotiation.choose(asked, GRAPHS)
    except negotiation.NotAcceptable as error:
        raise Problem(406, str(error), "not-acceptable") from error

    def body() -> bytes:
        return state.description(address, media)

    return representation.respond(request, media, body, "sparql", (), {"Vary": "Accept"})


def _form(request: Request, state: State, operation: protocol.Operation) -> Response:
    settings = state.settings
    examples = state.catalogue.public
    name = request.query_params.get("example", "")
    first = next((one for one in examples if one.name == name), examples[0])
    limits = (
        f"A query is stopped after {settings.query_seconds:g} seconds.",
        f"Its text may have {settings.query_bytes:,} bytes, its answer {settings.answer_bytes:,}.",
        f"{settings.query_workers} queries run at a time; {settings.query_waiting} may wait.",
        "SERVICE and graphs from elsewhere are refused.",
    )
    outputs = tuple(Format(media.title, "", media.type) for media in (*SOLUTIONS, *GRAPHS))
    context = {
        "text": operation.query or first.filled(first.bind(first.example)),
        "outputs": outputs,
        "chosen": SOLUTIONS[0].type,
        "examples": examples,
        "limits": limits,
    }
    return display.show(request, "sparql.html", context)


def problem_of(trouble: Trouble) -> Problem:
    """Return the problem document's exception for a query that got no answer."""
    status = STATUS.get(trouble.reason, 500)
    headers = {"Retry-After": "5"} if trouble.reason in {"busy", "unavailable"} else {}
    return Problem(status, str(trouble), trouble.reason, headers, **trouble.more)


def _representations(asked: negotiation.Asked) -> tuple[Media | None, Media | None]:
    """Return what rows and what graphs are to be written in, either may be missing."""
    found: list[Media | None] = []
    failure: negotiation.NotAcceptable | None = None
    for table in (SOLUTIONS, GRAPHS):
        try:
            found.append(negotiation.choose(asked, table))
        except negotiation.NotAcceptable as error:
            found.append(None)
            failure = error
    if found == [None, None]:
        types = ", ".join(media.type for media in (*SOLUTIONS, *GRAPHS))
        what = asked.format or asked.accept
        detail = f"“{what}” is not available here; ask for one of: {types}."
        raise Problem(406, detail, "not-acceptable") from failure
    return found[0], found[1]


def _guarded(query: str, base: str, depth: int) -> Guarded:
    try:
        return guard(query, base, depth)
    except Refused as refused:
        status = 400 if refused.reason == "nesting" else 403
        raise Problem(status, str(refused), refused.reason) from refused


def _dataset(
    operation: protocol.Operation, guarded: Guarded
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """Return default and named graphs; those of the protocol win over the query's own."""
    if operation.default_graphs or operation.named_graphs:
        return operation.default_graphs, operation.named_graphs
    return guarded.default_graphs, guarded.named_graphs
