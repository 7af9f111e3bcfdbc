"""The reconciliation service that OpenRefine and its kin use.

Standard: Reconciliation Service API 0.2, https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from gcm_graph import __version__
from gcm_graph.graph import listing, reference, thing
from gcm_graph.graph.view import Ref, Thing
from gcm_graph.namespaces import DEF, ID
from gcm_graph.reconciliation import candidate, offer, question
from gcm_graph.reconciliation.question import Fault
from gcm_graph.reconciliation.value import Values
from gcm_graph.service import display, form, header, page
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import JSON
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State

WIDTH, HEIGHT = 420, 180
"""Size of a preview, in pixels."""
_FRAMED = {"Content-Security-Policy": header.FRAMED_POLICY}
"""A preview is shown inside the client's own page."""


def values_of(request: Request) -> Values:
    """Return the names and values of the release, in the language of the request."""
    state = State.of(request)
    return Values(state.reader.speaking(language_of(request)), state.tables)


def _json(value: Any) -> Response:
    headers = {"Vary": "Accept-Language", "Cache-Control": "no-cache"}
    return Response(orjson.dumps(value), headers=headers, media_type=JSON.type)


def manifest(values: Values, root: str) -> dict[str, Any]:
    """Return the service manifest (section 3).

    Args:
        values: names and values of the release.
        root: address of the service, without a slash at the end.
    """
    largest = listing.list_classes(values.reader)[:12]

    def suggest(what: str) -> dict[str, str]:
        return {
            "service_url": root,
            "service_path": f"/reconcile/suggest/{what}",
            "flyout_service_url": root,
            "flyout_service_path": f"/reconcile/flyout/{what}?id=${{id}}",
        }

    return {
        "versions": ["0.2"],
        "name": "gcm-graph: global migration governance",
        "identifierSpace": ID,
        "schemaSpace": DEF,
        "documentation": f"{root}/about",
        "serviceVersion": __version__,
        "view": {"url": f"{root}/reconcile/view?id={{{{id}}}}"},
        "defaultTypes": [{"id": one.iri, "name": one.label} for one, _ in largest],
        "preview": {
            "url": f"{root}/reconcile/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT,
        },
        "suggest": {what: suggest(what) for what in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": root, "service_path": "/reconcile/properties"},
            "property_settings": [
                {
                    "name": "limit", "label": "Limit", "type": "number", "default": 0,
                    "help_text": "Values in a row at most; 0 for all.",
                },
                {
                    "name": "language", "label": "Language", "type": "text", "default": "",
                    "help_text": "Tag of the language of texts, such as fr.",
                },
            ],
        },
    }  # fmt: skip


@dataclass(frozen=True)
class _Asked:
    """The parameters of a request, from its address and its form."""

    pairs: form.Pairs

    def one(self, name: str, default: str = "") -> str:
        found = [value for key, value in self.pairs if key == name]
        if len(found) > 1:
            raise Problem(400, f"There is more than one `{name}`; send exactly one.", "parameter")
        return found[0] if found else default

    def has(self, name: str) -> bool:
        return any(key == name for key, _ in self.pairs)


async def _asked(request: Request) -> _Asked:
    pairs = form.pairs(request.url.query, "address")
    if request.method == "POST":
        body = await form.body(request, State.of(request).settings.request_bytes)
        kind = form.media_type(request)
        if kind != form.FORM:
            detail = f"Send `queries` or `extend` as {form.FORM}; “{kind}” is not that."
            raise Problem(415, detail, "media-type", {"Accept-Post": form.FORM})
        pairs += form.pairs(form.text(body), "form")
    asked = _Asked(pairs)
    if asked.has("callback"):
        detail = "JSONP (`callback`) is not offered; every origin may read the answer (CORS)."
        raise Problem(400, detail, "jsonp")
    return asked


async def endpoint(request: Request) -> Response:
    """Answer ``/reconcile``: the manifest, a batch of names (`queries`), or columns (`extend`).

    Raises:
        Problem: 400 for what is not understood, 413, 415.
    """
    asked = await _asked(request)
    values = values_of(request)
    if asked.has("queries") and asked.has("extend"):
        raise Problem(400, "Send either `queries` or `extend`, not both.", "parameter")
    if asked.has("queries"):
        return await run_in_threadpool(_match, values, asked.one("queries"))
    if asked.has("extend"):
        return await run_in_threadpool(_extend, values, asked.one("extend"))
    if request.method == "POST":
        raise Problem(400, "Send `queries`, a batch of names, or `extend`.", "parameter")
    return _json(manifest(values, str(request.base_url).rstrip("/")))


def _understood(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except Fault as fault:
        raise Problem(400, str(fault), "reconciliation") from fault


def _match(values: Values, text: str) -> Response:
    batch = _understood(
        lambda: question.read_batch(text, values.tables.is_class, values.tables.is_property)
    )
    return _json(
        {
            key: {"result": [_result(one) for one in candidate.candidates(values, query)]}
            for key, query in batch.items()
        }
    )


def _result(one: candidate.Candidate) -> dict[str, Any]:
    return {
        "id": one.ref.iri,
        "name": one.ref.label,
        "description": one.description,
        "score": one.score,
        "match": one.match,
        "type": [_named(known) for known in one.types],
        "features": [{"id": key, "value": value} for key, value in one.features.items()],
    }


def _named(known: Ref) -> dict[str, str]:
    return {"id": known.iri, "name": known.label}


def _extend(values: Values, text: str) -> Response:
    asked = _understood(lambda: question.read_extension(text, values.tables.is_property))
    return _json(offer.extend(values, asked))


def _cursor(request: Request) -> int:
    text = request.query_params.get("cursor", "") or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise Problem(400, f"`cursor`: “{text[:40]}” is not a whole number from 0.", "parameter")
    return int(text)


def _name(request: Request, parameter: str) -> str:
    text = request.query_params.get(parameter, "").strip()
    if not text:
        return ""
    found: str = _understood(lambda: question.iri_of(text, parameter))
    return found


def _suggested(offers: Sequence[offer.Offer]) -> Response:
    found: list[dict[str, Any]] = []
    for one in offers:
        entry: dict[str, Any] = {"id": one.iri, "name": one.name, "description": one.description}
        if one.types:
            entry["notable"] = [{"id": iri, "name": name} for iri, name in one.types]
        found.append(entry)
    return _json({"result": found})


def suggest(request: Request) -> Response:
    """Answer ``/reconcile/suggest/{what}``: things, classes or properties while one types.

    Raises:
        Problem: 400, 404.
    """
    values, what = values_of(request), request.path_params["what"]
    prefix, start = request.query_params.get("prefix", ""), _cursor(request)
    wanted = _name(request, "type")
    if what == "entity":
        found = offer.things(values, prefix, (wanted,) if wanted else ())
    elif what == "type":
        found = offer.classes(values, prefix)
    elif what == "property":
        found = offer.properties(values, prefix, wanted)
    else:
        raise _unknown(what)
    return _suggested(found[start : start + offer.SHOWN])


def _unknown(what: str) -> Problem:
    return Problem(404, f"“{what}” is none of entity, type and property.", "unknown")


def propose(request: Request) -> Response:
    """Answer ``/reconcile/properties``: the properties that things of a class have.

    Raises:
        Problem: 400.
    """
    values, name = values_of(request), _name(request, "type")
    text = request.query_params.get("limit", "") or "100"
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) < 7):
        raise Problem(400, f"`limit`: “{text[:40]}” is not a whole number from 1.", "parameter")
    found = offer.properties(values, "", name)[: int(text)]
    shown = [{"id": one.iri, "name": one.name, "description": one.description} for one in found]
    held: dict[str, Any] = {"properties": shown, "limit": int(text)}
    return _json({**held, "type": request.query_params["type"]} if name else held)


def _read(request: Request) -> tuple[Values, str, Thing | None]:
    values, iri = values_of(request), _name(request, "id")
    if not iri:
        raise Problem(400, "Give `id`, the IRI of a thing.", "parameter")
    return values, iri, thing.read(values.reader, iri, 1)


def _text(found: Thing) -> Mapping[str, object]:
    others = [name for name in found.alternatives if name != found.ref.label]
    identifier = [found.ref.identifier] if found.ref.identifier else []
    return {"thing": found, "names": tuple(dict.fromkeys([*identifier, *others]))[:6]}


def flyout(request: Request) -> Response:
    """Answer ``/reconcile/flyout/{what}``: a few words on a suggestion.

    Raises:
        Problem: 400, 404 when nothing is known of it.
    """
    if request.path_params["what"] not in {"entity", "type", "property"}:
        raise _unknown(request.path_params["what"])
    values, iri, found = _read(request)
    if found is None:
        raise Problem(404, f"Nothing is known of <{iri}>.", "unknown")
    html = page.render("_flyout.html", _text(found), values.reader.language)
    return _json({"id": request.query_params["id"], "html": html})


def preview(request: Request) -> Response:
    """Answer ``/reconcile/preview``: a small page on a candidate.

    Raises:
        Problem: 400, 404 when nothing is known of it.
    """
    _, iri, found = _read(request)
    if found is None:
        raise Problem(404, f"Nothing is known of <{iri}>.", "unknown")
    return display.show(request, "_preview.html", _text(found), headers=_FRAMED)


def view(request: Request) -> Response:
    """Answer ``/reconcile/view``: lead from the IRI of a thing to its page.

    Raises:
        Problem: 400, 404 when nothing is known of it.
    """
    values, iri, found = _read(request)
    path = reference.ref(values.reader, iri).path
    if found is None or path is None:
        raise Problem(404, f"This service has no page on <{iri}>.", "unknown")
    return RedirectResponse(f"../{path}", 303, {"Cache-Control": "no-cache"})


ROUTES = [
    Route("/reconcile", endpoint, methods=["GET", "HEAD", "POST"]),
    Route("/reconcile/suggest/{what}", suggest),
    Route("/reconcile/flyout/{what}", flyout),
    Route("/reconcile/properties", propose),
    Route("/reconcile/preview", preview),
    Route("/reconcile/view", view),
]
