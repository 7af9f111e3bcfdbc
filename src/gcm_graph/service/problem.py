"""Problem documents (RFC 9457): what went wrong, and what would be right."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from gcm_graph.service import display, negotiation, page
from gcm_graph.service.translation import N_

TITLES: dict[int, str] = {
    301: N_("This has been replaced"),
    400: N_("The request cannot be understood"),
    403: N_("This is refused"),
    404: N_("Nothing is known under this address"),
    405: N_("The method is not allowed here"),
    406: N_("No such representation"),
    408: N_("The request took too long"),
    410: N_("This is gone"),
    413: N_("The request is too large"),
    414: N_("The address is too long"),
    415: N_("The media type of the request is not known"),
    421: N_("This service has another name"),
    422: N_("The request cannot be carried out"),
    431: N_("The header of the request is too large"),
    500: N_("The service made a mistake"),
    503: N_("The service cannot answer now"),
}
"""Title of a problem by HTTP status."""


class Problem(HTTPException):
    """A request that gets no answer but an explanation.

    Args:
        status: HTTP status.
        detail: what was wrong and what would be right, in plain words.
        reason: short name; it becomes the ``type`` of the document.
        headers: further response headers.
        more: further members of the document.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        reason: str = "",
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.reason = reason
        self.more = more


def document(problem: HTTPException, instance: str) -> dict[str, Any]:
    """Return the members of the problem document for ``problem``."""
    reason = getattr(problem, "reason", "")
    return {
        "type": f"urn:problem:gcm-graph:{reason}" if reason else "about:blank",
        "title": TITLES.get(problem.status_code, N_("The request failed")),
        "status": problem.status_code,
        "detail": problem.detail,
        "instance": instance,
        **getattr(problem, "more", {}),
    }


def respond(request: Request, problem: HTTPException) -> Response:
    """Return ``problem`` as a page for people or as a problem document for programs."""
    body = document(problem, request.url.path)
    headers = {
        **(problem.headers or {}),
        "Cache-Control": "no-store",
        "Vary": "Accept, Accept-Language",
    }
    if negotiation.prefers_html(request.headers.get("accept", "")):
        line, column = body.get("line"), body.get("column")
        shown = page.Problem(
            status=body["status"],
            title=body["title"],
            detail=body["detail"],
            position=f"line {line}, column {column}" if line else "",
        )
        return display.show(
            request, "problem.html", {"problem": shown}, status=body["status"], headers=headers
        )
    return Response(orjson.dumps(body), problem.status_code, headers, "application/problem+json")
