"""Names and dates as people write them in an address, read into what they mean.

Standard: EDTF (dates).
"""

from gcm_graph.build.date import bounds
from gcm_graph.service.problem import Problem
from gcm_graph.terms import expand


def iri(text: str, name: str) -> str:
    """Return the IRI that ``text`` names.

    Raises:
        Problem: 400 when it names none; ``name`` is the parameter.
    """
    try:
        return expand(text.strip())
    except ValueError as error:
        raise Problem(400, f"`{name}`: {error}", "parameter", parameter=name) from error


def days(text: str, name: str) -> tuple[str, str]:
    """Return the first and last day of an EDTF date; empty ones when ``text`` is empty.

    Raises:
        Problem: 400 when it is no date; ``name`` is the parameter.
    """
    if not text.strip():
        return "", ""
    try:
        first, last = bounds(text.strip())
    except ValueError:
        first = last = None
    if not first or not last:
        detail = f"`{name}`: “{text}” is not a date; write 2018-12-19, 2018-12 or 2018."
        raise Problem(400, detail, "parameter", parameter=name)
    return first, last
