"""What is cited: a thing, a source, a passage, a statement or an answer, read as an entry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from gcm_graph.citation.entry import WORK, Entry, key_of, one_line
from gcm_graph.citation.issued import read
from gcm_graph.graph import evidence, listing, source
from gcm_graph.graph.passage import cited, passage
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import label_of
from gcm_graph.graph.view import Claim, Passage, Source, Text
from gcm_graph.library.question import Question
from gcm_graph.namespaces import BASE, DEF, SOURCE
from gcm_graph.terms import Term, local_path

_SOURCE = DEF + "Source"
_RESTING = 8
"""How many passages a citation of a statement names."""


@dataclass(frozen=True)
class Edition:
    """The release that is cited: its whole digest and its date (``YYYY-MM-DD``)."""

    digest: str
    date: str

    @property
    def short(self) -> str:
        """The digits by which people and addresses name the release."""
        return self.digest[:16]


def permalink(iri: str, edition: Edition) -> str:
    """Return the permanent address of ``iri`` as it stands in the release.

    The address has the w3id form, also for things with an IRI of somebody else that have a page
    here; what has no page here keeps its IRI.
    """
    path = local_path(iri)
    if path is None:
        return iri
    page, sign, fragment = path.partition("#")
    return f"{BASE}{page}?release={edition.short}{sign}{fragment}"


def of(reader: Reader, iri: str, edition: Edition) -> Entry | None:
    """Return the entry of a source, a passage or any other thing; ``None`` when it is unknown."""
    place = reader.index.passages.get(iri)
    if place is not None and place.source.startswith(SOURCE):
        return of_passage(reader, passage(reader, iri), edition)
    if _SOURCE in reader.index.types.get(iri, ()):
        found = source.read_source(reader, iri)
        return of_source(found, edition) if found else None
    return of_thing(reader, iri, edition) if listing.exists(reader, iri) else None


def of_source(found: Source, edition: Edition) -> Entry:
    """Return the entry of a document, which is cited as itself: title, publisher, date, symbol."""
    named = found.ref
    return Entry(
        key=key_of(named.iri.removeprefix(SOURCE)),
        kind="report" if named.identifier else "document",
        title=named.label,
        author=found.publisher,
        issued=read(found.date),
        permalink=permalink(named.iri, edition),
        symbol=named.identifier,
        address=found.address,
        language=named.language,
    )


def of_passage(reader: Reader, place: Passage, edition: Edition) -> Entry | None:
    """Return the entry of a place in a document: the document's, with the locator."""
    found = source.read_source(reader, place.source.iri)
    if found is None:
        return None
    whole = of_source(found, edition)
    return Entry(
        key=key_of(place.iri.removeprefix(SOURCE)),
        kind=whole.kind,
        title=whole.title,
        author=whole.author,
        issued=whole.issued,
        permalink=permalink(place.iri, edition),
        symbol=whole.symbol,
        address=whole.address,
        locator=place.locator,
        language=whole.language,
    )


def of_thing(reader: Reader, iri: str, edition: Edition) -> Entry:
    """Return the entry of what the graph says of a thing in a release."""
    named = ref(reader, iri)
    return Entry(
        key=_key(iri.removeprefix(BASE + "id/").removeprefix(BASE), edition),
        kind="dataset",
        title=named.label,
        author=WORK,
        issued=read(edition.date),
        permalink=permalink(iri, edition),
        release=edition.short,
        language=named.language,
    )


def of_statement(
    reader: Reader, statement: tuple[NamedNode, NamedNode, Term], edition: Edition
) -> Entry | None:
    """Return the entry of a statement with the passages that it rests on.

    ``None`` when the graph does not hold it. A derived statement rests on the passages of those
    it was drawn from, after its rule.
    """
    subject, predicate, value = statement
    claim = evidence.explain(reader, subject, predicate, value)
    if claim is None:
        return None
    terms = {"subject": subject.value, "predicate": predicate.value}
    terms["object"] = str(value) if isinstance(value, Literal) else getattr(value, "value", "")
    query = urlencode({**terms, "release": edition.short})
    return Entry(
        key=_key(f"{claim.subject.label} {claim.relation.label} {label_of(claim.value)}", edition),
        kind="dataset",
        title=title_of(claim),
        author=WORK,
        issued=read(edition.date),
        permalink=f"{BASE}api/explain?{query}",
        release=edition.short,
        resting=resting(claim),
        genre="statement",
    )


def of_answer(question: Question, values: Mapping[str, str], edition: Edition) -> Entry:
    """Return the entry of the answer to a question of the library in a release."""
    given = {name: text for name, text in values.items() if text.strip()}
    told = ", ".join(f"{name}: {text}" for name, text in given.items())
    query = urlencode({**given, "release": edition.short})
    return Entry(
        key=_key(f"{question.name} {' '.join(given.values())}", edition),
        kind="dataset",
        title=f"{question.title} ({told})" if told else question.title,
        author=WORK,
        issued=read(edition.date),
        permalink=f"{BASE}query/{question.name}?{query}",
        release=edition.short,
        genre="answer to a query",
    )


def address(claim: Claim, backwards: bool = False) -> str:
    """Return the path of the citation of a statement, with its three parts as they stand.

    A claim that is told ``backwards`` names the object of the statement as its subject.
    """
    value = claim.value
    if isinstance(value, Text):
        kind = NamedNode(value.datatype) if value.datatype and not value.language else None
        said = str(Literal(value.value, language=value.language or None, datatype=kind))
    else:
        said = value.iri
    ends = (said, claim.subject.iri) if backwards else (claim.subject.iri, said)
    parts = {"subject": ends[0], "predicate": claim.relation.iri, "object": ends[1]}
    return f"cite?{urlencode(parts)}&format=text"


def title_of(claim: Claim) -> str:
    """Return a statement in words: subject, relation and value."""
    said = (claim.subject.label, claim.relation.label, label_of(claim.value))
    return " — ".join(one_line(part) for part in said)


def resting(claim: Claim) -> tuple[str, ...]:
    """Return what a statement rests on, in words; the last part says when there is more."""
    places = tuple(dict.fromkeys(cited(place) for place in _places(claim)))
    shown = places[:_RESTING]
    if len(places) > len(shown):
        shown += (f"and {len(places) - len(shown)} more",)
    return (f"the rule “{claim.rule.label}”", *shown) if claim.rule else shown


def _places(claim: Claim) -> Iterator[Passage]:
    yield from claim.passages
    for premise in claim.premises:
        yield from _places(premise)


def _key(text: str, edition: Edition) -> str:
    return f"{WORK}-{key_of(text)[:60].strip('-')}-{edition.short[:8]}"
