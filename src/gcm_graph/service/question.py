"""The query library on the web: a page, a form and an operation for each question."""

import time

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph import reference
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Text
from gcm_graph.library.fault import ParameterError
from gcm_graph.library.question import Question
from gcm_graph.service import display, representation
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.page import Format, Table
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.store.media import GRAPHS, SOLUTIONS, Media
from gcm_graph.store.protocol import Bindings

_RESERVED = {"format", "lang", "page", "release"}


def catalogue(request: Request) -> Response:
    """Answer ``/query``: every question of the library.

    Raises:
        Problem: 406.
    """
    state = State.of(request)
    offers = (HTML, JSON)
    media = representation.choose(request, "", offers)
    questions = [question for question in state.catalogue if question.public]

    def body() -> Response | bytes:
        if media.name == "json":
            return orjson.dumps([summary(question) for question in questions])
        formats = display.formats("query?", offers[1:], suffixed=False)
        context = {"questions": questions, "formats": formats}
        return display.show(request, "queries.html", context)

    return representation.respond(request, media, body, "query", ())


def summary(question: Question) -> dict[str, object]:
    """Return what a program needs to know of a question."""
    return {
        "name": question.name,
        "path": f"query/{question.name}",
        "title": question.title,
        "description": question.description,
        "group": question.group,
        "kind": question.kind,
        "columns": list(question.columns),
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "description": parameter.description,
                "default": parameter.default,
                "choices": parameter.choices,
                "kinds": list(parameter.kinds),
                "optional": parameter.optional,
            }
            for parameter in question.parameters
        ],
        "example": dict(question.example),
    }


def show(request: Request) -> Response:
    """Answer ``/query/{name}``: the answer, by ``Accept`` for programs, as a page for people.

    Raises:
        Problem: 400 for a wrong parameter, 404 for an unknown question, 406.
    """
    state = State.of(request)
    reader = state.reader.speaking(language_of(request))
    name, suffix = representation.split(request.path_params["name"], (*SOLUTIONS, *GRAPHS))
    question = next((q for q in state.catalogue if q.name == name and q.public), None)
    if question is None:
        raise Problem(
            404, f"There is no question “{name}”; /query lists those there are.", "unknown"
        )
    table = GRAPHS if question.kind == "construct" else SOLUTIONS
    media = representation.choose(request, suffix, (HTML, *table))
    given = {k: v for k, v in request.query_params.items() if k not in _RESERVED}
    values = given or dict(question.example)
    try:
        bindings = question.bind(values)
    except ParameterError as error:
        if media.name == "html":
            return _page(request, reader, question, values, None, str(error))
        raise Problem(400, str(error), "parameter", parameter=error.parameter) from error

    def body() -> Response | bytes:
        if media.name == "html":
            return _page(request, reader, question, values, bindings, "")
        return reader.store.answer(question.query, media, bindings)

    return representation.respond(request, media, body, f"query/{name}", ())


def _page(
    request: Request,
    reader: Reader,
    question: Question,
    values: dict[str, str],
    bindings: Bindings | None,
    problem: str,
) -> Response:
    state = State.of(request)
    limit = state.settings.page_size
    context = {
        "question": question,
        "values": values,
        "result": None if bindings is None else _table(reader, question, bindings, limit),
        "formats": _formats(request, question),
        "problem": problem,
        "choices": {p.name: state.catalogue.choices(reader.store, p) for p in question.parameters},
    }
    return display.show(request, "query.html", context, status=400 if problem else 200)


def _formats(request: Request, question: Question) -> tuple[Format, ...]:
    offers: tuple[Media, ...] = GRAPHS if question.kind == "construct" else SOLUTIONS
    query = "&".join(
        part for part in request.url.query.split("&") if part and not part.startswith("format=")
    )
    base = f"query/{question.name}?{query}" + ("&" if query else "")
    return display.formats(base, offers, suffixed=False)


def _table(reader: Reader, question: Question, bindings: Bindings, limit: int) -> Table:
    begun = time.perf_counter()
    if question.kind == "ask":
        truth = "yes" if reader.store.ask(question.query, bindings) else "no"
        return Table(("answer",), ((Text(truth, shown=truth),),), 1)
    if question.kind == "construct":
        triples = reader.store.construct(question.query, bindings)
        terms = [(t.subject, t.predicate, t.object) for t in triples[:limit]]
        shown = tuple(tuple(reference.value(reader, term) for term in row) for row in terms)
        return Table(("subject", "predicate", "object"), shown, len(triples))
    rows = reader.store.select(question.query, bindings)
    taken = (time.perf_counter() - begun) * 1000
    free = [name for name in question.columns if name not in bindings]
    names = [name for name in free if not _labels_another(name, question.columns)]
    cells = tuple(
        tuple(reference.value(reader, row[n]) if n in row else None for n in names)
        for row in rows[:limit]
    )
    return Table(tuple(names), cells, len(rows), taken)


def _labels_another(name: str, columns: tuple[str, ...]) -> bool:
    """Tell whether a column only names what another column links to."""
    return name.endswith("Label") and name.removesuffix("Label") in columns


ROUTES = [Route("/query", catalogue), Route("/query/{name}", show)]
