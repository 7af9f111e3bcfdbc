"""The remote store: a release that an engine of its own holds, asked over SPARQL 1.1 Protocol."""

from collections.abc import Sequence
from functools import lru_cache

import orjson
import pyoxigraph as ox

from gcm_graph.namespaces import PREFIXES
from gcm_graph.store.binding import bound
from gcm_graph.store.client import Asked, Client
from gcm_graph.store.engine import Engine
from gcm_graph.store.media import GRAPHS, SOLUTIONS, Media
from gcm_graph.store.pool import Trouble
from gcm_graph.store.protocol import Bindings, Row, Store
from gcm_graph.terms import Term

ROWS = SOLUTIONS[0].type
"""What rows and booleans are asked for in: SPARQL 1.1 Query Results JSON."""

TRIPLES = next(media.type for media in GRAPHS if media.name == "ntriples")
"""What graphs are asked for in: N-Triples."""

_NOWHERE = ox.Store()


class Remote(Store):
    """A SPARQL 1.1 endpoint behind the `Store` interface.

    Every method raises `gcm_graph.store.pool.Trouble` when the engine gives no answer.

    Args:
        client: reaches the endpoint.
        digest: digest of the release that it holds.
    """

    def __init__(self, client: Client, digest: str) -> None:
        self._client = client
        self._digest = digest

    def __hash__(self) -> int:
        """Return the hash of the object itself."""
        return id(self)

    @property
    def digest(self) -> str:
        """Digest of the release."""
        return self._digest

    def select(self, query: str, bindings: Bindings | None = None) -> Sequence[Row]:
        """Return the solutions of a SELECT query (SPARQL 1.1)."""
        found = solutions(self._asked(query, ROWS, bindings), self._client.engine)
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError("this is not a SELECT query")
        names = [(variable.value, variable) for variable in found.variables]
        return [
            {name: row[variable] for name, variable in names if row[variable] is not None}
            for row in found
        ]

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Return the answer of an ASK query (SPARQL 1.1)."""
        found = solutions(self._asked(query, ROWS, bindings), self._client.engine)
        if not isinstance(found, ox.QueryBoolean):
            raise TypeError("this is not an ASK query")
        return bool(found)

    def construct(self, query: str, bindings: Bindings | None = None) -> Sequence[ox.Triple]:
        """Return the triples of a CONSTRUCT query (SPARQL 1.1)."""
        if _form(query, frozenset(bindings or ())) != "graph":
            raise TypeError("this is not a CONSTRUCT query")
        return triples(self._asked(query, TRIPLES, bindings), self._client.engine)

    def answer(self, query: str, media: Media, bindings: Bindings | None = None) -> bytes:
        """Return the answer to a query in the representation ``media``."""
        graph = _form(query, frozenset(bindings or ())) == "graph"
        if isinstance(media.engine, ox.RdfFormat) != graph:
            what = "a graph" if graph else "rows"
            raise TypeError(f"{what} cannot be written as {media.type}")
        body = self._asked(query, TRIPLES if graph else ROWS, bindings)
        return written(body, self._client.engine, media, PREFIXES)

    def _asked(self, query: str, accept: str, bindings: Bindings | None) -> bytes:
        whole, part = self._client.engine.whole(query)
        body = self._client.ask(Asked(bound(whole, bindings), accept))
        if part is None:
            return body
        told = orjson.loads(body)
        told["results"]["bindings"] = told["results"]["bindings"][part]
        return orjson.dumps(told)


@lru_cache(maxsize=512)
def _form(query: str, names: frozenset[str]) -> str:
    """Return whether a query of the project answers with a ``graph`` or with ``rows``."""
    any_term = ox.NamedNode("urn:any")
    values: dict[ox.Variable, Term] = {ox.Variable(name): any_term for name in names}
    found = _NOWHERE.query(query, substitutions=values or None)
    return "graph" if isinstance(found, ox.QueryTriples) else "rows"


def solutions(body: bytes, engine: Engine) -> ox.QuerySolutions | ox.QueryBoolean:
    """Return the rows or the boolean that an engine wrote as JSON.

    Raises:
        Trouble: when it is no such thing.
    """
    try:
        if not engine.exact:
            body = _repaired(body, engine)
        return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError, KeyError, TypeError) as error:
        raise Trouble("evaluation", f"The engine's answer cannot be read: {error}") from error


def triples(body: bytes, engine: Engine) -> list[ox.Triple]:
    """Return the distinct triples that an engine wrote as N-Triples.

    Raises:
        Trouble: when it is no such thing.
    """
    try:
        read = ox.parse(body, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        found = dict.fromkeys(quad.triple for quad in read)
    except SyntaxError as error:
        raise Trouble("evaluation", f"The engine's answer cannot be read: {error}") from error
    if engine.exact:
        return list(found)
    return [
        ox.Triple(one.subject, one.predicate, _literal(one.object, engine))
        if isinstance(one.object, ox.Literal)
        else one
        for one in found
    ]


def written(body: bytes, engine: Engine, media: Media, prefixes: dict[str, str]) -> bytes:
    """Return an engine's answer (JSON or N-Triples) in the representation ``media``.

    Raises:
        Trouble: when it cannot be read.
    """
    if isinstance(media.engine, ox.RdfFormat):
        used = prefixes if media.prefixed else None
        return ox.serialize(triples(body, engine), format=media.engine, prefixes=used) or b""
    assert isinstance(media.engine, ox.QueryResultsFormat)
    return solutions(body, engine).serialize(format=media.engine) or b""


def _literal(term: ox.Literal, engine: Engine) -> ox.Literal:
    if term.language:
        return term
    value = engine.lexical(term.value, term.datatype.value)
    return term if value == term.value else ox.Literal(value, datatype=term.datatype)


def _repaired(body: bytes, engine: Engine) -> bytes:
    """Return rows in JSON with the lexical forms of the release."""
    told = orjson.loads(body)
    for row in told.get("results", {}).get("bindings", ()):
        for term in row.values():
            if "datatype" in term:
                term["value"] = engine.lexical(term["value"], term["datatype"])
    return orjson.dumps(told)
