"""Statements: the rows of a query brought together, and told as claims."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from gcm_graph.graph.passage import MERGE, References, derived, witnesses
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref, value
from gcm_graph.graph.view import Claim, Ref, Text
from gcm_graph.graph.vocabulary import Vocabulary
from gcm_graph.namespaces import DERIVED, GRAPH
from gcm_graph.store.protocol import Row
from gcm_graph.terms import Term

Held = dict[tuple[str, Term], set[str]]
"""Graphs that hold each pair of property and other end; empty when only the merge does."""

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Entry:
    """A statement before it is told.

    Attributes:
        subject: what it is about.
        relation: the property as the page reads it.
        value: the other end.
        graphs: the graphs that hold it.
        begins: EDTF date, or empty.
        ends: EDTF date, or empty.
        as_of: EDTF dates.
        planned: whether the dates are a plan.
        time: the dates in words.
        node: IRI of the dated relation, or empty.
        turned: whether ``value`` is the subject of the statement in the graph.
        disputed: whether it is disputed for another reason than its own property.
    """

    subject: str
    relation: Ref
    value: Term
    graphs: frozenset[str]
    begins: str = ""
    ends: str = ""
    as_of: tuple[str, ...] = ()
    planned: bool = False
    time: str = ""
    node: str = ""
    turned: bool = False
    disputed: bool = False


def gather(rows: Iterable[Row], other: str = "value") -> Held:
    """Bring rows of ``?graph ?property`` and ``other`` together by statement.

    Args:
        rows: solutions; an unbound graph is the merge.
        other: name of the variable of the other end.
    """
    held: Held = defaultdict(set)
    for row in rows:
        key = iri_of(row["property"]), row[other]
        graphs = held[key]
        graph = row.get("graph")
        if graph is not None and iri_of(graph) != MERGE:
            graphs.add(iri_of(graph))
    return dict(held)


def only_derived(graphs: Iterable[str]) -> bool:
    """Tell whether rules alone say it."""
    names = list(graphs)
    return bool(names) and all(derived(name) for name in names)


def visible(held: Held, vocabulary: Vocabulary, told: Iterable[str] = ()) -> Held:
    """Return what of ``held`` is not told better by another statement.

    A derived statement is dropped when a narrower property joins the same two things, and when
    the other end is in ``told`` (a dated relation with it says more).
    """
    relations: dict[Term, set[str]] = defaultdict(set)
    for relation, end in held:
        relations[end].add(relation)
    told = set(told)
    kept: Held = {}
    for (relation, end), graphs in held.items():
        if only_derived(graphs) and (
            iri_of(end) in told
            or any(
                narrower != relation and vocabulary.within(narrower, relation)
                for narrower in relations[end]
            )
        ):
            continue
        kept[relation, end] = graphs
    return kept


def claim(reader: Reader, entry: Entry, references: References) -> Claim:
    """Tell ``entry`` with its passages, or the rule that derived it."""
    graphs = entry.graphs
    told = value(reader, entry.value)
    about = iri_of(entry.value) if entry.turned else entry.subject
    passages = references.cite(graphs)
    rule = None
    if not passages:
        rule = next((rule_of(reader, graph) for graph in sorted(graphs) if derived(graph)), None)
    return Claim(
        subject=ref(reader, entry.subject),
        relation=entry.relation,
        value=told,
        passages=passages,
        rule=rule,
        disputed=entry.disputed or disputed(reader, about, entry.relation.iri),
        witnesses=witnesses(reader, graphs),
        begins=entry.begins,
        ends=entry.ends,
        as_of=entry.as_of,
        planned=entry.planned,
        time=entry.time,
        node=entry.node,
    )


def disputed(reader: Reader, about: str, relation: str) -> bool:
    """Tell whether the build found that sources disagree on ``relation`` of ``about``."""
    return any(rival.on == relation for rival in reader.index.rivalries.get(about, ()))


def rule_of(reader: Reader, graph: str) -> Ref:
    """Return the rule that wrote the derived graph."""
    return ref(reader, GRAPH + "rule/" + graph[len(DERIVED) :])


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key that puts "Objective 2" before "Objective 10"."""
    return tuple(
        (int(part), "") if part.isdigit() else (-1, part.casefold())
        for part in _DIGITS.split(text)
        if part
    )


def label_of(end: Ref | Text) -> str:
    """Return what a page shows for the other end of a claim."""
    return end.label if isinstance(end, Ref) else end.shown


def iri_of(term: Term) -> str:
    """Return the IRI of a node (for a literal its value; for anything else its text)."""
    return str(getattr(term, "value", term))


def node(iri: str) -> Mapping[str, NamedNode]:
    """Return the binding of the parameter ``thing``."""
    return {"thing": NamedNode(iri)}
