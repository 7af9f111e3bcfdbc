"""The ontology and its concept schemes: their documentation and their RDF."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph import reference
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.serialization import carries_graphs, rdf
from gcm_graph.graph.view import Ref
from gcm_graph.jsonld import document
from gcm_graph.jsonld.context import PATH
from gcm_graph.namespaces import DCTERMS, DEF, ONTOLOGY, ONTOLOGY_GRAPH, OWL, RDF, RDFS, SKOS
from gcm_graph.service import diagram, display, representation
from gcm_graph.service.language import language_of
from gcm_graph.service.page import Scheme
from gcm_graph.service.page import Term as Entry
from gcm_graph.service.representation import RESOURCE
from gcm_graph.service.state import State
from gcm_graph.store.media import Media
from gcm_graph.terms import Term

_CLASSES = {OWL + "Class"}
_PROPERTIES = {OWL + "ObjectProperty", OWL + "DatatypeProperty", OWL + "AnnotationProperty"}
OFFERS = RESOURCE
COLUMNS = ("term", "property", "value")

Statements = Mapping[str, Mapping[str, list[Term]]]


def statements(reader: Reader) -> Statements:
    """Return every statement of the ontology's graph by subject and property, in a fixed order.

    An engine answers in an order of its own, another one in each process; the bytes of ``/def``
    stand under one ETag and must not follow it.
    """
    found: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    rows = reader.rows("ontology-statements")
    for row in sorted(rows, key=lambda row: tuple(str(row[name]) for name in COLUMNS)):
        term, relation = row["term"], row["property"]
        if isinstance(term, ox.NamedNode) and isinstance(relation, ox.NamedNode):
            found[term.value][relation.value].append(row["value"])
    return found


def show(request: Request) -> Response:
    """Answer ``/def``: the vocabulary as documentation for people and as RDF.

    Raises:
        Problem: 406.
    """
    reader = State.of(request).reader.speaking(language_of(request))
    suffix = request.path_params.get("suffix", "")
    media = representation.choose(request, suffix, OFFERS)

    def body() -> Response | bytes:
        if media.name == "html":
            return _page(request, reader)
        held = statements(reader)
        if media.name == "json":
            return representation.plain(_content(reader, held))
        return _rdf(request, held, media)

    return representation.respond(request, media, body, "def")


def _rdf(request: Request, held: Statements, media: Media) -> bytes:
    found = _triples(held, carries_graphs(media))
    if media.name != "jsonld":
        return rdf(found, media)
    state = State.of(request)
    address = f"{request.base_url}{PATH}"

    def make() -> bytes:
        return representation.plain(document.flat(found, state.context, address))

    return state.linked.once("def", address, make)


def _triples(held: Statements, quads: bool) -> list[ox.Triple] | list[ox.Quad]:
    flat = [
        (ox.NamedNode(term), ox.NamedNode(relation), value)
        for term, relations in held.items()
        for relation, values in relations.items()
        for value in values
    ]
    if quads:
        return [ox.Quad(s, p, o, ONTOLOGY_GRAPH) for s, p, o in flat]
    return [ox.Triple(s, p, o) for s, p, o in flat]


def _page(request: Request, reader: Reader) -> Response:
    content = _content(reader, statements(reader))
    formats = display.formats("def", OFFERS[1:])
    diagrams = diagram.draw(_terms(content, "classes"), _terms(content, "properties"))
    context = {**content, "formats": formats, "diagrams": diagrams}
    return display.show(request, "definition.html", context)


def _terms(content: Mapping[str, object], name: str) -> list[Entry]:
    held = content[name]
    return [one for one in held if isinstance(one, Entry)] if isinstance(held, tuple) else []


def _content(reader: Reader, held: Statements) -> dict[str, object]:
    about = held[ONTOLOGY]
    terms = {iri: told for iri, told in held.items() if iri.startswith(DEF)}
    kinds = {iri: set(_iris(told.get(RDF + "type", ()))) for iri, told in held.items()}
    return {
        "iri": ONTOLOGY,
        "title": _text(reader, about, DCTERMS + "title"),
        "description": _text(reader, about, DCTERMS + "description"),
        "version": _text(reader, about, OWL + "versionInfo"),
        "classes": _entries(reader, {i: t for i, t in terms.items() if kinds[i] & _CLASSES}),
        "properties": _entries(reader, {i: t for i, t in terms.items() if kinds[i] & _PROPERTIES}),
        "schemes": _schemes(reader, held, kinds),
    }


def _entries(reader: Reader, held: Statements) -> tuple[Entry, ...]:
    found = [_entry(reader, iri, told) for iri, told in held.items()]
    return tuple(sorted(found, key=lambda entry: entry.name))


def _entry(reader: Reader, iri: str, told: Mapping[str, list[Term]]) -> Entry:
    broader = [*told.get(RDFS + "subClassOf", ()), *told.get(RDFS + "subPropertyOf", ())]
    labels = told.get(RDFS + "label") or told.get(SKOS + "prefLabel", [])
    return Entry(
        ref=reference.ref(reader, iri),
        name=iri.rpartition("#")[2].rpartition("/")[2],
        definition=_text(reader, told, SKOS + "definition"),
        labels={t.language or "": t.value for t in labels if isinstance(t, ox.Literal)},
        broader=_refs(reader, broader),
        domain=_refs(reader, told.get(RDFS + "domain", ())),
        range=_refs(reader, told.get(RDFS + "range", ())),
        inverse=_text(reader, told, DEF + "inverseLabel"),
        example=_text(reader, told, SKOS + "example"),
        single=any(getattr(t, "value", "") == "true" for t in told.get(DEF + "singleValued", ())),
    )


def _schemes(reader: Reader, held: Statements, kinds: Mapping[str, set[str]]) -> tuple[Scheme, ...]:
    members: dict[str, dict[str, Mapping[str, list[Term]]]] = defaultdict(dict)
    for iri, told in held.items():
        for scheme in _iris(told.get(SKOS + "inScheme", ())):
            members[scheme][iri] = told
    found = [
        Scheme(
            reference.ref(reader, iri),
            "scheme-" + iri.rpartition("/")[2],
            _entries(reader, members[iri]),
            _text(reader, held[iri], SKOS + "definition"),
        )
        for iri, types in kinds.items()
        if SKOS + "ConceptScheme" in types
    ]
    return tuple(sorted(found, key=lambda scheme: scheme.ref.label))


def _text(reader: Reader, told: Mapping[str, list[Term]], relation: str) -> str:
    values = {
        t.language or "": t.value for t in told.get(relation, ()) if isinstance(t, ox.Literal)
    }
    for language in (*reader.languages, "en", ""):
        if language in values:
            return values[language]
    return next(iter(values.values()), "")


def _iris(values: Iterable[Term]) -> list[str]:
    return [value.value for value in values if isinstance(value, ox.NamedNode)]


def _refs(reader: Reader, values: Iterable[Term]) -> tuple[Ref, ...]:
    return tuple(reference.ref(reader, iri) for iri in _iris(values))


ROUTES = [Route("/def", show), Route("/def.{suffix}", show)]
