"""Headers that every response carries, set without touching its body.

Standards: Content Security Policy 3, https://www.w3.org/TR/CSP3/; Permissions Policy,
https://www.w3.org/TR/permissions-policy/
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}
"""Headers of every response."""

_SOURCES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
POLICY = "; ".join((*_SOURCES, "frame-ancestors 'none'"))
"""What a page may load: its own files, and nothing in line."""
FRAMED_POLICY = "; ".join((*_SOURCES, "frame-ancestors *"))
"""The policy of a page that is shown inside the page of another site."""

FOREVER = "public, max-age=31536000, immutable"
"""For files whose address carries their digest."""


class Headers:
    """ASGI middleware that adds what a response lacks: `COMMON`, and `POLICY` to pages."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in COMMON.items():
                    headers.setdefault(name, value)
                if headers.get("Content-Type", "").startswith(("text/html", "application/xhtml")):
                    headers.setdefault("Content-Security-Policy", POLICY)
                elif message["status"] == 200 and _is_forever(scope):
                    headers.setdefault("Cache-Control", FOREVER)
            await send(message)

        await self._app(scope, receive, sending)


def _is_forever(scope: Scope) -> bool:
    """Tell whether the address names one version of a static file."""
    path: str = scope["path"]
    if "/static/" not in path:
        return False
    return scope["query_string"].startswith(b"v=") or "/static/web/" in path
