"""The phases of a build, in order: load, describe passages, check, derive, check again, write."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from gcm_graph import __version__
from gcm_graph.build import authored, check, derivation, passage, release, rule
from gcm_graph.build.fault import BuildError, Fault

Report = Callable[[str], None]


@dataclass
class Built:
    """The checked statements of a build, before they are written."""

    quads: list[ox.Quad]
    warnings: list[Fault] = field(default_factory=list)


def assemble(root: Path, report: Report = lambda _: None) -> Built:
    """Read, check and derive everything below ``root``.

    Raises:
        BuildError: when anything is wrong, with file and line of each fault.
    """
    report("load")
    read = authored.read(root)
    if read.faults:
        raise BuildError(read.faults)
    report(f"load: {len(read.quads)} statements in {read.files} files")
    quads = read.quads + passage.describe(read.quads)
    store = ox.Store()
    store.extend(quads)
    store.extend([ox.Quad(q.subject, q.predicate, q.object) for q in quads])
    report("check: whole-dataset rules")
    faults = check.query_faults(store, rule.read_folder(root / "ontology/checks"), read)
    _stop(faults)
    report("derive")
    derived = derivation.derive(store, rule.read_folder(root / "ontology/rules"))
    report(f"derive: {len(derived)} statements")
    quads += derived
    report("check: shapes")
    faults += check.shape_faults(quads, root / "ontology/shapes", read)
    _stop(faults)
    return Built(quads, sorted(set(faults)))


def build(root: Path, out: Path, report: Report = lambda _: None) -> tuple[str, dict[str, int]]:
    """Build a release of ``root`` below ``out``; a failed build changes nothing there.

    Returns:
        The digest of the release and its counts.

    Raises:
        BuildError: when anything is wrong.
    """
    built = assemble(root, report)
    report("write")
    return release.write(out, built.quads, __version__)


def _stop(faults: list[Fault]) -> None:
    if any(fault.severity == "violation" for fault in faults):
        raise BuildError(faults)
