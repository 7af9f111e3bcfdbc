"""What a request to the typed API is told when a parameter is wrong (RFC 9457)."""

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response

from gcm_graph.service import problem


async def respond(request: Request, error: Exception) -> Response:
    """Return the problem document that names each parameter and what is wrong with it."""
    assert isinstance(error, RequestValidationError)
    faults = [
        {"where": ".".join(str(part) for part in fault["loc"]), "what": fault["msg"]}
        for fault in error.errors()
    ]
    detail = "; ".join(f"{fault['where']}: {fault['what']}" for fault in faults)
    return problem.respond(request, problem.Problem(422, detail, "parameters", errors=faults))
