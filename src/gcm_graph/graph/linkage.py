"""Linkages: how objectives, targets, principles, workstreams and bodies hang together.

Each linkage is one statement between two things, with the passages that make it and who published
them. Seen as a table it is a cell: rows of one kind, columns of another.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from gcm_graph.graph.passage import ordered, passage, witnesses
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import iri_of, natural
from gcm_graph.graph.view import Passage, Ref
from gcm_graph.namespaces import DEF, SDG
from gcm_graph.store.protocol import Store

Kind = Literal[
    "objective", "principle", "goal", "target", "indicator", "action", "commitment", "provision",
    "workstream", "round-table", "body", "stakeholder", "state", "event", "document", "pledge",
    "other",
]  # fmt: skip
"""What a thing is for the linkages."""

_SDGO = SDG + "ontology#"
KINDS: Mapping[Kind, tuple[str, ...]] = {
    "objective": (DEF + "Objective",),
    "principle": (DEF + "GuidingPrinciple",),
    "goal": (_SDGO + "Goal",),
    "target": (_SDGO + "Target",),
    "indicator": (_SDGO + "Indicator",),
    "action": (DEF + "Action",),
    "commitment": (DEF + "Commitment",),
    "provision": (DEF + "Provision",),
    "workstream": (DEF + "Workstream",),
    "round-table": (DEF + "RoundTable",),
    "body": (DEF + "Body", DEF + "Forum", DEF + "ConsultativeProcess"),
    "stakeholder": (DEF + "StakeholderOrganization",),
    "state": (DEF + "State",),
    "event": (DEF + "Event",),
    "document": (DEF + "Document",),
    "pledge": (DEF + "Pledge",),
}
"""The kinds of things that are linked, with their classes; the first that fits is taken."""

OTHER: Kind = "other"
"""The kind of anything else: approaches, groups of actors, themes."""


@dataclass(frozen=True)
class Linkage:
    """A cell: one thing linked to another.

    Attributes:
        row: the one thing.
        row_kind: its kind, one of `KINDS` or ``other``.
        column: the other thing.
        column_kind: its kind.
        relation: how they are linked: a property, or the role of a body in a workstream.
        forward: whether the passages say it of the row about the column, and not the other way.
        passages: where it is said, best evidence first.
        publishers: who published the sources that say it.
        witnesses: number of independent sources.
    """

    row: Ref
    row_kind: Kind
    column: Ref
    column_kind: Kind
    relation: Ref
    forward: bool
    passages: tuple[Passage, ...]
    publishers: tuple[str, ...]
    witnesses: int


@dataclass(frozen=True)
class _Statement:
    subject: str
    relation: str
    object: str
    graphs: frozenset[str]


def kind(reader: Reader, iri: str) -> Kind:
    """Return the kind of a thing: one of `KINDS`, else ``other``."""
    within = reader.index.vocabulary.within
    types = reader.index.types.get(iri, ())
    for name, classes in KINDS.items():
        if any(within(one, wider) for one in types for wider in classes):
            return name
    return OTHER


def linkages(
    reader: Reader,
    rows: Kind | None = None,
    columns: Kind | None = None,
    about: str = "",
    relation: str = "",
    publisher: str = "",
) -> tuple[Linkage, ...]:
    """Return linkages, in order of row, column and relation.

    Args:
        reader: what to read through.
        rows: kind of the rows; any when ``None``. Where a passage says it the other way round, the
            linkage is turned so that the row is of this kind.
        columns: kind of the columns; any when ``None``.
        about: IRI of a thing that is one of the two; any when empty.
        relation: IRI of the property or role, narrower ones included; any when empty.
        publisher: name of a publisher; any when empty.
    """
    found = []
    for one in _statements(reader.store, reader.texts["linkage-statements"]):
        if about and about not in {one.subject, one.object}:
            continue
        if relation and not reader.index.vocabulary.within(one.relation, relation):
            continue
        first, second = kind(reader, one.subject), kind(reader, one.object)
        for forward, row, column in ((True, first, second), (False, second, first)):
            if rows in {None, row} and columns in {None, column}:
                made = _linkage(reader, one, row, column, forward)
                if not publisher or publisher in made.publishers:
                    found.append(made)
                break
    return tuple(sorted(found, key=_order))


def _order(one: Linkage) -> tuple[object, ...]:
    kinds = [*KINDS, OTHER]
    place = kinds.index(one.row_kind), natural(one.row.identifier or one.row.iri), one.row.iri
    return *place, kinds.index(one.column_kind), natural(one.column.iri), one.relation.iri


def _linkage(reader: Reader, one: _Statement, row: Kind, column: Kind, forward: bool) -> Linkage:
    ends = (one.subject, one.object) if forward else (one.object, one.subject)
    graphs = ordered(reader, one.graphs)
    publishers = _publishers(reader.store, reader.texts["source-list"])
    places = [
        reader.index.passages[name].source for name in graphs if name in reader.index.passages
    ]
    said = dict.fromkeys(publishers.get(source, "") for source in places)
    return Linkage(
        row=ref(reader, ends[0]),
        row_kind=row,
        column=ref(reader, ends[1]),
        column_kind=column,
        relation=ref(reader, one.relation),
        forward=forward,
        passages=tuple(passage(reader, name) for name in graphs),
        publishers=tuple(name for name in said if name),
        witnesses=witnesses(reader, graphs),
    )


@lru_cache(maxsize=4)
def _statements(store: Store, text: str) -> tuple[_Statement, ...]:
    held: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in store.select(text):
        key = iri_of(row["subject"]), iri_of(row["relation"]), iri_of(row["object"])
        held[key].add(iri_of(row["graph"]))
    return tuple(_Statement(*key, frozenset(graphs)) for key, graphs in held.items())


@lru_cache(maxsize=4)
def _publishers(store: Store, text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in store.select(text):
        if "publisher" in row:
            source, name = iri_of(row["source"]), iri_of(row["publisher"])
            found[source] = min(found.get(source, name), name)
    return found
