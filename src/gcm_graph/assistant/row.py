"""Rows of answers: values of the graph as an assistant reads them, and never too many of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from pydantic import BaseModel

from gcm_graph.assistant import answer
from gcm_graph.graph.view import Claim, Disagreement, Passage, Ref, Step, Text
from gcm_graph.library.question import Question

BUDGET = 40_000
"""Characters that the rows of one answer and their sources may have, as compact JSON."""

TEXT = 2_000
"""Characters that one text may have."""

CITED = 4
"""Passages that one statement names; the rest is counted."""


class Sources:
    """The passages of one answer, numbered in the order of their first mention."""

    def __init__(self) -> None:
        self._known: dict[str, answer.Source] = {}

    def cite(self, passages: Iterable[Passage]) -> tuple[list[int], int]:
        """Return the numbers of the first passages, and how many there are beside them."""
        every = list(passages)
        return [self._number(place) for place in every[:CITED]], max(0, len(every) - CITED)

    def __len__(self) -> int:
        return len(self._known)

    @property
    def size(self) -> int:
        """Characters that they take as JSON."""
        return sum(len(one.model_dump_json()) for one in self._known.values())

    def keep(self, first: int) -> None:
        """Forget all but the ``first`` passages."""
        self._known = dict(list(self._known.items())[:first])

    @property
    def listed(self) -> list[answer.Source]:
        """The passages in order of number."""
        return list(self._known.values())

    def _number(self, place: Passage) -> int:
        if place.iri not in self._known:
            self._known[place.iri] = answer.Source(
                number=len(self._known) + 1,
                title=cut(place.source.label),
                iri=place.iri,
                symbol=place.source.identifier,
                locator=cut(place.locator),
                date=place.date,
                kind=place.kind,
            )
        return self._known[place.iri].number


def cut(text: str) -> str:
    """Return ``text``, shortened when it is very long."""
    return text if len(text) <= TEXT else text[: TEXT - 1] + "…"


def named(ref: Ref) -> answer.Named:
    """Return a thing by name."""
    return answer.Named(name=cut(ref.label), iri=ref.iri, kind=ref.kind, symbol=ref.identifier)


def worded(value: Ref | Text) -> tuple[str, str]:
    """Return the other end of a statement in words, and its IRI when it is a thing."""
    if isinstance(value, Ref):
        return cut(value.label), value.iri
    shown = value.shown or value.value
    return cut(f"{shown} ({value.value})" if value.datatype and shown != value.value else shown), ""


def told(claim: Claim, sources: Sources) -> answer.Statement:
    """Return a statement with the numbers of its sources."""
    words, iri = worded(claim.value)
    cites, more = sources.cite(claim.passages)
    return answer.Statement(
        subject=cut(claim.subject.label),
        relation=claim.relation.label,
        value=words,
        subject_iri=claim.subject.iri,
        relation_iri=claim.relation.iri,
        value_iri=iri,
        time=claim.time,
        planned=claim.planned,
        cites=cites,
        more_sources=more,
        witnesses=claim.witnesses,
        derived_by=claim.rule.label if claim.rule else "",
        disputed=claim.disputed,
    )


Item = TypeVar("Item")
Row = TypeVar("Row", bound=BaseModel)


def fitting(
    items: Sequence[Item],
    make: Callable[[Item], Row],
    offset: int,
    limit: int,
    sources: Sources | None = None,
) -> tuple[list[Row], str]:
    """Return a page of ``items`` as rows, as many as `BUDGET` allows, and what is left out.

    Args:
        items: everything there is.
        make: what turns one of them into a row.
        offset: how many to pass over.
        limit: how many to take at most.
        sources: where ``make`` numbers the passages; those of rows that do not fit are forgotten.
    """
    rows: list[Row] = []
    sources = Sources() if sources is None else sources
    size = 0
    for item in items[offset : offset + limit]:
        cited = len(sources)
        row = make(item)
        size += len(row.model_dump_json())
        if rows and size + sources.size > BUDGET:
            sources.keep(cited)
            break
        rows.append(row)
    return rows, left_out(offset, len(rows), len(items))


def left_out(offset: int, shown: int, total: int) -> str:
    """Return the sentence that says what of a list is not shown; empty when all of it is."""
    end = offset + shown
    if end >= total:
        return ""
    return f"Shown are {offset + 1} to {end} of {total}: ask again with offset={end} for the next."


def step(one: Step, sources: Sources) -> answer.Step:
    """Return a step of a chain."""
    cites, more = sources.cite(one.passages)
    return answer.Step(
        later=one.later.label,
        relation=one.relation.label,
        earlier=one.earlier.label,
        later_iri=one.later.iri,
        earlier_iri=one.earlier.iri,
        relation_iri=one.relation.iri,
        date=one.date,
        cites=cites,
        more_sources=more,
    )


def disagreement(one: Disagreement, sources: Sources) -> answer.Disagreement:
    """Return a disagreement with its rival values."""
    claims = []
    for claim in one.claims:
        words, iri = worded(claim.value)
        cites, more = sources.cite(claim.passages)
        claims.append(
            answer.Rival(
                value=words,
                value_iri=iri,
                cites=cites,
                more_sources=more,
                witnesses=claim.witnesses,
                preferred=one.preferred is not None and claim.value == one.preferred,
            )
        )
    return answer.Disagreement(
        about=one.about.label,
        about_iri=one.about.iri,
        on=one.on.label,
        claims=claims,
        judgement=one.judgement,
    )


def said(question: Question) -> str:
    """Return the words by which a question is found."""
    parts = (question.name, question.title, question.description, question.group)
    return " ".join(parts).casefold()


def asked(question: Question) -> answer.Question:
    """Return a question with its parameters."""
    return answer.Question(
        name=question.name,
        title=question.title,
        description=question.description,
        group=question.group,
        parameters=[
            answer.Parameter(
                name=one.name,
                type=one.type,
                description=one.description,
                default=one.default or "",
                example=question.example.get(one.name, ""),
                choices=list(one.choices) if isinstance(one.choices, tuple) else [],
                optional=one.optional,
            )
            for one in question.parameters
        ],
    )
