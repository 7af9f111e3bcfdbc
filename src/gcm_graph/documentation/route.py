"""The routes of the service: ``docs/routes.md``."""

import inspect
import re

from starlette.routing import Route

from gcm_graph.service import typed
from gcm_graph.service.app import create_app
from gcm_graph.settings import settings

_HEAD = """\
# Routes

What the service answers. `Accept` decides the representation; a suffix (`.ttl`, `.json` …) or
`?format=` overrides it; a type that is not there is 406. Errors are problem documents (RFC 9457)
for programs and a page for people. `?lang=` or `Accept-Language` choose the language of names.
The table is generated from the routes themselves (`make docs`).

| route | methods | answer |
|---|---|---|
"""


def render() -> str:
    """Return the table of routes as Markdown."""
    rows = []
    app = create_app()
    for path, operations in typed.create(settings()).openapi()["paths"].items():
        if not path.startswith("/api"):
            continue  # a Starlette route, or one question of the library
        for method, operation in operations.items():
            rows.append((path, method.upper(), operation["description"].replace("\n", " ")))
    for route in app.routes:
        if isinstance(route, Route):
            methods = ", ".join(sorted((route.methods or {"GET"}) - {"HEAD"}))
            said = (inspect.getdoc(route.endpoint) or "").split("\n\n")[0].replace("\n", " ")
            said = re.sub(r"^Answer ``[^`]*``(: |\.$)", "", said) or "The first page."
            rows.append((route.path, methods, said[0].upper() + said[1:].replace("``", "`")))
    rows = [row for row in dict.fromkeys(rows) if row[0] != "/openapi.json"]
    rows.append(("/openapi.json", "GET", "The typed JSON API in OpenAPI."))
    rows.append(("/static/…", "GET", "Style sheets."))
    return _HEAD + "".join(f"| `{p}` | {m} | {s} |\n" for p, m, s in sorted(rows))
