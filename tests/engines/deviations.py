"""Where Virtuoso 7.2.5 answers otherwise than SPARQL 1.1 says, by question; see docs/engines.md."""

from gcm_graph.store.lexer import tokens

DEVIATIONS = {
    "countries-without-network": "MINUS beside VALUES removes nothing",
    "coverage-support": "a comparison as a value comes back as the integer 0 or 1",
    "guiding-principles": "the query compiler fails (SQ156)",
    "process-overlaps": "the quotient of two integers is an integer",
    "process-votes": "the quotient of two integers is an integer",
    "property-kinds": "isIRI as a value comes back as the integer 0 or 1",
}
"""Expected to fail, strictly: when a later version answers rightly, the test says so."""


def is_transitive(query: str) -> bool:
    """Whether a query follows a property any number of times (``+`` or ``*`` in a path).

    Which way Virtuoso 7.2.5 walks depends on its statistics. In the wrong direction it loses rows,
    or runs out of time or memory, so these answers may be short, but no row may be wrong.
    """
    before = ""
    for token in tokens(query):
        if token.text in {"+", "*"} and before in {"name", "iri", ")"}:
            return True
        before = token.text if token.kind == "other" else token.kind
    return False
