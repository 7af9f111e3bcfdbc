"""The endpoints of other standards in OpenAPI: SPARQL, reconciliation, validation with SHACL."""

from gcm_graph.service import posting, validation
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.openapi.part import (
    OBJECT,
    TEXT,
    Json,
    content,
    problems,
    query,
    resource,
    shared,
    single,
)
from gcm_graph.store.media import GRAPHS, SOLUTIONS

_FORM = "application/x-www-form-urlencoded"


def paths() -> Json:
    """Return the path items by path."""
    return {**_sparql(), **_reconciliation(), **_validation()}


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
    called: Json = {
        "operationId": "sparql-names",
        "summary": "How things are called",
        "description": "Label, path and compact name of each IRI of a JSON list, for an editor.",
        "tags": ["SPARQL"],
        "parameters": shared("lang"),
        "requestBody": {
            "required": True,
            "content": {JSON.type: {"schema": {"type": "array", "items": TEXT, "maxItems": 300}}},
        },
        "responses": {
            "200": {"description": "By IRI.", "content": {JSON.type: {"schema": OBJECT}}},
            **problems((400, 406, 413), page=True),
        },
    }
    return {
        "/sparql": {"get": get, "post": post},
        "/sparql/names": {"post": called},
        "/sparql/vocabulary": resource(
            "sparql-vocabulary", "SPARQL", "The prefixes, and the classes and properties in use.",
            [], (JSON,),
        ),
    }  # fmt: skip


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
    service: Json = single(
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
        "/reconcile/suggest/{what}": single(
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
        "/reconcile/properties": single(
            "reconcile-properties", tag, "The properties that things of a class have.",
            [
                query("type", "A class.", example="gcm:Body"),
                query("limit", "Properties at most.",
                      {"type": "integer", "minimum": 1, "maximum": 1000}),
            ],
            type=json, statuses=(400, 404),
        ),
        "/reconcile/preview": single(
            "reconcile-preview", tag, "A small page on a candidate.", [identity],
            type="text/html", schema=TEXT, statuses=(400, 404),
        ),
        "/reconcile/flyout/{what}": single(
            "reconcile-flyout", tag, "A few words on a suggestion.", [what, identity],
            type=json, statuses=(400, 404),
        ),
        "/reconcile/view": single(
            "reconcile-view", tag, "Lead from the IRI of a thing to its page.", [identity],
            status="303", said="The page is at `Location`.", statuses=(400, 404),
        ),
    }  # fmt: skip


def _validation() -> Json:
    shapes = query(
        "shapes", "Whose shapes: ours, or those that stand in the data. Shapes of your own beside "
        "the data need the form.", {"type": "string", "enum": ["ours", "data"], "default": "ours"},
    )  # fmt: skip
    context = query(
        "context", "Whether the data are looked at beside what the release says of the same "
        "things; with our shapes that is usual.", {"type": "string", "enum": posting.CONTEXTS},
    )  # fmt: skip
    syntaxes = ["", *(media.name for media in GRAPHS)]
    form: Json = {
        "type": "object",
        "properties": {
            "data": {"type": "string", "description": "The statements."},
            "file": {"type": "string", "description": "The same as a file.",
                     "contentMediaType": "application/octet-stream"},
            "syntax": {"type": "string", "enum": syntaxes, "description": "Guessed if empty."},
            "shapes": {"type": "string", "enum": posting.SHAPES},
            "rules": {"type": "string", "description": "Shapes of your own (`shapes=own`)."},
            "rules_syntax": {"type": "string", "enum": syntaxes},
            "context": {"type": "string", "enum": ["", *posting.CONTEXTS]},
        },
    }  # fmt: skip
    result: Json = {
        "type": "object",
        "required": ["severity", "focus", "path", "value", "message", "mend", "shape",
                     "constraint", "part", "line"],
        "description": "One fault: where, by which rule, and how to mend it.",
    }  # fmt: skip
    report: Json = {
        "type": "object",
        "required": ["conforms", "statements", "shapes", "context", "release", "notes", "results"],
        "properties": {
            "conforms": {"type": "boolean"},
            "statements": {"type": "integer", "minimum": 0},
            "release": {"type": ["string", "null"]},
            "notes": {"type": "array", "items": TEXT},
            "results": {"type": "array", "items": result},
        },
    }
    text: Json = {"type": "string", "description": "RDF."}
    bodies = {kind: {"schema": text} for kind in posting.ACCEPTED if kind != posting.MULTIPART}
    bodies["application/ld+json"] = {"schema": {"type": ["object", "array"]}}
    get = single(
        "validate-form", "Validation", "The form: what may be sent, and within which limits.",
        shared("lang"), type=HTML.type, schema=TEXT,
    )["get"]  # fmt: skip
    post: Json = {
        "operationId": "validate",
        "summary": "Validate RDF against our shapes or others (SHACL)",
        "description": "Nothing that is posted is kept, and nothing is fetched for it.",
        "tags": ["Validation"],
        "parameters": [shapes, context, *shared("format")],
        "requestBody": {
            "required": True,
            "content": {**bodies, posting.MULTIPART: {"schema": form}},
        },
        "responses": {
            "200": {
                "description": "The report; it also says so when the data do not conform.",
                "content": content(validation.OFFERS, report),
            },
            **problems((400, 406, 413, 415, 422, 503), page=True),
        },
    }
    return {"/validate": {"get": get, "post": post}}
