"""The index of the search: every name of a release, held in memory, built once for a digest.

It is made from the names that the reader holds already and two queries; a release of two
thousand things takes about a tenth of a second. A name is found by its words (exact, as a
prefix, all of them, or nearly) and things that are named often come first among equals.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from itertools import islice
from math import log, log1p
from typing import Any

from pyoxigraph import Literal
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from gcm_graph.graph.reader import Reader
from gcm_graph.search import symbol, text
from gcm_graph.search.name import Kind, Name, Numbered, Realm, names_of, realm

_NEAR = 0.7
"""How like a word of a name a misspelled word must be."""
_HALF = 0.5
"""How much of what is asked a nearly matching name must cover."""
_COMPARED = 400
"""How many nearly matching names are compared letter by letter."""
_LONGEST, _WORDS = 500, 40
"""Characters and words of a question that are looked at."""


class Tier(IntEnum):
    """How a name matches; the first is the best."""

    EXACT = 0
    SAME = 1
    """The same significant words, whatever their order."""
    PREFIX = 2
    ALL = 3
    NEAR = 4


_PLACES = {
    Tier.EXACT: (0, 3), Tier.SAME: (1, 3), Tier.PREFIX: (2, 5), Tier.ALL: (4, 5), Tier.NEAR: (6, 7),
}  # fmt: skip
"""The place of each tier, of things and of everything else: a source comes after a thing."""


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that was found, by the best of its names.

    Attributes:
        name: the name that matches.
        tier: how it matches.
        closeness: how like the name is to what was asked, from 0 to 1.
        realm: what the thing is part of.
        importance: how often the thing is named, from 0 to 1.
        expanded: whether an acronym of the question was written out first.
    """

    name: Name
    tier: Tier
    closeness: float
    realm: Realm
    importance: float
    expanded: bool = False

    @property
    def iri(self) -> str:
        """The thing."""
        return self.name.iri

    @property
    def order(self) -> tuple[object, ...]:
        """Its place among the results of a search."""
        kind = max(0, self.name.kind - Kind.NUMBER) if self.tier is Tier.EXACT else 0
        close = -self.closeness if self.tier is Tier.NEAR else 0
        tier = Tier.PREFIX if self.expanded and self.tier < Tier.PREFIX else self.tier
        place = _PLACES[tier][self.realm is not Realm.THING]
        rest = (-self.importance, len(self.name.words), self.name.text, self.iri)
        return (place, kind, self.realm, close, *rest)


Accept = Callable[[str], bool]
"""Tells whether a thing may be found."""

Order = Callable[[Match], Any]
"""The place of a match: the least is the best."""


def by_tier(match: Match) -> Any:
    """Return the place of ``match`` among the results of a search."""
    return match.order


def everything(iri: str) -> bool:
    """Accept every thing."""
    return bool(iri)


@dataclass(frozen=True)
class Search:
    """The index; make it with `open_search`.

    Attributes:
        names: every name.
        importance: how often each thing is named, from 0 to 1.
        realms: what each thing is part of.
        identities: things by their IRI and by what they are the same as.
    """

    names: tuple[Name, ...]
    importance: Mapping[str, float]
    realms: Mapping[str, Realm]
    identities: Mapping[str, tuple[str, ...]]

    @cached_property
    def exact(self) -> Mapping[str, tuple[int, ...]]:
        """The names of each text."""
        return _grouped((name.key, i) for i, name in enumerate(self.names))

    @cached_property
    def loose(self) -> Mapping[str, tuple[int, ...]]:
        """The names of each set of significant words."""
        return _grouped(
            (_sorted(name.loose), i)
            for i, name in enumerate(self.names)
            if name.kind is not Kind.INITIALS
        )

    @cached_property
    def keys(self) -> Sequence[str]:
        """The texts of names in order."""
        return sorted({name.key for name in self.names if name.kind is not Kind.INITIALS})

    @cached_property
    def postings(self) -> Mapping[str, tuple[int, ...]]:
        """The names in which each word stands."""
        return _grouped(
            (word, i)
            for i, name in enumerate(self.names)
            if name.kind is not Kind.INITIALS
            for word in {*name.words, *name.loose}
        )

    @cached_property
    def words(self) -> Sequence[str]:
        """The words of names in order."""
        return sorted(self.postings)

    @cached_property
    def acronyms(self) -> Mapping[str, tuple[str, ...]]:
        """The significant words of the label of what each acronym stands for."""
        labels = {
            name.iri: name.words
            for name in self.names
            if name.kind is Kind.LABEL and name.language in {"", "en"}
        }
        found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in self.names:
            thing = self.realms[name.iri] is Realm.THING and name.iri in labels
            if thing and name.kind is Kind.ALTERNATIVE and name.acronym and len(name.words) == 1:
                found[name.key].add(labels[name.iri])
        return {word: next(iter(known)) for word, known in found.items() if len(known) == 1}

    def warm(self) -> "Search":
        """Make every table now; return the index."""
        for table in (self.exact, self.loose, self.keys, self.postings, self.words, self.acronyms):
            len(table)
        return self

    def find(
        self, asked: str, accept: Accept = everything, order: Order = by_tier
    ) -> tuple[Match, ...]:
        """Return the things that ``asked`` may mean, the best first.

        Nearly matching names are looked for only where none is exact.

        Args:
            asked: a name, acronym, symbol, number, code or IRI, in any language.
            accept: which things count.
            order: which of two matches is the better one.
        """
        found = _Found(self, accept, order)
        written = asked.strip()[:_LONGEST]
        for iri in self.identities.get(written.rstrip("/").casefold(), ()):
            found.add(Name(iri, written, "", Kind.CODE, (), (), ""), Tier.EXACT, 1)
        words = text.words(written)[:_WORDS]
        if words:
            self._direct(found, words)
            if all(match.tier > Tier.SAME for match in found.best.values()):
                for variant in islice(self._written_out(words), 4):
                    self._direct(found, variant, expanded=True)
                self._near(found, words)
        return tuple(sorted(found.best.values(), key=order))

    def _direct(self, found: "_Found", words: tuple[str, ...], expanded: bool = False) -> None:
        key, loose = " ".join(words), text.significant(words)
        exact = {" ".join(spelled) for spelled in symbol.spellings(words)}
        exact |= {key, "".join(words)} if all(len(word) == 1 for word in words) else {key}
        for spelled in exact:
            for i in self.exact.get(spelled, ()):
                found.add(self.names[i], Tier.EXACT, 1, expanded)
        for i in self.loose.get(_sorted(loose), ()):
            found.add(self.names[i], Tier.SAME, 1, expanded)
        for start in dict.fromkeys((key, " ".join(loose))):
            for text_key in _starting(self.keys, start):
                for i in self.exact[text_key]:
                    close = len(start) / len(text_key)
                    found.add(self.names[i], Tier.PREFIX, close, expanded)
        for i in self._all_of(loose):
            name = self.names[i]
            close = min(1.0, len(" ".join(loose)) / max(1, len(" ".join(name.loose))))
            found.add(name, Tier.ALL, close, expanded)

    def _all_of(self, words: Sequence[str]) -> set[int]:
        """Return the names in which every one of ``words`` stands or begins a word."""
        whole: set[int] | None = None
        for word in sorted(words, key=len, reverse=True):
            standing: set[int] = set(self.postings.get(word, ()))
            if len(word) > 2 or len(words) == 1:
                for longer in _starting(self.words, word):
                    standing.update(self.postings[longer])
            whole = standing if whole is None else whole & standing
            if not whole:
                return set()
        return whole or set()

    def _written_out(self, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield ``words`` with one acronym replaced by what it stands for."""
        if len(words) < 2:
            return
        for place, word in enumerate(words):
            if word in self.acronyms:
                yield words[:place] + self.acronyms[word] + words[place + 1 :]

    def like(self, word: str) -> Mapping[str, float]:
        """Return the words of names that ``word`` may be meant for, with how like they are."""
        if word in self.postings:
            return {word: 1.0}
        if len(word) < 3 or word[0].isdigit():
            return {}
        scorer = OSA.normalized_similarity
        near = process.extract(word, self.words, scorer=scorer, score_cutoff=_NEAR, limit=12)
        return {found: close for found, close, _ in near if not found[0].isdigit()}

    def _near(self, found: "_Found", words: tuple[str, ...]) -> None:
        """Add the names that are nearly what was asked: misspelled, or with other words."""
        asked = text.significant(words)
        most = log(len(self.names) + 1)
        weights: dict[int, float] = defaultdict(float)
        total = 0.0
        for word in set(asked):
            like = self.like(word)
            rarity = {w: most - log(len(self.postings[w])) for w in like}
            total += max(rarity.values(), default=most)
            best: dict[int, float] = {}
            for each, close in like.items():
                for i in self.postings[each]:
                    best[i] = max(best.get(i, 0.0), rarity[each] * close)
            for i, weight in best.items():
                weights[i] += weight
        enough = [i for i, weight in weights.items() if weight >= total * _HALF]
        enough.sort(key=lambda i: -weights[i] / (2 + len(self.names[i].loose)))
        for i in enough[:_COMPARED]:
            name = self.names[i]
            close = closeness(words, asked, name)
            if close >= _HALF:
                found.add(name, Tier.NEAR, close)


@dataclass
class _Found:
    """The best match of each thing while a search goes on."""

    search: Search
    accept: Accept
    order: Order
    best: dict[str, Match] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)

    def add(self, name: Name, tier: Tier, close: float, expanded: bool = False) -> None:
        """Take a match when it is the first or the best of its thing."""
        iri = name.iri
        if not self.accept(iri):
            return
        realms, importance = self.search.realms, self.search.importance
        match = Match(name, tier, close, realms[iri], importance[iri], expanded)
        place = self.order(match)
        if iri not in self.best or place < self.places[iri]:
            self.best[iri], self.places[iri] = match, place


def closeness(words: Sequence[str], loose: Sequence[str], name: Name) -> float:
    """Return how like ``name`` is to the words that were asked, from 0 to 1.

    Args:
        words: all words that were asked.
        loose: the significant ones.
        name: a name.
    """
    one, other = _sorted(loose), _sorted(name.loose)
    ordered = fuzz.ratio(" ".join(words), name.key)
    anyhow = fuzz.ratio(one, other)
    within = 0.5 * anyhow + 0.45 * fuzz.token_set_ratio(one, other)
    return float(max(ordered, anyhow, within)) / 100


def open_search(reader: Reader) -> Search:
    """Return the index of what ``reader`` reads; it is made now.

    Raises:
        KeyError: when the reader lacks a query of the search.
    """
    numbered = Numbered.of(reader)
    names = list(dict.fromkeys(names_of(reader, numbered)))
    realms = {iri: realm(reader, iri) for iri in {name.iri for name in names}}
    names += _initials(names, realms)
    counts: dict[str, int] = {}
    for row in reader.rows("search-links"):
        links = row["links"]
        assert isinstance(links, Literal)
        counts[str(getattr(row["thing"], "value", ""))] = int(links.value)
    most = log1p(max((counts.get(iri, 0) for iri in realms), default=1)) or 1.0
    identities: dict[str, set[str]] = defaultdict(set)
    for iri in realms:
        identities[iri.rstrip("/").casefold()].add(iri)
    for iri, same in numbered.identities.items():
        for other in same if iri in realms else ():
            identities[other.rstrip("/").casefold()].add(iri)
            if "wikidata.org/entity/" in other:
                identities[other.rpartition("/")[2].casefold()].add(iri)
    return Search(
        names=tuple(names),
        importance={iri: log1p(counts.get(iri, 0)) / most for iri in realms},
        realms=realms,
        identities={key: tuple(sorted(found)) for key, found in identities.items()},
    ).warm()


def _initials(names: Iterable[Name], realms: Mapping[str, Realm]) -> list[Name]:
    """Return the acronyms that the names of things make, where no name is one."""
    known = {(name.iri, name.key) for name in names}
    found: dict[tuple[str, str], Name] = {}
    for name in names:
        if name.kind > Kind.ALTERNATIVE or realms[name.iri] is not Realm.THING:
            continue
        made = text.initials(name.words)
        fit = 3 <= len(made) <= 8 and made.isascii() and made.isalpha()
        if fit and (name.iri, made) not in known:
            one = Name(name.iri, name.text, name.language, Kind.INITIALS, (made,), (made,), made)
            found.setdefault((name.iri, made), one)
    return list(found.values())


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for key, i in pairs:
        found[key].append(i)
    return {key: tuple(each) for key, each in found.items()}


def _sorted(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def _starting(ordered: Sequence[str], start: str) -> Iterator[str]:
    """Yield the texts of ``ordered`` that start with ``start`` and are longer."""
    for place in range(bisect_left(ordered, start), len(ordered)):
        if not ordered[place].startswith(start):
            return
        if len(ordered[place]) > len(start):
            yield ordered[place]
