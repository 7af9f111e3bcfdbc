"""What the tests of the library share: one small question and a store to ask."""

from pathlib import Path

import pyoxigraph as ox

from gcm_graph.library import query_file
from gcm_graph.library.question import Question
from gcm_graph.namespaces import DEF, ID, named
from gcm_graph.store.embedded import Embedded

ROOT = Path(__file__).resolve().parent.parent

FILE = """\
#+ title: Things by number
#+ description: Things of a class with at least a number.
#+ group: Evidence
#+ parameters:
#+   least: {type: integer, default: 1, description: The number.}
#+   thing: {type: iri, optional: true, description: One thing only.}
#+ answers: {least: 0, rows: []}
PREFIX gcm: <https://w3id.org/gcm-graph/def#>

SELECT ?least ?thing ?number
WHERE {
  VALUES ?least { 1 }
  VALUES ?thing { UNDEF }
  ?thing gcm:value ?number .
  FILTER(?number >= ?least)
}
ORDER BY ?number
"""

QUERY = FILE.partition("PREFIX")[1] + FILE.partition("PREFIX")[2]


def question(changes: dict[str, str] | None = None) -> Question:
    changed = FILE
    for old, new in (changes or {}).items():
        assert old in changed
        changed = changed.replace(old, new)
    return query_file.read("things", "queries/things.rq", changed)


def numbers() -> Embedded:
    store = ox.Store()
    for name, value in (("a", 1), ("b", 2), ("c", 3)):
        store.add(
            ox.Quad(ox.NamedNode(ID + "figure/" + name), named(DEF, "value"), ox.Literal(value))
        )
    return Embedded(store, "numbers")
