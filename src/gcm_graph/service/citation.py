"""Citations over HTTP: of anything at ``/cite``, of sources and passages at their own address."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.citation import bibtex, csl, ris, subject, text
from gcm_graph.citation.entry import Entry
from gcm_graph.graph.reader import Reader
from gcm_graph.library.fault import ParameterError
from gcm_graph.library.parameter import Parameter
from gcm_graph.service import display, edition, representation
from gcm_graph.service.language import language_of
from gcm_graph.service.page import Format
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.store.media import Media
from gcm_graph.terms import expand

BIBTEX = Media(
    "bibtex", bibtex.MEDIA_TYPE, "bib", "BibTeX", None,
    ("text/x-bibtex", "application/x-biblatex"), True,
)  # fmt: skip
RIS = Media("ris", ris.MEDIA_TYPE, "ris", "RIS", None, (), True)
CSL = Media("csl", csl.MEDIA_TYPE, "csl.json", "CSL-JSON", None)
TEXT = Media("text", text.MEDIA_TYPE, "txt", "Text", None, (), True)

OFFERS = (BIBTEX, RIS, CSL)
"""What a thing, a source and a passage can be cited as at its own address."""

EVERY = (TEXT, *OFFERS)
"""What ``/cite`` offers."""

_OWN = {"format", "lang", "query", "release", "style"}
_NAME = Parameter("name", "iri")
_TERM = Parameter("object", "term")


def cited(media: Media) -> bool:
    """Tell whether the representation is a citation."""
    return any(media.name == one.name for one in EVERY)


def written(entry: Entry, media: Media, style: str = "") -> bytes:
    """Return the entry in a format of `EVERY`."""
    if media.name == CSL.name:
        return csl.render(entry)
    if media.name == BIBTEX.name:
        return bibtex.render(entry).encode()
    if media.name == RIS.name:
        return ris.render(entry).encode()
    return text.render(entry, style).encode()


def of_resource(request: Request, reader: Reader, iri: str, media: Media) -> bytes:
    """Return the citation of something that is there.

    Raises:
        Problem: 404 when it cannot be cited.
    """
    entry = subject.of(reader, iri, edition.of(State.of(request)))
    if entry is None:
        raise Problem(404, f"<{iri}> is nothing that can be cited.", "unknown")
    return written(entry, media)


def reference(request: Request, reader: Reader, iri: str) -> str:
    """Return a document or a passage cited in words, in Chicago's style; empty when unknown."""
    entry = subject.of(reader, iri, edition.of(State.of(request)))
    return text.chicago(entry) if entry else ""


def links(path: str, iri: str) -> tuple[Format, ...]:
    """Return the formats that the page at ``path`` offers under "Cite this page"."""
    plain = Format(TEXT.title, f"cite?iri={quote(iri, safe='')}&format=text", TEXT.type)
    return (*display.formats(path, OFFERS), plain)


def show(request: Request) -> Response:
    """Answer ``/cite``: a citation of what is named, in BibTeX, RIS, CSL-JSON or as text.

    ``iri`` names a thing, source or passage; ``subject``, ``predicate`` and ``object`` a
    statement; ``query`` with its parameters an answer. ``style`` is ``chicago`` or ``apa``.

    Raises:
        Problem: 400 for wrong parameters, 404 for what the graph does not hold, 406.
    """
    media = representation.choose(request, "", EVERY)
    style = request.query_params.get("style", "")
    if style and style not in text.STYLES:
        detail = f"`style`: “{style}” is none of {', '.join(text.STYLES)}."
        raise Problem(400, detail, "parameter")
    entry = _entry(request)
    return representation.respond(request, media, lambda: written(entry, media, style), "cite", ())


def _entry(request: Request) -> Entry:
    state = State.of(request)
    reader = state.reader.speaking(language_of(request))
    release = edition.of(state)
    asked = {name: value.strip() for name, value in request.query_params.items()}
    if asked.get("query"):
        return _answer(state, asked, release)
    if asked.get("iri"):
        iri = _expanded(asked["iri"])
        entry = subject.of(reader, iri, release)
        if entry is None:
            raise Problem(404, f"Nothing is known of <{iri}>.", "unknown")
        return entry
    if all(asked.get(name) for name in ("subject", "predicate", "object")):
        return _statement(reader, asked, release)
    detail = "Say what to cite: `iri`; or `subject`, `predicate` and `object`; or `query`."
    raise Problem(400, detail, "parameter")


def _expanded(name: str) -> str:
    try:
        return expand(name)
    except ValueError as error:
        raise Problem(400, f"`iri`: {error}", "parameter") from error


def _answer(state: State, asked: dict[str, str], release: subject.Edition) -> Entry:
    name = asked["query"]
    if name not in state.catalogue or not state.catalogue[name].public:
        raise Problem(
            404, f"There is no question “{name}”; /query lists those there are.", "unknown"
        )
    question = state.catalogue[name]
    values = {key: value for key, value in asked.items() if key not in _OWN}
    try:
        question.bind(values)
    except ParameterError as error:
        raise Problem(400, str(error), "parameter", parameter=error.parameter) from error
    return subject.of_answer(question, values, release)


def _statement(reader: Reader, asked: dict[str, str], release: subject.Edition) -> Entry:
    try:
        about, relation = _NAME.parse(asked["subject"]), _NAME.parse(asked["predicate"])
        value = _TERM.parse(asked["object"])
    except ValueError as error:
        raise Problem(400, str(error), "parameter") from error
    entry = subject.of_statement(reader, (about, relation, value), release)  # type: ignore[arg-type]
    if entry is None:
        raise Problem(404, "The graph does not hold this statement.", "unknown")
    return entry


ROUTES = [Route("/cite", show)]
