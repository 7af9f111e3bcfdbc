"""Pages of a long answer: which part is asked for, and the ways to the others.

Standard: RFC 8288 (Web Linking), relations ``first``, ``prev``, ``next`` and ``last``.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request

from gcm_graph.service.answer import Page
from gcm_graph.service.problem import Problem

NAMES = frozenset({"limit", "offset", "page"})
"""The parameters of a page."""

FARTHEST = 1_000_000_000
"""The largest ``offset``."""


def asked(request: Request, usual: int, most: int) -> Page:
    """Return the page that ``limit`` with ``offset`` or ``page`` ask for.

    Args:
        request: the request.
        usual: rows of a page when ``limit`` is not given.
        most: rows that a page may have.

    Raises:
        Problem: 400 when one is no whole number in its bounds, or both ``offset`` and ``page``
            are given.
    """
    query = request.query_params
    limit = _number(query, "limit", 1, most, usual)
    if query.get("page"):
        if query.get("offset"):
            detail = "Give `offset` or `page`, not both."
            raise Problem(400, detail, "parameter", parameter="page")
        number = _number(query, "page", 1, FARTHEST // most, 1)
        return Page((number - 1) * limit, limit)
    return Page(_number(query, "offset", 0, FARTHEST, 0), limit)


def _number(query: Mapping[str, str], name: str, least: int, most: int, usual: int) -> int:
    text = query.get(name, "")
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 12 and least <= int(text) <= most):
        detail = f"`{name}`: “{text[:40]}” is not a whole number from {least:,} to {most:,}."
        raise Problem(400, detail, "parameter", parameter=name)
    return int(text)


def ways(request: Request, page: Page, total: int) -> dict[str, str]:
    """Return the addresses of the other pages by link relation; none of an answer on one page."""
    if total <= page.limit and not page.offset:
        return {}
    last = max(0, (total - 1) // page.limit * page.limit)
    found = {"first": 0, "last": last}
    if page.offset:
        found["prev"] = max(0, min(page.offset, last + page.limit) - page.limit)
    if page.offset + page.limit < total:
        found["next"] = page.offset + page.limit
    return {name: address(request, page, offset) for name, offset in found.items()}


def address(request: Request, page: Page, offset: int) -> str:
    """Return the address of the page that begins at ``offset``."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in NAMES]
    more = [("limit", str(page.limit)), ("offset", str(offset))]
    return f"{request.url.path}?{urlencode([*kept, *more])}"


def link(found: Mapping[str, str]) -> str:
    """Return the ways as the value of a ``Link`` header; empty when there are none."""
    return ", ".join(f'<{target}>; rel="{relation}"' for relation, target in found.items())
