"""The application: its routes, its life, and how it says that something went wrong."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from gcm_graph.service import (
    alternates,
    archive,
    assistant,
    cache,
    change,
    citation,
    comparison,
    context,
    definition,
    download,
    health,
    home,
    lineage,
    linkages,
    memento,
    metrics,
    neighbourhood,
    opensearch,
    page,
    problem,
    processes,
    question,
    reconciliation,
    record,
    search,
    sources,
    sparql,
    states,
    succession,
    thing,
    timeline,
    typed,
    validation,
    view,
    vocabulary,
)
from gcm_graph.service.header import COMMON, Headers
from gcm_graph.service.limit import Limits
from gcm_graph.settings import Settings
from gcm_graph.settings import settings as read_settings
from gcm_graph.store.pool import Trouble


def create_app(settings: Settings | None = None) -> Starlette:
    """Return the application; it opens the current release when it starts.

    Args:
        settings: the settings to use instead of those of the environment.
    """
    used = settings or read_settings()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with succession.running(app, used):
            yield

    handlers = {HTTPException: _problem, Trouble: _trouble, Exception: _mistake}
    app = Starlette(lifespan=lifespan, exception_handlers=handlers)
    app.add_middleware(Limits, settings=used)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=[
            "Accept",
            "Accept-Datetime",
            "Accept-Profile",
            "Content-Type",
            "If-None-Match",
            "Mcp-Protocol-Version",
        ],
        expose_headers=[
            "Link",
            "ETag",
            "Retry-After",
            "Content-Profile",
            "Memento-Datetime",
            "X-Request-ID",
            "Cache-Status",
        ],  # fmt: skip,
    )
    app.add_middleware(archive.Pinned)
    app.add_middleware(Headers)
    app.state.cache = cache.Cache(used.cache_bytes)
    app.add_middleware(cache.Cached, cache=app.state.cache)
    app.state.figures = metrics.Figures()
    app.add_middleware(metrics.Measured, figures=app.state.figures, every=used.log_requests)
    app.router.routes.append(
        Route("/sparql", sparql.endpoint, methods=list(sparql.METHODS), include_in_schema=False)
    )
    for module in (
        health,
        metrics,
        home,
        opensearch,
        thing,
        lineage,
        linkages,
        neighbourhood,
        states,
        timeline,
        processes,
        sources,
        comparison,
        citation,
        assistant,
        change,
        view,
        question,
        search,
        validation,
        reconciliation,
        definition,
        download,
        context,
        alternates,
        memento,
        vocabulary,
    ):
        app.router.routes.extend(module.ROUTES)
    app.router.routes.append(typed.Typed(used, handlers, app.state))
    app.mount("/static", StaticFiles(directory=page.STATIC), name="static")
    return app


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem.respond(request, error)


async def _trouble(request: Request, error: Exception) -> Response:
    """Answer for a query of our own that an engine elsewhere did not answer."""
    assert isinstance(error, Trouble)
    if error.reason in {"syntax", "evaluation"}:
        detail = f"The engine behind this service cannot answer this question: {error}"
        error = Trouble("unavailable", detail)
    return problem.respond(request, sparql.problem_of(error))


async def _mistake(request: Request, error: Exception) -> Response:
    name = request.scope.get(metrics.ID, b"").decode()
    record.log().error("unexpected failure", request_id=name, exc_info=error)
    detail = "The fault has been recorded. The same request may fail again; others will work."
    return problem.respond(request, problem.Problem(500, detail, "mistake", COMMON))
