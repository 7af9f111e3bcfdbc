"""What the graph says of the consultative processes: when, where, who serves them, when they met.

Who belongs to them is a matter of the States (`gcm_graph.graph.board`).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from gcm_graph.graph.literal import date, span, words
from gcm_graph.graph.passage import derived, ordered, passage
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import iri_of, natural
from gcm_graph.graph.view import Passage, Ref
from gcm_graph.namespaces import DEF, EDITORS, SKOS
from gcm_graph.store.protocol import Row

SHORT = 22
"""Longest short name; a process without one is named in full, cut."""


@dataclass(frozen=True)
class Said:
    """A value, as a person reads it, with where it is said."""

    text: str
    value: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Service:
    """Somebody who keeps the secretariat of a process, supports or coordinates it."""

    holder: Ref
    role: Ref
    time: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Meeting:
    """A meeting of a process.

    Attributes:
        ref: the event.
        time: its dates as a person reads them, or empty.
        earliest: the first possible day (``YYYY-MM-DD``), or empty when no source dates it.
        passages: where it is said to be a meeting of the process.
    """

    ref: Ref
    time: str
    earliest: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Process:
    """A consultative process.

    Attributes:
        ref: its IRI, name and page.
        short: its shortest name, for drawings.
        kind: what sort of process it is; ``None`` when no source says.
        begins: when it began or was launched; two values where sources differ.
        ends: when it ended.
        standing: what a source says of its being dormant or running, by ``dormant`` or ``active``.
        regions: the regions it is said to cover.
        within: IRIs of these and of all wider regions.
        services: its secretariats, support and coordination.
        meetings: in order of time, those that no source dates last.
    """

    ref: Ref
    short: str
    kind: Ref | None
    begins: tuple[Said, ...]
    ends: tuple[Said, ...]
    standing: tuple[tuple[str, Said], ...]
    regions: tuple[Ref, ...]
    within: tuple[Ref, ...]
    services: tuple[Service, ...]
    meetings: tuple[Meeting, ...]

    @property
    def slug(self) -> str:
        """The last part of its IRI."""
        return self.ref.iri.rpartition("/")[2]

    @property
    def status(self) -> str:
        """``ended``, ``dormant`` or ``active`` as sources say; empty when none does."""
        if self.ends:
            return "ended"
        return self.standing[0][0] if self.standing else ""

    @property
    def year(self) -> int | None:
        """The year in which it began: the first that a source gives."""
        years = [said.value[:4] for said in self.begins if said.value[:4].isdigit()]
        return int(min(years)) if years else None

    @property
    def last_year(self) -> int | None:
        """The year in which it ended."""
        years = [said.value[:4] for said in self.ends if said.value[:4].isdigit()]
        return int(max(years)) if years else None


def read(reader: Reader) -> tuple[Process, ...]:
    """Return every consultative process, by name, in the reader's language."""
    facts: dict[str, dict[str, dict[str, set[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    for row in reader.rows("processes-facts"):
        told = facts[iri_of(row["process"])]
        if "graph" in row and not derived(iri_of(row["graph"])):
            told[iri_of(row["property"])][iri_of(row["value"])].add(iri_of(row["graph"]))
    within: dict[str, list[Ref]] = defaultdict(list)
    for row in reader.rows("processes-regions"):
        within[iri_of(row["process"])].append(ref(reader, iri_of(row["wider"])))
    standing = _standing(reader)
    services, meetings = _services(reader), _meetings(reader)
    found = []
    for iri, told in facts.items():
        named = ref(reader, iri)
        kinds = [ref(reader, one) for one in told[f"{DEF}bodyKind"]]
        found.append(
            Process(
                ref=named,
                short=_short(named.label, told[f"{SKOS}altLabel"]),
                kind=kinds[0] if kinds else None,
                begins=_dates(reader, told, "begins", "launchedOn"),
                ends=_dates(reader, told, "ends"),
                standing=tuple(sorted(standing.get(iri, ()), key=lambda one: one[0] != "dormant")),
                regions=tuple(ref(reader, one) for one in told[f"{DEF}region"]),
                within=tuple(within.get(iri, ())),
                services=tuple(services.get(iri, ())),
                meetings=tuple(meetings.get(iri, ())),
            )
        )
    return tuple(sorted(found, key=lambda one: (natural(one.ref.label), one.ref.iri)))


def _short(label: str, others: Iterable[str]) -> str:
    name = min((*others, label), key=lambda one: (len(one), one))
    return name if len(name) <= SHORT else name[: SHORT - 1].rstrip() + "…"


def _dates(
    reader: Reader, told: dict[str, dict[str, set[str]]], *properties: str
) -> tuple[Said, ...]:
    held: dict[str, set[str]] = defaultdict(set)
    for name in properties:
        for text, graphs in told[DEF + name].items():
            held[text] |= graphs
    exact = {
        text for text in held if not any(other != text and other.startswith(text) for other in held)
    }
    return tuple(
        Said(date(text, reader.language), text, _passages(reader, held[text]))
        for text in sorted(exact)
    )


def _passages(reader: Reader, graphs: Iterable[str]) -> tuple[Passage, ...]:
    told = [one for one in graphs if not derived(one) and not one.startswith(EDITORS)]
    return tuple(passage(reader, one) for one in ordered(reader, told))


def _standing(reader: Reader) -> dict[str, list[tuple[str, Said]]]:
    found: dict[str, list[tuple[str, Said]]] = defaultdict(list)
    for row in reader.rows("processes-standing"):
        text = iri_of(row["value"])
        said = Said(text, text, _passages(reader, [iri_of(row["graph"])]))
        found[iri_of(row["process"])].append((iri_of(row["standing"]), said))
    return found


def _text(row: Row, name: str) -> str:
    return iri_of(row[name]) if name in row else ""


def _services(reader: Reader) -> dict[str, list[Service]]:
    graphs: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    times: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in reader.rows("processes-holders"):
        key = (iri_of(row["process"]), iri_of(row["holder"]), iri_of(row["role"]))
        graphs[key].add(iri_of(row["graph"]))
        told = span(_text(row, "begins"), _text(row, "ends"), reader.language)
        if not told and "asOf" in row:
            told = words(reader.language).as_of.format(date(_text(row, "asOf"), reader.language))
        times.setdefault(key, {})[told] = told
    found: dict[str, list[Service]] = defaultdict(list)
    for key, held in graphs.items():
        process, holder, role = key
        time = "; ".join(one for one in times[key] if one)
        said = _passages(reader, held)
        found[process].append(Service(ref(reader, holder), ref(reader, role), time, said))
    return found


def _meetings(reader: Reader) -> dict[str, list[Meeting]]:
    graphs: dict[tuple[str, str], set[str]] = defaultdict(set)
    days: dict[str, tuple[str, str, str]] = {}
    for row in reader.rows("processes-meetings"):
        meeting = iri_of(row["meeting"])
        graphs[iri_of(row["process"]), meeting].add(iri_of(row["graph"]))
        told = (_text(row, "begins"), _text(row, "ends"), _text(row, "earliest"))
        # Of several dates of a meeting the most exact one is shown.
        days[meeting] = max(days.get(meeting, ("", "", "")), told, key=lambda one: len(one[0]))
    found: dict[str, list[Meeting]] = defaultdict(list)
    for (process, meeting), held in graphs.items():
        begins, ends, earliest = days[meeting]
        time = span(begins, ends, reader.language) if ends else date(begins, reader.language)
        said = _passages(reader, held)
        found[process].append(Meeting(ref(reader, meeting), time if begins else "", earliest, said))
    for meetings in found.values():
        meetings.sort(key=lambda one: (one.earliest == "", one.earliest, natural(one.ref.label)))
    return found
