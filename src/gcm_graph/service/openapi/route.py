"""Typed routes beside ``/api``: linked data, lists, citations, SPARQL, reconciliation, files."""

from typing import Any

from pydantic import TypeAdapter

from gcm_graph.citation.text import STYLES
from gcm_graph.coverage.report import Coverage
from gcm_graph.graph.view import Disagreement, Ref, Source, Thing
from gcm_graph.service import citation, lineage, search, thing, timeline
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.openapi.part import (
    LINK,
    OBJECT,
    TEXT,
    Json,
    content,
    path,
    problems,
    query,
    shared,
)
from gcm_graph.store.media import GRAPHS, SOLUTIONS, Media

_BOTH = (HTML, JSON)
_FORM = "application/x-www-form-urlencoded"
_REF: Json = {"$ref": "#/components/schemas/Ref"}


def schemas() -> Json:
    """Return the schemas of plain JSON that ``/api`` does not have."""
    found: Json = {}
    for kind in (Thing, Source, Disagreement, Ref, Coverage):
        whole = TypeAdapter(kind).json_schema(ref_template="#/components/schemas/{model}")
        found |= whole.pop("$defs", {})
        found[kind.__name__] = whole
    return found


def schema(name: str) -> Json:
    """Return a reference to the schema ``name``."""
    return {"$ref": f"#/components/schemas/{name}"}


def _get(
    name: str,
    tag: str,
    words: str,
    parameters: list[Json],
    offers: tuple[Media, ...],
    plain: Json | None = None,
    statuses: tuple[int, ...] = (400, 404, 406, 410),
) -> Json:
    """Return the path item of a resource that has several representations."""
    people = any(media.name == "html" for media in offers)
    return {
        "get": {
            "operationId": name,
            "summary": words.partition(".")[0],
            "description": words,
            "tags": [tag],
            "parameters": [*parameters, *shared("format", "lang", "release")],
            "responses": {
                "200": {
                    "description": "The representation that was asked for.",
                    "headers": dict(LINK),
                    "content": content(offers, plain or OBJECT),
                },
                "304": {"$ref": "#/components/responses/Unchanged"},
                **problems(statuses, page=people),
            },
        }
    }


def _plain(name: str, tag: str, words: str, parameters: list[Json], **answer: Any) -> Json:
    """Return the path item of an operation with one answer."""
    statuses = answer.get("statuses", ())
    status = answer.get("status", "200")
    held = {answer["type"]: {"schema": answer.get("schema", OBJECT)}} if "type" in answer else None
    said: Json = {"description": answer.get("said", "The answer.")}
    if held:
        said["content"] = held
    return {
        "get": {
            "operationId": name,
            "summary": words.partition(".")[0],
            "description": words,
            "tags": [tag],
            "parameters": parameters,
            "responses": {status: said, **problems(statuses, page=True), **answer.get("more", {})},
        }
    }


def _shown(example: Json, item: Json) -> Json:
    """Name the optional parameters with which the overview at ``/api`` shows the operation."""
    item["get"]["x-example"] = example
    return item


def _list(items: Json, **members: Json) -> Json:
    count = {"type": "integer", "minimum": 0}
    properties = {"total": count, **members, "items": {"type": "array", "items": items}}
    return {"type": "object", "required": list(properties), "properties": properties}


def paths() -> Json:
    """Return the path items by path."""
    return {
        **_linked_data(),
        **_lists(),
        **_citations(),
        **_sparql(),
        **_reconciliation(),
        **_files(),
    }


def _linked_data() -> Json:
    kind = path("kind", "Kind of thing, such as body, event or instrument.", "body")
    slug = path("slug", "Name of the thing in its IRI.", "iom")
    document = path("id", "Identifier of the document.", "A-RES-73-195")
    locator = path("locator", "Place in the document.", "para-45")
    offers, tag = thing.OFFERS, "Linked data"
    passage = schema("PassageStatements")
    return {
        "/id/{kind}/{slug}": _get(
            "thing", tag, "Everything the graph says about a thing. A suffix (`.ttl`, `.json` …) "
            "asks for a representation too.", [kind, slug, *shared("as-of")], offers,
            schema("Thing"),
        ),
        "/source/{id}": _get(
            "source", tag, "A document as published, and the passages that are cited.", [document],
            offers, schema("Source"),
        ),
        "/source/{id}/{locator}": _get(
            "passage", tag, "What the graph reads at one place of a document.",
            [document, locator], offers, passage,
        ),
        "/def": _get(
            "vocabulary", tag, "The vocabulary: its documentation for people, and its RDF.", [],
            (HTML, *GRAPHS), None,
        ),
    }  # fmt: skip


def _lists() -> Json:
    page = {"page": {"type": "integer", "minimum": 1}}
    cls = query("class", "A class, such as gcm:Forum; narrower ones count.", example="gcm:Forum")
    hit = {"allOf": [_REF], "properties": {"matched": TEXT}, "required": ["matched"]}
    name = query("name", "A class, such as gcm:Forum.", required=True, example="gcm:Forum")
    return {
        "/search": _get(
            "search", "Lists", "Things by name, acronym, symbol, number or code, the best first.",
            [
                query("q", "What to look for.", {**TEXT, "maxLength": 200}, example="IMRF"),
                cls,
                query("kind", "A kind, such as body.", {"type": "string", "maxLength": 40}),
                *shared("page"),
            ],
            search.OFFERS, _list(hit, q=TEXT, kinds=OBJECT),
        ),
        "/id/{kind}": _get(
            "things-of-a-kind", "Lists", "The things of one kind, page by page.",
            [path("kind", "A kind, such as body.", "forum"), *shared("page")], _BOTH,
            _list(_REF, **page),
        ),
        "/class": _get(
            "things-of-a-class", "Lists", "The things of a class, narrower classes included.",
            [name, *shared("page")], _BOTH, _list(_REF, **page),
        ),
        "/source": _get(
            "sources", "Lists", "Every document that a statement rests on.", [], _BOTH,
            {"type": "array", "items": schema("Source")},
        ),
        "/disagreements": _get(
            "disagreements", "Lists", "Where sources disagree, each claim with its passages.", [],
            _BOTH, {"type": "array", "items": schema("Disagreement")},
        ),
        "/coverage": _get(
            "coverage", "Lists", "Which curated rows the graph carries, and how well.", [], _BOTH,
            schema("Coverage"),
        ),
        "/query": _get(
            "queries", "Lists", "Every question of the library.", [], _BOTH,
            {"type": "array", "items": schema("QuestionSummary")},
        ),
        "/changes": _get(
            "changes", "Lists", "Statements added and removed between two releases.",
            [
                query("from", "Digest of the older release.", {"type": "string", "maxLength": 64}),
                query("to", "Digest of the newer release.", {"type": "string", "maxLength": 64}),
                query("about", "Only changes about this thing."),
            ],
            _BOTH, schema("Changes"),
        ),
        "/lineage": _get(
            "lineage", "Lineage", "The chains by which one thing goes back to another; without"
            " `from` and `to` the whole architecture. In CSV each row is a step.",
            [
                query("from", "The later thing.", example="forum/imrf"),
                query("to", "The earlier thing.", example="body/gcim"),
                query("as-of", "Only what had come about by this date (EDTF).", example="2018"),
                query("hide", "Relations to leave out, with commas.", example="cites,recalls"),
            ],
            lineage.OFFERS,
            {"anyOf": [schema("LineageChains"), OBJECT]},
        ),
        "/timeline": _get(
            "timeline", "Lineage", "What began, ended, was adopted, held or published, and when.",
            [
                query("class", "Only things of this class.", example="gcm:Session"),
                query("thing", "Only this thing and those one statement away from it."),
                query("from", "First day (EDTF).", example="2016"),
                query("to", "Last day (EDTF).", example="2018-12"),
                query("page", "Page of the list that a person reads."),
            ],
            timeline.OFFERS, OBJECT,
        ),
    }  # fmt: skip


def _citations() -> Json:
    style = {"type": "string", "enum": ["", *STYLES]}
    return {
        "/cite": _shown({"iri": "source/A-RES-73-195"}, _get(
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


def _sparql() -> Json:
    text: Json = {"type": "string", "maxLength": 20_000}
    graph: Json = {"type": "array", "items": {"type": "string", "format": "iri"}, "maxItems": 20}
    names = (
        ("default-graph-uri", "A graph of the query's default graph."),
        ("named-graph-uri", "A graph that the query may name."),
    )
    answered = content((HTML, *SOLUTIONS, *GRAPHS), OBJECT)
    statuses = (400, 403, 406, 413, 422, 503)
    shown = {"200": {"description": "The answer.", "content": answered}}
    form: Json = {
        "type": "object",
        "required": ["query"],
        "properties": {"query": text, **{name: graph for name, _ in names}},
    }
    get = {
        "operationId": "sparql-get",
        "summary": "SPARQL 1.1 Protocol: a query in the address",
        "description": "Without `query` the service is described (SPARQL 1.1 Service Description).",
        "tags": ["SPARQL"],
        "parameters": [
            query(
                "query",
                "A SPARQL 1.1 query.",
                {**text, "maxLength": 4000},
                example="SELECT * { ?s ?p ?o } LIMIT 3",
            ),
            *(query(name, said, graph) for name, said in names),
            *shared("format"),
        ],
        "responses": {
            **shown,
            "304": {"$ref": "#/components/responses/Unchanged"},
            **problems(statuses, page=True),
        },
    }
    post = {
        "operationId": "sparql-post",
        "summary": "SPARQL 1.1 Protocol: a query in the body",
        "description": "The query as a form or as it stands.",
        "tags": ["SPARQL"],
        "parameters": shared("format"),
        "requestBody": {
            "required": True,
            "content": {
                _FORM: {"schema": form},
                "application/sparql-query": {"schema": text},
            },
        },
        "responses": {**shown, **problems((*statuses, 415), page=True)},
    }
    return {"/sparql": {"get": get, "post": post}}


def _reconciliation() -> Json:
    tag, json = "Reconciliation", JSON.type
    batch = {
        "type": "object",
        "properties": {
            "queries": {"type": "string", "description": "A batch of names, as JSON."},
            "extend": {"type": "string", "description": "Columns of values, as JSON."},
        },
    }
    what = {
        "name": "what", "in": "path", "required": True, "description": "What is suggested.",
        "schema": {"type": "string", "enum": ["entity", "type", "property"]},
    }  # fmt: skip
    service: Json = _plain(
        "reconcile-get", tag, "The manifest of the Reconciliation Service API 0.2. With `queries` "
        "a batch of names is matched, with `extend` columns are filled.",
        [
            query("queries", "A batch of names, as JSON.", example='{"q0": {"query": "IOM"}}'),
            query("extend", "Columns of values, as JSON."),
        ],
        type=json, statuses=(400, 413),
    )  # fmt: skip
    service["post"] = {
        "operationId": "reconcile-post",
        "summary": "A batch of names, or columns of values",
        "description": "As by GET, for what is too long for an address.",
        "tags": [tag],
        "requestBody": {"required": True, "content": {_FORM: {"schema": batch}}},
        "responses": {
            "200": {"description": "The answer.", "content": {json: {"schema": OBJECT}}},
            **problems((400, 413, 415), page=True),
        },
    }
    cursor = query(
        "cursor", "Suggestions to skip.", {"type": "integer", "minimum": 0, "maximum": 10**6}
    )
    identity = query("id", "IRI of a thing.", required=True, example="body/iom")
    return {
        "/reconcile": service,
        "/reconcile/suggest/{what}": _plain(
            "reconcile-suggest", tag, "Things, classes or properties while one types.",
            [
                what,
                query("prefix", "What has been typed.", {"type": "string", "maxLength": 200},
                      example="int"),
                query("type", "Only things of this class.", example="gcm:Body"),
                cursor,
            ],
            type=json, statuses=(400, 404),
        ),
        "/reconcile/properties": _plain(
            "reconcile-properties", tag, "The properties that things of a class have.",
            [
                query("type", "A class.", example="gcm:Body"),
                query("limit", "Properties at most.",
                      {"type": "integer", "minimum": 1, "maximum": 1000}),
            ],
            type=json, statuses=(400, 404),
        ),
        "/reconcile/preview": _plain(
            "reconcile-preview", tag, "A small page on a candidate.", [identity],
            type="text/html", schema=TEXT, statuses=(400, 404),
        ),
        "/reconcile/flyout/{what}": _plain(
            "reconcile-flyout", tag, "A few words on a suggestion.", [what, identity],
            type=json, statuses=(400, 404),
        ),
        "/reconcile/view": _plain(
            "reconcile-view", tag, "Lead from the IRI of a thing to its page.", [identity],
            status="303", said="The page is at `Location`.", statuses=(400, 404),
        ),
    }  # fmt: skip


def _files() -> Json:
    name = path("name", "A file that `/download` lists.", "void.ttl")
    octets = {"type": "string"}
    status = {"type": "object", "required": ["status"], "properties": {"status": TEXT}}
    unready = {
        "503": {"description": "It cannot answer.", "content": {JSON.type: {"schema": status}}}
    }
    file = _plain("file", "Release", "One file of the release, with ranges.", [name],
                  statuses=(404,), said="The file.")  # fmt: skip
    kinds = ("application/n-quads", "application/trig", "text/turtle", "application/n-triples",
             "application/json", "application/gzip")  # fmt: skip
    file["get"]["responses"]["200"]["content"] = {
        kind: {"schema": OBJECT if kind == JSON.type else octets} for kind in kinds
    }
    return {
        "/download": _get("files", "Release", "The files of the release.", [], _BOTH),
        "/download/{name}": file,
        "/.well-known/void": _plain(
            "void", "Release", "Lead to the description of the dataset (VoID, DCAT).", [],
            status="303", said="The description is at `Location`.",
        ),
        "/health/live": _plain("live", "Operations", "Whether the process can answer at all.", [],
                               type=JSON.type, schema=status),
        "/health/ready": _plain("ready", "Operations", "Whether queries are answered.", [],
                                type=JSON.type, schema=status, more=unready),
    }  # fmt: skip
