"""The ledger of curated rows: each claim is carried by the statement that it names."""

from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).resolve().parent.parent
LEDGERS = sorted((ROOT / "data" / "ledger").glob("*.tsv"))


def prefixes() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in (ROOT / "data").rglob("*.trig"):
        for line in path.read_text().splitlines():
            if not line.startswith("@prefix"):
                break
            _, prefix, iri, _ = line.split()
            found[prefix[:-1]] = iri[1:-1]
    return found


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
def test_every_statement_of_the_ledger_is_in_its_passage(path: Path, store: ox.Store) -> None:
    known = prefixes()
    header = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in known.items())

    def iri(name: str) -> str:
        if name.startswith("<"):
            return name[1:-1]
        prefix, _, local = name.partition(":")
        return known[prefix] + local

    missing = []
    for line in path.read_text().splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) < 6 or not cells[3] or cells[2].startswith("editors"):
            continue
        value = cells[5]
        if not value.startswith('"') and not value.lstrip("-").isdigit():
            value = f"<{iri(value)}>"
        term = next(iter(ox.parse(f"{header}<x:s> <x:p> {value} .", format=ox.RdfFormat.TURTLE)))
        node, passage = ox.NamedNode(iri(cells[3])), ox.NamedNode(iri(cells[2]))
        predicate = "rdf:type" if cells[4] == "a" else cells[4]
        relation = ox.NamedNode(iri(predicate))
        if not any(store.quads_for_pattern(node, relation, term.object, passage)):
            missing.append(line)
    assert missing == []


def test_every_seed_row_is_carried() -> None:
    lines = (ROOT / "data" / "ledger" / "seeds.tsv").read_text().splitlines()[1:]
    carried = {line.split("\t")[0] for line in lines if line.split("\t")[3]}
    assert carried == {f"seeds:{number}" for number in range(1, 90)}
