"""What browsers ask for of their own accord: the search as a search engine, and the icon.

Standard: OpenSearch 1.1 (draft 6), https://github.com/dewitt/opensearch
"""

from xml.sax.saxutils import quoteattr

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

MEDIA_TYPE = "application/opensearchdescription+xml"

_DOCUMENT = """\
<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>gcm-graph</ShortName>
<Description>Global migration governance, with its sources</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image width="32" height="32" type="image/svg+xml">{icon}</Image>
<Url type="text/html" template={page}/>
<Url type="application/json" template={data}/>
</OpenSearchDescription>
"""


def describe(request: Request) -> Response:
    """Answer ``/opensearch.xml``: how a browser or a portal asks this search."""
    root = str(request.base_url).rstrip("/")
    text = _DOCUMENT.format(
        icon=f"{root}/static/icon.svg",
        page=quoteattr(f"{root}/search?q={{searchTerms}}"),
        data=quoteattr(f"{root}/search?q={{searchTerms}}&format=json"),
    )
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(text, headers=headers, media_type=MEDIA_TYPE)


def show_icon(request: Request) -> Response:
    """Answer ``/favicon.ico``: the way to the icon, for pages that name none."""
    headers = {"Cache-Control": "public, max-age=86400"}
    return RedirectResponse(f"{request.scope.get('root_path', '')}/static/icon.svg", 301, headers)


ROUTES = [Route("/opensearch.xml", describe), Route("/favicon.ico", show_icon)]
"""The way in for browsers."""
