"""Linked data: things, sources and passages, each in every representation."""

from collections.abc import Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph import as_of, source, thing
from gcm_graph.graph.as_of import Past
from gcm_graph.graph.moment import Standing, standing
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Thing
from gcm_graph.jsonld.context import PATH
from gcm_graph.namespaces import GRAPH, ID, SDG, SOURCE
from gcm_graph.service import (
    alternates,
    bearing,
    citation,
    display,
    memento,
    profile,
    representation,
    states,
    structured,
    withdrawal,
)
from gcm_graph.service.language import language_of
from gcm_graph.service.linked import EXPANDED
from gcm_graph.service.page import Link
from gcm_graph.service.past import PARAMETER, asked, kept, moment
from gcm_graph.service.representation import RESOURCE
from gcm_graph.service.state import State
from gcm_graph.service.view import PLURALS
from gcm_graph.store.media import Media

OFFERS = (*RESOURCE, *citation.OFFERS)
"""What a thing, a source and a passage can be had as."""

SHOWN = 50
"""How many statements a group lists."""


def _reader(request: Request) -> Reader:
    return State.of(request).reader.speaking(language_of(request))


def _respond(
    request: Request,
    iri: str,
    path: str,
    suffix: str,
    page: Callable[[Media], Response | bytes],
    past: Past | None = None,
) -> Response:
    """Return a resource as a page, as plain JSON (both by ``page``), as a citation or as RDF."""
    led = memento.gate(request, f"{path}.{suffix}" if suffix else path)
    if led is not None:
        return led
    if profile.lists_alternates(request):
        return alternates.show(request, path, OFFERS)
    media, chosen = profile.choose(request, suffix, OFFERS)
    expanded = media.name == "jsonld" and EXPANDED in request.headers.get("accept", "")
    if expanded:
        media = replace(media, type=f'application/ld+json;profile="{EXPANDED}"')

    def body() -> Response | bytes:
        if chosen is not None:
            address = "" if expanded else f"{request.base_url}{PATH}"
            date = past.moment.text if past else ""
            return State.of(request).linked.write(iri, chosen.token, media, date, address)
        if citation.cited(media):
            return citation.of_resource(request, _reader(request), iri, media)
        return page(media)

    headers = {
        "Link": ", ".join(
            [
                representation.links(path, ()),
                *profile.links(path, chosen, OFFERS),
                *memento.links(request, path),
            ]
        ),
        "Vary": "Accept, Accept-Language, Accept-Profile, Accept-Datetime",
        **memento.headers(request),
    }
    if chosen is not None:
        headers["Content-Profile"] = f"<{chosen.iri}>"
    more = "-".join(part for part in (chosen.token if chosen else "", "x" * expanded) if part)
    return representation.respond(request, media, body, path, OFFERS, headers, more)


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
    reader = _reader(request)
    past = asked(request)
    found = thing.read(reader, iri, limit=None if past else SHOWN)
    if found is None:
        raise withdrawal.unknown(request, iri, suffix)
    stood = None
    if past:
        stood = standing(reader, iri, found.ref.label, past.moment, past.spans)
        found = as_of.narrowed(reader, found, past, SHOWN)

    def page(media: Media) -> Response | bytes:
        if media.name == "json":
            return representation.plain(_plain(found, past, stood))
        formats = display.formats(path, RESOURCE[1:])
        if past:
            formats = tuple(
                replace(one, path=f"{one.path}?{PARAMETER}={past.moment.text}") for one in formats
            )
        context: dict[str, object] = {"thing": found, "formats": formats}
        context["citations"] = citation.links(path, iri)
        context["as_of"] = stood
        context["past_query"] = kept(request)
        context["structured"] = structured.of_thing(reader, found, State.of(request).spans)
        if not past:
            context |= states.context_of(request, iri)
        crumbs = [crumb] if crumb else []
        return display.show(request, "thing.html", context, crumbs=crumbs)

    return _respond(request, iri, path, suffix, page, past)


def _plain(found: Thing, past: Past | None, stood: Standing | None) -> object:
    """Return a thing for programs; ``asOf`` says how it stood at the moment asked about."""
    if past is None or stood is None:
        return found
    then = past.moment
    told = {
        "date": then.text,
        "from": then.first,
        "to": then.last,
        "state": stood.state,
        "sentence": stood.sentence,
        "undated": as_of.undated(found),
    }
    return {**vars(found), "asOf": told}


def show_source(request: Request) -> Response:
    """Answer ``/source/{id}``: a document as published, and the passages that are cited.

    Raises:
        Problem: 400 for an ``as-of`` that is no date, 404, 406.
    """
    moment(request)  # a document says the same at every moment
    name, suffix = representation.split(request.path_params["id"], OFFERS)
    iri, path = SOURCE + name, f"source/{name}"
    found = source.read_source(_reader(request), iri)
    if found is None:
        raise withdrawal.unknown(request, iri, suffix)

    def page(media: Media) -> Response | bytes:
        if media.name == "json":
            return representation.plain(found)
        offers = display.formats(path, RESOURCE[1:])
        context = {"source": found, "formats": offers, "citations": citation.links(path, iri)}
        context["reference"] = citation.reference(request, _reader(request), iri)
        context["structured"] = structured.of_source(found)
        context["bearing"] = _bearing(request, iri)
        return display.show(request, "source.html", context)

    return _respond(request, iri, path, suffix, page)


def _bearing(request: Request, iri: str) -> bearing.Bearing | None:
    """Return what a source bears; nothing where the library lacks the question of it."""
    state = State.of(request)
    question = next((one for one in state.catalogue.public if one.name == "source-alone"), None)
    if question is None:
        return None
    rivals = state.disagreements(language_of(request))
    return bearing.read(_reader(request), iri, question, rivals)


def show_passage(request: Request) -> Response:
    """Answer ``/source/{id}/{locator}``: what the graph reads at one place of a document.

    Raises:
        Problem: 400 for an ``as-of`` that is no date, 404, 406.
    """
    moment(request)  # a passage says the same at every moment
    name, suffix = representation.split(request.path_params["locator"], OFFERS)
    path = f"source/{request.path_params['id']}/{name}"
    iri = f"{SOURCE}{request.path_params['id']}/{name}"
    found = source.read_passage(_reader(request), iri)
    if found is None:
        raise withdrawal.unknown(request, iri, suffix)
    passage, claims = found

    def page(media: Media) -> Response | bytes:
        if media.name == "json":
            return representation.plain({"passage": passage, "claims": claims})
        offers = display.formats(path, RESOURCE[1:])
        context = {"passage": passage, "claims": claims, "formats": offers}
        context["citations"] = citation.links(path, iri)
        context["reference"] = citation.reference(request, _reader(request), iri)
        return display.show(request, "passage.html", context)

    return _respond(request, iri, path, suffix, page)


ROUTES = [
    Route("/id/{kind}/{slug}", show_thing),
    Route("/graph/{name:path}", show_graph),
    Route("/source/{id}", show_source),
    Route("/source/{id}/{locator}", show_passage),
]
