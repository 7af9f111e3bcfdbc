"""Lists: classes with counts, the things of a class, the things of a kind."""

from pyoxigraph import NamedNode

from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import natural
from gcm_graph.graph.view import Listing, Ref
from gcm_graph.namespaces import DEF, ID, OWL, RDF, RDFS, SH, SKOS

_MACHINERY = (OWL, RDF, RDFS, SH, SKOS, "http://purl.org/vocommons/")
_EVIDENCE = {
    DEF + name
    for name in (
        "DerivedGraph", "EditorsGraph", "Rule", "Passage", "Source", "Disagreement", "Judgement",
    )
}  # fmt: skip


def list_classes(reader: Reader) -> tuple[tuple[Ref, int], ...]:
    """Return the classes of things with how many things have each as their most specific one.

    Evidence (sources, passages, graphs, rules) and the vocabulary itself are left out. The
    largest class comes first.
    """
    counted = [
        (ref(reader, name), len(things))
        for name, things in reader.index.members.items()
        if name not in _EVIDENCE and not name.startswith(_MACHINERY)
    ]
    return tuple(sorted(counted, key=lambda pair: (-pair[1], pair[0].label)))


def list_things(reader: Reader, name: str, offset: int = 0, limit: int = 100) -> Listing:
    """Return a page of the things of the class ``name`` and its narrower classes, by label.

    Args:
        reader: what to read through.
        name: IRI of the class.
        offset: how many things to skip.
        limit: how many things to return.
    """
    within = reader.index.vocabulary.within
    things = {
        thing
        for narrower, members in reader.index.members.items()
        if within(narrower, name)
        for thing in members
    }
    return _page(reader, things, offset, limit)


def list_kind(reader: Reader, kind: str, offset: int = 0, limit: int = 100) -> Listing:
    """Return a page of the things whose IRI is ``…/id/{kind}/…``, by label."""
    start = f"{ID}{kind}/"
    things = {thing for thing in reader.index.types if thing.startswith(start)}
    return _page(reader, things, offset, limit)


def exists(reader: Reader, iri: str) -> bool:
    """Tell whether the graph says anything with ``iri`` as subject."""
    if iri in reader.index.types:
        return True
    return any(reader.rows("thing-statements", {"thing": NamedNode(iri)}))


def _page(reader: Reader, things: set[str], offset: int, limit: int) -> Listing:
    refs = sorted(
        (ref(reader, thing) for thing in things), key=lambda one: (natural(one.label), one.iri)
    )
    return Listing(tuple(refs[offset : offset + limit]), len(refs), offset)
