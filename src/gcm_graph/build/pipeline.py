"""The phases of a build, in order: load, compare, check, derive, validate, write."""

from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from gcm_graph import __version__
from gcm_graph.build import authored, check, derivation, disagreement, passage, release, rule
from gcm_graph.build.fault import BuildError, Fault
from gcm_graph.build.phase import Listener, phase

SILENT = Listener()


@dataclass
class Built:
    """The checked statements of a build, before they are written.

    Attributes:
        quads: the statements of all named graphs.
        merge: the distinct statements that stand, which go into the default graph; what a
            judgement sets aside is not among them.
        warnings: what is not as it should be and does not stop a build.
    """

    quads: list[ox.Quad]
    merge: list[ox.Triple]
    warnings: list[Fault] = field(default_factory=list)


def assemble(root: Path, listener: Listener = SILENT) -> Built:
    """Read, check and derive everything below ``root``; stop at the first phase with a fault.

    Args:
        root: folder with ``ontology/`` and ``data/``.
        listener: hears how it goes on.

    Raises:
        BuildError: when anything is wrong, with file and line of each fault of that phase.
    """
    ontology = root / "ontology"
    with phase(listener, "load") as now:
        read = authored.read(root, now.step)
        _stop(read.faults)
        quads = read.quads + passage.describe(read.quads)
        store = ox.Store()
        _extend(store, quads)
        now.said = f"{len(read.quads):,} statements in {read.files} files"
    with phase(listener, "compare") as now:
        disagreements = disagreement.find(store, ontology / "disagreements")
        _extend(store, disagreements)
        quads += disagreements
        aside = disagreement.set_aside(store, ontology / "disagreements")
        now.said = f"disagreements: {release.disagreements(quads)}, values set aside: {len(aside)}"
    with phase(listener, "check") as now:
        checks = rule.read_folder(ontology / "checks")
        faults = check.query_faults(store, checks, read, now.step)
        _stop(faults)
        now.said = f"{len(checks)} checks"
    with phase(listener, "derive") as now:
        rules = rule.read_folder(ontology / "rules")
        derived = derivation.derive(store, rules, now.step)
        quads += derived
        now.said = f"{len(derived):,} statements by {len(rules)} rules"
    with phase(listener, "validate") as now:
        faults += check.shape_faults(quads, ontology / "shapes", read)
        _stop(faults)
        now.said = f"warnings: {len(set(faults))}"
    merge = list(disagreement.merge(quads, aside, store))
    return Built(quads, merge, sorted(set(faults)))


def build(root: Path, out: Path, listener: Listener = SILENT) -> release.Release:
    """Build a release of ``root`` below ``out``; a failed build changes nothing there.

    Args:
        root: folder with ``ontology/`` and ``data/``.
        out: folder of releases.
        listener: hears how it goes on.

    Returns:
        The release that was written.

    Raises:
        BuildError: when anything is wrong.
    """
    built = assemble(root, listener)
    with phase(listener, "write") as now:
        written = release.write(out, built.quads, built.merge, __version__)
        now.said = written.folder.name
    return written


def _extend(store: ox.Store, quads: list[ox.Quad]) -> None:
    store.extend(quads)
    store.extend([ox.Quad(q.subject, q.predicate, q.object) for q in quads])


def _stop(faults: list[Fault]) -> None:
    if any(fault.severity == "violation" for fault in faults):
        raise BuildError(faults)
