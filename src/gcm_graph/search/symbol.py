"""Symbols of documents, in the spellings in which people write them.

Of ``A/RES/73/195`` people write ``73/195``, ``res 73/195``, ``UNGA resolution 73/195`` …
"""

import re

from gcm_graph.search.text import words

_SYMBOL = re.compile(r"[A-Z]{1,6}(?:[/.-][\w.() -]+){2,}")
_RESOLUTION = frozenset({"res", "resolution", "resolucion", "resolutions"})
_ASSEMBLY = (
    _RESOLUTION
    | frozenset({"a", "ag", "assembly", "assemblee", "asamblea", "document", "doc", "de", "del"})
    | frozenset({"general", "generale", "ga", "l", "la", "nations", "naciones", "no", "of"})
    | frozenset({"onu", "symbol", "the", "un", "unga", "unidas", "unies", "united"})
)


def is_symbol(name: str) -> bool:
    """Tell whether ``name`` is written as a symbol of a document, such as ``A/RES/73/195``."""
    return _SYMBOL.fullmatch(name.strip()) is not None


def spellings(found: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the symbols that the words of a question may stand for, as words.

    Two numbers, alone or among words such as "resolution" and "General Assembly", stand for a
    resolution of the Assembly; words such as "document" before a symbol are left out.
    """
    numbers = tuple(word for word in found if word[0].isdigit())
    others = [word for word in found if not word[0].isdigit()]
    asked: list[tuple[str, ...]] = [found]
    whole = all(number.isdigit() for number in numbers)
    if len(numbers) == 2 and whole and all(word in _ASSEMBLY for word in others):
        if not others or _RESOLUTION & set(others):
            asked.append(("a", "res", *numbers))
        asked.append(("a", *numbers))
    noise = 0
    while noise < len(found) and found[noise] in _ASSEMBLY and found[noise] not in {"a", "res"}:
        noise += 1
    if 0 < noise < len(found):
        asked.append(found[noise:])
    return tuple(dict.fromkeys(asked))


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a symbol, which `spellings` are looked up by."""
    return words(name)
