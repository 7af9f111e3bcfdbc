"""What a source bears: the kinds of things it speaks of, what rests on it alone, its rivals."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import kind
from gcm_graph.graph.statement import iri_of
from gcm_graph.graph.view import Disagreement, Ref
from gcm_graph.library.question import Question
from gcm_graph.service.answer import Answer, Page


@dataclass(frozen=True)
class Bearing:
    """The weight of one source.

    Attributes:
        kinds: names of classes with the number of statements about their things, most first.
        statements: how many statements its passages make.
        alone: how many of them no other source makes.
        rivals: sources that it disagrees with, with the number of disagreements, most first.
    """

    kinds: tuple[tuple[str, int], ...]
    statements: int
    alone: int
    rivals: tuple[tuple[Ref, int], ...]


def read(
    reader: Reader, iri: str, question: Question, disagreements: Iterable[Disagreement]
) -> Bearing:
    """Return what the source ``iri`` bears.

    Args:
        reader: what to read through.
        iri: the source.
        question: the question of the library that lists what a source alone supports.
        disagreements: all that there are, in the reader's language.
    """
    node = NamedNode(iri)
    counted: Counter[str] = Counter()
    for row in reader.rows("source-subjects", {"source": node}):
        counted[kind(reader, iri_of(row["subject"]))] += int(iri_of(row["statements"]))
    alone = Answer(reader, question, {"source": node}, Page(0, 1)).total
    return Bearing(
        tuple(counted.most_common()),
        counted.total(),
        alone,
        tuple(_rivals(iri, disagreements)),
    )


def _rivals(iri: str, disagreements: Iterable[Disagreement]) -> list[tuple[Ref, int]]:
    named: dict[str, Ref] = {}
    counted: Counter[str] = Counter()
    for one in disagreements:
        sides = [{place.source.iri: place.source for place in c.passages} for c in one.claims]
        mine = [side for side in sides if iri in side]
        others = {name: ref for side in sides for name, ref in side.items() if iri not in side}
        if mine:
            named |= others
            counted.update(list(others))
    return [(named[name], count) for name, count in counted.most_common()]
