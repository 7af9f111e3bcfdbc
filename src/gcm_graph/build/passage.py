"""Passages: what the name of a cited place says, and its description in the graph."""

import re
from collections.abc import Iterable

import pyoxigraph as ox

from gcm_graph.namespaces import DCTERMS, RDF_TYPE, SOURCE, SOURCES_GRAPH, gcm, named
from gcm_graph.terms import source_of

_WORDS = {
    "para": "para.", "paras": "paras.", "op": "operative para.", "annex": "annex",
    "appendix": "appendix", "section": "section", "chapter": "chapter", "page": "p.",
    "note": "note", "table": "table", "article": "art.", "list": "list", "item": "item",
    "preamble": "preamble", "header": "page header", "heading": "heading", "title": "title",
    "abstract": "abstract", "summary": "summary", "last": "(last)", "whole": "whole document",
}  # fmt: skip
_ROMAN = re.compile(r"^[ivx]+$")


def locator(slug: str) -> str | None:
    """Return the locator that a passage slug spells (``para-49-e`` is ``para. 49 (e)``).

    Returns:
        The text, or ``None`` when the slug has a word that the grammar does not know; such a
        passage needs a ``gcm:locator`` of its own in ``data/sources``.
    """
    parts: list[str] = []
    for token in slug.split("-"):
        if token in _WORDS:
            parts.append(_WORDS[token])
        elif re.fullmatch(r"\d+(\.\d+)?", token):
            parts.append(token)
        elif parts and (re.fullmatch(r"[a-z]", token) or _ROMAN.fullmatch(token)):
            parts.append(f"({token})")
        else:
            return None
    return " ".join(parts)


def describe(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return descriptions of the passages whose slug says where they are.

    A graph named ``…/source/{id}/{slug}`` becomes a ``gcm:Passage`` of its source with the
    locator that the slug spells, unless it is described already; an editors' graph becomes a
    ``gcm:EditorsGraph``.
    """
    quads = list(quads)
    passage = gcm("Passage")
    described = {q.subject for q in quads if q.predicate == RDF_TYPE and q.object == passage}
    graphs = {q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode)}
    made: list[ox.Quad] = []
    for name in sorted(graphs):
        node = ox.NamedNode(name)
        if "/graph/editors/" in name:
            made.append(ox.Quad(node, RDF_TYPE, gcm("EditorsGraph"), SOURCES_GRAPH))
        if not name.startswith(SOURCE) or node in described:
            continue
        spelled = locator(name[len(SOURCE) :].partition("/")[2])
        if spelled is None:
            continue
        source = ox.NamedNode(source_of(name))
        made += [
            ox.Quad(node, RDF_TYPE, passage, SOURCES_GRAPH),
            ox.Quad(node, named(DCTERMS, "isPartOf"), source, SOURCES_GRAPH),
            ox.Quad(node, gcm("locator"), ox.Literal(spelled), SOURCES_GRAPH),
        ]
    return made
