"""Exports of a lineage: CSV for tables, GraphML for graph tools, JSON for programs.

Standards: RFC 4180 (CSV, with a header row, UTF-8), GraphML 1.0.
"""

import csv
import io
import json
from dataclasses import asdict

from gcm_graph.graph.passage import cited
from gcm_graph.graph.view import Lineage, Passage, Step

COLUMNS = (
    "chain", "step", "later", "later_label", "relation", "relation_label", "earlier",
    "earlier_label", "date", "passages", "passage_iris",
)  # fmt: skip
"""The columns of the CSV, in order."""


def lineage_csv(lineage: Lineage) -> str:
    """Return every step of every chain as a row; several passages are joined by `` | ``."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for chain, positions in enumerate(lineage.chains, start=1):
        for number, position in enumerate(positions, start=1):
            step = lineage.steps[position]
            table.writerow(
                (
                    chain,
                    number,
                    step.later.iri,
                    step.later.label,
                    step.relation.iri,
                    step.relation.label,
                    step.earlier.iri,
                    step.earlier.label,
                    step.date,
                    " | ".join(cited(each) for each in step.passages),
                    " | ".join(each.iri for each in step.passages),
                )
            )
    return out.getvalue()


def lineage_graphml(lineage: Lineage) -> bytes:
    """Return the lineage as a directed GraphML graph, UTF-8.

    Nodes are IRIs with label, kind, date, earliest and lane; each relation that is said between
    two things is an edge with its label, date and passages.
    """
    import networkx as nx  # heavy: only who asks for GraphML waits for it

    graph = nx.MultiDiGraph()
    for node in lineage.nodes:
        graph.add_node(
            node.ref.iri,
            label=node.ref.label,
            kind=node.ref.kind,
            date=node.date,
            earliest=node.earliest,
            lane=node.lane,
        )
    for step in lineage.steps:
        for relation, label, passages in relations(step):
            graph.add_edge(
                step.later.iri,
                step.earlier.iri,
                key=relation,
                relation=relation,
                label=label,
                date=step.date,
                passages=" | ".join(cited(each) for each in passages),
            )
    out = io.BytesIO()
    nx.write_graphml(graph, out, encoding="utf-8")
    return out.getvalue()


def lineage_json(lineage: Lineage) -> str:
    """Return the lineage as JSON, field by field as in `gcm_graph.graph.view.Lineage`."""
    return json.dumps(asdict(lineage), ensure_ascii=False, indent=2) + "\n"


def relations(step: Step) -> list[tuple[str, str, tuple[Passage, ...]]]:
    """Return each relation of a step: its IRI, its label and its passages."""
    first = (step.relation.iri, step.relation.label, step.passages)
    return [first, *((c.relation.iri, c.relation.label, c.passages) for c in step.also)]
