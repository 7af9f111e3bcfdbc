"""The query library on the web: a page, a form and an operation for each question."""

import time
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph import reference
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Text
from gcm_graph.library.fault import ParameterError
from gcm_graph.library.question import Question
from gcm_graph.service import answer, display, paging, picture, representation
from gcm_graph.service.answer import Answer
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.page import Format, Pager, Table
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.store.media import GRAPHS, SOLUTIONS, Media
from gcm_graph.store.protocol import Bindings

RESERVED = frozenset({"format", "lang", "release", *paging.NAMES})
"""Parameters of an address that are no parameters of its question."""

_SUFFIXED = (
    answer.ROWS, answer.RESULTS, *SOLUTIONS[1:], answer.GRAPHML, answer.GEXF, *GRAPHS
)  # fmt: skip


def catalogue(request: Request) -> Response:
    """Answer ``/query``: every question of the library.

    Raises:
        Problem: 406.
    """
    state = State.of(request)
    offers = (HTML, JSON)
    media = representation.choose(request, "", offers)
    questions = state.catalogue.public

    def body() -> Response | bytes:
        if media.name == "json":
            from gcm_graph.service.api import summary  # loads the typed API, which is heavy

            return representation.plain([summary.of(one).model_dump() for one in questions])
        formats = display.formats("query?", offers[1:], suffixed=False)
        context = {"questions": questions, "formats": formats}
        return display.show(request, "queries.html", context)

    return representation.respond(request, media, body, "query", ())


def show(request: Request) -> Response:
    """Answer ``/query/{name}``: the answer, by ``Accept`` for programs, as a page for people.

    Raises:
        Problem: 400 for a wrong parameter, 404 for an unknown question, 406.
    """
    state = State.of(request)
    reader = state.reader.speaking(language_of(request))
    name, suffix = representation.split(request.path_params["name"], _SUFFIXED)
    question = next((q for q in state.catalogue.public if q.name == name), None)
    if question is None:
        detail = f"There is no question “{name}”; /query lists those there are."
        raise Problem(404, detail, "unknown")
    media = representation.choose(request, suffix, (HTML, *answer.offers(question)))
    most = state.settings.answer_rows
    usual = min(state.settings.page_size, most) if media.name == "html" else most
    page = paging.asked(request, usual, most)
    given = {k: v for k, v in request.query_params.items() if k not in RESERVED}
    values = given or dict(question.example)
    try:
        bindings = question.bind(values)
    except ParameterError as error:
        if media.name == "html":
            return _page(request, question, values, None, str(error))
        raise Problem(400, str(error), "parameter", parameter=error.parameter) from error
    found = Answer(reader, question, bindings, page)
    ways = paging.ways(request, page, found.total)
    links = representation.links(f"query/{name}", ())
    headers = {"Link": f"{links}, {paging.link(ways)}"} if ways else {}

    def body() -> Response | bytes:
        if media.name == "html":
            return _page(request, question, values, found, "")
        return found.plain(ways) if media == answer.ROWS else found.written(media)

    return representation.respond(request, media, body, f"query/{name}", (), headers)


def _page(
    request: Request,
    question: Question,
    values: dict[str, str],
    found: Answer | None,
    problem: str,
) -> Response:
    state = State.of(request)
    reader = state.reader.speaking(language_of(request))
    result = None if found is None else _table(reader, found)
    context = {
        "question": question,
        "values": values,
        "result": result,
        "picture": picture.draw(reader, found, state.boards(reader.language)) if found else None,
        "pager": _pager(request, question, found),
        "formats": _formats(request, question),
        "problem": problem,
        "filled": question.filled(found.bindings) if found else "",
        "given_query": urlencode({name: text for name, text in values.items() if text}),
        "things": _things(reader, question, found),
        "choices": {p.name: state.catalogue.choices(reader.store, p) for p in question.parameters},
    }
    return display.show(request, "query.html", context, status=400 if problem else 200)


def _things(reader: Reader, question: Question, found: Answer | None) -> dict[str, object]:
    """Return the parameters that take a thing: of which kinds, and how the given one is called."""
    bound = found.bindings if found else {}
    return {
        one.name: {
            "kinds": list(one.kinds),
            "label": reference.ref(reader, term.value).label
            if isinstance(term := bound.get(one.name), ox.NamedNode)
            else "",
        }
        for one in question.parameters
        if one.type == "iri"
    }


def _pager(request: Request, question: Question, found: Answer | None) -> Pager | None:
    if found is None or found.total <= found.page.limit:
        return None
    size = found.page.limit
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in paging.NAMES]
    if "limit" in request.query_params:
        kept.append(("limit", str(size)))
    path = f"query/{question.name}?{urlencode([*kept, ('page', '')])}"
    return Pager(path, found.page.offset // size + 1, size, found.total)


def _formats(request: Request, question: Question) -> tuple[Format, ...]:
    offers: tuple[Media, ...] = answer.offers(question)
    kept = [
        (k, v)
        for k, v in request.query_params.multi_items()
        if k not in paging.NAMES and k != "format"
    ]
    query = urlencode(kept)
    base = f"query/{question.name}?{query}" + ("&" if query else "")
    return display.formats(base, offers, suffixed=False)


def _table(reader: Reader, found: Answer) -> Table:
    question, bindings = found.question, found.bindings
    if question.kind == "ask":
        truth = "yes" if found.truth else "no"
        return Table(("answer",), ((Text(truth, shown=truth),),), 1)
    if question.kind == "construct":
        terms = [(t.subject, t.predicate, t.object) for t in found.triples]
        shown = tuple(tuple(reference.value(reader, term) for term in row) for row in terms)
        return Table(("subject", "predicate", "object"), shown, found.total)
    begun = time.perf_counter()
    rows = found.rows
    taken = (time.perf_counter() - begun) * 1000
    names = shown_columns(question, bindings)
    cells = tuple(
        tuple(reference.value(reader, row[n]) if n in row else None for n in names) for row in rows
    )
    return Table(tuple(names), cells, found.total, taken)


def shown_columns(question: Question, bindings: Bindings) -> list[str]:
    """Return the columns worth showing: not given, and not the name of what another links to."""
    free = [name for name in question.columns if name not in bindings]
    return [name for name in free if not _labels_another(name, question.columns)]


def _labels_another(name: str, columns: tuple[str, ...]) -> bool:
    return name.endswith("Label") and name.removesuffix("Label") in columns


ROUTES = [Route("/query", catalogue), Route("/query/{name}", show)]
