"""The SPARQL 1.1 Protocol: what a request asks, read from its address and its body.

Standard: https://www.w3.org/TR/sparql11-protocol/, section 2.1 (query operation).
"""

from dataclasses import dataclass

from starlette.requests import Request

from gcm_graph.service import form
from gcm_graph.service.form import FORM
from gcm_graph.service.problem import Problem

DIRECT = "application/sparql-query"


@dataclass(frozen=True)
class Operation:
    """A query operation.

    Attributes:
        query: the text; ``None`` when the request carries none.
        default_graphs: values of ``default-graph-uri``.
        named_graphs: values of ``named-graph-uri``.
        format: value of ``format``, or empty.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""


async def read(request: Request, request_bytes: int, query_bytes: int) -> Operation:
    """Return the operation of ``request``.

    Raises:
        Problem: 400 for a malformed request, 405, 413, 415.
    """
    pairs = form.pairs(request.url.query, "address")
    text: str | None = None
    if request.method == "POST":
        body = await form.body(request, request_bytes)
        kind = form.media_type(request)
        if kind == FORM:
            pairs += form.pairs(form.text(body), "form")
        elif kind == DIRECT:
            if any(name == "query" for name, _ in pairs):
                raise Problem(400, "The query stands both in the address and in the body.", "query")
            text = form.text(body)
        elif kind == "application/sparql-update":
            raise Problem(403, "Updates are not accepted: a release is read-only.", "update")
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
    if any(name == "update" for name, _ in pairs):
        raise Problem(403, "Updates are not accepted: a release is read-only.", "update")
    if len(queries) > 1:
        raise Problem(400, "There is more than one `query`; send exactly one.", "query")
    if text is None and queries:
        text = queries[0]
    if text is not None and len(text.encode()) > query_bytes:
        detail = f"The query is longer than {query_bytes:,} bytes (`query_bytes`)."
        raise Problem(413, detail, "query-too-long")
    return Operation(
        text,
        tuple(value for name, value in pairs if name == "default-graph-uri"),
        tuple(value for name, value in pairs if name == "named-graph-uri"),
        next((value for name, value in pairs if name == "format"), ""),
    )
