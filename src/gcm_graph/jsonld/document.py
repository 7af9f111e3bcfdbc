"""Statements as JSON-LD documents in the published context (JSON-LD 1.1, Framing 1.1).

Nothing here ever fetches: the context is the one in hand, and any other address is refused.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import pyoxigraph as ox

from gcm_graph.jsonld.context import REVERSE, Context
from gcm_graph.namespaces import RDF_TYPE

_JSON_LD = "application/ld+json"
_TYPE = RDF_TYPE.value
_LINKS = frozenset(REVERSE.values())


class Remote(ValueError):
    """A document names a context that is not at hand."""


def framed(triples: Sequence[ox.Triple], root: str, context: Context, address: str) -> Any:
    """Return ``triples`` as one object about ``root``.

    Its dated relations stand under the names of `gcm_graph.jsonld.context.REVERSE`, and what it
    names is nested where something is said of it. What cannot be reached from ``root`` that way
    (labels of classes, what a passage says of others) stands under ``@included``: nothing is
    ever left out.

    Args:
        triples: the statements, each once.
        root: IRI of what the document is about.
        context: the context.
        address: where the context is published; it stands in the document.
    """
    reached = _reached(triples, root)
    near = [triple for triple in triples if str(triple.subject) in reached]
    rest = [triple for triple in triples if str(triple.subject) not in reached]
    frame = {"@context": address, "@id": root, "@reverse": {link: {} for link in sorted(_LINKS)}}
    options = {**_options(context, address), "omitDefault": True, "omitGraph": True}
    from pyld import jsonld  # heavy: only who asks for JSON-LD waits for it

    made = jsonld.frame(_expanded(near), frame, options)
    if rest:
        made["@included"] = _compacted(_expanded(rest), context, address)["@graph"]
    return _addressed(made, address)


def flat(statements: Iterable[ox.Triple | ox.Quad], context: Context, address: str) -> Any:
    """Return statements as a list of objects; those of a named graph stand inside it."""
    return _addressed(_compacted(_expanded(statements), context, address), address)


def quads(document: Any, context: Context, address: str) -> str:
    """Return the N-Quads that ``document`` says when its context is read from ``address``.

    Raises:
        Remote: when it names another context.
    """
    options = {**_options(context, address), "format": "application/n-quads"}
    from pyld import jsonld

    return str(jsonld.to_rdf(document, options))


def _expanded(statements: Iterable[ox.Triple | ox.Quad]) -> Any:
    held: list[Any] = list(statements)
    made = json.loads(ox.serialize(held, format=ox.RdfFormat.JSON_LD) or b"[]")
    for node in made:
        for inner in (node, *node.get("@graph", ())):
            if _TYPE in inner:  # the engine writes it as any other property
                inner["@type"] = [value["@id"] for value in inner.pop(_TYPE)]
    return made


def _compacted(expanded: Any, context: Context, address: str) -> Any:
    from pyld import jsonld

    return jsonld.compact(expanded, address, {**_options(context, address), "graph": True})


def _addressed(document: Any, address: str) -> Any:
    rest = {key: value for key, value in document.items() if key != "@context"}
    return {"@context": address, **rest}


def _options(context: Context, address: str) -> dict[str, Any]:
    def load(url: str, _: Any = None) -> dict[str, Any]:
        if url != address:
            raise Remote(f"the context <{url}> is not at hand; use <{address}>")
        return {
            "contentType": _JSON_LD,
            "contextUrl": None,
            "documentUrl": url,
            "document": {"@context": context},
        }

    return {"documentLoader": load, "base": ""}


def _reached(triples: Sequence[ox.Triple], root: str) -> set[str]:
    """Return what is reached from ``root`` by statements or by its dated relations."""
    ahead: dict[str, set[str]] = defaultdict(set)
    start = f"<{root}>"
    for triple in triples:
        subject, end = str(triple.subject), str(triple.object)
        if triple.predicate != RDF_TYPE:
            ahead[subject].add(end)
        if triple.predicate.value in _LINKS and end == start:
            ahead[start].add(subject)
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(ahead.get(name, ()))
    return reached
