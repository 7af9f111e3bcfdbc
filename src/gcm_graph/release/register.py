"""The register of released IRIs: none vanishes, and one that is withdrawn says why.

``data/released/iris.txt`` has one line for each thing, source, passage and term that a release
had, without the base; ``releases.tsv`` one for each release; ``withdrawn.tsv`` one for each IRI
that is no longer used: ``iri``, ``isReplacedBy`` (dcterms:isReplacedBy; empty without a
successor), ``date`` and ``reason``.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from gcm_graph.build.fault import Fault
from gcm_graph.namespaces import BASE, DEF, ID, SOURCE
from gcm_graph.release.manifest import Manifest

FOLDER = Path("data") / "released"
_IRIS, _RELEASES, _WITHDRAWN = "iris.txt", "releases.tsv", "withdrawn.tsv"
_COLUMNS = ("iri", "isReplacedBy", "date", "reason")
_COMPUTED = f"{ID}disagreement/"


@dataclass(frozen=True)
class Withdrawal:
    """An IRI that is no longer used.

    Attributes:
        iri: the IRI, without the base.
        replaced_by: the IRI that stands for it now, without the base; empty when none does.
        date: when it was withdrawn (``YYYY-MM-DD``).
        reason: why, in one sentence.
        line: its line in the table.
    """

    iri: str
    replaced_by: str
    date: str
    reason: str
    line: int = 0


@dataclass(frozen=True)
class Register:
    """What was released, and what of it is withdrawn.

    Attributes:
        iris: IRIs without the base, with their line.
        withdrawn: withdrawals by IRI without the base.
        releases: digest, version and date of each release, the first one first.
    """

    iris: Mapping[str, int] = field(default_factory=dict)
    withdrawn: Mapping[str, Withdrawal] = field(default_factory=dict)
    releases: tuple[tuple[str, str, str], ...] = ()

    def successor(self, iri: str) -> str:
        """Return the IRI that stands for ``iri`` at last; empty when none does."""
        seen = {iri}
        while (found := self.withdrawn.get(iri)) is not None and found.replaced_by not in seen:
            iri = found.replaced_by
            seen.add(iri)
        return "" if iri in self.withdrawn else iri


def held(statements: Iterable[ox.Triple | ox.Quad]) -> frozenset[str]:
    """Return the IRIs, without the base, of what ``statements`` are about and people may cite.

    Disagreements are left out: the build finds them anew each time.
    """
    named = {
        one.subject.value for one in statements if isinstance(one.subject, ox.NamedNode)
    }  # fmt: skip
    return frozenset(
        iri.removeprefix(BASE)
        for iri in named
        if iri.startswith((ID, SOURCE, DEF)) and not iri.startswith(_COMPUTED)
    )


def read(root: Path) -> Register:
    """Return the register below ``root``; an empty one when nothing was released yet.

    Raises:
        ValueError: when a line of a table has not the columns it should.
    """
    folder = root / FOLDER
    if not (folder / _IRIS).is_file():
        return Register()
    lines = (folder / _IRIS).read_text(encoding="utf-8").splitlines()
    withdrawn = {}
    for number, row in enumerate(_rows(folder / _WITHDRAWN, _COLUMNS), 2):
        withdrawn[row[0]] = Withdrawal(row[0], row[1], row[2], row[3], number)
    releases = _rows(folder / _RELEASES, ("digest", "version", "date"))
    return Register(
        {iri: number for number, iri in enumerate(lines, 1)},
        withdrawn,
        tuple((digest, version, date) for digest, version, date in releases),
    )


def _rows(path: Path, columns: tuple[str, ...]) -> list[list[str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream, delimiter="\t")
    for number, row in enumerate([head, *rows], 1):
        if len(row) != len(columns) or (number == 1 and tuple(row) != columns):
            raise ValueError(f"{path.name}:{number}: the columns are {', '.join(columns)}")
    return rows


def faults(register: Register, now: frozenset[str]) -> list[Fault]:
    """Return which released IRIs have vanished, and what is wrong with withdrawals.

    Args:
        register: what was released.
        now: the IRIs that there are, without the base.
    """
    iris, table = (FOLDER / _IRIS).as_posix(), (FOLDER / _WITHDRAWN).as_posix()
    found = [
        Fault(
            iris,
            line,
            f"<{BASE}{iri}> was released and is gone: bring it back, or add it to {table} with "
            "what replaces it, or why nothing does",
        )
        for iri, line in register.iris.items()
        if iri not in now and iri not in register.withdrawn
    ]
    for iri, one in register.withdrawn.items():
        wrong = ""
        if iri in now:
            wrong = "is withdrawn and still there: take this line out, or the thing"
        elif one.replaced_by and register.successor(iri) not in now:
            wrong = f"is replaced by {one.replaced_by}, which is not there: name one that is"
        elif not one.reason.strip() or not one.date.strip():
            wrong = "is withdrawn without date or reason: say when and why"
        if wrong:
            found.append(Fault(table, one.line, f"{iri} {wrong}"))
    return found


def write(root: Path, now: frozenset[str], release: Manifest) -> int:
    """Enter a release: its IRIs beside those of all before it, and its digest.

    Args:
        root: the project's folder.
        now: the IRIs of the release, without the base.
        release: its manifest.

    Returns:
        How many IRIs are new.
    """
    before = read(root)
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    every = sorted({*before.iris, *now})
    (folder / _IRIS).write_text("".join(f"{iri}\n" for iri in every), encoding="utf-8")
    entry = (release.digest, release.version, release.date)
    entries = [one for one in before.releases if one[0] != release.digest]
    _write(folder / _RELEASES, ("digest", "version", "date"), [*entries, entry])
    if not (folder / _WITHDRAWN).is_file():
        _write(folder / _WITHDRAWN, _COLUMNS, [])
    return len(now.difference(before.iris))


def _write(path: Path, columns: tuple[str, ...], rows: list[tuple[str, str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerows([columns, *rows])
