"""The map of an answer: which State is told apart how, as the map of the pages takes it.

Categories come from the column that the question declares as ``value``; without one a State is in
the answer or not. Choices of a vote keep the tones that they have in the view of States.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from gcm_graph.graph.reader import Reader
from gcm_graph.graph.state import Board
from gcm_graph.service.answer import told
from gcm_graph.service.measure import TONES, Category
from gcm_graph.service.translation import N_
from gcm_graph.store.protocol import Row

SEVERAL, OTHERS, NONE = "several", "others", "none"
_FREE = ("for", "middle", "abstained", "absent", "high", "low")
_TINTS = ("low", "middle", "high")
_WITHIN = Category("within", N_("in the answer"), "for")
_WITHOUT = Category(NONE, N_("not in the answer"), "none")


@dataclass(frozen=True)
class Atlas:
    """States on a map.

    Attributes:
        categories: in the order of the legend, each with the number of its States.
        places: what the map needs of every State, those of the answer first.
    """

    categories: tuple[tuple[Category, int], ...]
    places: tuple[Mapping[str, object], ...]


def draw(reader: Reader, rows: Sequence[Row], columns: Mapping[str, str], board: Board) -> Atlas:
    """Return the map of an answer.

    Args:
        reader: names things.
        rows: the whole answer.
        columns: the column of ``state``, and of ``value`` where the States are told apart.
        board: the States with their codes.
    """
    held: dict[str, list[Row]] = {}
    for row in rows:
        term = row.get(columns["state"])
        if isinstance(term, ox.NamedNode):
            held.setdefault(term.value, []).append(row)
    value = columns.get("value", "")
    said = {iri: list(dict.fromkeys(_said(reader, row, value) for row in found))
            for iri, found in held.items()}  # fmt: skip
    legend, category = _told_apart(said, _slugs(reader, rows, value)) if value else ([_WITHIN], {})
    shown: list[Mapping[str, object]] = []
    rest: list[Mapping[str, object]] = []
    counted: Counter[str] = Counter()
    for profile in board.states:
        iri = profile.ref.iri
        within = iri in held
        key = category.get(iri, _WITHIN.key) if within else NONE
        counted[key] += 1
        (shown if within else rest).append(
            {
                "code": profile.m49,
                "name": profile.ref.label,
                "path": profile.ref.path,
                "category": key,
                "lines": [line for line in said.get(iri, [])[:6] if line],
                "shown": True,
            }
        )
    kept = [(one, counted[one.key]) for one in (*legend, _WITHOUT) if counted[one.key]]
    return Atlas(tuple(kept), (*shown, *rest))


def _told_apart(
    said: Mapping[str, Sequence[str]], slugs: Mapping[str, str]
) -> tuple[list[Category], dict[str, str]]:
    """Return the categories, and that of each State by IRI."""
    numbers = {iri: _number(words[0]) for iri, words in said.items() if len(words) == 1}
    if said and len(numbers) == len(said) and all(one is not None for one in numbers.values()):
        return _classes({iri: one for iri, one in numbers.items() if one is not None})
    counted = Counter(word for words in said.values() if len(words) == 1 for word in words)
    order = sorted(counted, key=lambda word: (-counted[word], word))
    free = [tone for tone in _FREE if tone not in {TONES.get(slugs.get(one, "")) for one in order}]
    legend: list[Category] = []
    for word in order:
        tone = TONES.get(slugs.get(word, "")) or (free.pop(0) if free else "")
        if tone:
            legend.append(Category(word or "-", word or N_("not recorded"), tone))
    named = {one.key for one in legend}
    places = {
        iri: SEVERAL if len(words) > 1 else (words[0] or "-") if (words[0] or "-") in named
        else OTHERS
        for iri, words in said.items()
    }  # fmt: skip
    legend.append(Category(SEVERAL, N_("several values"), "mixed"))
    legend.append(Category(OTHERS, N_("others"), "against"))
    return legend, places


def _classes(numbers: Mapping[str, float]) -> tuple[list[Category], dict[str, str]]:
    """Return three classes of numbers with about as many States each, the largest first."""
    ordered = sorted(numbers.values())
    cuts = sorted({ordered[len(ordered) * part // 3] for part in (0, 1, 2)})
    tints = _TINTS[-len(cuts) :]
    legend = []
    for place, low in enumerate(cuts):
        inside = [one for one in ordered
                  if one >= low and (place + 1 == len(cuts) or one < cuts[place + 1])]  # fmt: skip
        span = f"{inside[0]:g}" if inside[0] == inside[-1] else f"{inside[0]:g}–{inside[-1]:g}"
        legend.append(Category(f"{low:g}", span, tints[place]))
    places = {iri: f"{max(cut for cut in cuts if cut <= one):g}" for iri, one in numbers.items()}
    return legend[::-1], places


def _said(reader: Reader, row: Row, value: str) -> str:
    return told(reader, row, value) if value else ""


def _slugs(reader: Reader, rows: Sequence[Row], value: str) -> dict[str, str]:
    """Return the last part of the IRI of a value by its name, where the answer has both."""
    thing = value.removesuffix("Label")
    return {
        told(reader, row, value): term.value.rpartition("/")[2]
        for row in rows
        if isinstance(term := row.get(thing), ox.NamedNode)
    }


def _number(words: str) -> float | None:
    try:
        return float(words)
    except ValueError:
        return None
