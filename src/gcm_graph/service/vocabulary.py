"""What an editor of queries needs to know: prefixes, terms in use, and the names of things."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph import reference
from gcm_graph.graph.reader import Reader
from gcm_graph.namespaces import DEF, PREFIXES, SKOS
from gcm_graph.service import definition, form, representation
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import JSON
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.terms import curie, is_iri

MOST = 2000
"""Names that are told in one request."""

_KINDS = (("class", "used-classes", "class"), ("property", "used-properties", "property"))


@dataclass(frozen=True)
class Entry:
    """A class or property as an editor offers it.

    Attributes:
        name: its prefixed name.
        iri: its IRI.
        kind: ``class`` or ``property``.
        label: its name in the reader's language.
        definition: what it means, where the ontology says so.
        uses: number of things that are of the class or have the property.
    """

    name: str
    iri: str
    kind: str
    label: str
    definition: str
    uses: int


def terms(reader: Reader) -> list[Entry]:
    """Return the classes and properties that the data uses, the project's own first.

    Args:
        reader: what they are read through; its language decides labels and definitions.
    """
    told = definition.statements(reader)
    found = []
    for kind, query, column in _KINDS:
        for row in reader.rows(query):
            term, uses = row[column], row["things"]
            if not isinstance(term, ox.NamedNode) or not isinstance(uses, ox.Literal):
                continue
            name = curie(term.value)
            if name.startswith("<"):
                continue
            label = reference.ref(reader, term.value).label
            meant = _definition(reader, told.get(term.value, {}).get(SKOS + "definition", []))
            found.append(Entry(name, term.value, kind, label, meant, int(uses.value)))
    return sorted(found, key=lambda one: (not one.iri.startswith(DEF), one.name, one.kind))


def _definition(reader: Reader, texts: list[Any]) -> str:
    held = {one.language or "": one.value for one in texts if isinstance(one, ox.Literal)}
    tags: Iterator[str] = iter((*reader.languages, ""))
    return next((held[tag] for tag in tags if tag in held), "")


def show(request: Request) -> Response:
    """Answer ``/sparql/vocabulary``: the prefixes, and the classes and properties in use.

    Raises:
        Problem: 406.
    """
    media = representation.choose(request, "", (JSON,))
    reader = State.of(request).reader.speaking(language_of(request))

    def body() -> bytes:
        return representation.plain({"prefixes": PREFIXES, "terms": terms(reader)})

    return representation.respond(request, media, body, "sparql/vocabulary", ())


async def name(request: Request) -> Response:
    """Answer ``POST /sparql/names``: how the things of a JSON list of IRIs are called.

    Raises:
        Problem: 400 for what is no list of IRIs, 406, 413.
    """
    representation.choose(request, "", (JSON,))
    state = State.of(request)
    reader = state.reader.speaking(language_of(request))
    given = form.text(await form.body(request, state.settings.request_bytes))
    try:
        asked = orjson.loads(given)
    except orjson.JSONDecodeError as error:
        raise Problem(400, f"The body is not JSON: {error}.", "names") from error
    if not isinstance(asked, list) or not all(isinstance(one, str) for one in asked):
        raise Problem(400, "Send a JSON list of IRIs.", "names")
    if len(asked) > MOST:
        raise Problem(400, f"{len(asked)} IRIs are too many; ask for {MOST} at most.", "names")
    known = {iri: reference.ref(reader, iri) for iri in asked if is_iri(iri)}
    body = representation.plain(
        {
            iri: {
                "label": one.label, "language": one.language, "path": one.path,
                "identifier": one.identifier, "name": curie(iri),
            }
            for iri, one in known.items()
        }
    )  # fmt: skip
    return Response(body, headers={"Cache-Control": "no-store"}, media_type="application/json")


ROUTES = [
    Route("/sparql/vocabulary", show, include_in_schema=False),
    Route("/sparql/names", name, methods=["POST"], include_in_schema=False),
]
