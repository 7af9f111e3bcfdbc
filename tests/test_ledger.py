"""The ledger of curated rows: each claim is carried by the statement that it names."""

from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from gcm_graph.coverage import ledger
from gcm_graph.namespaces import ID, PREFIXES, SOURCE

ROOT = Path(__file__).resolve().parent.parent
LEDGERS = sorted((ROOT / "data" / "ledger").glob("*.tsv"))
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
OTHERS = {"wd": "http://www.wikidata.org/entity/"}


@lru_cache(maxsize=1)
def schemes() -> set[str]:
    return {path.stem for path in (ROOT / "ontology" / "schemes").glob("*.ttl")}


def iri(name: str) -> str:
    if name.startswith("<"):
        return name[1:-1]
    prefix, _, local = name.partition(":")
    if prefix in schemes():
        return f"{ID}{prefix}/{local}"
    return (PREFIXES.get(prefix) or OTHERS.get(prefix) or f"{SOURCE}{prefix}/") + local


@cache
def literal(text: str) -> ox.Literal:
    triple = next(ox.parse(f"{HEADER}<x:s> <x:p> {text} .", format=ox.RdfFormat.TURTLE))
    assert isinstance(triple.object, ox.Literal)
    return triple.object


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
def test_every_statement_of_the_ledger_is_in_its_passage(path: Path, store: ox.Store) -> None:
    missing = []
    for line in path.read_text().splitlines()[1:]:
        cells = line.split("\t")
        assert len(cells) == len(ledger.COLUMNS), line
        _, _, passage, subject, predicate, value, _ = cells
        if not subject or passage.startswith("editors"):
            continue
        relation = ox.NamedNode(iri("rdf:type" if predicate == "a" else predicate))
        text = value.startswith('"') or value.lstrip("-").isdigit()
        term = literal(value) if text else ox.NamedNode(iri(value))
        graph = ox.NamedNode(iri(passage))
        if not any(store.quads_for_pattern(ox.NamedNode(iri(subject)), relation, term, graph)):
            missing.append(line)
    assert missing == []


def test_every_seed_row_is_carried() -> None:
    seeds = [row for row in ledger.read(ROOT) if row.topic == "seeds"]
    assert len(seeds) == 89
    assert [row.name for row in seeds if row.fate != "carried"] == []


def test_every_row_has_a_fate_and_a_row_left_out_has_a_reason() -> None:
    fates = Counter(row.fate for row in ledger.read(ROOT))
    assert fates["open"] == 0


def test_at_least_95_percent_of_the_rows_worth_carrying_are_carried(
    client: httpx.Client,
) -> None:
    worth = [r for r in ledger.read(ROOT) if r.grade in {"confirmed", "secondary", "conflict"}]
    held = [row for row in worth if row.fate in {"carried", "merged"}]
    assert len(worth) > 7000
    assert len(held) / len(worth) >= 0.95
    told = client.get("/coverage", headers={"Accept": "application/json"}).json()
    assert told["share"] == len(held) / len(worth)
    page = client.get("/coverage", headers={"Accept": "text/html"})
    assert f"{100 * told['share']:.1f}" in page.text
