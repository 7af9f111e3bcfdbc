"""The SPARQL 1.1 Protocol: what a request asks, read from its address and its body.

Standard: https://www.w3.org/TR/sparql11-protocol/, section 2.1 (query operation).
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from gcm_graph.service.problem import Problem

FORM = "application/x-www-form-urlencoded"
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
    pairs = _pairs(request.url.query, "address")
    text: str | None = None
    if request.method == "POST":
        body = await _body(request, request_bytes)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == FORM:
            pairs += _pairs(_text(body), "form")
        elif kind == DIRECT:
            if any(name == "query" for name, _ in pairs):
                raise Problem(400, "The query stands both in the address and in the body.", "query")
            text = _text(body)
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


async def _body(request: Request, limit: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    try:
        async for piece in request.stream():
            size += len(piece)
            if size > limit:
                detail = f"The body is larger than {limit:,} bytes (`request_bytes`)."
                raise Problem(413, detail, "body-too-large", {"Connection": "close"})
            pieces.append(piece)
    except ClientDisconnect as error:
        raise Problem(400, "The connection closed before the body was whole.", "body") from error
    return b"".join(pieces)


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, "The body is not UTF-8 text.", "encoding") from error


def _pairs(text: str, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError as error:
        detail = f"The {where} is not well-formed {FORM} in UTF-8."
        raise Problem(400, detail, "encoding") from error
