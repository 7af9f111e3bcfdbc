"""The desk: answers the questions of assistants from a release, each with its passages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from pyoxigraph import NamedNode

from gcm_graph.assistant import answer, row, table
from gcm_graph.assistant.row import Sources, fitting, left_out, named, told
from gcm_graph.citation import bibtex, csl, ris, subject, text
from gcm_graph.citation.entry import Entry
from gcm_graph.citation.subject import Edition
from gcm_graph.graph import disagreement, evidence, lineage, listing, source, thing
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.view import Claim, Group, Ref
from gcm_graph.library.catalogue import Catalogue
from gcm_graph.library.fault import ParameterError
from gcm_graph.library.parameter import Parameter
from gcm_graph.search.index import Match, Search, Tier
from gcm_graph.search.name import Realm
from gcm_graph.search.narrowing import narrowed
from gcm_graph.settings import Settings
from gcm_graph.terms import curie, expand

_NAME = Parameter("name", "iri")
_TERM = Parameter("object", "term")
_BECAUSE = 60


class Refusal(Exception):
    """A question that gets no answer; the message says what would be right."""


@dataclass(frozen=True)
class Desk:
    """What answers are read from.

    Attributes:
        reader: reads the graph.
        catalogue: the questions of the library.
        names: finds things by name.
        settings: limits of lineages.
        edition: the release.
    """

    reader: Reader
    catalogue: Catalogue
    names: Search
    settings: Settings
    edition: Edition

    def search(self, words: str, kind: str, limit: int, offset: int, language: str) -> answer.Found:
        """Return the things that are named by ``words``."""
        reader = self.reader.speaking(language)
        name = self._expanded(kind) if kind.strip() else None
        found = self.names.find(words, narrowed(reader, name))
        rows, more = fitting(found, lambda one: named(ref(reader, one.iri)), offset, limit)
        return answer.Found(release=self.edition.short, more=more, things=rows, total=len(found))

    def describe(
        self, asked: str, relation: str, limit: int, offset: int, language: str
    ) -> answer.Description:
        """Return what the graph says of a thing: its own statements, dated ones, those of others.

        ``relation`` keeps to one relation, by name or IRI.

        Raises:
            Refusal: when nothing is known of it, or it has no such relation.
        """
        reader = self.reader.speaking(language)
        iri = self.resolve(asked)
        found = thing.read(reader, iri, offset + limit)
        if found is None:
            self._unknown(asked)
        groups = (*found.groups, *found.dated, *found.incoming)
        wanted = _of_relation(groups, relation)
        claims = [claim for group in wanted for claim in group.claims]
        total = sum(group.total for group in wanted)
        sources = Sources()
        rows, _ = fitting(claims, lambda claim: told(claim, sources), offset, limit, sources)
        return answer.Description(
            release=self.edition.short,
            more=left_out(offset, len(rows), total),
            thing=named(found.ref),
            permalink=subject.permalink(iri, self.edition),
            also_called=list(found.alternatives),
            same_as=[one.iri for one in found.same_as],
            summary=found.summary,
            relations=[
                answer.Relation(name=one.relation.label, iri=one.relation.iri, total=one.total)
                for one in groups
            ],
            statements=rows,
            total=total,
            disagreements=len(found.disagreements),
            sources=sources.listed,
        )

    def lineage(self, later: str, earlier: str, chains: int, language: str) -> answer.Lineage:
        """Return the chains by which one thing goes back to another, whichever is the later.

        Raises:
            Refusal: when one of them is not known.
        """
        reader = self.reader.speaking(language)
        first, second = self.resolve(later), self.resolve(earlier)
        most, depth = self.settings.lineage_chains, self.settings.lineage_depth
        found = lineage.read_lineage(reader, first, second, most, depth)
        if not found.steps and lineage.related(reader, first, second) == "earlier":
            found = lineage.read_lineage(reader, second, first, most, depth)
        kept = found.chains[:chains]
        wanted = list(dict.fromkeys(position for chain in kept for position in chain))
        sources = Sources()
        steps, _ = fitting(
            wanted, lambda n: row.step(found.steps[n], sources), 0, len(wanted), sources
        )
        place = {position: new for new, position in enumerate(wanted[: len(steps)])}
        whole = [chain for chain in kept if all(position in place for position in chain)]
        total = len(found.chains)
        more = ""
        if len(whole) < total or not found.complete:
            least = "" if found.complete else "at least "
            more = f"Shown are {len(whole)} of {least}{total} chains, the shortest first."
        return answer.Lineage(
            release=self.edition.short,
            more=more,
            note="" if total else "No chain of statements leads from the one to the other.",
            start=named(found.start),
            end=named(found.end),
            steps=steps,
            chains=[[place[position] for position in chain] for chain in whole],
            total=total,
            sources=sources.listed,
        )

    def disagreements(
        self, about: str, limit: int, offset: int, language: str
    ) -> answer.Disagreements:
        """Return where sources disagree, on anything or about one thing.

        Raises:
            Refusal: when the thing is not known.
        """
        reader = self.reader.speaking(language)
        if about.strip():
            found = disagreement.disagreements_about(reader, self.resolve(about))
        else:
            found = disagreement.list_disagreements(reader)
        sources = Sources()
        rows, more = fitting(
            found, lambda one: row.disagreement(one, sources), offset, limit, sources
        )
        return answer.Disagreements(
            release=self.edition.short,
            more=more,
            disagreements=rows,
            total=len(found),
            sources=sources.listed,
        )

    def explain(self, about: str, relation: str, value: str, language: str) -> answer.Explanation:
        """Return what a statement rests on.

        Raises:
            Refusal: when a term cannot be read or the graph does not hold the statement.
        """
        reader = self.reader.speaking(language)
        try:
            terms = _NAME.parse(about), _NAME.parse(relation), _TERM.parse(value)
        except ValueError as error:
            raise Refusal(f"{error}. Give IRIs as `describe` returns them.") from error
        first, second, third = terms
        assert isinstance(first, NamedNode)
        assert isinstance(second, NamedNode)
        claim = evidence.explain(reader, first, second, third)
        entry = subject.of_statement(reader, (first, second, third), self.edition)
        if claim is None or entry is None:
            raise Refusal(
                "The graph does not hold this statement. `describe` lists those it holds of a "
                "thing; take subject_iri, relation_iri and value_iri from there."
            )
        sources = Sources()
        stated = told(claim, sources)
        premises = list(dict.fromkeys(_premises(claim)))
        rows, more = fitting(premises, lambda one: told(one, sources), 0, _BECAUSE, sources)
        return answer.Explanation(
            release=self.edition.short,
            more=more.partition(":")[0],
            statement=stated,
            because=rows,
            permalink=entry.permalink,
            citation=text.chicago(entry),
            sources=sources.listed,
        )

    def questions(self, words: str, limit: int, offset: int) -> answer.Questions:
        """Return the questions of the library whose title, description or group has the words."""
        wanted = words.casefold().split()
        found = [one for one in self.catalogue.public if all(w in row.said(one) for w in wanted)]
        rows, more = fitting(found, row.asked, offset, limit)
        return answer.Questions(
            release=self.edition.short, more=more, questions=rows, total=len(found)
        )

    def ask(
        self, name: str, values: Mapping[str, str], limit: int, offset: int, language: str
    ) -> answer.Table:
        """Return the answer to a question of the library.

        Raises:
            Refusal: when there is no such question or a parameter is wrong.
        """
        reader = self.reader.speaking(language)
        if name not in self.catalogue or not self.catalogue[name].public:
            raise Refusal(f"There is no question “{name}”: `list_questions` lists those there are.")
        question = self.catalogue[name]
        try:
            said = self.catalogue.run(reader.store, name, values)
        except ParameterError as error:
            raise Refusal(str(error)) from error
        link = subject.of_answer(question, values, self.edition).permalink
        digest = self.edition.short
        if question.kind == "ask":
            return answer.Table(release=digest, permalink=link, truth=said.truth)
        if question.kind == "construct":
            return self.graph(sorted(f"{one} ." for one in said.triples), limit, offset, link)
        names = [
            name
            for name in said.columns
            if not (name.endswith("Label") and name.removesuffix("Label") in said.columns)
        ]
        page = table.rows_of(reader, names, said.rows, offset, limit)
        more = left_out(offset, len(page["rows"]), page["total"])
        return answer.Table(release=digest, permalink=link, more=more, **page)

    def graph(self, lines: list[str], limit: int, offset: int, link: str = "") -> answer.Table:
        """Return a page of triples."""
        page = table.graph_of(lines, offset, limit)
        more = left_out(offset, page.pop("shown"), page["total"])
        return answer.Table(release=self.edition.short, permalink=link, more=more, **page)

    def passage(self, asked: str, limit: int, offset: int, language: str) -> answer.Place:
        """Return what the graph reads at one place of a document.

        Raises:
            Refusal: when it is no passage.
        """
        reader = self.reader.speaking(language)
        iri = self._expanded(asked)
        found = source.read_passage(reader, iri)
        if found is None:
            raise Refusal(f"<{iri}> is no passage: take `iri` from `sources` of another answer.")
        place, claims = found
        entry = subject.of(reader, iri, self.edition)
        sources = Sources()
        rows, more = fitting(claims, lambda claim: told(claim, sources), offset, limit, sources)
        return answer.Place(
            release=self.edition.short,
            more=more,
            note="In the editors' words, not a quotation.",
            title=place.source.label,
            iri=iri,
            permalink=subject.permalink(iri, self.edition),
            symbol=place.source.identifier,
            locator=place.locator,
            date=place.date,
            kind=place.kind,
            address=entry.address if entry else "",
            citation=text.chicago(entry) if entry else "",
            statements=rows,
            total=len(claims),
            sources=sources.listed,
        )

    def cite(self, asked: str, style: str, language: str) -> answer.Citation:
        """Return a citation of a thing, a source or a passage.

        Raises:
            Refusal: when it is not known.
        """
        reader = self.reader.speaking(language)
        entry = subject.of(reader, self.resolve(asked), self.edition)
        if entry is None:
            self._unknown(asked)
        writers: dict[str, Callable[[Entry], str]] = {
            "bibtex": bibtex.render,
            "ris": ris.render,
            "csl": lambda one: csl.render(one).decode(),
            **text.STYLES,
        }
        return answer.Citation(
            release=self.edition.short,
            citation=writers[style](entry),
            style=style,
            permalink=entry.permalink,
        )

    def resolve(self, asked: str) -> str:
        """Return the IRI of the thing that is meant by an IRI, kind/slug, prefix:name or a name.

        Raises:
            Refusal: when it is not known or several things could be meant.
        """
        try:
            iri = expand(asked.strip())
        except ValueError:
            found = self.names.find(asked)
            same = [one for one in found if one.tier <= Tier.SAME and not one.expanded]
            things = [one for one in same if one.realm is Realm.THING] or same
            if len(things) == 1:
                return things[0].iri
            self._unknown(asked, found)
        if not listing.exists(self.reader, iri):
            self._unknown(asked)
        return iri

    def _expanded(self, asked: str) -> str:
        try:
            return expand(asked.strip())
        except ValueError as error:
            raise Refusal(f"{error}.") from error

    def _unknown(self, asked: str, found: Sequence[Match] = ()) -> NoReturn:
        last = asked.rstrip("/>").rpartition("/")[2].replace("-", " ")
        found = (found or self.names.find(last))[:5]
        near = "; ".join(f"{ref(self.reader, one.iri).label} <{one.iri}>" for one in found)
        hint = f"Perhaps one of: {near}." if near else "`search` finds things by name."
        raise Refusal(f"“{asked}” is not the name or IRI of one thing. {hint}")


def _of_relation(groups: Sequence[Group], relation: str) -> Sequence[Group]:
    """Return the groups of a relation, by its name or its IRI; all of them when it is empty."""
    wanted = relation.strip().casefold()
    if not wanted:
        return groups
    chosen = [g for g in groups if wanted in {g.relation.label.casefold(), *_iris(g.relation)}]
    if not chosen:
        names = ", ".join(dict.fromkeys(group.relation.label for group in groups))
        raise Refusal(f"It has no relation “{relation}”; it has: {names}.")
    return chosen


def _iris(relation: Ref) -> tuple[str, str]:
    return relation.iri.casefold(), curie(relation.iri).casefold()


def _premises(claim: Claim) -> Iterator[Claim]:
    for premise in claim.premises:
        yield premise
        yield from _premises(premise)
