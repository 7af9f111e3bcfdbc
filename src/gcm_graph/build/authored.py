"""The authored files, read with the line of every statement.

One strict parser (pyoxigraph) reads each file and is given it line by line, so that the line at
which it stands when it hands over a statement is the line of that statement.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from gcm_graph.build import table
from gcm_graph.build.fault import Fault
from gcm_graph.namespaces import ONTOLOGY_GRAPH, SOURCES_GRAPH
from gcm_graph.terms import statement

SUFFIXES = {".ttl", ".trig"}

Place = tuple[str, int]
"""A file, relative to the project's root, and a line in it, counted from 1."""

NOWHERE: Place = ("", 0)
"""The place of a statement that nobody wrote."""

_POSITION = re.compile(r"^Parser error at line \d+ .*?columns? \d+(?: and \d+)?: ")


@dataclass
class Authored:
    """What the authored files say.

    Attributes:
        quads: every statement with the graph it stands in.
        places: file and line of each statement.
        files: how many files were read.
        faults: what could not be read.
    """

    quads: list[ox.Quad] = field(default_factory=list)
    places: dict[ox.Quad, Place] = field(default_factory=dict)
    files: int = 0
    faults: list[Fault] = field(default_factory=list)

    @cached_property
    def _index(self) -> dict[tuple[str, ...], Place]:
        index: dict[tuple[str, ...], Place] = {}
        for quad, place in self.places.items():
            subject, predicate = str(quad.subject), str(quad.predicate)
            value, graph = str(quad.object), str(quad.graph_name)
            index.setdefault((subject, predicate, value, graph), place)
            index.setdefault((subject, predicate, value, ""), place)
            index.setdefault((subject, predicate, "", graph), place)
            index.setdefault((subject, predicate, "", ""), place)
            index.setdefault((subject, "", "", graph), place)
            index.setdefault((subject, "", "", ""), place)
            index.setdefault(("", "", "", graph), place)
            index.setdefault(("", "", value, graph), place)
            index.setdefault(("", "", value, ""), place)
        return index

    def place(
        self,
        subject: object = None,
        predicate: object = None,
        value: object = None,
        graph: object = None,
    ) -> Place:
        """Return file and line of the statement that fits best what is known of it.

        Args:
            subject: what the statement is about; each term may be given as N-Triples text.
            predicate: its property.
            value: its value.
            graph: the graph it stands in; a graph given as ``subject`` is found as well.

        Returns:
            The place, the first in order of files where several fit; ``NOWHERE`` when none does.
        """
        one, two, three, four = (str(t) if t else "" for t in (subject, predicate, value, graph))
        wanted = [
            (one, two, three, four), (one, two, three, ""), (one, two, "", four),
            (one, two, "", ""), (one, "", "", four), (one, "", "", ""),
            ("", "", "", one), ("", "", one, four), ("", "", one, ""), ("", "", "", four),
        ]  # fmt: skip
        return next((self._index[key] for key in wanted if key in self._index), NOWHERE)


class Lines:
    """A file that is read one line at a time, and knows which line that is."""

    def __init__(self, content: bytes) -> None:
        self.line = 0
        self._lines = iter(content.splitlines(keepends=True))
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Return the rest of the line that is being read, or the next one."""
        if not self._rest:
            self._rest = next(self._lines, b"")
            self.line += bool(self._rest)
        size = len(self._rest) if size < 0 else size
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken


def files(root: Path, folder: str) -> Iterator[Path]:
    """Yield the RDF files below ``root/folder``, in a stable order."""
    yield from sorted(p for p in (root / folder).rglob("*") if p.suffix in SUFFIXES)


def read(root: Path, progress: Callable[[str], None] = lambda _: None) -> Authored:
    """Read ``ontology/*.ttl``, ``ontology/schemes`` and ``data/`` below ``root``.

    Args:
        root: folder with ``ontology/`` and ``data/``.
        progress: called with the name of each file before it is read.

    Returns:
        Statements, places and faults. Ontology and schemes go into ``…/graph/ontology``,
        ``data/sources/*.ttl`` into ``…/graph/sources``; a ``.trig`` file names its own graphs,
        and so does the mapping of a table in ``data/tables``.
    """
    authored = Authored()
    ontology = [*sorted((root / "ontology").glob("*.ttl")), *files(root, "ontology/schemes")]
    for path in [*ontology, *files(root, "data")]:
        name = path.relative_to(root).as_posix()
        progress(name)
        authored.files += 1
        if name.startswith("ontology/"):
            graph: ox.NamedNode | None = ONTOLOGY_GRAPH
        else:
            graph = SOURCES_GRAPH if name.startswith("data/sources/") else None
        read_file(path, name, graph, authored)
    for path in table.files(root):
        progress(path.name)
        authored.files += 1
        read_table(path, root, authored)
    return authored


def read_table(path: Path, root: Path, authored: Authored) -> None:
    """Read one table through its mapping and add what it says to ``authored``.

    Args:
        path: the mapping (CSV on the Web metadata).
        root: the project's root.
        authored: gets the statements with their places, and the faults.
    """
    try:
        for quad, place in table.read(path, root):
            _add(quad, place, None, authored)
    except table.TableError as error:
        authored.faults.append(error.fault)


def read_file(path: Path, name: str, graph: ox.NamedNode | None, authored: Authored) -> None:
    """Read one file (W3C TriG or Turtle) and add what it says to ``authored``.

    Args:
        path: the file.
        name: how faults call it.
        graph: where its statements go; ``None`` when the file must name its graphs itself.
        authored: gets the statements with their places, and the faults.
    """
    lines = Lines(path.read_bytes())
    try:
        for quad in ox.parse(cast("IO[bytes]", lines), format=ox.RdfFormat.TRIG):
            _add(quad, (name, lines.line), graph, authored)
    except SyntaxError as error:
        said = _POSITION.sub("", error.msg)
        authored.faults.append(
            Fault(name, error.lineno or lines.line, f"this is not well-formed: {said}")
        )


def _add(quad: ox.Quad, place: Place, graph: ox.NamedNode | None, authored: Authored) -> None:
    wrong = ""
    if isinstance(quad.graph_name, ox.DefaultGraph):
        if graph is None:
            wrong = _OUTSIDE
        else:
            quad = ox.Quad(quad.subject, quad.predicate, quad.object, graph)
    elif graph is not None:
        wrong = _NAMES_GRAPH
    if any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object)):
        wrong = wrong or _BLANK
    if wrong:
        shown = statement(quad.subject, quad.predicate, quad.object)
        authored.faults.append(Fault(*place, wrong, shown))
        return
    authored.places.setdefault(quad, place)
    authored.quads.append(quad)


_OUTSIDE = (
    "this statement stands outside any graph: put it inside the passage it rests on, "
    "as in `A-RES-73-195:para-45 { … }`"
)
_NAMES_GRAPH = "this file describes documents or terms and names no graphs of its own"
_BLANK = "a blank node cannot be cited: give the thing an IRI computed from its key"
