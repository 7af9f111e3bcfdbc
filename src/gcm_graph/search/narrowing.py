"""Which things a search may find: those of a class, those of a kind."""

from gcm_graph.graph.reader import Reader
from gcm_graph.search.index import Accept
from gcm_graph.terms import local_path


def kind_of(iri: str) -> str:
    """Return the coarse kind of ``iri``: that of its address, ``source``, ``def``, or nothing."""
    first, _, rest = (local_path(iri) or "").partition("/")
    if first == "id":
        return rest.partition("/")[0]
    return first.partition("#")[0]


def is_of(reader: Reader, iri: str, name: str) -> bool:
    """Tell whether ``iri`` has the class ``name`` or a narrower one."""
    within = reader.index.vocabulary.within
    return any(within(known, name) for known in reader.index.types.get(iri, ()))


def narrowed(reader: Reader, name: str | None = None, kind: str = "") -> Accept:
    """Return what accepts the things of a class and of a kind.

    Args:
        reader: what to read through.
        name: IRI of a class, narrower classes included; ``None`` for any.
        kind: a kind, such as ``body``; empty for any.
    """

    def accept(iri: str) -> bool:
        if kind and kind_of(iri) != kind:
            return False
        return name is None or is_of(reader, iri, name)

    return accept
