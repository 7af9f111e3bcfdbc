"""Derived statements: the rules of ``ontology/rules``, run until nothing new comes out."""

from collections.abc import Callable, Sequence
from itertools import groupby

import pyoxigraph as ox

from gcm_graph.build.rule import RuleFile
from gcm_graph.namespaces import DERIVED, DESCRIPTION_GRAPH, GRAPH, RDF_TYPE, RDFS_LABEL, gcm


def derive(
    store: ox.Store,
    rules: Sequence[RuleFile],
    progress: Callable[[str], None] = lambda _: None,
) -> list[ox.Quad]:
    """Run ``rules`` over the merge in ``store`` to a fixpoint and add what follows to it.

    A rule runs again only when a property that its premises read has got new statements, and a
    stratum begins when the one below it has come to its end.

    Args:
        store: default graph = the merge; ``…/graph/ontology`` = the ontology.
        rules: CONSTRUCT queries with one template triple each.
        progress: called with the name of each rule before it runs.

    Returns:
        The derived statements, each in ``…/graph/derived/{rule}``, and the description of
        those graphs (``gcm:derivedBy``).

    Raises:
        BuildError: when a rule is not SPARQL.
    """
    made = _all_strata(store, rules, progress)
    names = {quad.graph_name.value for quad in made}  # type: ignore[union-attr]
    described: list[ox.Quad] = []
    for rule in sorted(rules, key=_order):
        if DERIVED + rule.name in names:
            described += describe(ox.NamedNode(DERIVED + rule.name), rule)
    store.extend([ox.Quad(q.subject, q.predicate, q.object) for q in described])
    # The descriptions are statements too, from which wider classes follow.
    return made + described + _all_strata(store, rules, progress)


def _all_strata(
    store: ox.Store, rules: Sequence[RuleFile], progress: Callable[[str], None]
) -> list[ox.Quad]:
    made: list[ox.Quad] = []
    for _, stratum in groupby(sorted(rules, key=_order), key=lambda rule: rule.stratum):
        made += _fixpoint(store, list(stratum), progress)
    return made


def describe(graph: ox.NamedNode, rule: RuleFile) -> list[ox.Quad]:
    """Return the description of a graph that ``rule`` has made."""
    iri = ox.NamedNode(GRAPH + "rule/" + rule.name)
    return [
        ox.Quad(graph, RDF_TYPE, gcm("DerivedGraph"), DESCRIPTION_GRAPH),
        ox.Quad(graph, gcm("derivedBy"), iri, DESCRIPTION_GRAPH),
        ox.Quad(iri, RDF_TYPE, gcm("Rule"), DESCRIPTION_GRAPH),
        ox.Quad(iri, RDFS_LABEL, ox.Literal(rule.title, language="en"), DESCRIPTION_GRAPH),
    ]


def _order(rule: RuleFile) -> tuple[int, str]:
    return rule.stratum, rule.name


def _fixpoint(
    store: ox.Store, rules: Sequence[RuleFile], progress: Callable[[str], None]
) -> list[ox.Quad]:
    made: list[ox.Quad] = []
    reads = {rule.name: rule.reads() for rule in rules}
    due = {rule.name for rule in rules}
    while due:
        for rule in rules:
            if rule.name not in due:
                continue
            due.remove(rule.name)
            progress(rule.name)
            graph = ox.NamedNode(DERIVED + rule.name)
            new = {ox.Quad(t.subject, t.predicate, t.object) for t in rule.run(store)}
            fresh = sorted((quad for quad in new if quad not in store), key=str)
            store.extend(fresh)
            made += [ox.Quad(q.subject, q.predicate, q.object, graph) for q in fresh]
            touched = {quad.predicate.value for quad in fresh}
            for name, read in reads.items():
                if touched and (read is None or touched & read):
                    due.add(name)
    return made
