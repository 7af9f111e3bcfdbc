"""Linked data: things, sources and passages, each in every representation."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph import description, source, thing
from gcm_graph.graph.reader import Reader
from gcm_graph.namespaces import GRAPH, ID, SDG, SOURCE
from gcm_graph.service import citation, display, representation
from gcm_graph.service.language import language_of
from gcm_graph.service.page import Link
from gcm_graph.service.problem import Problem
from gcm_graph.service.representation import RESOURCE
from gcm_graph.service.state import State
from gcm_graph.service.view import PLURALS
from gcm_graph.store.media import Media

OFFERS = (*RESOURCE, *citation.OFFERS)
"""What a thing, a source and a passage can be had as."""


def _reader(request: Request) -> Reader:
    return State.of(request).reader.speaking(language_of(request))


def _unknown(iri: str) -> Problem:
    return Problem(404, f"Nothing is known of <{iri}>. The search finds things by name.", "unknown")


def _respond(
    request: Request, iri: str, path: str, media: Media, page: Callable[[], Response | bytes]
) -> Response:
    """Return a resource as a page, as plain JSON (both by ``page``), as a citation or as RDF."""
    reader = _reader(request)

    def body() -> Response | bytes:
        if media.name in {"html", "json"}:
            return page()
        if citation.cited(media):
            return citation.of_resource(request, reader, iri, media)
        graphs = representation.carries_graphs(media)
        read = description.quads if graphs else description.triples
        return representation.rdf(read(reader, iri), media)

    return representation.respond(request, media, body, path, OFFERS)


def show_thing(request: Request) -> Response:
    """Answer ``/id/{kind}/{slug}``: everything the graph says about a thing.

    Raises:
        Problem: 404 when the graph says nothing about it, 406.
    """
    kind, name = request.path_params["kind"], request.path_params["slug"]
    slug, suffix = representation.split(name, OFFERS)
    iri = SDG + slug if kind == "sdg" else f"{ID}{kind}/{slug}"
    return _thing(
        request,
        iri,
        f"id/{kind}/{slug}",
        suffix,
        Link(PLURALS.get(kind, kind.capitalize()), f"id/{kind}"),
    )


def show_graph(request: Request) -> Response:
    """Answer ``/graph/{name}``: a graph of the build or a rule, as the release describes it.

    Raises:
        Problem: 404, 406.
    """
    name, suffix = representation.split(request.path_params["name"], OFFERS)
    return _thing(request, GRAPH + name, f"graph/{name}", suffix, None)


def _thing(request: Request, iri: str, path: str, suffix: str, crumb: Link | None) -> Response:
    found = thing.read(_reader(request), iri)
    if found is None:
        raise _unknown(iri)
    media = representation.choose(request, suffix, OFFERS)

    def page() -> Response | bytes:
        if media.name == "json":
            return representation.plain(found)
        context = {"thing": found, "formats": display.formats(path, RESOURCE[1:])}
        context["citations"] = citation.links(path, iri)
        crumbs = [crumb] if crumb else []
        return display.show(request, "thing.html", context, crumbs=crumbs)

    return _respond(request, iri, path, media, page)


def show_source(request: Request) -> Response:
    """Answer ``/source/{id}``: a document as published, and the passages that are cited.

    Raises:
        Problem: 404, 406.
    """
    name, suffix = representation.split(request.path_params["id"], OFFERS)
    iri, path = SOURCE + name, f"source/{name}"
    found = source.read_source(_reader(request), iri)
    if found is None:
        raise _unknown(iri)
    media = representation.choose(request, suffix, OFFERS)

    def page() -> Response | bytes:
        if media.name == "json":
            return representation.plain(found)
        offers = display.formats(path, RESOURCE[1:])
        context = {"source": found, "formats": offers, "citations": citation.links(path, iri)}
        context["reference"] = citation.reference(request, _reader(request), iri)
        return display.show(request, "source.html", context)

    return _respond(request, iri, path, media, page)


def show_passage(request: Request) -> Response:
    """Answer ``/source/{id}/{locator}``: what the graph reads at one place of a document.

    Raises:
        Problem: 404, 406.
    """
    name, suffix = representation.split(request.path_params["locator"], OFFERS)
    path = f"source/{request.path_params['id']}/{name}"
    iri = f"{SOURCE}{request.path_params['id']}/{name}"
    found = source.read_passage(_reader(request), iri)
    if found is None:
        raise _unknown(iri)
    passage, claims = found
    media = representation.choose(request, suffix, OFFERS)

    def page() -> Response | bytes:
        if media.name == "json":
            return representation.plain({"passage": passage, "claims": claims})
        offers = display.formats(path, RESOURCE[1:])
        context = {"passage": passage, "claims": claims, "formats": offers}
        context["citations"] = citation.links(path, iri)
        context["reference"] = citation.reference(request, _reader(request), iri)
        return display.show(request, "passage.html", context)

    return _respond(request, iri, path, media, page)


ROUTES = [
    Route("/id/{kind}/{slug}", show_thing),
    Route("/graph/{name:path}", show_graph),
    Route("/source/{id}", show_source),
    Route("/source/{id}/{locator}", show_passage),
]
