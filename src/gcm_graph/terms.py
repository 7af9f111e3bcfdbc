"""RDF terms on their way in and out: prefixed names, text, paths."""

from functools import lru_cache
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from gcm_graph.namespaces import BASE, DEF, ID, PREFIXES, SDG, SOURCE, XSD

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
"""Anything that a query can answer with."""

_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
_STRING = XSD + "string"
_PATHS = ("id/", "source/", "graph/", "def#")
"""How the paths begin that this project gives names of its own to."""


@lru_cache(maxsize=65_536)
def curie(iri: str) -> str:
    """Return the prefixed name of ``iri``, or the IRI in angle brackets when no prefix fits."""
    for prefix, namespace in _BY_LENGTH:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            local = iri[len(namespace) :]
            if "/" not in local or prefix == "source":
                return f"{prefix}:{local}"
    return f"<{iri}>"


def expand(name: str) -> str:
    """Return the IRI of a prefixed name, of ``kind/slug``, of a path here, or of an IRI itself.

    A path is what follows the host in an address of this project: ``id/body/gcim``,
    ``source/A-RES-73-195/para-45``; a slash before it is allowed.

    Raises:
        ValueError: when the name is none of these, or has a character that no IRI has.
    """
    found = _expanded(name)
    if is_iri(found):
        return found
    raise ValueError(f"“{name}” is neither an IRI, a known prefix:name, nor kind/slug")


def _expanded(name: str) -> str:
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    if "://" in name:
        return name
    path = name.removeprefix("/")
    if path.startswith(_PATHS):
        return BASE + path
    prefix, colon, local = path.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return ID + path if not colon and path.count("/") == 1 else ""


def is_iri(text: str) -> bool:
    """Tell whether ``text`` is an absolute IRI (RFC 3987)."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def text(term: Term) -> str:
    """Return ``term`` as a person reads it in a statement."""
    if isinstance(term, NamedNode):
        return curie(term.value)
    if isinstance(term, Literal):
        quoted = '"' + term.value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if term.language:
            return f"{quoted}@{term.language}"
        if term.datatype.value == _STRING:
            return quoted
        return f"{quoted}^^{curie(term.datatype.value)}"
    return str(term)


def statement(subject: Term, predicate: Term, value: Term) -> str:
    """Return the statement as one readable line."""
    return f"{text(subject)} {text(predicate)} {text(value)}"


def local_path(iri: str) -> str | None:
    """Return the path of ``iri`` on the service (no leading slash), if it has a page here."""
    if iri.startswith(SDG) and not iri.startswith(SDG + "ontology"):
        return "id/sdg/" + iri[len(SDG) :]
    if iri.startswith(DEF):
        return "def#" + iri[len(DEF) :]
    if iri.startswith(BASE):
        return iri[len(BASE) :]
    return None


def source_of(passage: str) -> str:
    """Return the IRI of the source that the passage IRI belongs to."""
    identifier = passage[len(SOURCE) :].split("/", 1)[0]
    return SOURCE + identifier
