"""The parsers that read what strangers send: each with samples and with what it may say.

A parser may return, or raise what its documentation says. Anything else is a fault, and so is a
parse that takes more than `SECONDS` of processor time.
"""

import contextlib
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import FrameType

from mutation import mutated

from gcm_graph.build import date, passage
from gcm_graph.graph.moment import Moment
from gcm_graph.library.parameter import TYPES, Parameter
from gcm_graph.reconciliation import question as reconciliation
from gcm_graph.service import form, limit, negotiation, representation
from gcm_graph.service.negotiation import HTML, JSON, Asked, NotAcceptable
from gcm_graph.service.problem import Problem
from gcm_graph.store.guard import Refused, guard
from gcm_graph.store.media import GRAPHS, SOLUTIONS
from gcm_graph.terms import curie, expand, is_iri
from gcm_graph.validation.posted import Unreadable, read

SECONDS = 2.0


@dataclass(frozen=True)
class Target:
    """A parser.

    Attributes:
        name: what it reads.
        parse: the parser.
        samples: inputs that it takes.
        said: the exceptions by which it refuses.
        share: its share of all inputs.
    """

    name: str
    parse: Callable[[str], object]
    samples: Sequence[str]
    said: tuple[type[Exception], ...]
    share: int


@dataclass(frozen=True)
class Fault:
    """An input that a parser did not stand."""

    target: str
    number: int
    text: str
    what: str


class Hang(BaseException):
    """A parse that takes too long."""


def _parameter(text: str) -> object:
    kind, _, value = text.partition("\t")
    made = Parameter("p", kind if kind in TYPES else "term", kinds=("body",) * (kind == "iri"))  # type: ignore[arg-type]
    return made.parse(value)


def _guard(text: str) -> object:
    held = guard(text, "http://127.0.0.1/sparql")
    for graph in (*(held.default_graphs or ()), *(held.named_graphs or ())):
        assert isinstance(graph, str)
    return held


def _accept(text: str) -> object:
    negotiation.prefers_html(text)
    representation.split(text, (*GRAPHS, HTML, JSON))
    return negotiation.choose(Asked(text), (*GRAPHS, *SOLUTIONS, HTML, JSON))


def _iri(text: str) -> object:
    is_iri(text)
    curie(text)
    return expand(text)


def _batch(text: str) -> object:
    limit.nesting(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(Problem, ValueError):
        reconciliation.read_extension(text, lambda _: True)
    return reconciliation.read_batch(text, lambda _: True, lambda _: True)


def _form(text: str) -> object:
    return form.pairs(text, "address")


def _rdf(text: str) -> object:
    kind, _, body = text.partition("\t")
    return read(body, kind if kind in _SYNTAXES else "")


_SYNTAXES = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml", "")
_DATES = (
    "2018", "2018-12", "2018-12-19", "2006~", "2003/2005", "2018-12-19/2018-12-20", "../2019",
    "2018?/..", "201X", "2018-21", "[1667,1668]", "{1960..1962}", "Y170000002", "-0333", "2004-06~",
)  # fmt: skip
_LOCATORS = ("para-49-e", "annex-2", "preamble", "whole", "art-1.2", "page-3-para-4-ii", "last")
_NAMES = (
    "body:gcim", "body/gcim", "/id/body/gcim", "source/A-RES-73-195/para-45", "gcm:mandatedBy",
    "<http://x.example/a>", "http://metadata.un.org/sdg/10.7", "urn:uuid:0", "http://é.example/ü#x",
)  # fmt: skip
_VALUES = (
    "integer\t-12", "boolean\ttrue", "language\tpt-BR", "date\t2018-12", "string\ta b",
    'term\t"x"@en', 'term\t"1"^^xsd:integer', "term\tbody:gcim", "iri\tbody/gcim", *_NAMES,
)  # fmt: skip
_QUERIES = (
    "SELECT * { ?s ?p ?o } LIMIT 1",
    "PREFIX a: <http://x.example/> BASE <http://y.example/> SELECT ?s FROM <g> FROM NAMED a:b "
    "{ ?s a:p 'it''s' . # SERVICE\n FILTER(?s < 3 && REGEX(?o, \"a\\\"b\")) }",
    "ASK { SERVICE <http://x.example/> { ?s ?p '''x''' } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s (a|!a)*/^<x:p> ?o } }",
    "INSERT DATA { <x:a> <x:b> 1 }", "DESCRIBE <x:a>", "LOAD <http://x.example/>",
)  # fmt: skip
_ACCEPTS = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/turtle;q=0.5, */*",
    "application/ld+json;profile=\"http://www.w3.org/ns/json-ld#expanded\"", "*/*;q=0", "",
    "application/sparql-results+json, text/csv;q=0.3;charset=utf-8", "gcm.ttl", "iom.jsonld",
)  # fmt: skip
_BATCHES = (
    '{"q0": {"query": "IOM", "type": "gcm:Body", "limit": 3, "properties": '
    '[{"pid": "gcm:date", "v": {"id": "body:iom"}}], "type_strict": "any"}}',
    '{"ids": ["body:iom"], "properties": [{"id": "gcm:date", "settings": {"limit": 1}}]}',
)
_FORMS = ("query=ASK+%7B%7D&format=json", "a=1&a=2;b=3", "q=%C3%A9&lang=fr", "from=a/b&to=c%2Fd")
_RDF = (
    "turtle\t@prefix a: <http://x.example/> . a:b a:c \"d\"@en , 1.10 , true ; a [ a:e (1 2) ] .",
    "trig\tPREFIX a: <http://x.example/>\na:g {a:b a:c '''long\ntext''' . } { <<a:b a:c 1>> a:d 2}",
    "ntriples\t<http://x.example/a> <http://x.example/b> \"c\\n\\u00e9\"^^<http://x.example/t> .",
    "nquads\t<http://x.example/a> <http://x.example/b> _:c <http://x.example/g> .",
    'jsonld\t{"@context": {"a": "http://x.example/", "b": {"@id": "a:b", "@type": "@id"}}, '
    '"@id": "a:c", "b": ["a:d", {"@list": [1, null, 2.5]}], "@graph": [{"@id": "_:x"}]}',
    'jsonld\t{"@context": ["http://127.0.0.1:1/c", {"@import": "file:///etc/passwd"}], "@id": "x"}',
    'rdfxml\t<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:a="http://x.example/"><rdf:Description rdf:about="a" xml:lang="en"><a:b rdf:parseType="'
    'Collection"><a:C rdf:ID="d"/></a:b><a:e>&lt;</a:e></rdf:Description></rdf:RDF>',
    'rdfxml\t<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY c "&b;&b;">]><a>&c;</a>',
)  # fmt: skip

TARGETS = (
    Target("dates (EDTF)", date.bounds, _DATES, (ValueError,), 15),
    Target("moments", Moment.parse, _DATES, (ValueError,), 5),
    Target("locators", passage.locator, _LOCATORS, (), 20),
    Target("parameters", _parameter, _VALUES, (ValueError,), 30),
    Target("queries (guard)", _guard, _QUERIES, (Refused,), 30),
    Target("Accept and suffixes", _accept, _ACCEPTS, (NotAcceptable,), 20),
    Target("IRIs and prefixed names", _iri, _NAMES, (ValueError,), 20),
    Target("forms", _form, _FORMS, (Problem,), 5),
    Target("batches of reconciliation", _batch, _BATCHES, (Problem, ValueError), 10),
    Target("posted RDF", _rdf, _RDF, (Unreadable,), 40),
)
"""The parsers; their shares add up to 195 of 200, the rest goes over HTTP."""


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    """Raise `Hang` in this process after `SECONDS` of its processor time."""

    def ring(_: int, __: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, ring)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def tried(target: Target, seed: int, inputs: int) -> list[Fault]:
    """Return the faults of a parser on ``inputs`` inputs; the same seed gives the same inputs."""
    faults = []
    with _alarm():
        for number in range(inputs):
            text = mutated(target.samples, random.Random(f"{seed}:{target.name}:{number}"))
            begun = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            try:
                target.parse(text)
                what = ""
            except target.said:
                what = ""
            except Hang:
                what = f"more than {SECONDS:g} s"
            except BaseException as error:  # a panic of native code is no Exception
                if isinstance(error, KeyboardInterrupt):
                    raise
                what = f"{type(error).__name__}: {error}"[:200]
            taken = time.process_time() - begun
            if not what and taken > SECONDS:
                what = f"{taken:.1f} s"
            if what:
                faults.append(Fault(target.name, number, text, what))
            signal.setitimer(signal.ITIMER_PROF, 0)
    return faults
