"""Typed routes beside ``/api`` in OpenAPI: linked data, lists, citations, files and pages."""

from pydantic import TypeAdapter

from gcm_graph.citation.text import STYLES
from gcm_graph.coverage.report import Coverage
from gcm_graph.graph.state import Ballot, Fact
from gcm_graph.graph.view import Disagreement, Ref, Source, Thing
from gcm_graph.service import alternates, citation, definition, opensearch, search, thing
from gcm_graph.service.api.shape import ProblemDocument
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.openapi.part import (
    OBJECT,
    TEXT,
    Json,
    listing,
    path,
    query,
    resource,
    schema,
    shared,
    shown,
    single,
)
from gcm_graph.service.sources import KINDS

_BOTH = (HTML, JSON)
_REF: Json = {"$ref": "#/components/schemas/Ref"}


def schemas() -> Json:
    """Return the schemas of plain JSON that ``/api`` does not have."""
    found: Json = {}
    kind: type
    for kind in (ProblemDocument, Thing, Source, Disagreement, Ref, Coverage, Fact, Ballot):
        whole = TypeAdapter(kind).json_schema(ref_template="#/components/schemas/{model}")
        found |= whole.pop("$defs", {})
        found[kind.__name__] = whole
    return found


def paths() -> Json:
    """Return the path items by path."""
    return {
        **_linked_data(),
        **_lists(),
        **_citations(),
        **_profiles(),
        **_files(),
        **_pages(),
    }


def _linked_data() -> Json:
    kind = path("kind", "Kind of thing, such as body, event or instrument.", "body")
    slug = path("slug", "Name of the thing in its IRI.", "iom")
    document = path("id", "Identifier of the document.", "A-RES-73-195")
    locator = path("locator", "Place in the document.", "para-45")
    graph = path("name", "Name of the graph.", "sources")
    resource_path = path("path", "Path of the resource.", "id/forum/imrf")
    for one in (graph, resource_path):
        one["schema"] = {"type": "string", "minLength": 1, "maxLength": 200}
    offers, tag = thing.OFFERS, "Linked data"
    passage = schema("PassageStatements")
    words = "The vocabulary: its documentation for people, and its RDF."
    suffix = path("suffix", "Suffix of the representation.", "ttl")
    suffix["schema"] = {"type": "string", "enum": [media.suffix for media in definition.OFFERS]}
    unchanged = {"304": {"$ref": "#/components/responses/Unchanged"}}
    return {
        "/id/{kind}/{slug}": resource(
            "thing", tag, "Everything the graph says about a thing. A suffix (`.ttl`, `.json` …) "
            "asks for a representation too.", [kind, slug, *shared("as-of")], offers,
            schema("Thing"),
        ),
        "/source/{id}": resource(
            "source", tag, "A document as published, and the passages that are cited.", [document],
            offers, schema("Source"),
        ),
        "/source/{id}/{locator}": resource(
            "passage", tag, "What the graph reads at one place of a document.",
            [document, locator], offers, passage,
        ),
        "/graph/{name}": resource(
            "graph", tag, "A graph of the build or a rule, as the release describes it. The name "
            "may have slashes, as in `/graph/editors/state`.", [graph], offers, schema("Thing"),
        ),
        "/def": resource("vocabulary", tag, words, [], definition.OFFERS),
        "/def.{suffix}": resource(
            "vocabulary-as", tag, f"{words} The suffix says as what.", [suffix],
            definition.OFFERS,
        ),
        "/context.jsonld": single(
            "context", tag, "The JSON-LD 1.1 context of everything that is sent here.",
            shared("release"), type="application/ld+json", statuses=(400, 404, 410),
            more=unchanged,
        ),
        "/timemap/{path}": single(
            "timemap", tag, "The releases in which a resource can be had (RFC 7089). The path may "
            "have slashes.", [resource_path], type="application/link-format", schema=TEXT,
            statuses=(404,),
        ),
    }  # fmt: skip


def _lists() -> Json:
    page = {"page": {"type": "integer", "minimum": 1}}
    cls = query("class", "A class, such as gcm:Forum; narrower ones count.", example="gcm:Forum")
    hit = {"allOf": [_REF], "properties": {"matched": TEXT}, "required": ["matched"]}
    name = query("name", "A class, such as gcm:Forum.", required=True, example="gcm:Forum")
    return {
        "/search": resource(
            "search", "Lists", "Things by name, acronym, symbol, number or code, the best first.",
            [
                query("q", "What to look for.", {**TEXT, "maxLength": 200}, example="IMRF"),
                cls,
                query("kind", "A kind, such as body.", {"type": "string", "maxLength": 40}),
                *shared("page"),
            ],
            search.OFFERS, listing(hit, q=TEXT, kinds=OBJECT),
        ),
        "/id/{kind}": resource(
            "things-of-a-kind", "Lists", "The things of one kind, page by page.",
            [path("kind", "A kind, such as body.", "forum"), *shared("page")], _BOTH,
            listing(_REF, **page),
        ),
        "/class": resource(
            "things-of-a-class", "Lists", "The things of a class, narrower classes included.",
            [name, *shared("page")], _BOTH, listing(_REF, **page),
        ),
        "/source": resource(
            "sources", "Lists", "The documents that statements rest on.",
            [
                query("kind", "Only sources of this kind.", {**TEXT, "enum": ["", *KINDS]}),
                query("year", "Only those of this year.",
                      {"type": "string", "pattern": "^([0-9]{4})?$"}, example="2018"),
                query("q", "Words in the title or symbol.", {**TEXT, "maxLength": 200}),
            ],
            _BOTH, {"type": "array", "items": schema("Source")},
        ),
        "/disagreements": resource(
            "disagreements", "Lists", "Where sources disagree, each claim with its passages.",
            [
                query("kind", "Only those about things of this kind, as the list names it.",
                      example="Forum"),
                query("property", "Only those on this property.", example="periodicity"),
                query("first", "A source that gives one of the values, by its slug."),
                query("second", "A source that gives another value."),
            ],
            _BOTH, {"type": "array", "items": schema("Disagreement")},
        ),
        "/coverage": resource(
            "coverage", "Lists", "Which curated rows the graph carries, and how well.", [], _BOTH,
            schema("Coverage"),
        ),
        "/query": resource(
            "queries", "Lists", "Every question of the library.", [], _BOTH,
            {"type": "array", "items": schema("QuestionSummary")},
        ),
        "/changes": resource(
            "changes", "Lists", "Statements added and removed between two releases.",
            [
                query("from", "Digest of the older release.", {"type": "string", "maxLength": 64}),
                query("to", "Digest of the newer release.", {"type": "string", "maxLength": 64}),
                query("about", "Only changes about this thing."),
            ],
            _BOTH, schema("Changes"),
        ),
    }  # fmt: skip


def _citations() -> Json:
    style = {"type": "string", "enum": ["", *STYLES]}
    return {
        "/cite": shown({"iri": "source/A-RES-73-195"}, resource(
            "cite", "Evidence", "A citation of a thing, a source, a passage, a statement or an "
            "answer. Give `iri`; or `subject`, `predicate` and `object`; or `query` with its "
            "parameters.",
            [
                query("iri", "What to cite.", example="source/A-RES-73-195"),
                query("subject", "Subject of a statement."),
                query("predicate", "Property of a statement."),
                query("object", "Object of a statement.", {"type": "string", "maxLength": 4000}),
                query("query", "Name of a question.", {"type": "string", "maxLength": 100}),
                query("style", "Style of a citation in words.", style),
            ],
            citation.EVERY,
        ))
    }  # fmt: skip


def _profiles() -> Json:
    one = {
        "type": "object",
        "required": ["iri", "token", "title", "description", "formats"],
        "properties": {
            "iri": TEXT, "token": TEXT, "title": TEXT, "description": TEXT,
            "formats": {"type": "array", "items": TEXT},
        },
    }  # fmt: skip
    plain: Json = {
        "type": "object",
        "required": ["profiles"],
        "properties": {"profiles": {"type": "array", "items": one}},
    }
    token = path("token", "Token of the profile.", "with-passages")
    return {
        "/profile": resource(
            "profiles", "Linked data", "The profiles of what is sent in RDF (DX-PROF-CONNEG).",
            [], alternates.OFFERS, plain,
        ),
        "/profile/{token}": resource(
            "profile", "Linked data", "One profile, as a page and in RDF (PROF).", [token],
            alternates.OFFERS, plain,
        ),
    }  # fmt: skip


def _files() -> Json:
    name = path("name", "A file that `/download` lists.", "void.ttl")
    octets = {"type": "string"}
    status = {"type": "object", "required": ["status"], "properties": {"status": TEXT}}
    unready = {
        "503": {"description": "It cannot answer.", "content": {JSON.type: {"schema": status}}}
    }
    file = single("file", "Release", "One file of the release, with ranges.", [name],
                  statuses=(404,), said="The file.")  # fmt: skip
    kinds = ("application/n-quads", "application/trig", "text/turtle", "application/n-triples",
             "application/json", "application/gzip")  # fmt: skip
    file["get"]["responses"]["200"]["content"] = {
        kind: {"schema": OBJECT if kind == JSON.type else octets} for kind in kinds
    }
    return {
        "/download": resource("files", "Release", "The files of the release.", [], _BOTH),
        "/download/{name}": file,
        "/.well-known/void": single(
            "void", "Release", "Lead to the description of the dataset (VoID, DCAT).", [],
            status="303", said="The description is at `Location`.",
        ),
        "/dataset": single(
            "dataset", "Release", "Lead from the IRI of the dataset to its description.", [],
            status="303", said="The description is at `Location`.",
        ),
        "/health/live": single("live", "Operations", "Whether the process can answer at all.", [],
                               type=JSON.type, schema=status),
        "/health/ready": single("ready", "Operations", "Whether queries are answered.", [],
                                type=JSON.type, schema=status, more=unready),
        "/metrics": single("metrics", "Operations", "Figures of the service for Prometheus.", [],
                           type="text/plain", schema=TEXT),
    }  # fmt: skip


def _pages() -> Json:
    page = {"type": HTML.type, "schema": TEXT, "statuses": (400, 404, 406, 410)}
    return {
        "/": resource(
            "home", "Pages", "The first page; for programs what is served, and the way in.", [],
            _BOTH,
        ),
        "/about": single(
            "about", "Pages", "What this is, how to read it and how to cite it.",
            shared("lang", "release"), **page,
        ),
        "/opensearch.xml": single(
            "opensearch", "Pages", "How a browser or a portal asks this search (OpenSearch).", [],
            type=opensearch.MEDIA_TYPE, schema=TEXT,
        ),
    }  # fmt: skip
