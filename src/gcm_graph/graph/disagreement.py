"""Disagreements: the values that sources give where only one can be true, side by side."""

from collections.abc import Mapping
from itertools import chain

from pyoxigraph import NamedNode

from gcm_graph.graph.index import Rivalry
from gcm_graph.graph.passage import References
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref, value
from gcm_graph.graph.statement import Entry, claim, gather, natural
from gcm_graph.graph.view import Disagreement
from gcm_graph.terms import Term


def list_disagreements(reader: Reader) -> tuple[Disagreement, ...]:
    """Return every disagreement, in order of the name of the thing."""
    every = [
        read_rivalry(reader, rival) for each in reader.index.rivalries.values() for rival in each
    ]
    return tuple(sorted(every, key=lambda one: (natural(one.about.label), one.on.label)))


def read_disagreement(reader: Reader, iri: str) -> Disagreement | None:
    """Return the disagreement with this IRI, or ``None``."""
    rivals = chain.from_iterable(reader.index.rivalries.values())
    rival = next((rival for rival in rivals if rival.iri == iri), None)
    return None if rival is None else read_rivalry(reader, rival)


def disagreements_about(reader: Reader, iri: str) -> tuple[Disagreement, ...]:
    """Return the disagreements about the thing ``iri``; empty when there are none."""
    return tuple(read_rivalry(reader, rival) for rival in reader.index.rivalries.get(iri, ()))


def read_rivalry(reader: Reader, rival: Rivalry) -> Disagreement:
    """Read the rival values of ``rival`` from the store."""
    bindings = {"subject": NamedNode(rival.about), "property": NamedNode(rival.on)}
    held = gather(reader.rows("statement-graphs", bindings))
    values = {end: frozenset(graphs) for (_, end), graphs in held.items()}
    return tell(reader, rival, values, References(reader))


def tell(
    reader: Reader, rival: Rivalry, values: Mapping[Term, frozenset[str]], references: References
) -> Disagreement:
    """Return the disagreement with each value as a claim.

    Args:
        reader: what to read through.
        rival: what is disputed, and the judgement.
        values: the rival values, each with the graphs that hold it.
        references: what numbers the passages.

    Returns:
        The claims with the most witnesses first; ``preferred`` is the value in the passage
        that the judgement prefers.
    """
    relation = ref(reader, rival.on)
    claims = [
        claim(reader, Entry(rival.about, relation, end, graphs), references)
        for end, graphs in sorted(values.items(), key=lambda item: str(item[0]))
    ]
    preferred = next((end for end, graphs in values.items() if rival.preferred in graphs), None)
    return Disagreement(
        iri=rival.iri,
        about=ref(reader, rival.about),
        on=relation,
        claims=tuple(sorted(claims, key=lambda one: -one.witnesses)),
        judgement=rival.reason,
        preferred=None if preferred is None else value(reader, preferred),
    )
