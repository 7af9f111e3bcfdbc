"""What the tests of the readers share: names of things, and short ways to read them."""

import pyoxigraph as ox

from gcm_graph.graph import (
    thing,
)
from gcm_graph.graph.reader import Reader, open_reader
from gcm_graph.graph.view import Claim, Group, Ref, Thing
from gcm_graph.namespaces import ID, SOURCE
from gcm_graph.store.embedded import Embedded
from gcm_graph.terms import expand

NETWORK, GMG, IOM = (
    ID + "body/un-network-on-migration",
    ID + "body/global-migration-group",
    ID + "body/iom",
)
GCIM, IMRF, COMPACT = ID + "body/gcim", ID + "forum/imrf", ID + "instrument/gcm"
PARA_45 = SOURCE + "A-RES-73-195/para-45"


def read(reader: Reader, iri: str, limit: int | None = 50) -> Thing:
    found = thing.read(reader, iri, limit)
    assert found is not None
    return found


def group(groups: tuple[Group, ...], name: str) -> Group:
    return next(each for each in groups if each.relation.label == name)


def values(groups: tuple[Group, ...], name: str) -> list[str]:
    return [shown(claim) for claim in group(groups, name).claims]


def shown(claim: Claim) -> str:
    return claim.value.label if isinstance(claim.value, Ref) else claim.value.shown


def small(trig: str, language: str = "en") -> Reader:
    """A reader over a little data, merged as a release is."""
    prefixes = "".join(
        f"@prefix {prefix}: <{expand(prefix + ':')}> .\n"
        for prefix in ("body", "dcterms", "edtf", "gcm", "org", "prov", "rdfs", "skos", "source")
    )
    store = ox.Store()
    store.load(f"{prefixes}@prefix ex: <http://example.org/> .\n{trig}", ox.RdfFormat.TRIG)
    store.extend([ox.Quad(q.subject, q.predicate, q.object) for q in store])
    return open_reader(Embedded(store, "small"), language)
