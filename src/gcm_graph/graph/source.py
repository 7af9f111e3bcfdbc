"""Sources and passages: a document as published, and what each cited place says."""

from collections import defaultdict

from pyoxigraph import NamedNode

from gcm_graph.graph.label import label
from gcm_graph.graph.passage import References, passage
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import Entry, claim, iri_of, label_of, natural
from gcm_graph.graph.view import Claim, Passage, Source
from gcm_graph.namespaces import SOURCE
from gcm_graph.store.protocol import Row
from gcm_graph.terms import Term, is_iri


def list_sources(reader: Reader) -> tuple[Source, ...]:
    """Return every source without its passages, in order of title.

    ``Source.passages`` is empty here; `read_source` fills it.
    """
    found = [_source(reader, rows) for rows in _rows(reader, None).values()]
    return tuple(sorted(found, key=lambda source: (natural(source.ref.label), source.ref.iri)))


def read_source(reader: Reader, iri: str) -> Source | None:
    """Return the source with its passages and the number of statements in each.

    Passages come in the order of their locators. ``None`` when the graph knows no such source.
    """
    rows = _rows(reader, iri).get(iri) if is_iri(iri) else None
    if not rows:
        return None
    statements = {
        iri_of(row["passage"]): int(iri_of(row["statements"]))
        for row in reader.rows("source-passages", {"source": NamedNode(iri)})
        if "passage" in row
    }
    counted = [
        (passage(reader, name), statements.get(name, 0))
        for name in reader.index.places.get(iri, ())
    ]
    counted.sort(key=lambda pair: (natural(pair[0].locator), pair[0].iri))
    return _source(reader, rows, tuple(counted))


def read_passage(reader: Reader, iri: str) -> tuple[Passage, tuple[Claim, ...]] | None:
    """Return the passage and what its graph says, in order of subject and relation.

    Args:
        reader: what to read through.
        iri: a passage; the name of any other graph (of the editors, of a rule) works too.

    Returns:
        ``None`` when nothing describes the passage and its graph is empty.
    """
    if not is_iri(iri):
        return None
    rows = list(reader.rows("passage-statements", {"graph": NamedNode(iri)}))
    if not rows and iri not in reader.index.passages:
        return None
    references = References(reader)
    rank = reader.index.vocabulary.rank
    claims = [
        claim(
            reader,
            Entry(
                iri_of(row["subject"]),
                ref(reader, iri_of(row["property"])),
                row["value"],
                frozenset({iri}),
            ),
            references,
        )
        for row in rows
    ]
    claims.sort(
        key=lambda one: (
            natural(one.subject.label),
            rank(one.relation.iri),
            natural(label_of(one.value)),
        )
    )
    return passage(reader, iri), tuple(claims)


def source_of(reader: Reader, iri: str) -> str | None:
    """Return the IRI of the source that the passage ``iri`` belongs to, if it is one."""
    place = reader.index.passages.get(iri)
    return place.source if place and place.source.startswith(SOURCE) else None


def _rows(reader: Reader, iri: str | None) -> dict[str, list[Row]]:
    bindings = {"source": NamedNode(iri)} if iri else None
    found: dict[str, list[Row]] = defaultdict(list)
    for row in reader.rows("source-list", bindings):
        found[iri_of(row["source"])].append(row)
    return dict(found)


def _source(
    reader: Reader, rows: list[Row], passages: tuple[tuple[Passage, int], ...] = ()
) -> Source:
    read = _first(rows, "read")
    return Source(
        ref=ref(reader, iri_of(rows[0]["source"])),
        kind=_first(rows, "kind").rpartition("/")[2],
        read=label(reader.index, read, reader.languages)[0] if read else "",
        publisher=_first(rows, "publisher"),
        date=_first(rows, "date"),
        address=_first(rows, "address"),
        passages=passages,
    )


def _first(rows: list[Row], name: str) -> str:
    values: list[Term] = [row[name] for row in rows if name in row]
    return min((iri_of(value) for value in values), default="")
