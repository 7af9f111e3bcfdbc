"""Derived statements: the rules of ``ontology/rules``, run until nothing new comes out."""

from collections.abc import Sequence

import pyoxigraph as ox

from gcm_graph.build.date import FUNCTIONS
from gcm_graph.build.rule import RuleFile
from gcm_graph.namespaces import DERIVED, DESCRIPTION_GRAPH, GRAPH, RDF_TYPE, RDFS_LABEL, gcm


def derive(store: ox.Store, rules: Sequence[RuleFile]) -> list[ox.Quad]:
    """Run ``rules`` over the merge in ``store`` to a fixpoint and add what follows to it.

    Args:
        store: default graph = the merge; ``…/graph/ontology`` = the ontology.
        rules: CONSTRUCT queries with one template triple each.

    Returns:
        The derived statements, each in ``…/graph/derived/{rule}``, and the description of
        those graphs (``gcm:derivedBy``).
    """
    made: list[ox.Quad] = []
    grown = True
    while grown:
        grown = False
        for rule in rules:
            graph = ox.NamedNode(DERIVED + rule.name)
            found = store.query(rule.text, custom_functions=FUNCTIONS)
            for triple in list(found):  # type: ignore[arg-type]
                quad = ox.Quad(triple.subject, triple.predicate, triple.object)
                if quad in store:
                    continue
                store.add(quad)
                made.append(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
                grown = True
    for name in sorted({q.graph_name.value for q in made}):  # type: ignore[union-attr]
        node = ox.NamedNode(name)
        made.append(ox.Quad(node, RDF_TYPE, gcm("DerivedGraph"), DESCRIPTION_GRAPH))
        rule = next(rule for rule in rules if DERIVED + rule.name == name)
        iri = ox.NamedNode(GRAPH + "rule/" + rule.name)
        title = ox.Literal(str(rule.header.get("title", rule.name)), language="en")
        made += [
            ox.Quad(node, gcm("derivedBy"), iri, DESCRIPTION_GRAPH),
            ox.Quad(iri, RDF_TYPE, gcm("Rule"), DESCRIPTION_GRAPH),
            ox.Quad(iri, RDFS_LABEL, title, DESCRIPTION_GRAPH),
        ]
    return made
