"""Disagreements between passages, and what the editors' judgements set aside.

Both are questions in ``ontology/disagreements``; a judgement (``gcm:Judgement``) stands in an
editors graph and names the disagreement that it settles.
"""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from gcm_graph.build import derivation, rule
from gcm_graph.namespaces import DISAGREEMENTS_GRAPH


def find(store: ox.Store, folder: Path) -> list[ox.Quad]:
    """Return the disagreements between the passages in ``store``.

    Args:
        store: the dataset; its default graph is the merge.
        folder: ``ontology/disagreements``.

    Returns:
        One ``gcm:Disagreement`` for each subject and single-valued property, in
        ``…/graph/disagreements``, and the description of that graph.

    Raises:
        BuildError: when the question cannot be read or run.
    """
    question = rule.read(folder / "disagreements.rq")
    found = {
        ox.Quad(triple.subject, triple.predicate, triple.object, DISAGREEMENTS_GRAPH)
        for triple in question.run(store)
    }
    return sorted(found, key=str) + derivation.describe(DISAGREEMENTS_GRAPH, question)


def set_aside(store: ox.Store, folder: Path) -> list[ox.Quad]:
    """Take what judgements set aside out of the merge in ``store``; the passages keep it.

    Returns:
        The statements that were taken out.

    Raises:
        BuildError: when the question cannot be read or run.
    """
    question = rule.read(folder / "overruled.rq")
    found = [ox.Quad(t.subject, t.predicate, t.object) for t in question.run(store)]
    for quad in found:
        store.remove(quad)
    return found


def merge(
    quads: Iterable[ox.Quad], aside: Iterable[ox.Quad], store: ox.Store
) -> dict[ox.Triple, None]:
    """Return the distinct statements of ``quads`` that stand, in order, as they were written.

    Args:
        quads: the statements of all graphs.
        aside: what ``set_aside`` took out.
        store: the dataset whose default graph is the merge.

    Returns:
        The triples of the merge, as the keys of a dictionary.
    """
    judged = {(quad.subject, quad.predicate) for quad in aside}
    # The store writes numbers its own way, so it is asked rather than compared with.
    return {
        ox.Triple(quad.subject, quad.predicate, quad.object): None
        for quad in quads
        if (quad.subject, quad.predicate) not in judged
        or ox.Quad(quad.subject, quad.predicate, quad.object) in store
    }
