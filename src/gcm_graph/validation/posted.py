"""Posted RDF: read strictly, with the line of every statement, and nothing fetched for it."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, cast
from xml.parsers import expat

import pyoxigraph as ox

from gcm_graph.build.authored import Authored, Lines
from gcm_graph.store.media import GRAPHS, Media, named

BASE = "http://posted.invalid/"
"""What relative names in posted text are relative to, when the text sets no base of its own."""

_NQUAD = re.compile(r"^(<[^<>\s]*>|_:\S+)\s+<[^<>\s]*>\s+.+\s(<[^<>\s]*>|_:\S+)\s*\.\s*(#.*)?$")
_POSITION = re.compile(r"^Parser error (at|between) line .*?columns? \d+(?: and \d+)?: ")
_TAIL = re.compile(r" \(line \d+\)$")


class Unreadable(Exception):
    """The text is not RDF that can be read.

    Attributes:
        part: which text: ``data`` or ``shapes``, or the name of a file.
        line: line in it, counted from 1; 0 when it is not known.
        column: column in that line; 0 when it is not known.
    """

    def __init__(self, message: str, part: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.part = part
        self.line = line
        self.column = column


@dataclass
class Posted:
    """What a posted text says.

    Attributes:
        quads: its statements, each with the graph it stands in.
        authored: knows the line of each statement.
        prefixes: the prefixes that it declares.
    """

    quads: list[ox.Quad] = field(default_factory=list)
    authored: Authored = field(default_factory=Authored)
    prefixes: dict[str, str] = field(default_factory=dict)

    def line(self, *terms: object) -> tuple[str, int]:
        """Return part and line of the statement that fits best; line 0 when none does.

        Args:
            terms: subject, predicate, value and graph as N-Triples, as far as they are known.
        """
        return self.authored.place(*terms)


def guess(text: str) -> Media:
    """Return the format that ``text`` seems to be in; TriG, which holds Turtle, when unsure."""
    start = text.lstrip("\ufeff \t\r\n")
    name = "trig"
    if start.startswith(("{", "[")) and _is_json(start):
        name = "jsonld"
    elif re.match(r"<(\?xml|!DOCTYPE|!--|[A-Za-z][\w.-]*:?RDF[\s>])", start):
        name = "rdfxml"
    else:
        lines = (line.strip() for line in text.splitlines())
        first = next((line for line in lines if line and not line.startswith("#")), "")
        if _NQUAD.match(first):
            name = "nquads"
    found = named(name, GRAPHS)
    assert found is not None
    return found


def _is_json(text: str) -> bool:
    """Tell JSON from Turtle that begins with a blank node: ``[`` or ``{`` and what may follow."""
    return bool(re.match(r"[\[{]\s*([\"\[{}\]]|$)", text)) and not re.match(r"\[\s*\]\s*\S", text)


def read(
    text: str, syntax: str = "", part: str = "data", base: str = BASE, into: Posted | None = None
) -> Posted:
    """Return what ``text`` says.

    Args:
        text: RDF as text.
        syntax: short name, suffix or media type of its format; empty to guess.
        part: what messages call the text.
        base: what relative names are relative to.
        into: what was read before, to which this text is added.

    Raises:
        Unreadable: when it is not RDF in that format, calls for something from elsewhere, or
            the format is not known.
    """
    media = named(syntax, GRAPHS) if syntax else guess(text)
    if media is None or not isinstance(media.engine, ox.RdfFormat):
        known = ", ".join(one.name for one in GRAPHS)
        raise Unreadable(f"“{syntax}” is no format of RDF here; one of: {known}", part)
    text = text.removeprefix("\ufeff")
    if media.name == "rdfxml":
        _refuse_doctype(text, part)
    if media.name == "jsonld":
        _refuse_remote(text, part)
    posted = into if into is not None else Posted()
    content = Lines(text.encode())
    try:
        parser = ox.parse(
            cast("IO[bytes]", content),
            format=media.engine,
            base_iri=base,
            rename_blank_nodes=into is not None,
        )
        for quad in parser:
            posted.quads.append(quad)
            posted.authored.places.setdefault(quad, (part, content.line))
        posted.prefixes |= parser.prefixes
    except SyntaxError as error:
        said = _TAIL.sub("", _POSITION.sub("", str(error.msg)))
        line = error.lineno or (content.line if media.name in {"rdfxml", "jsonld"} else 0)
        raise Unreadable(
            f"This is not {media.title}: {said}", part, line, error.offset or 0
        ) from error
    return posted


def _refuse_doctype(text: str, part: str) -> None:
    """Refuse a document type: its entities can name files and addresses, or grow without end.

    Raises:
        Unreadable: when there is one.
    """

    class Begun(Exception):
        """The root element: no document type can follow."""

    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        message = (
            "A document type (<!DOCTYPE …>) is not read, since entities can fetch from elsewhere "
            "and grow without end: write the names out in full and leave it away"
        )
        raise Unreadable(message, part, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def begun(*_: object) -> None:
        raise Begun

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = begun
    try:
        parser.ParseFile(io.BytesIO(text.encode()))
    except (Begun, expat.ExpatError):
        return  # the RDF parser says itself what is not well-formed


def _refuse_remote(text: str, part: str) -> None:
    """Refuse JSON-LD that would have to be completed from another address.

    Raises:
        Unreadable: when a context, or an import in one, is an address.
    """
    try:
        held = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"This is not JSON: {error.msg}", part, error.lineno, error.colno) from (
            error
        )
    except ValueError as error:  # Python reads no number of more than some thousand digits
        raise Unreadable("This JSON has a number of too many digits", part) from error
    except RecursionError as error:
        raise Unreadable("This JSON is nested too deeply", part) from error
    for address in _remote(held):
        place = text.find(json.dumps(address, ensure_ascii=False))
        line = text.count("\n", 0, place) + 1 if place >= 0 else 0
        message = (
            f"The context <{address}> is elsewhere, and nothing is fetched: put the context "
            "itself in its place, or send the data as Turtle"
        )
        raise Unreadable(message, part, line)


def _remote(held: object) -> Iterator[str]:
    pending = [held]
    while pending:
        one = pending.pop()
        if isinstance(one, list):
            pending += one
        if not isinstance(one, dict):
            continue
        pending += one.values()
        contexts = one.get("@context", [])
        contexts = contexts if isinstance(contexts, list) else [contexts]
        for context in contexts:
            if isinstance(context, str):
                yield context
            elif isinstance(context, dict) and isinstance(context.get("@import"), str):
                yield context["@import"]
