"""The search as a search engine of the browser.

Standard: OpenSearch 1.1 (draft 6), https://github.com/dewitt/opensearch
"""

from xml.sax.saxutils import quoteattr

from starlette.requests import Request
from starlette.responses import Response
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


ROUTES = [Route("/opensearch.xml", describe)]
"""The way in for browsers."""
