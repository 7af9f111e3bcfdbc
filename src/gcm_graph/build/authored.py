"""The authored files, read with the line of every statement.

pyoxigraph reads what the graph will hold (strict, literals as written); rdflib's own TriG
parser reads the same text once more only to say on which line each statement stands.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.plugins.parsers.notation3 import RDFSink
from rdflib.plugins.parsers.trig import TrigSinkParser

from gcm_graph.build.fault import Fault
from gcm_graph.namespaces import ONTOLOGY_GRAPH, SOURCES_GRAPH
from gcm_graph.terms import statement

rdflib.NORMALIZE_LITERALS = False

SUFFIXES = {".ttl", ".trig"}


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
    places: dict[ox.Quad, tuple[str, int]] = field(default_factory=dict)
    files: int = 0
    faults: list[Fault] = field(default_factory=list)

    def place(self, quad: ox.Quad) -> tuple[str, int]:
        """Return file and line of ``quad``; an empty file name when nobody wrote it."""
        return self.places.get(quad, ("", 0))


class _LineSink(RDFSink):
    """Collects statements together with the line at which the parser stands."""

    parser: TrigSinkParser

    def __init__(self, graph: rdflib.Graph) -> None:
        super().__init__(graph)
        self.lines: dict[tuple[str, str, str], int] = {}

    def makeStatement(self, quadruple, why=None) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001, ARG002, N802
        _, predicate, subject, value = quadruple
        if not all(hasattr(term, "n3") for term in (subject, predicate, value)):
            return  # a list or formula, which the strict parser has its own say about
        key = (subject.n3(), predicate.n3(), value.n3())
        self.lines.setdefault(key, self.parser.lines + 1)


def _lines(text: str) -> dict[tuple[str, str, str], int]:
    """Return the line of every statement of a TriG text that is known to parse."""
    dataset = rdflib.Dataset()
    sink = _LineSink(dataset)
    parser = TrigSinkParser(sink, baseURI="https://w3id.org/gcm-graph/", turtle=True)
    sink.parser = parser
    parser.loadBuf(text.encode())
    return sink.lines


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
        ``data/sources/*.ttl`` into ``…/graph/sources``; a ``.trig`` file names its own graphs.
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
        _read_file(path, name, graph, authored)
    return authored


def _read_file(path: Path, name: str, graph: ox.NamedNode | None, authored: Authored) -> None:
    try:
        text = path.read_text(encoding="utf-8")
        quads = list(ox.parse(text, format=ox.RdfFormat.TRIG))
    except SyntaxError as error:
        message = f"this is not well-formed: {error.msg}"
        authored.faults.append(Fault(name, error.lineno or 0, message))
        return
    except UnicodeDecodeError as error:
        authored.faults.append(Fault(name, 0, f"this is not UTF-8 text: {error.reason}"))
        return
    lines = _lines(text)
    for quad in quads:
        key = (str(quad.subject), str(quad.predicate), _n3(quad.object))
        line = lines.get(key, 0)
        stands = quad.graph_name
        if isinstance(stands, ox.DefaultGraph):
            if graph is None:
                authored.faults.append(Fault(name, line, _OUTSIDE, _shown(quad)))
                continue
            quad = ox.Quad(quad.subject, quad.predicate, quad.object, graph)  # noqa: PLW2901
        elif graph is not None:
            authored.faults.append(Fault(name, line, _NAMES_GRAPH, _shown(quad)))
            continue
        if any(isinstance(t, ox.BlankNode) for t in (quad.subject, quad.object)):
            authored.faults.append(Fault(name, line, _BLANK, _shown(quad)))
            continue
        authored.places.setdefault(quad, (name, line))
        authored.quads.append(quad)


_OUTSIDE = (
    "this statement stands outside any graph: put it inside the passage it rests on, "
    "as in `A-RES-73-195:para-45 { … }`"
)
_NAMES_GRAPH = "this file describes documents or terms and names no graphs of its own"
_BLANK = "a blank node cannot be cited: give the thing an IRI computed from its key"


def _shown(quad: ox.Quad) -> str:
    return statement(quad.subject, quad.predicate, quad.object)


def _n3(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """Return the key that rdflib's ``n3()`` gives the same term."""
    if isinstance(term, ox.Literal):
        if term.language:
            return str(rdflib.Literal(term.value, lang=term.language).n3())
        datatype = term.datatype.value
        if datatype == "http://www.w3.org/2001/XMLSchema#string":
            return str(rdflib.Literal(term.value).n3())
        return str(rdflib.Literal(term.value, datatype=rdflib.URIRef(datatype)).n3())
    return str(term)
