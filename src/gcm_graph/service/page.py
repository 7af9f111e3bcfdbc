"""Pages: the Jinja environment, its filters, and ``render``.

A page is drawn from plain values: those of ``gcm_graph.graph.view`` and the few below. It
needs no script; its links are relative to the root of the service, so that it works under any
host and path.

Every page takes ``root`` (prefix from the page back to the root of the service: empty for
``/lineage``, ``"../../"`` for ``/id/forum/gfmd``), ``release`` (Release or None) and may take
``formats`` (Format …, the other representations), ``crumbs`` (Link …, the way to the page) and
``languages`` (Tongue …, the same page in other languages).
What each page takes beside that:

=================== ====================================================================
home.html           ``figures`` (Figure …), ``questions`` (Link …), ``classes`` (Figure …)
thing.html          ``thing`` (view.Thing); may take ``citations`` (Format …)
source.html         ``source`` (view.Source); may take ``about`` (Ref of the document's own
                    page), ``citations``, ``reference`` (the document, cited in words)
passage.html        ``passage`` (view.Passage), ``claims`` (view.Claim …); may take
                    ``primary`` (Passage that a secondary source names), ``citations``,
                    ``reference``
sources.html        ``sources`` (view.Source …)
lineage.html        ``start``, ``end`` (as typed), ``lineage`` (view.Lineage or None),
                    ``things`` (Ref …, offered while typing), ``examples`` (Link …);
                    may take ``problem`` (one sentence)
disagreements.html  ``disagreements`` (view.Disagreement …); may take ``pager``
queries.html        ``questions`` (Question …: name, title, description, group)
query.html          ``question`` (Question), ``values`` (dict by parameter name), ``result``
                    (Table or None); may take ``problem``, ``choices`` (by parameter name,
                    things with ``value`` and ``label``)
sparql.html         ``text``, ``outputs`` (Format …), ``chosen`` (media type), ``examples``
                    (Question …), ``limits`` (one sentence each); may take ``problem``
definition.html     ``title``, ``description``, ``version``, ``iri``, ``classes`` and
                    ``properties`` (Term …), ``schemes`` (Scheme …)
listing.html        ``heading``, ``description``, ``things`` (Ref …), ``pager`` (or None)
search.html         ``words``, ``hits`` (Hit …), ``kinds`` (Figure …), ``pager`` (or None)
api.html            ``routes`` (Route …)
download.html       ``files`` (File …)
problem.html        ``problem`` (Problem)
about.html          ``figures`` (Figure …)
=================== ====================================================================
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import quote

from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from gcm_graph.citation import subject
from gcm_graph.graph import literal
from gcm_graph.graph.view import Claim, Group, Lineage, Ref, Text
from gcm_graph.service import bundle, translation
from gcm_graph.service.drawing import bars_svg, lineage_svg
from gcm_graph.service.origin import origins

STATIC = Path(__file__).resolve().parent / "static"
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})
_UNITS = {"fr": ("o", "ko", "Mo", "Go")}
_OPEN = ("https://", "http://", "mailto:")


@dataclass(frozen=True)
class Link:
    """A way to another page: its words and its path on this service (or an address)."""

    title: str
    path: str
    description: str = ""


@dataclass(frozen=True)
class Format:
    """Another representation: what it is called, its path, and its media type."""

    title: str
    path: str
    media_type: str = ""


@dataclass(frozen=True)
class Tongue:
    """The same page in a language: tag, the language's own name, address from this page."""

    code: str
    name: str
    path: str
    current: bool = False


@dataclass(frozen=True)
class Figure:
    """A number with what it counts and, when there is one, the page that lists it."""

    title: str
    count: int
    path: str = ""


@dataclass(frozen=True)
class Release:
    """The release that is served: its digest, its date (``YYYY-MM-DD``) and version."""

    digest: str
    date: str
    version: str = ""


@dataclass(frozen=True)
class Pager:
    """Where a long list stands.

    Attributes:
        path: path of a page without its number, such as ``id/body?page=``.
        page: number of this page, from 1.
        size: rows on a page.
        total: rows in all.
    """

    path: str
    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Return the number of the first row on the page, from 1."""
        return min(self.total, (self.page - 1) * self.size + 1)

    @property
    def last(self) -> int:
        """Return the number of the last row on the page."""
        return min(self.total, self.page * self.size)


@dataclass(frozen=True)
class Table:
    """The answer to a query: names of columns, and rows of values (None where unbound)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Ref | Text | None, ...], ...]
    total: int
    milliseconds: float | None = None


@dataclass(frozen=True)
class Hit:
    """One result of a search: the thing and the words around the match."""

    ref: Ref
    excerpt: str = ""
    language: str = ""


@dataclass(frozen=True)
class Term:
    """A class or property of the ontology as its documentation shows it."""

    ref: Ref
    name: str
    definition: str = ""
    labels: Mapping[str, str] | None = None
    broader: tuple[Ref, ...] = ()
    domain: tuple[Ref, ...] = ()
    range: tuple[Ref, ...] = ()
    inverse: str = ""
    example: str = ""
    single: bool = False
    uses: int | None = None


@dataclass(frozen=True)
class Scheme:
    """A concept scheme with its concepts."""

    ref: Ref
    name: str
    concepts: tuple[Term, ...]
    definition: str = ""


@dataclass(frozen=True)
class Route:
    """A route of the API: method, path with its variables, what it does, an example path."""

    method: str
    path: str
    description: str
    example: str = ""
    group: str = ""


@dataclass(frozen=True)
class File:
    """A file of the release: size in bytes, checksum (SHA-256), media type."""

    name: str
    path: str
    size: int
    digest: str
    description: str = ""
    media_type: str = ""


@dataclass(frozen=True)
class Problem:
    """What went wrong (RFC 9457), and what would be right."""

    status: int
    title: str
    detail: str = ""
    right: str = ""
    links: tuple[Link, ...] = ()
    position: str = ""


def render(template: str, context: Mapping[str, object], language: str = "en") -> str:
    """Return a page as HTML.

    Args:
        template: file name, such as ``thing.html``.
        context: its values, as the table above says.
        language: what the reader wants; the page is in English where it is not translated.
    """
    values = {"root": "", "release": None, "formats": (), "crumbs": (), "languages": (), **context}
    return environment(translation.spoken(language)).get_template(template).render(values)


@lru_cache(maxsize=len(translation.SPOKEN))
def environment(language: str = "en") -> Environment:
    """Return the environment for pages in a language of the interface, made once."""
    env = Environment(
        loader=PackageLoader("gcm_graph.service", "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    translations = translation.translations(language)
    locale = translation.locale(language)
    env.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    day = partial(literal.date, language=language)
    env.globals |= {
        "language": language,
        "direction": _direction(language),
        "href": _href,
        "link": _link,
        "lang": _lang,
        "tongue": _tongue,
        "static": _static,
        "bundle": _bundle,
        "bars": _bars,
        "draw": _drawer(translations.gettext, day),
    }
    env.filters |= {
        "day": day,
        "period": lambda claim: claim.time or literal.span(claim.begins, claim.ends, language),
        "translated": translations.gettext,
        "bytes": partial(_bytes, language=language),
        "thousands": partial(format_decimal, locale=locale),
        "facts": _facts,
        "relations": _relations,
        "origins": origins,
        "cite": subject.address,
        "anchor": lambda text: re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-"),
        "spaced": lambda name: re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).lower(),
        "quoted": lambda text: quote(str(text), safe=""),
    }
    env.tests |= {"literal": lambda value: isinstance(value, Text)}
    return env


def _direction(language: str) -> str:
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT else "ltr"


def _root(context: Context) -> str:
    return str(context.get("root") or "./")


@pass_context
def _href(context: Context, path: str) -> str:
    """Return the address of a page of this service; an address elsewhere stays as it is."""
    if path.startswith(_OPEN) or path.startswith("#"):
        return path
    return _spoken(context, _root(context) + path.removeprefix("/")) if path else _root(context)


@pass_context
def _link(context: Context, ref: Ref) -> str:
    """Return where a name leads: its page here, else its IRI, else nothing."""
    if ref.path is not None:
        return _spoken(context, _root(context) + ref.path)
    return ref.iri if ref.iri.startswith(_OPEN) else ""


def _spoken(context: Context, address: str) -> str:
    """Return an address that keeps the language which the page was asked for in its own."""
    asked = context.get("asked_language")
    if not asked:
        return address
    path, mark, place = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}lang={asked}{mark}{place}"


@pass_context
def _tongue(context: Context) -> Markup:
    """Return the field by which a form keeps that language."""
    asked = context.get("asked_language")
    return (
        Markup('<input type="hidden" name="lang" value="{}">').format(asked) if asked else Markup()
    )


@pass_context
def _lang(context: Context, language: str) -> Markup:
    """Return the attributes for a text in another language than the page."""
    page = str(context.get("language"))
    if not language or language == page:
        return Markup("")
    marked = Markup(' lang="{}"').format(language)
    if _direction(language) != _direction(page):
        marked += Markup(' dir="{}"').format(_direction(language))
    return marked


@pass_context
def _static(context: Context, name: str) -> str:
    """Return the address of a static file, with its digest so that it is cached for ever."""
    return f"{_root(context)}static/{name}?v={_static_digest(name)}"


@pass_context
def _bundle(context: Context, name: str) -> Markup:
    """Return the tags of an entry of the web build; nothing when it was not built."""
    return bundle.tags(name, f"{_root(context)}static/web/")


@lru_cache(maxsize=64)
def _static_digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def _drawer(
    translate: Callable[[str], str], day: Callable[[str], str]
) -> Callable[[Context, Lineage], Markup]:
    @pass_context
    def draw(context: Context, lineage: Lineage) -> Markup:
        drawn = lineage_svg(lineage, _root(context), translate=translate, shown=day)
        return Markup(drawn)  # noqa: S704 -- escaped by the drawing

    return draw


def _bars(claims: Sequence[Claim]) -> Markup:
    return Markup(bars_svg(claims))  # noqa: S704 -- escaped by the drawing


def _facts(groups: Sequence[Group]) -> list[Group]:
    """Return the groups whose values are all literals."""
    return [g for g in groups if g.claims and all(isinstance(c.value, Text) for c in g.claims)]


def _relations(groups: Sequence[Group]) -> list[Group]:
    """Return the groups that lead to other things."""
    plain = _facts(groups)
    return [group for group in groups if group not in plain]


def _bytes(size: int, language: str) -> str:
    units = _UNITS.get(language, ("B", "kB", "MB", "GB"))
    step = min(max(len(str(size)) - 1, 0) // 3, len(units) - 1)
    pattern = "#,##0.0" if step else "#,##0"
    shown = format_decimal(size / 1000**step, pattern, translation.locale(language))
    return f"{shown} {units[step]}"
