"""``?as-of=DATE``: the moment that a request asks about."""

from starlette.requests import Request

from gcm_graph.graph.as_of import Past
from gcm_graph.graph.moment import ACCEPTED, Moment
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State

PARAMETER = "as-of"


def asked(request: Request) -> Past | None:
    """Return the moment that ``request`` asks about; nothing when it asks about the whole record.

    Raises:
        Problem: 400 when it is no date.
    """
    found = moment(request)
    return Past(found, State.of(request).spans) if found else None


def moment(request: Request) -> Moment | None:
    """Return the moment in the address of ``request``, for what is the same at every moment.

    Raises:
        Problem: 400 when it is no date.
    """
    text = request.query_params.get(PARAMETER, "").strip()
    try:
        return Moment.parse(text) if text else None
    except ValueError as error:
        detail = f"`{PARAMETER}`: {error}."
        raise Problem(400, detail, "parameter", parameter=PARAMETER, accepted=ACCEPTED) from error


def kept(request: Request) -> list[tuple[str, str]]:
    """Return the other parameters of the address, which a form for the moment has to keep."""
    return [pair for pair in request.query_params.multi_items() if pair[0] != PARAMETER]
