"""The SPARQL 1.1 Protocol: what a request asks, read from its address and its body.

Standard: https://www.w3.org/TR/sparql11-protocol/, section 2.1 (query operation).
"""

from dataclasses import dataclass

import pyoxigraph as ox
from starlette.requests import Request

from gcm_graph.service import form
from gcm_graph.service.form import FORM
from gcm_graph.service.problem import Problem

DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
_READ_ONLY = "Updates are not accepted: a release is read-only."
_QUERY = {"query", "default-graph-uri", "named-graph-uri"}
_USING = {
    "using-graph-uri": "default-graph-uri",
    "using-named-graph-uri": "named-graph-uri",
}


@dataclass(frozen=True)
class Operation:
    """A query operation.

    Attributes:
        query: the text; ``None`` when the request carries none.
        asked: whether any parameter of a query operation was sent.
        default_graphs: values of ``default-graph-uri`` that are not empty.
        named_graphs: values of ``named-graph-uri`` that are not empty.
        format: value of ``format``, or empty.
    """

    query: str | None
    asked: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""


async def read(request: Request, request_bytes: int, query_bytes: int) -> Operation:
    """Return the operation of ``request``.

    Raises:
        Problem: 400 for a malformed request, 403 for an update, 413, 415.
    """
    pairs = form.pairs(request.url.query, "address")
    text: str | None = None
    if request.method == "POST":
        body = await form.body(request, request_bytes)
        kind = form.media_type(request)
        form.check_charset(request)
        if kind == FORM:
            pairs += form.pairs(form.text(body), "form")
        elif kind == DIRECT:
            if any(name == "query" for name, _ in pairs):
                raise Problem(400, "The query stands both in the address and in the body.", "query")
            text = form.text(body)
        elif kind == UPDATE:
            raise Problem(403, _READ_ONLY, "update")
        else:
            raise Problem(
                415,
                f"Send the query as {FORM} or as {DIRECT}; “{kind}” is neither.",
                "media-type",
                {"Accept-Post": f"{FORM}, {DIRECT}"},
            )
    return _operation(pairs, text, query_bytes)


def _operation(pairs: list[tuple[str, str]], text: str | None, query_bytes: int) -> Operation:
    queries = [value for name, value in pairs if name == "query"]
    names = {name for name, _ in pairs}
    if "update" in names:
        raise Problem(403, _READ_ONLY, "update")
    for name in sorted(names & _USING.keys()):
        detail = f"`{name}` belongs to updates; a query takes `{_USING[name]}`."
        raise Problem(400, detail, "dataset")
    if len(queries) > 1:
        raise Problem(400, "There is more than one `query`; send exactly one.", "query")
    if text is None and queries:
        text = queries[0]
    if text is not None and len(text.encode()) > query_bytes:
        detail = f"The query is longer than {query_bytes:,} bytes (`query_bytes`)."
        raise Problem(413, detail, "query-too-long")
    return Operation(
        text,
        text is not None or bool(names & _QUERY),
        _graphs(pairs, "default-graph-uri"),
        _graphs(pairs, "named-graph-uri"),
        next((value for name, value in pairs if name == "format"), ""),
    )


def _graphs(pairs: list[tuple[str, str]], parameter: str) -> tuple[str, ...]:
    """Return the graphs that ``parameter`` names; a form sends it empty when it is left out.

    Raises:
        Problem: 400 when a value is no absolute IRI.
    """
    values = tuple(value for name, value in pairs if name == parameter and value)
    for value in values:
        try:
            ox.NamedNode(value)
        except ValueError as error:
            detail = f"“{value}” in `{parameter}` is not an absolute IRI."
            raise Problem(400, detail, "dataset") from error
    return values
