"""The index of a release as a file beside it, so that a start reads it and asks nothing.

The file is JSON and carries a stamp of the queries and of the code that it was made with. Where
the stamp is another one, the index is made from the store, as it is for a release without a file.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from gcm_graph.graph import index, vocabulary
from gcm_graph.graph.index import Index, Link, Place, Rivalry
from gcm_graph.graph.vocabulary import Vocabulary

FILE = "index.json"
"""The file, in the folder `gcm_graph.store.prepared.FOLDER` of a release."""

_QUERIES = (
    "index-terms", "index-types", "index-names", "index-passages", "index-relations",
    "index-disagreements",
)  # fmt: skip


def stamp(texts: Mapping[str, str]) -> str:
    """Return the stamp of an index that is made now with the queries ``texts``."""
    made = hashlib.sha256()
    for module in (index, vocabulary):
        made.update(Path(str(module.__file__)).read_bytes())
    for name in _QUERIES:
        made.update(texts[name].encode())
    return made.hexdigest()


def write(path: Path, made: Index, with_stamp: str) -> None:
    """Write the index ``made`` to ``path``."""
    terms = made.vocabulary
    document = {
        "stamp": with_stamp,
        "labels": made.labels,
        "titles": made.titles,
        "alternatives": made.alternatives,
        "identifiers": made.identifiers,
        "types": made.types,
        "members": made.members,
        "vocabulary": {
            "wider": {term: sorted(held) for term, held in terms.wider.items()},
            "inverse": terms.inverse,
            "ranges": {term: sorted(held) for term, held in terms.ranges.items()},
            "single": sorted(terms.single),
            "symmetric": sorted(terms.symmetric),
        },
        "passages": {
            iri: (one.locator, one.source, one.kind, one.date, one.primary)
            for iri, one in made.passages.items()
        },
        "links": {iri: (one.actor, one.place, one.qualifier) for iri, one in made.links.items()},
        "rivalries": {
            about: [(one.iri, one.about, one.on, one.preferred, one.reason) for one in held]
            for about, held in made.rivalries.items()
        },
    }
    path.write_bytes(orjson.dumps(document))


def read(path: Path, with_stamp: str) -> Index | None:
    """Return the index in ``path``; ``None`` where there is none that fits the stamp."""
    try:
        held: dict[str, Any] = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None
    if held.get("stamp") != with_stamp:
        return None
    terms = held["vocabulary"]
    return Index(
        labels=held["labels"],
        titles=held["titles"],
        alternatives=_tuples(held["alternatives"]),
        identifiers=held["identifiers"],
        types=_tuples(held["types"]),
        members=_tuples(held["members"]),
        vocabulary=Vocabulary(
            wider={term: frozenset(wider) for term, wider in terms["wider"].items()},
            inverse=terms["inverse"],
            ranges={term: frozenset(ranges) for term, ranges in terms["ranges"].items()},
            single=frozenset(terms["single"]),
            symmetric=frozenset(terms["symmetric"]),
        ),
        passages={iri: Place(*fields) for iri, fields in held["passages"].items()},
        links={iri: Link(*fields) for iri, fields in held["links"].items()},
        rivalries={
            about: tuple(Rivalry(*fields) for fields in each)
            for about, each in held["rivalries"].items()
        },
    )


def _tuples(held: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in held.items()}
