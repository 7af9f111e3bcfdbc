"""Labels: one fallback chain for every page and every answer.

Of the names of a thing the best is, in this order:

1. its preferred label, else its title (``dcterms:title``), in the language asked for;
2. its preferred label in English, in French, in Spanish, in any other language (the first by
   tag; a label without a tag comes before those);
3. its title in the same order of languages;
4. for a dated relation, a name made of its ends ("IOM, coordinator, UN Network on Migration");
5. its symbol (``dcterms:identifier``);
6. the last part of its IRI.

A tag with a region falls back to its language (``fr-CA`` to ``fr``).
"""

from collections.abc import Mapping
from urllib.parse import unquote

from gcm_graph.graph.index import Index

DEFAULT = ("en", "fr", "es")


def chain(language: str) -> tuple[str, ...]:
    """Return the language tags to try for somebody who asked for ``language``."""
    asked = language.strip().lower()
    wanted = [asked, asked.partition("-")[0], *DEFAULT] if asked else list(DEFAULT)
    return tuple(dict.fromkeys(wanted))


def best(names: Mapping[str, str], languages: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the best of ``names`` (by language tag) with its tag; ``None`` of none."""
    for tag in languages:
        if tag in names:
            return names[tag], tag
    for tag in sorted(names):
        if tag.lower() in languages:
            return names[tag], tag
    for tag in sorted(names):
        return names[tag], tag
    return None


def label(index: Index, iri: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """Return the name of ``iri`` and its language tag, by the chain of this module."""
    tables = (index.labels, index.titles)
    for tag in dict.fromkeys((languages[0], languages[0].partition("-")[0])):
        for table in tables:
            if tag in table.get(iri, {}):
                return table[iri][tag], tag
    for table in tables:
        names = table.get(iri)
        found = best(names, languages) if names else None
        if found:
            return found
    link = index.links.get(iri)
    if link:
        ends = [end for end in (link.actor, link.qualifier, link.place) if end and end != iri]
        parts = [
            label(index, end, languages)[0] if end not in index.links else local_name(end)
            for end in (ends if link.actor else reversed(ends))
        ]
        if parts:
            return ", ".join(parts), languages[0]
    return index.identifiers.get(iri) or local_name(iri), ""


def local_name(iri: str) -> str:
    """Return the last part of ``iri``, readable: after ``#``, else after the last ``/``."""
    tail = iri.rstrip("/#")
    tail = tail.rpartition("#")[2] if "#" in tail else tail.rpartition("/")[2]
    return unquote(tail) or iri
