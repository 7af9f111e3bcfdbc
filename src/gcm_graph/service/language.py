"""The language that a client wants names in (RFC 9110, section 12.5.4)."""

import re

from starlette.requests import Request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

LANGUAGES = ("en", "fr", "es", "ar", "zh", "ru")
"""The languages of the United Nations, English first because every thing has an English name."""

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def asked_by_address(request: Request) -> str:
    """Return the tag of ``?lang=`` in lower case; empty when there is none that is well-formed."""
    asked = request.query_params.get("lang", "")
    return asked.lower() if _TAG.fullmatch(asked) else ""


def language_of(request: Request) -> str:
    """Return the language tag that ``?lang=`` asks for, else the best of ``Accept-Language``.

    A tag that is not well-formed is passed over; English is the last resort.
    """
    asked = asked_by_address(request)
    if asked:
        return asked
    accepted = parse_accept_header(request.headers.get("accept-language", ""), LanguageAccept)
    return accepted.best_match(LANGUAGES) or "en"
