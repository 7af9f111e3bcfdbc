"""The log: one JSON object a line on standard error, with the id of the request.

A value that a client sends cannot begin a line of its own, because JSON escapes it.
"""

import sys
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def log() -> Any:
    """Return the logger; its library is loaded with the first line."""
    import structlog

    return structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
    )
