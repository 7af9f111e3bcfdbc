"""The consultative processes as tables for a spreadsheet: CSV (RFC 4180)."""

import csv
import io
from collections.abc import Iterable, Sequence

from gcm_graph.graph.state import Fact
from gcm_graph.graph.view import Passage
from gcm_graph.service.overlap import Choice

PARTS = ("processes", "overlap", "shared", "meetings")
"""The tables there are."""

Rows = Iterable[Sequence[object]]


def as_csv(chosen: Choice, part: str) -> str:
    """Return one of ``PARTS`` as CSV; passages are IRIs, apart by a space."""
    rows = {"overlap": _overlap, "shared": _shared, "meetings": _meetings}.get(part, _processes)
    out = io.StringIO()
    csv.writer(out).writerows(rows(chosen))
    return out.getvalue()


def _processes(chosen: Choice) -> Rows:
    yield (
        "process", "iri", "short", "kind", "status", "begins", "ends", "regions", "secretariat",
        "states", "meetings", "passages",
    )  # fmt: skip
    for one in chosen.listed():
        cited = [place for said in (*one.begins, *one.ends) for place in said.passages]
        cited += [place for _, said in one.standing for place in said.passages]
        yield (
            one.ref.label, one.ref.iri, one.short, one.kind.label if one.kind else "",
            one.status or "not recorded", "; ".join(said.value for said in one.begins),
            "; ".join(said.value for said in one.ends),
            "; ".join(ref.label for ref in one.regions),
            "; ".join(held.holder.label for held in one.services),
            chosen.members(one), len(one.meetings), _iris(cited),
        )  # fmt: skip


def _overlap(chosen: Choice) -> Rows:
    yield "first", "first_iri", "second", "second_iri", "common", "either", "jaccard"
    for pair in chosen.pairs():
        one, other = pair.first.ref, pair.second.ref
        share = f"{pair.jaccard:.3f}"
        yield one.label, one.iri, other.label, other.iri, pair.common, pair.either, share


def _shared(chosen: Choice) -> Rows:
    yield (
        "state", "iri", "iso3", "first_process", "first_role", "first_passages",
        "second_process", "second_role", "second_passages",
    )  # fmt: skip
    if chosen.first is None or chosen.second is None:
        return
    for one in chosen.shared():
        yield (
            one.profile.ref.label, one.profile.ref.iri, one.profile.iso3,
            chosen.first.ref.iri, _roles(one.first), _sayings(one.first),
            chosen.second.ref.iri, _roles(one.second), _sayings(one.second),
        )  # fmt: skip


def _meetings(chosen: Choice) -> Rows:
    yield "process", "process_iri", "meeting", "meeting_iri", "date", "earliest", "passages"
    for one in chosen.listed():
        for held in one.meetings:
            yield (
                one.ref.label, one.ref.iri, held.ref.label, held.ref.iri, held.time,
                held.earliest, _iris(held.passages),
            )  # fmt: skip


def _roles(facts: Iterable[Fact]) -> str:
    return "; ".join(dict.fromkeys(fact.manner.label for fact in facts if fact.manner))


def _sayings(facts: Iterable[Fact]) -> str:
    return _iris(one for fact in facts for one in fact.passages)


def _iris(passages: Iterable[Passage]) -> str:
    return " ".join(dict.fromkeys(one.iri for one in passages))
