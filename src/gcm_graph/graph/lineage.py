"""Lineage: the chains by which a later thing goes back to an earlier one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from pyoxigraph import NamedNode

from gcm_graph.build.date import bounds
from gcm_graph.graph.chain import chains as simple_chains
from gcm_graph.graph.literal import date as date_in_words
from gcm_graph.graph.literal import words
from gcm_graph.graph.passage import References, witnesses
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import Entry, claim, gather, iri_of, only_derived
from gcm_graph.graph.view import Lineage, Node, Step
from gcm_graph.graph.vocabulary import TRACES_TO
from gcm_graph.namespaces import DEF, ELI, PROV
from gcm_graph.store.protocol import Row

Direction = Literal["later", "earlier", "both", "none"]

DATES = tuple(
    DEF + name
    for name in (
        "begins", "date", "launchedOn", "textAgreedOn", "signedOn", "publishedOn", "presentedOn",
        "decidedOn", "announcedOn", "endorsedOn", "proposedOn", "plannedBegins", "plannedDate",
    )
)  # fmt: skip
"""What dates a thing on a lineage, best first; plans come last."""

PLANS = DATES[-2:]
"""Those of them that are plans."""

_STRONG = tuple(
    DEF + name
    for name in (
        "replaces", "mandatedBy", "establishedBy", "launchedAt", "launchedBy", "adoptedAt",
        "adoptedFromDraft", "annexOf", "recommendedBy", "proposedBy", "outcomeOf", "reviews",
        "followsUp", "editionOf", "implements", "endorses", "buildsOn", "restsOn", "informedBy",
        "guidedBy", "followsFrom", "recalls", "cites",
    )
)  # fmt: skip
"""Relations from the one that binds two things most to the one that binds them least."""

_OCCASIONS = {DEF + name for name in ("adoptedAt", "endorsedAt", "launchedAt", "outcomeOf")}

Pair = tuple[str, str]
"""A step by its ends: the later thing and the earlier one."""


@dataclass(frozen=True)
class Dates:
    """Dates by property: those of a thing, and those of the document it is a part or annex of."""

    own: dict[str, str] = field(default_factory=dict)
    whole: dict[str, str] = field(default_factory=dict)


Said = dict[Pair, dict[str, set[str]]]
"""Graphs that hold each lineage relation of each step."""


def related(reader: Reader, first: str, second: str) -> Direction:
    """Tell how two things stand to each other in lineage.

    Returns:
        ``later`` when ``first`` goes back to ``second``, ``earlier`` when it is the other way
        round, ``both`` when each goes back to the other (the two are on a loop), else ``none``.
    """
    forth, back = (
        reader.store.ask(
            reader.texts["lineage-exists"], {"start": NamedNode(a), "end": NamedNode(b)}
        )
        for a, b in ((first, second), (second, first))
    )
    if forth and back:
        return "both"
    return "later" if forth else "earlier" if back else "none"


def read_lineage(
    reader: Reader,
    later: str,
    earlier: str,
    chains: int = 60,
    depth: int = 8,
    present: Callable[[str], bool] = lambda _: True,
) -> Lineage:
    """Return the chains by which ``later`` goes back to ``earlier``.

    Two queries: the statements of every step between the two, and the dates of the things on
    the way. A chain passes nothing twice, so that loops in the data do no harm.

    Args:
        reader: what to read through.
        later: IRI of the later thing.
        earlier: IRI of the earlier thing.
        chains: how many chains to list at most.
        depth: how many steps a chain has at most.
        present: tells of a thing whether a chain may pass it.

    Returns:
        The lineage, without nodes, steps and chains when there is none (`related` tells
        whether it is there in the other direction); ``complete`` is false when chains were
        left out.
    """
    ends = {"start": NamedNode(later), "end": NamedNode(earlier)}
    said = said_in(reader, reader.rows("lineage-steps-between", ends))
    edges: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted(said, key=lambda pair: _weight(reader, said[pair])):
        if present(one) and present(other):
            edges[one].append(other)
    found, complete = simple_chains(edges, later, earlier, chains, depth)
    pairs = list(dict.fromkeys(pair for chain in found for pair in pairwise(chain)))
    dates = _dates(reader.rows("lineage-dates", ends)) if pairs else {}
    references = References(reader)
    steps = tuple(step(reader, pair, said[pair], dates, references) for pair in pairs)
    position = {pair: number for number, pair in enumerate(pairs)}
    things = dict.fromkeys(thing for chain in found for thing in chain)
    nodes = [_node(reader, thing, dates.get(thing, Dates())) for thing in things]
    return Lineage(
        start=ref(reader, later),
        end=ref(reader, earlier),
        nodes=tuple(sorted(nodes, key=lambda node: (node.earliest or "9999", node.ref.label))),
        steps=steps,
        chains=tuple(tuple(position[pair] for pair in pairwise(chain)) for chain in found),
        complete=complete,
    )


def said_in(reader: Reader, rows: Iterable[Row]) -> Said:
    """Return the lineage relations of each step; derived ones only where nothing is said.

    Args:
        reader: what to read through.
        rows: solutions with ``later``, ``relation``, ``earlier`` and ``graph``.
    """
    apart: dict[Pair, list[Row]] = defaultdict(list)
    for row in rows:
        apart[iri_of(row["later"]), iri_of(row["earlier"])].append(
            {name: term for name, term in row.items() if name in {"graph", "earlier"}}
            | {"property": row["relation"]}
        )
    within = reader.index.vocabulary.within
    said: Said = {}
    for pair, together in apart.items():
        every = {
            relation: graphs
            for (relation, _), graphs in gather(together, "earlier").items()
            if within(relation, TRACES_TO)
        }
        told = {name: graphs for name, graphs in every.items() if not only_derived(graphs)}
        relations = told or every
        said[pair] = {
            name: graphs
            for name, graphs in relations.items()
            if not any(other != name and within(other, name) for other in relations)
        }
    return {pair: relations for pair, relations in said.items() if relations}


def _strength(reader: Reader, relation: str, graphs: set[str]) -> tuple[int, int, str]:
    place = _STRONG.index(relation) if relation in _STRONG else len(_STRONG) // 2
    return place, -witnesses(reader, graphs), relation


def _weight(reader: Reader, relations: dict[str, set[str]]) -> tuple[int, int, str]:
    return min(_strength(reader, name, graphs) for name, graphs in relations.items())


def step(
    reader: Reader,
    pair: Pair,
    relations: dict[str, set[str]],
    dates: Mapping[str, Dates],
    references: References,
) -> Step:
    """Return the step of a pair with its relations, best first, its date and its passages."""
    later, earlier = pair
    claims = [
        claim(
            reader,
            Entry(later, ref(reader, name), NamedNode(earlier), frozenset(relations[name])),
            references,
        )
        for name in sorted(relations, key=lambda name: _strength(reader, name, relations[name]))
    ]
    first = claims[0]
    date, basis = _dated(first.relation.iri, dates.get(later, Dates()), dates.get(earlier, Dates()))
    return Step(
        later=ref(reader, later),
        earlier=ref(reader, earlier),
        relation=first.relation,
        date=date,
        passages=first.passages,
        basis=basis,
        shown=_in_words(date, basis, reader.language),
        also=tuple(claims[1:]),
    )


def _dated(relation: str, later: Dates, earlier: Dates) -> tuple[str, str]:
    """Return the date of a step and what it is the date of (see `Step.basis`)."""
    own, other = best_date(later.own), best_date(earlier.own) or best_date(earlier.whole)
    if own:
        return own, "plan" if own == best_date(later.own, PLANS) else "later"
    if other and relation in _OCCASIONS:
        return other, "relation"
    whole = best_date(later.whole)
    if whole:
        return whole, "whole"
    return (other.partition("/")[0] + "/..", "earlier") if other else ("", "")


def best_date(dates: Mapping[str, str], names: Sequence[str] = DATES) -> str:
    """Return the date of a thing that has these dates by property; empty when none fits."""
    return next((dates[name] for name in names if name in dates), "")


def _dates(rows: Iterable[Row]) -> dict[str, Dates]:
    """Return the dates of each thing by property: of several the most exact, then the first."""
    values: dict[tuple[str, bool, str], list[str]] = defaultdict(list)
    for row in rows:
        key = iri_of(row["thing"]), "whole" in row, iri_of(row["property"])
        values[key].append(iri_of(row["date"]))
    found: dict[str, Dates] = defaultdict(Dates)
    for (thing, whole, name), texts in values.items():
        dates = found[thing].whole if whole else found[thing].own
        dates[name] = min(texts, key=lambda text: (-len(text), text))
    return found


def _node(reader: Reader, iri: str, dates: Dates) -> Node:
    date = best_date(dates.own) or best_date(dates.whole)
    earliest = dates.own.get(DEF + "earliest", "") or first_day(date)
    return Node(ref(reader, iri), date, earliest, lane(reader, iri))


def _in_words(date: str, basis: str, language: str) -> str:
    told = date_in_words(date, language)
    return words(language).planned.format(told) if basis == "plan" else told


def first_day(date: str) -> str:
    """Return the first day that an EDTF date allows, ``YYYY-MM-DD``; empty when it has none."""
    try:
        return (bounds(date)[0] or "") if date else ""
    except ValueError:
        return ""


def lane(reader: Reader, iri: str) -> str:
    """Return the lane of a thing on a lineage: ``document``, ``event`` or ``body``."""
    within = reader.index.vocabulary.within
    types = reader.index.types.get(iri, ())
    if any(within(name, ELI + "Work") for name in types):
        return "document"
    return "event" if any(within(name, PROV + "Activity") for name in types) else "body"
