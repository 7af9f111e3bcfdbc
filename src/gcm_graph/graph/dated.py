"""Dated relations: memberships, participations, votes, positions, figures and pledges.

Each is a node in the data and reads as one claim on the page of either end: on the page of a
body "member: IOM (2006-2018)", on the page of IOM "member of: Global Migration Group
(2006-2018)".
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from gcm_graph.graph.literal import date, span, words
from gcm_graph.graph.passage import derived
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import Entry, Held, disputed, gather, iri_of
from gcm_graph.graph.view import Ref
from gcm_graph.namespaces import DEF, EDITORS, ORG
from gcm_graph.store.protocol import Row
from gcm_graph.terms import Term


@dataclass(frozen=True)
class Shape:
    """How one class of dated relations is read.

    Attributes:
        actor: property of who; empty when there is nobody.
        place: property of in or towards what.
        qualifier: property of as what.
        turned: pattern of the relation as read by the actor, by language.
        value: property of the value that the place is given (figures), or empty.
    """

    actor: str
    place: str
    qualifier: str
    turned: tuple[tuple[str, str], ...] = ()
    value: str = ""


_OF = (("en", "{} of"), ("fr", "{} de"), ("es", "{} de"))
_AT = (("en", "{} at"), ("fr", "{} à"), ("es", "{} en"))
_VOTE = (("en", "vote: {}"), ("fr", "vote : {}"), ("es", "voto: {}"))

SHAPES = (
    Shape(ORG + "member", ORG + "organization", ORG + "role", _OF),
    Shape(DEF + "participant", DEF + "inEvent", DEF + "capacity", _AT),
    Shape(DEF + "voter", DEF + "onAdoption", DEF + "choice", _VOTE),
    Shape(DEF + "holder", DEF + "towards", DEF + "stance"),
    Shape("", DEF + "figureOf", DEF + "measure", value=DEF + "value"),
    Shape(DEF + "pledger", DEF + "madeAt", ""),
)

_BEGINS = (DEF + "begins", DEF + "date")
_PLAN = (DEF + "plannedBegins", DEF + "plannedDate")

Nodes = dict[str, Held]
"""The statements of each dated relation of a thing."""


def nodes(rows: Iterable[Row]) -> Nodes:
    """Bring the rows of ``thing-relations`` together by dated relation."""
    apart: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        apart[iri_of(row["node"])].append(row)
    return {name: gather(apart[name]) for name in sorted(apart)}


def entries(reader: Reader, iri: str, found: Nodes) -> list[Entry]:
    """Return the dated relations of ``iri`` as statements about it.

    Args:
        reader: what to read through.
        iri: the thing whose page it is.
        found: its dated relations; one that fits no known shape is left out.
    """
    made: list[Entry] = []
    for name, held in found.items():
        properties = _properties(held)
        shape = next((s for s in SHAPES if _fits(s, iri, properties)), None)
        if shape:
            made += _told(reader, iri, name, held, shape)
    return made


def partners(found: Iterable[Entry]) -> set[str]:
    """Return the things that the dated relations join to the thing of the page."""
    return {iri_of(entry.value) for entry in found if isinstance(entry.value, NamedNode)}


def _fits(shape: Shape, iri: str, properties: dict[str, list[Term]]) -> bool:
    ends = [*properties.get(shape.actor, ()), *properties.get(shape.place, ())]
    return any(iri_of(end) == iri for end in ends)


def _properties(held: Held) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = defaultdict(list)
    for relation, end in held:
        found[relation].append(end)
    return found


def _told(reader: Reader, iri: str, name: str, held: Held, shape: Shape) -> list[Entry]:
    properties = _properties(held)
    as_actor = any(iri_of(end) == iri for end in properties.get(shape.actor, ()))
    relation = _relation(reader, name, properties, shape, turned=as_actor)
    begins, ends, planned = _dates(properties)
    as_of = tuple(sorted(iri_of(day) for day in properties.get(DEF + "asOf", ())))
    cited = frozenset(
        graph
        for graphs in held.values()
        for graph in graphs
        if not derived(graph) and not graph.startswith(EDITORS)
    )
    values = properties.get(shape.value or (shape.place if as_actor else shape.actor), ())
    if not shape.qualifier:
        values = [NamedNode(name)]
    return [
        Entry(
            subject=iri,
            relation=relation,
            value=end,
            graphs=frozenset(held[shape.value, end]) if shape.value else cited,
            begins=begins,
            ends=ends,
            as_of=as_of,
            planned=planned,
            time=_time(begins, ends, as_of, reader.language, planned=planned),
            node=name,
            disputed=any(disputed(reader, name, each) for each in properties),
        )
        for end in values
    ]


def _relation(
    reader: Reader, name: str, properties: dict[str, list[Term]], shape: Shape, *, turned: bool
) -> Ref:
    roles = sorted(iri_of(role) for role in properties.get(shape.qualifier, ()))
    types = reader.index.types.get(name, ())
    plain = ref(reader, next(iter(roles or types), name))
    if not turned or not shape.turned or not roles:
        return plain
    patterns = dict(shape.turned)
    pattern = patterns.get(plain.language, patterns["en"])
    return Ref(plain.iri, pattern.format(plain.label), plain.language, plain.path, "", plain.kind)


def _dates(properties: dict[str, list[Term]]) -> tuple[str, str, bool]:
    begins, ends = _first(properties, _BEGINS), _first(properties, (DEF + "ends",))
    if not begins and not ends:
        planned = _first(properties, _PLAN), _first(properties, (DEF + "plannedEnds",))
        return *planned, any(planned)
    if not ends and not properties.get(_BEGINS[0]):
        ends = begins  # one day or period
    return begins, ends, False


def _first(properties: dict[str, list[Term]], names: Iterable[str]) -> str:
    """Return the most exact value of the first property that has any."""
    for name in names:
        values = [iri_of(value) for value in properties.get(name, ())]
        if values:
            return min(values, key=lambda text: (-len(text), text))
    return ""


def _time(begins: str, ends: str, as_of: tuple[str, ...], language: str, *, planned: bool) -> str:
    say = words(language)
    told = span(begins, ends, language)
    if told:
        return say.planned.format(told) if planned else told
    return say.as_of.format(", ".join(date(day, language) for day in as_of)) if as_of else ""
