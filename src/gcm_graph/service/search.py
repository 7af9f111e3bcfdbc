"""The search page: things by name, acronym, symbol, number, code or misspelling."""

from collections import Counter
from dataclasses import asdict
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph import reference
from gcm_graph.search.index import Match
from gcm_graph.search.narrowing import kind_of, narrowed
from gcm_graph.service import display, representation
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.page import Figure, Hit, Pager
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.service.translation import N_
from gcm_graph.service.view import PLURALS, page_number
from gcm_graph.terms import expand

OFFERS = (HTML, JSON)
LONGEST = 200
"""Characters of a question that are looked at."""

_PLURALS = {
    **PLURALS,
    "sdg": N_("Goals, targets and indicators"),
    "source": N_("Sources"),
    "def": N_("Terms"),
}


def hit(match: Match, state: State, language: str) -> Hit:
    """Return a result as pages and answers show it, with the name that matched if it is another."""
    found = reference.ref(state.reader.speaking(language), match.iri)
    written = match.name.text
    if written in {found.label, found.identifier}:
        return Hit(found)
    return Hit(found, written, match.name.language)


def show_search(request: Request) -> Response:
    """Answer ``/search?q=…``: things by name, acronym, symbol, number or code, the best first.

    Raises:
        Problem: 400, 406.
    """
    state, language = State.of(request), language_of(request)
    media = representation.choose(request, "", OFFERS)
    asked = request.query_params
    words = " ".join(asked.get("q", "").split())[:LONGEST]
    kind, cls = asked.get("kind", ""), asked.get("class", "")
    try:
        name = expand(cls) if cls else None
    except ValueError as error:
        raise Problem(400, f"`class`: {error}", "parameter") from error
    number, size = page_number(request), state.settings.page_size

    def body() -> Response | bytes:
        every = state.search.find(words, narrowed(state.reader, name)) if words else ()
        counts = Counter(kind_of(match.iri) for match in every)
        found = [match for match in every if not kind or kind_of(match.iri) == kind]
        hits = [hit(match, state, language) for match in found[(number - 1) * size : number * size]]
        if media.name == "json":
            items = [{**asdict(one.ref), "matched": one.excerpt or one.ref.label} for one in hits]
            held = {"q": words, "total": len(found), "kinds": counts, "items": items}
            return representation.plain(held)
        more = f"&class={quote(cls)}" if cls else ""
        base = f"search?q={quote(words)}{more}"
        kinds = [
            Figure(_PLURALS.get(each, each.capitalize()), count, f"{base}&kind={each}")
            for each, count in counts.most_common()
            if each
        ]
        path = f"{base}&kind={quote(kind)}" if kind else base
        context = {
            "words": words,
            "hits": hits,
            "kinds": kinds if len(kinds) > 1 else (),
            "pager": Pager(f"{path}&page=", number, size, len(found)),
            "formats": display.formats(f"{path}&", OFFERS[1:], suffixed=False) if words else (),
        }
        return display.show(request, "search.html", context)

    return representation.respond(request, media, body, "search", ())


ROUTES = [Route("/search", show_search)]
