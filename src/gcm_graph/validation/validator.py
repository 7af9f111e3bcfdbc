"""The validator: posted statements against our shapes or others, beside what a release knows."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDF, SH

from gcm_graph.build import authored, check
from gcm_graph.validation import contribution, report, shacl
from gcm_graph.validation.contribution import Known
from gcm_graph.validation.posted import Posted
from gcm_graph.validation.report import Report, Result

_IMPORTS = ox.NamedNode("http://www.w3.org/2002/07/owl#imports")


class Validator:
    """Validates what is posted.

    Args:
        root: the project's folder, with ``ontology/``.
        known: the release beside which contributions are looked at, if there is one.
    """

    def __init__(self, root: Path, known: Known | None = None) -> None:
        self._root = root
        self.known = known

    @cached_property
    def _ontology(self) -> list[ox.Quad]:
        folder = self._root / "ontology"
        files = (*sorted(folder.glob("*.ttl")), *authored.files(self._root, "ontology/schemes"))
        return [quad for path in files for quad in ox.parse(path=path)]

    @cached_property
    def _shapes(self) -> rdflib.Graph:
        return check.shapes(self._root / "ontology" / "shapes")

    def warm(self) -> None:
        """Do once what every validation needs."""
        assert self._ontology is not None
        assert self._shapes is not None
        if self.known is not None:
            self.known.warm()

    def ours(self, posted: Posted, *, context: bool) -> Report:
        """Return what our shapes and, beside a release, our checks find in ``posted``.

        Args:
            posted: the statements; only what concerns them is reported.
            context: whether what the release says of the same things is taken into account.
        """
        known = self.known if context else None
        beside = known.context(posted) if known else []
        nodes = shacl.named_nodes(posted.quads)
        focus = {quad.subject.value for quad in nodes if isinstance(quad.subject, ox.NamedNode)}
        about = {quad.subject for quad in posted.quads}
        focus |= {
            quad.object.value
            for quad in nodes
            if isinstance(quad.object, ox.NamedNode) and not (known and known.holds(quad.object))
        } - {quad.subject.value for quad in self._ontology if quad.subject not in about}  # type: ignore[union-attr]
        data = check.flat([*nodes, *beside, *self._ontology])
        found = shacl.run(data, self._shapes, focus, advanced=False) if focus else rdflib.Graph()
        results = shacl.results(found, self._shapes)
        if known and (old := {node.value for node in about if known.holds(node)}) and results:  # type: ignore[union-attr]
            before = check.flat([*beside, *self._ontology])
            was = shacl.results(shacl.run(before, self._shapes, old, advanced=False), self._shapes)
            results = {node: one for node, one in results.items() if one not in was.values()}
        further = known.results(posted) if known else []
        seen = {(one.focus, one.value) for one in results.values()}
        further = [
            one for one in further
            if not (one.shape.endswith("#date-not-edtf") and (one.focus, one.value) in seen)
        ]  # fmt: skip
        digest = known.digest if known else ""
        return _report(posted, found, results, further, "ours", digest, _notes(posted, known))

    def others(self, posted: Posted, rules: Posted, *, context: bool, name: str = "own") -> Report:
        """Return what the shapes ``rules`` find in ``posted``.

        Args:
            posted: the statements.
            rules: the shapes; imports are not followed, and no query may leave the data.
            context: whether what the release says of the same things is taken into account.
            name: where the shapes come from, as the report says it.

        Raises:
            Unusable: when the shapes cannot be used.
        """
        known = self.known if context else None
        shacl.check_queries(rules.quads)
        shapes, data = _graph(rules, rules.quads), _graph(posted, posted.quads)
        for quad in known.context(posted) if known else ():
            data += check.flat([quad])
        found = shacl.run(data, shapes)
        results = shacl.results(found, shapes)
        if known:
            about = {str(term) for quad in posted.quads for term in (quad.subject, quad.object)}
            results = {node: one for node, one in results.items() if one.focus in about}
        imported = [str(quad.object) for quad in rules.quads if quad.predicate == _IMPORTS]
        notes = [f"{one} is not imported: send all shapes that are meant." for one in imported]
        if not any(True for _ in shapes.subjects(RDF.type, None)):
            notes.append("There are no shapes in what was sent as shapes.")
        return _report(posted, found, results, [], name, known.digest if known else "", notes)


def _graph(posted: Posted, quads: list[ox.Quad]) -> rdflib.Graph:
    """Return the statements as one graph; queries in shapes may use the prefixes of its text."""
    graph = check.flat(quads)
    for name, namespace in posted.prefixes.items():
        graph.bind(name, namespace, replace=True)
    return graph


def _notes(posted: Posted, known: Known | None) -> list[str]:
    notes = []
    if known and not contribution.named_graphs(posted) and (bare := contribution.outside(posted)):
        notes.append(
            f"{len(bare):,} statements name no passage. A contribution to this graph names the "
            "passage that each statement rests on as its graph: write TriG."
        )
    if not posted.quads:
        notes.append("There are no statements in what was sent.")
    return notes


def _report(
    posted: Posted,
    found: rdflib.Graph,
    results: dict[rdflib.term.Node, Result],
    further: list[Result],
    shapes: str,
    digest: str,
    notes: list[str],
) -> Report:
    for node in list(found.subjects(RDF.type, SH.ValidationResult)):
        if node not in results:
            found.remove((node, None, None))
            found.remove((None, SH.result, node))
    conforms = not results and not further
    for head in list(found.subjects(RDF.type, SH.ValidationReport)):
        found.remove((head, None, None))
        for node in results:
            found.add((rdflib.BNode("report"), SH.result, node))
    triples = {*report.rdf(conforms, further), *shacl.triples(found)}
    located = [_located(posted, result) for result in results.values()]
    return Report(
        conforms=conforms,
        statements=len(posted.quads),
        shapes=shapes,
        context="release" if digest else "none",
        release=digest,
        results=tuple(sorted([*located, *further], key=lambda one: one.order)),
        notes=tuple(notes),
        graph="".join(f"{triple} .\n" for triple in sorted(triples, key=report.reading_order)),
    )


def _located(posted: Posted, result: Result) -> Result:
    part, line = posted.line(result.focus, result.path, result.value)
    return replace(result, part=part, line=line)
