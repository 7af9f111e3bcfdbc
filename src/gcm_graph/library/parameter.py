"""A parameter of a question: how a text becomes a typed RDF term.

Standards: RDF 1.1 terms, XML Schema datatypes, EDTF (a month or a year stands for one of its
edges), BCP 47 language tags.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal as Choice
from typing import get_args

import pyoxigraph as ox

from gcm_graph.build.date import bounds
from gcm_graph.namespaces import DEF, ID, SDG, SOURCE, XSD, XSD_DATE, named
from gcm_graph.terms import Term, curie, expand

Type = Choice["iri", "string", "integer", "date", "language", "boolean", "term"]
Edge = Choice["first", "last"]
TYPES: tuple[str, ...] = get_args(Type)
EDGES: tuple[str, ...] = get_args(Edge)

EXTRA_KINDS = ("sdg", "source", "passage", "term")
"""Kinds beside those of ``/id/{kind}/``: the UN's goals, sources, passages, the ontology."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_LITERAL = re.compile(
    r'"(?P<value>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^(?P<datatype>\S+))?',
    re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question.

    Attributes:
        name: name of the variable in the query, without ``?``.
        type: how its text is read.
        description: what it means.
        default: text of the value that is taken when none is given.
        choices: the values that are allowed, or the name of the query that lists them.
        kinds: for an IRI, the kinds of thing that are allowed; empty for any.
        optional: whether the question also answers when there is no value.
        edge: for a date, the day that a month, a year or an interval stands for.
    """

    name: str
    type: Type = "string"
    description: str = ""
    default: str | None = None
    choices: tuple[str, ...] | str = ()
    kinds: tuple[str, ...] = ()
    optional: bool = False
    edge: Edge = "first"

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return self.default is None and not self.optional

    def parse(self, text: str) -> Term:
        """Return the RDF term that ``text`` stands for.

        Raises:
            ValueError: when it stands for none; the message says what would be right.
        """
        given = text.strip()
        term = self._read(given)
        choices = self.choices if isinstance(self.choices, tuple) else ()
        if choices and term not in [self._read(choice) for choice in choices]:
            raise ValueError(f"“{given}” is none of {', '.join(choices)}")
        return term

    def _read(self, given: str) -> Term:
        if self.type == "iri":
            return self._kindred(_iri(given))
        if self.type == "date":
            return self._day(given)
        return _READERS[self.type](given)

    def _kindred(self, term: ox.NamedNode) -> ox.NamedNode:
        if self.kinds and kind_of(term.value) not in self.kinds:
            allowed = " or ".join(self.kinds)
            said = kind_of(term.value) or "something else"
            raise ValueError(f"{curie(term.value)} is a {said}; this must be a {allowed}")
        return term

    def _day(self, text: str) -> ox.Literal:
        try:
            first, last = bounds(text)
        except ValueError:
            first = last = None
        day = first if self.edge == "first" else last
        if day is None:
            raise ValueError(f"“{text}” is not a date; write 2018-12-19, 2018-12 or 2018")
        return ox.Literal(day, datatype=XSD_DATE)


def kind_of(iri: str) -> str | None:
    """Return the kind of the thing that ``iri`` names, such as ``body`` or ``source``."""
    if iri.startswith(ID):
        kind, slash, slug = iri[len(ID) :].partition("/")
        return kind if slash and slug else None
    if iri.startswith(SOURCE) and len(iri) > len(SOURCE):
        return "passage" if "/" in iri[len(SOURCE) :] else "source"
    for namespace, kind in ((SDG, "sdg"), (DEF, "term")):
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return kind
    return None


def _iri(text: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(expand(text))
    except ValueError as error:
        raise ValueError(
            f"“{text}” is not a name; write an IRI, prefix:name as in body:iom, or body/iom"
        ) from error


def _string(text: str) -> ox.Literal:
    if not text:
        raise ValueError("the text is empty")
    return ox.Literal(_writable(text))


def _writable(text: str) -> str:
    if _CONTROL.search(text):  # no XML document can hold these, so no answer could
        raise ValueError("the text has a control character")
    return text


def _integer(text: str) -> ox.Literal:
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"“{text}” is not a whole number; write it in digits, as in 12")
    return ox.Literal(str(int(text)), datatype=named(XSD, "integer"))


def _language(text: str) -> ox.Literal:
    if not _LANGUAGE.fullmatch(text):
        raise ValueError(f"“{text}” is not a language; write its tag, as in en or fr")
    return ox.Literal(text.lower())


def _boolean(text: str) -> ox.Literal:
    value = {"true": "true", "1": "true", "false": "false", "0": "false"}.get(text.lower())
    if value is None:
        raise ValueError(f"“{text}” is neither true nor false")
    return ox.Literal(value, datatype=named(XSD, "boolean"))


def _term(text: str) -> Term:
    if _INTEGER.fullmatch(text):
        return _integer(text)
    if not text.startswith('"'):
        try:
            return _iri(text)
        except ValueError as error:
            raise ValueError(f'{error}; text goes in quotation marks, as in "text"@en') from error
    found = _LITERAL.fullmatch(text)
    if not found:
        raise ValueError(f'{text} is not a literal; write "text", "text"@en or "2018"^^edtf:EDTF')
    value = _writable(_ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]), found["value"]))
    if found["language"]:
        return ox.Literal(value, language=found["language"])
    if found["datatype"]:
        return ox.Literal(value, datatype=_iri(found["datatype"]))
    return ox.Literal(value)


_READERS: Mapping[str, Callable[[str], Term]] = {
    "string": _string,
    "integer": _integer,
    "language": _language,
    "boolean": _boolean,
    "term": _term,
}
