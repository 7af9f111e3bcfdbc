"""Text as search compares it: without case, accents, punctuation and variant spelling."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_WORD = re.compile(
    r"\d+(?:\.(?:\d+|[a-z](?![a-z])))*[a-z]*"  # 7, 10.7, 10.7.2, 10.c, 13th
    r"|(?<![^\W\d_])[^\W\d_]\d+"  # C100702, G20
    r"|[^\W\d_]+"
)
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

_STOP = (
    "a an and at by for from in its of on or s the to with"
    " au aux d dans de des du en et l la le les par pour sur une"
    " al con del e el las los para por sobre una y"
)
STOP = frozenset(_STOP.split())
"""Words that a name may have or lack: articles and prepositions (English, French, Spanish)."""

_SPELLINGS = {
    "centre": "center",
    "colour": "color",
    "dept": "department",
    "intl": "international",
    "labour": "labor",
    "marrakesh": "marrakech",
    "org": "organization",
    "programme": "program",
}
"""One spelling for each word that is written in several ways."""

_UNITED_NATIONS = (("united", "nations"), ("nations", "unies"), ("naciones", "unidas"))


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return ``text`` without case and accents, so that "Genève" is found by "geneve"."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return kept.translate(_LETTERS)


def words(text: str) -> tuple[str, ...]:
    """Return the words of ``text``, folded and in one spelling.

    Numbers such as ``10.7`` stay whole, dotted acronyms lose their dots, and a Chinese or
    Japanese character is a word.
    """
    folded = fold(text)
    if "." in folded:
        folded = _DOTTED.sub(lambda found: found.group().replace(".", ""), folded)
    found = _WORD.findall(folded.replace("&", " and ").replace("int'l", "intl"))
    if not folded.isascii() and _WIDE.search(folded):
        found = [part for word in found for part in (word if _WIDE.search(word) else (word,))]
    return tuple(map(_spelled, found))


def significant(found: Sequence[str]) -> tuple[str, ...]:
    """Return the words that tell names apart: no articles, "UN" for "United Nations".

    Words that are all articles stay as they are.
    """
    kept: list[str] = []
    for word in found:
        if word in STOP:
            continue
        if kept and (kept[-1], word) in _UNITED_NATIONS:
            kept[-1] = "un"
        else:
            kept.append(word)
    return tuple(kept) or tuple(found)


def initials(found: Iterable[str]) -> str:
    """Return the acronym that the words of a name make: "oim" of "Organisation …"."""
    return "".join(word[0] for word in found if word not in STOP)


def _spelled(word: str) -> str:
    if "isation" in word:
        return word.replace("isation", "ization")
    return _SPELLINGS.get(word, word)
