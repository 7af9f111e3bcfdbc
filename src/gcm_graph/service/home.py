"""The first page: the search box, questions to start from, and what is in the graph."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.graph import listing, reference
from gcm_graph.release import manifest
from gcm_graph.service import display, representation, structured
from gcm_graph.service.language import language_of
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.page import Figure, Link
from gcm_graph.service.state import State
from gcm_graph.service.translation import N_
from gcm_graph.terms import curie

QUESTIONS = (
    Link(
        N_("By which steps does the review forum go back to the Global Commission of 2003?"),
        "lineage?from=forum/imrf&to=body/gcim",
        N_("Every chain, drawn in time, with the paragraph that each step rests on."),
    ),
    Link(
        N_("What established the United Nations Network on Migration, and what did it replace?"),
        "id/body/un-network-on-migration",
        N_("Its mandate, members and offices, and where sources disagree on its predecessor."),
    ),
    Link(
        N_("Which targets of the 2030 Agenda does each objective of the Compact serve?"),
        "linkages",
        N_("Each alignment with the source that draws it."),
    ),
    Link(
        N_("How did each State vote on the Global Compact?"),
        "states",
        N_("The recorded vote of December 2018 and the others, absences included."),
    ),
    Link(
        N_("Which bodies of 2006 still exist?"),
        "query/bodies-on-date?date=2006-12-31",
        N_("What existed then, with the day on which each ended."),
    ),
    Link(
        N_("Where do sources disagree?"),
        "disagreements",
        N_("Each rival claim with its passage."),
    ),
)

EXAMPLES = ("IMRF", "73/195", "objective 7", "pacte mondial", "Rabat Process")
"""Words that show what the search knows: acronym, symbol, number, another language, name."""

_FIGURES = (
    ("triples", N_("statements"), "download"),
    ("passages", N_("passages cited"), "source"),
    ("sources", N_("sources"), "source"),
    ("derived", N_("derived statements"), "query"),
    ("disagreements", N_("disagreements"), "disagreements"),
)


def figures(state: State) -> tuple[Figure, ...]:
    """Return the figures of the release that is served."""
    counts = manifest.read(state.release).counts
    return tuple(
        Figure(title, counts[name], path) for name, title, path in _FIGURES if name in counts
    )


def show(request: Request) -> Response:
    """Answer ``/``."""
    state = State.of(request)
    reader = state.reader.speaking(language_of(request))
    media = representation.choose(request, "", (HTML, JSON))

    def body() -> Response | bytes:
        if media.name == "json":
            held = manifest.read(state.release).document()
            return representation.plain({"name": "gcm-graph", **held, "api": "/api"})
        classes = tuple(
            Figure(ref.label, count, f"class?name={curie(ref.iri)}")
            for ref, count in listing.list_classes(reader)
        )
        context: dict[str, object] = {"questions": QUESTIONS, "classes": classes}
        context |= {
            "figures": figures(state),
            "examples": EXAMPLES,
            "latest": tuple(
                (reference.ref(reader, one.ref.iri), one.date) for one in state.news.latest
            ),
            "changed": state.news.changed,
        }
        context["structured"] = structured.of_dataset(state.release)
        return display.show(request, "home.html", context)

    return representation.respond(request, media, body, "", ())


ROUTES = [Route("/", show)]
