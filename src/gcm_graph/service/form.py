"""Parameters of a request: read from its address and its form, decoded exactly once."""

from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from werkzeug.http import parse_options_header

from gcm_graph.service.problem import Problem

FORM = "application/x-www-form-urlencoded"

Pairs = list[tuple[str, str]]
"""Names with values, in the order of the request."""


def media_type(request: Request) -> str:
    """Return the media type of the body without its parameters, in lower case."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def check_charset(request: Request) -> None:
    """Let a body pass that is said to be UTF-8, or not said to be anything.

    Raises:
        Problem: 415 for another encoding, so that nothing is read wrongly.
    """
    _, options = parse_options_header(request.headers.get("content-type", ""))
    charset = options.get("charset", "utf-8").lower()
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise Problem(415, f"Send the body as UTF-8; it is said to be “{charset}”.", "encoding")


async def body(request: Request, limit: int) -> bytes:
    """Return the body of ``request``.

    Raises:
        Problem: 413 when it has more than ``limit`` bytes, 400 when it is not whole.
    """
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


def text(held: bytes) -> str:
    """Return a body as text.

    Raises:
        Problem: 400 when it is not UTF-8.
    """
    try:
        return held.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, "The body is not UTF-8 text.", "encoding") from error


def pairs(encoded: str, where: str) -> Pairs:
    """Return the parameters of a query string or a form.

    Args:
        encoded: the text as it was sent.
        where: what it is, for the message.

    Raises:
        Problem: 400 when it is not well-formed.
    """
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError as error:
        detail = f"The {where} is not well-formed {FORM} in UTF-8."
        raise Problem(400, detail, "encoding") from error
