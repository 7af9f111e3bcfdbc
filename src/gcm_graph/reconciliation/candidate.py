"""Candidates: the things that a name in a table may mean, with scores that explain themselves."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import OSA

from gcm_graph.graph import reference
from gcm_graph.graph.view import Ref
from gcm_graph.reconciliation.question import Query
from gcm_graph.reconciliation.value import Values
from gcm_graph.search import text
from gcm_graph.search.index import Match, Search, Tier
from gcm_graph.search.name import Kind, Realm
from gcm_graph.search.narrowing import is_of

CERTAIN = 90
"""The score from which a candidate may be a match."""
_GAP = 3
"""How far the next candidate must be behind a misspelled name."""
_TYPED = 0.8
"""What is left of a score without the wanted class."""
_REALM = {Realm.THING: 1.0, Realm.SOURCE: 0.9, Realm.CONCEPT: 0.6, Realm.VOCABULARY: 0.5}
"""What is left of a score in each realm when no class is wanted."""
_NAMED = 0.6
"""The part of the score that the name decides when properties are given too."""


@dataclass(frozen=True)
class Candidate:
    """A thing that a query may mean.

    Attributes:
        ref: the thing.
        score: how likely it is, from 0 to 100.
        match: whether it is certain.
        types: its most specific classes.
        description: what it is, in a few words.
        features: what the score is made of.
    """

    ref: Ref
    score: float
    match: bool
    types: tuple[Ref, ...]
    description: str
    features: Mapping[str, float | bool]


@dataclass(frozen=True)
class _Scored:
    """A thing with its score, before the candidates are compared with each other."""

    iri: str
    score: float
    agreed: float
    typed: bool
    importance: float
    match: Match | None = None

    @property
    def order(self) -> tuple[Any, ...]:
        """Its place among the candidates."""
        exact = self.match.order if self.match else ()
        return (-round(self.score, 1), -self.importance, exact, self.iri)


def score(match: Match) -> float:
    """Return how likely a thing is meant, from 0 to 100, by its name alone."""
    if match.tier is Tier.EXACT:
        base = {Kind.CODE: 98.0, Kind.INITIALS: 82.0}.get(match.name.kind, 100.0)
    elif match.tier is Tier.SAME:
        base = 97.0
    else:
        base = {
            Tier.PREFIX: 62 + 28 * match.closeness,
            Tier.ALL: 55 + 30 * match.closeness,
            Tier.NEAR: 95 * match.closeness,
        }[match.tier]
        base = min(95.0, base + 4 * match.importance)
    if match.expanded:
        base = min(93.0, base - 4)
    return base


def candidates(values: Values, query: Query) -> tuple[Candidate, ...]:
    """Return the candidates of ``query``, the most likely first.

    Args:
        values: names and properties of the release, read in the language of the answer.
        query: what is asked.
    """
    scored = _by_name(values, query) if query.text else _by_property(values, query)
    scored.sort(key=lambda one: one.order)
    found = []
    for one in scored[: query.limit]:
        sure = one is scored[0] and _certain(values.search, query, scored)
        found.append(_candidate(values, query, one, sure))
    return tuple(found)


def _accepts(values: Values, query: Query) -> Callable[[str], bool]:
    realms, reader = values.search.realms, values.reader

    def accept(iri: str) -> bool:
        if not query.types:
            return realms[iri] is not Realm.VOCABULARY
        if query.strict == "should":
            return True
        test = all if query.strict == "all" else any
        return test(is_of(reader, iri, name) for name in query.types)

    return accept


def _scored(values: Values, query: Query, iri: str, named: float, match: Match | None) -> _Scored:
    typed = not query.types or any(is_of(values.reader, iri, name) for name in query.types)
    likeness = [values.tables.likeness(iri, each.iri, each.values) for each in query.restrictions]
    agreed = sum(likeness) / len(likeness) if likeness else 1.0
    total = named
    if likeness:
        total = _NAMED * named + (1 - _NAMED) * 100 * agreed if query.text else 100 * agreed
    if not typed:
        total *= _TYPED
    if not query.types:
        total *= _REALM[values.search.realms[iri]]
    importance = values.search.importance.get(iri, 0.0)
    return _Scored(iri, total, min(likeness, default=1.0), typed, importance, match)


def _by_name(values: Values, query: Query) -> list[_Scored]:
    accept = _accepts(values, query)
    matches = values.search.find(query.text, accept, lambda match: (-score(match), match.order))
    compared = matches[: max(100, query.limit)]
    return [_scored(values, query, match.iri, score(match), match) for match in compared]


def _by_property(values: Values, query: Query) -> list[_Scored]:
    if not query.restrictions:
        return []
    accept, first = _accepts(values, query), query.restrictions[0]
    known: Iterable[str] = values.tables.of(first.iri)
    realms = values.search.realms
    things = (
        iri
        for iri in known
        if iri in realms
        and accept(iri)
        and values.tables.likeness(iri, first.iri, first.values) > 0
    )
    return [_scored(values, query, iri, 0.0, None) for iri in things]


def _certain(search: Search, query: Query, scored: list[_Scored]) -> bool:
    """Tell whether the first of ``scored`` is what is meant, beyond reasonable doubt."""
    first = scored[0]

    def meant(one: _Scored) -> bool:
        return one.match is not None and _misspelled(search, query.text, one.match)

    if first.score < CERTAIN or first.agreed < 0.9 or not first.typed:
        return False
    rivals = [one for one in scored[1:] if one.agreed >= 0.9 and one.typed]
    if first.match is None:
        return not rivals
    other = first.match.realm is not Realm.THING and not query.types
    if other or first.match.expanded:
        return False
    rivals = [one for one in rivals if one.match and one.match.realm <= first.match.realm]
    if first.match.tier <= Tier.SAME:
        alike = any(one.match and one.match.tier <= Tier.SAME for one in rivals)
        return not alike and _telling(query, first.match)
    behind = all(one.score <= first.score - _GAP and not meant(one) for one in rivals)
    return behind and meant(first)


def _telling(query: Query, match: Match) -> bool:
    """Tell whether an exact name can hardly mean anything else."""
    asked, name = query.text.strip(), match.name
    if query.types or query.restrictions:
        return len(asked) > 1
    if match.tier is Tier.SAME:
        return len(name.loose) > 1
    if name.kind is Kind.CODE:
        return len(asked) > 2 and (asked.isupper() or "/" in asked)
    if name.acronym:
        return asked.isupper() or len(name.text) > 4
    single = len(name.words) == 1 and name.kind is Kind.ALTERNATIVE
    return not single or (asked[:1].isupper() and name.text[:1].isupper() and len(asked) > 5)


def _misspelled(search: Search, asked: str, match: Match) -> bool:
    """Tell whether ``asked`` is the name but for slips of the pen.

    Every word of it is a word of the name, or a word that stands in no name at all and is one
    or two letters from a word of this name; a number is never taken for another.
    """
    found = text.significant(text.words(asked))
    if match.tier is not Tier.NEAR or match.closeness < 0.85 or len("".join(found)) < 8:
        return False
    if len(found) != len(match.name.loose):
        return False
    left = list(match.name.loose)
    strange = []
    for word in found:
        if word in left:
            left.remove(word)
        else:
            strange.append(word)
    for word in strange:
        if word in search.postings or any(letter.isdigit() for letter in word):
            return False
        near = min(left, key=lambda other: OSA.distance(word, other))
        if OSA.distance(word, near) > (2 if len(near) > 6 else 1):
            return False
        left.remove(near)
    return True


def _candidate(values: Values, query: Query, one: _Scored, sure: bool) -> Candidate:
    reader = values.reader
    features: dict[str, float | bool] = {
        "importance": round(one.importance, 3),
        "type_match": one.typed,
    }
    if one.match is not None:
        features |= {
            "name_exact": one.match.tier is Tier.EXACT,
            "name_same_words": one.match.tier <= Tier.SAME,
            "name_closeness": round(one.match.closeness, 3),
            "name_score": round(score(one.match), 1),
            "acronym": one.match.name.acronym or one.match.name.kind is Kind.INITIALS,
            "symbol_or_code": one.match.name.kind in {Kind.SYMBOL, Kind.NUMBER, Kind.CODE},
        }
    for each in query.restrictions:
        features[f"property {each.iri}"] = round(
            values.tables.likeness(one.iri, each.iri, each.values), 3
        )
    found = reference.ref(reader, one.iri)
    types = tuple(reference.ref(reader, name) for name in reader.index.types.get(one.iri, ()))
    return Candidate(found, round(one.score, 1), sure, types, describe(values, found), features)


def describe(values: Values, found: Ref) -> str:
    """Return what a thing is in a few words: its class, and its acronym or symbol."""
    others = values.reader.index.alternatives.get(found.iri, ())
    short = next((name for name in others if name.isupper() and " " not in name), "")
    parts = (found.kind, found.identifier or short)
    return ", ".join(part for part in parts if part)
