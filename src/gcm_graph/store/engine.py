"""Engines: how the SPARQL servers differ that a release can be published to.

The merge is the default graph where an engine has one of its own. Virtuoso has none: there the
default graph is the union, in which a triple comes back once for each graph that holds it. The
merge stands in a graph of its own there (`MERGE`), which every query selects (a Virtuoso pragma,
as ``FROM`` does in the standard), and which ``GRAPH ?g`` must not find. Virtuoso 7.2.5 has words
for that, too (``NOT FROM NAMED``), but they empty the default graph, so a filter is written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gcm_graph.namespaces import BASE, XSD
from gcm_graph.store.guard import Refused
from gcm_graph.store.lexer import Token, tokens

MERGE = BASE + "graph/merge"
"""The graph that holds the merge on an engine without a default graph of its own."""

RECORD = BASE + "graph/release"
"""The graph in which a published release says which one it is."""

_OWN = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.w3.org/ns/ldp#",
    "http://localhost:8890/sparql",
    "http://localhost:8890/DAV/",
)
"""Graphs that a new database of Virtuoso has."""

_PRAGMA = f"define input:default-graph-uri <{MERGE}> "
_PAGE = re.compile(r"\bLIMIT (?P<limit>\d+) OFFSET (?P<offset>\d+)\s*\Z")
_INSIDE = ("bif:", "sql:")


@dataclass(frozen=True)
class Engine:
    """A kind of SPARQL server.

    Attributes:
        name: as people know it.
        merged: whether its default graph is the merge; else the merge is the graph `MERGE`.
        exact: whether its rows can be handed on as it writes them.
    """

    name: str
    merged: bool = True
    exact: bool = True

    def text(self, query: str) -> str:
        """Return ``query``, which names no dataset, as this engine is to be asked it.

        The lines stay as they are, so that messages with a line stay right.
        """
        return query if self.merged else _PRAGMA + _filtered(query)

    def whole(self, query: str) -> tuple[str, slice | None]:
        """Return a query of ours without its last LIMIT and OFFSET, and the rows they stand for.

        Virtuoso 7.2.5 mixes the columns of rows up when it sorts and cuts at the same time, so it
        is asked for all of them. For an engine that does not, the query stays as it is.
        """
        found = None if self.exact else _PAGE.search(query)
        if found is None:
            return query, None
        offset = int(found["offset"])
        return query[: found.start()], slice(offset, offset + int(found["limit"]))

    def lexical(self, value: str, datatype: str) -> str:
        """Return the lexical form that a literal of an answer has in the release.

        Virtuoso 7.2.5 keeps booleans as 0 and 1, and durations as a number of months.
        """
        if self.exact:
            return value
        if datatype == XSD + "boolean":
            return {"1": "true", "0": "false"}.get(value, value)
        if datatype == XSD + "duration" and value.isdigit():
            years, months = divmod(int(value), 12)
            parts = (f"{years}Y" if years else "", f"{months}M" if months or not years else "")
            return "P" + "".join(parts)
        return value

    def check(self, query: str) -> None:
        """Let a query of the public pass that uses nothing but SPARQL.

        Raises:
            Refused: when it reaches into the engine behind the language.
        """
        if self.merged:
            return
        found = list(tokens(query))
        if found and found[0].text.upper() == "DEFINE":
            raise Refused("extension", "DEFINE is no SPARQL 1.1; it is refused here.")
        for token in found:
            name = token.text.lstrip("<").lower()
            if token.kind in {"iri", "name"} and name.startswith(_INSIDE):
                raise Refused(
                    "extension",
                    f"{token.text} would call a function of the engine that is no SPARQL 1.1; "
                    "it is refused here.",
                )


STANDARD = Engine("a SPARQL 1.1 endpoint")
OXIGRAPH = Engine("Oxigraph")
VIRTUOSO = Engine("Virtuoso", merged=False, exact=False)


def engine_of(server: str) -> Engine:
    """Return the engine that calls itself ``server`` (RFC 9110, ``Server``)."""
    name = server.casefold()
    return next((one for one in (OXIGRAPH, VIRTUOSO) if one.name.casefold() in name), STANDARD)


def _filtered(query: str) -> str:
    """Return ``query`` so that ``GRAPH`` sees what it would see beside a default graph.

    ``GRAPH ?g { … }`` must find neither the merge nor the engine's own graphs. ``GRAPH <g> { … }``
    finds nothing when the default graph was chosen, so its name is asked for by a filter, too.
    """
    pieces: list[str] = []
    done = 0
    for start, end, text in sorted(_edits(list(tokens(query)))):
        pieces.append(query[done:start] + text)
        done = end
    return "".join([*pieces, query[done:]])


def _edits(found: list[Token]) -> Iterator[tuple[int, int, str]]:
    """Yield what is written in place of what: start, end and text."""
    open_groups: list[str] = []
    for place, token in enumerate(found):
        if token.text == "{":
            name = found[place - 1]
            named = place > 1 and found[place - 2].text.upper() == "GRAPH"
            if named and name.kind == "variable":
                hidden = (f"{name.text} != <{graph}>" for graph in (MERGE, RECORD, *_OWN))
                open_groups.append(" && ".join(hidden))
            elif named and name.kind in {"iri", "name"}:
                variable = f"?graph_{name.start}"
                yield name.start, name.end, variable
                open_groups.append(f"{variable} = {name.text}")
            else:
                open_groups.append("")
        elif token.text == "}" and open_groups and (condition := open_groups.pop()):
            yield token.end, token.end, f" FILTER({condition}) "
