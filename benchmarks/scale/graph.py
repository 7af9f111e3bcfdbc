"""A graph of any size with the shapes of the real one: a release and renamed copies of it.

Things, dated relations, sources, passages and their graphs are new in every copy, each with its own
IRI and name. States, concepts, the ontology and the graphs of editors and rules are the same, so
that they are the hubs that they would be: a State belongs to as many bodies as there are copies.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from gcm_graph.namespaces import BASE

_HERE, _NAME = "\x01", "\x02"
_SCHEME = re.compile(rf"<{BASE}id/([a-z0-9-]+)/[^>]*> .*<{BASE}graph/ontology> \.")
_COPIED = re.compile(rf"<{BASE}(id/([a-z0-9-]+)/|source/)([^/>]+)")
_NAMED = re.compile(r'(#prefLabel>|/title>|#altLabel>) "((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True)
class Made:
    """A release that was made: its folder, its quads (merge included) and its copies."""

    folder: Path
    quads: int
    copies: int


def make(release: Path, folder: Path, wanted: int) -> Made:
    """Write a release of about ``wanted`` quads, the merge counted, below ``folder``.

    Args:
        release: folder of the release to copy.
        folder: where the new one is written; it becomes a shelf.
        wanted: how many quads; at least one whole copy is written.
    """
    lines = (release / "dataset.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = {"state", *(found[1] for line in lines if (found := _SCHEME.match(line)))}

    def renamed(found: re.Match[str]) -> str:
        return found[0] if found[2] in kept else found[0] + _HERE

    marked = [_NAMED.sub(rf'\1 "\2{_NAME}"', _COPIED.sub(renamed, line)) for line in lines]
    shared = [line.replace(_NAME, "") for line in marked if _HERE not in line]
    own = "".join(line for line in marked if _HERE in line)
    each = own.count("\n")
    copies = max(1, round((wanted - len(shared)) / each))
    target = folder / f"scale-{wanted}"
    target.mkdir(parents=True)
    with (target / "dataset.nq").open("w", encoding="utf-8") as out:
        out.write("".join(shared))
        for number in range(copies):
            slug, name = (f"-{number}", f" {number}") if number else ("", "")
            out.write(own.replace(_HERE, slug).replace(_NAME, name))
    quads = len(shared) + copies * each
    told = {"digest": f"{quads:064x}", "version": "scale", "counts": {"quads": quads}}
    (target / "manifest.json").write_text(json.dumps(told) + "\n", encoding="utf-8")
    current = folder / "current"
    current.unlink(missing_ok=True)
    current.symlink_to(target.name)
    return Made(target, quads, copies)
