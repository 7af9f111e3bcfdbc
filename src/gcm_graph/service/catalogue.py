"""The catalogues of the interface, brought up to its words: ``python -m …service.catalogue``.

What is translated: the words in ``_()`` of templates and in ``_()``, ``N_()`` and ``translate()``
of modules, and the title and group of each query of the library.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from gcm_graph.library.catalogue import Catalogue
from gcm_graph.service.translation import CATALOGUES, SPOKEN
from gcm_graph.settings import Settings

PACKAGE = Path(__file__).resolve().parent.parent
_METHODS = [("service/templates/**", "jinja2"), ("**.py", "python")]
_OPTIONS = {
    "service/templates/**": {
        "encoding": "utf-8",
        "newstyle_gettext": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
    }
}
_UNTOLD = re.compile(
    rb'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|'
    rb"Last-Translator|Language-Team|Generated-By): .*\n",
    re.MULTILINE,
)
"""Lines of the header that would change with each run, or say what the history says."""
_KEYWORDS = {**DEFAULT_KEYWORDS, "translate": None}


def words() -> Catalog:
    """Return the words that the interface shows, each with the file it stands in."""
    found = Catalog(project="gcm-graph", fuzzy=False)
    for file, _, message, notes, context in extract_from_dir(
        PACKAGE, _METHODS, _OPTIONS, _KEYWORDS, ("Translators:",), strip_comment_tags=True
    ):
        found.add(message, None, [(file, 0)], auto_comments=notes, context=context)
    for name, text in _queries():
        found.add(text, None, [(f"queries/{name}.rq", 0)])
    return found


def _queries() -> Iterator[tuple[str, str]]:
    for query in Catalogue.read(Settings().root / "queries").public:
        yield query.name, query.title
        yield query.name, query.group


def path(language: str) -> Path:
    """Return where the catalogue of a language is kept."""
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def kept(language: str) -> Catalog:
    """Return the catalogue of a language as it is kept."""
    with path(language).open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Write each catalogue anew: new words are empty there, words no longer shown are gone."""
    template = words()
    for language in SPOKEN[1:]:
        catalogue = kept(language)
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        _write(language, catalogue)


def _write(language: str, catalogue: Catalog) -> None:
    out = BytesIO()
    write_po(out, catalogue, width=0, ignore_obsolete=True, include_lineno=False, sort_by_file=True)
    path(language).write_bytes(_UNTOLD.sub(b"", out.getvalue()))


if __name__ == "__main__":
    update()
