"""The words of the interface in the languages of its pages (gettext).

Templates and modules write them in English, wrapped in ``_()``; ``locale/{language}`` holds a
catalogue for each other language. `make translations` brings the catalogues up to the words.
A catalogue is compiled in memory when its language is first asked for, so that nothing has to
be built, and a corrected catalogue counts at the next start.
"""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SPOKEN = ("en", "fr", "es")
"""The languages of the pages; names of things may be shown in others."""

CATALOGUES = Path(__file__).resolve().parent / "locale"


def spoken(language: str) -> str:
    """Return the language of a page for somebody who wants ``language`` (BCP 47 tag).

    That is its first part where the interface is translated into it, else English.
    """
    first = language.partition("-")[0].lower()
    return first if first in SPOKEN else "en"


def locale(language: str) -> Locale:
    """Return how the language of a page writes numbers, dates and lists (CLDR)."""
    return Locale(spoken(language))


@lru_cache(maxsize=len(SPOKEN))
def _catalogue(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def translations(language: str) -> NullTranslations:
    """Return the catalogue for a page in ``language``; English words pass through it unchanged."""
    return _catalogue(spoken(language))


def N_(message: str) -> str:  # noqa: N802 -- the name by which gettext's tools know it
    """Mark words of a table for translation; the page that shows them translates them."""
    return message
