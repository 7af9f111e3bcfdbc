"""The plain values that readers return and that pages, the API and the terminal show.

Everything here is immutable and turns into JSON field by field (`dataclasses.asdict`).
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ref:
    """A thing that is named in an answer.

    Attributes:
        iri: its IRI, in the w3id form.
        label: its name in the best language (prefLabel, else title, else the local name).
        language: language tag of the label; empty when the label has none.
        path: path of its page on this service, without leading slash; ``None`` elsewhere.
        identifier: a symbol such as ``A/RES/73/195``, when it has one.
        kind: label of its most specific class, such as "Consultative process".
    """

    iri: str
    label: str
    language: str = ""
    path: str | None = None
    identifier: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Text:
    """A literal value.

    Attributes:
        value: the lexical form.
        datatype: IRI of the datatype; empty for plain and language-tagged text.
        language: language tag, or empty.
        shown: how a person reads it ("every 4 years", "10 December 2018", "about 2006").
    """

    value: str
    datatype: str = ""
    language: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Passage:
    """A cited place in a source.

    Attributes:
        iri: IRI of the passage, which is also the name of its graph.
        path: path of its page on this service.
        locator: the place, such as "para. 45".
        source: the document; its label is the title and its identifier the symbol.
        kind: ``primary``, ``secondary``, ``editors`` (a curator's own decision) or ``other``
            (a named graph of data that is not the project's).
        date: date of the source (EDTF), or empty.
        number: its number among the references of the page (1 …); 0 when not numbered.
    """

    iri: str
    path: str
    locator: str
    source: Ref
    kind: str
    date: str = ""
    number: int = 0


@dataclass(frozen=True)
class Claim:
    """One statement with what it rests on.

    Attributes:
        subject: what it is about.
        relation: the property.
        value: the other thing, or a literal.
        passages: where it is said; empty for a derived statement.
        rule: the rule that derived it, when nobody says it directly.
        disputed: whether sources disagree on it.
        witnesses: number of independent sources.
        begins: EDTF date from which the relation holds (dated relations), or empty.
        ends: EDTF date until which it holds, or empty.
        as_of: EDTF dates on which it is attested.
        planned: whether ``begins`` and ``ends`` are a plan that nothing confirms yet.
        time: its dates as a person reads them ("2006-2018", "as of 2024"), or empty.
        node: IRI of the dated relation (membership, vote, figure …) that was read, or empty.
        premises: the statements that a derived one came from (filled by `evidence.explain`).
    """

    subject: Ref
    relation: Ref
    value: Ref | Text
    passages: tuple[Passage, ...] = ()
    rule: Ref | None = None
    disputed: bool = False
    witnesses: int = 0
    begins: str = ""
    ends: str = ""
    as_of: tuple[str, ...] = ()
    planned: bool = False
    time: str = ""
    node: str = ""
    premises: tuple["Claim", ...] = ()


@dataclass(frozen=True)
class Group:
    """The claims of a thing that share a relation.

    Attributes:
        relation: the property (for incoming groups labelled by its inverse label).
        claims: its claims, in a stable order.
        total: how many there are in the graph (more than are listed when paged).
    """

    relation: Ref
    claims: tuple[Claim, ...]
    total: int


@dataclass(frozen=True)
class Disagreement:
    """Two or more values where only one can be true.

    Attributes:
        iri: IRI of the disagreement node.
        about: the thing.
        on: the property.
        claims: the rival claims, each with its passages.
        judgement: the editors' reason for the preferred value, or empty.
        preferred: the value that the judgement prefers.
    """

    iri: str
    about: Ref
    on: Ref
    claims: tuple[Claim, ...]
    judgement: str = ""
    preferred: Ref | Text | None = None


@dataclass(frozen=True)
class Thing:
    """Everything the graph says about a thing.

    Attributes:
        ref: its IRI, name and page.
        types: its most specific classes.
        labels: preferred label by language tag.
        alternatives: acronyms and other names.
        same_as: identities elsewhere (Wikidata, home page).
        summary: what it is in a sentence or two from described facts; may be empty.
        groups: what it says of others (outgoing), grouped by relation.
        incoming: what others say of it, grouped by relation.
        dated: dated relations (memberships, participations, votes, positions, figures)
            read as one claim each, grouped by role or kind.
        disagreements: where sources disagree about it.
        references: every passage cited above, numbered from 1.
    """

    ref: Ref
    types: tuple[Ref, ...]
    labels: dict[str, str] = field(default_factory=dict)
    alternatives: tuple[str, ...] = ()
    same_as: tuple[Ref, ...] = ()
    summary: str = ""
    groups: tuple[Group, ...] = ()
    incoming: tuple[Group, ...] = ()
    dated: tuple[Group, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    references: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Listing:
    """A page of a list of things.

    Attributes:
        things: the things of this page.
        total: how many there are in all.
        offset: how many come before this page.
    """

    things: tuple[Ref, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True)
class Source:
    """A document as published, and what rests on it.

    Attributes:
        ref: its IRI, title, symbol and page.
        kind: ``primary`` or ``secondary``.
        read: how far the curators read it.
        publisher: who published it.
        date: its date (EDTF), or empty.
        address: public address, or empty.
        passages: its passages with the number of statements in each.
    """

    ref: Ref
    kind: str
    read: str
    publisher: str
    date: str
    address: str
    passages: tuple[tuple[Passage, int], ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of a lineage: from the later thing to the earlier one.

    Attributes:
        later: the later thing.
        earlier: the earlier thing.
        relation: how the later goes back to the earlier: the most specific relation that a
            passage asserts.
        date: EDTF date of the step, or empty.
        passages: where the relation is said.
        basis: what ``date`` is the date of: ``later`` (the later thing), ``plan`` (the later
            thing, when only a plan of it is known), ``relation`` (the event that the step names),
            ``whole`` (the document that the later thing is a part or annex of), ``earlier`` (an
            open interval: not before the earlier thing), or empty.
        shown: the date as a person reads it.
        also: further relations between the two that passages assert.
    """

    later: Ref
    earlier: Ref
    relation: Ref
    date: str
    passages: tuple[Passage, ...]
    basis: str = ""
    shown: str = ""
    also: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Node:
    """A thing on a lineage, with its place in time.

    Attributes:
        ref: the thing.
        date: EDTF date as a source gives it (begins, else date), or empty.
        earliest: first day that the date allows, ``YYYY-MM-DD``, or empty.
        lane: ``document``, ``body`` or ``event``.
    """

    ref: Ref
    date: str
    earliest: str
    lane: str


@dataclass(frozen=True)
class Lineage:
    """The chains by which one thing goes back to another.

    Attributes:
        start: the later thing.
        end: the earlier thing.
        nodes: every thing on a chain.
        steps: every step on a chain, each once.
        chains: each chain as the positions of its steps in ``steps``, shortest first.
        complete: False when there are more chains, or longer ones, than the limits list.
    """

    start: Ref
    end: Ref
    nodes: tuple[Node, ...]
    steps: tuple[Step, ...]
    chains: tuple[tuple[int, ...], ...]
    complete: bool = True
