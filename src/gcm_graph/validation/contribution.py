"""What a contribution must hold beside the shapes: passages, dates, and the checks of the build."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from gcm_graph.build import check, date, passage, rule
from gcm_graph.namespaces import (
    EDTF_LITERAL,
    PREF_LABEL,
    RDF_TYPE,
    SHAPE,
    SOURCE,
    SOURCES_GRAPH,
)
from gcm_graph.terms import Term
from gcm_graph.validation.posted import Posted
from gcm_graph.validation.report import Result

_MERGE = ox.DefaultGraph()
_OUTSIDE = (
    "This statement stands outside any graph: put it inside the passage it rests on, "
    "as in `A-RES-73-195:para-45 { … }`."
)


class Known:
    """A release, as far as a contribution to it needs it.

    Args:
        store: the dataset of the release; its default graph is the merge.
        root: the project's folder, for the checks.
        digest: digest of the release.
    """

    def __init__(self, store: ox.Store, root: Path, digest: str) -> None:
        self.digest = digest
        self._store = store
        self._checks = rule.read_folder(root / "ontology" / "checks")

    @cached_property
    def _before(self) -> frozenset[tuple[str, ...]]:
        """What the checks find in the release itself, which no contribution is to blame for."""
        return frozenset(key for key, _ in self._found(self._store))

    def warm(self) -> None:
        """Do once what every contribution needs."""
        assert self._before is not None

    def holds(self, node: object) -> bool:
        """Tell whether the release says anything of ``node``."""
        if not isinstance(node, ox.NamedNode):
            return False
        return next(self._store.quads_for_pattern(node, None, None, _MERGE), None) is not None

    def context(self, posted: Posted) -> list[ox.Quad]:
        """Return what the release says of the things in ``posted``.

        Everything of what is posted about; of what that and the posted statements point to,
        class and name.
        """
        subjects = {quad.subject for quad in posted.quads}
        whole = [quad for subject in subjects for quad in self._of(subject, None)]
        mentioned = {quad.object for quad in (*posted.quads, *whole)} - subjects
        return whole + [
            quad
            for thing in mentioned
            for relation in (RDF_TYPE, PREF_LABEL)
            for quad in self._of(thing, relation)
        ]

    def _of(self, thing: object, relation: ox.NamedNode | None) -> Iterator[ox.Quad]:
        if isinstance(thing, ox.NamedNode):
            yield from self._store.quads_for_pattern(thing, relation, None, _MERGE)

    def results(self, posted: Posted) -> list[Result]:
        """Return what is wrong with ``posted`` as a contribution, beside its shapes.

        The store changes by this: it holds the posted statements afterwards.
        """
        quads = [_placed(quad) for quad in posted.quads]
        described = [quad for quad in passage.describe(quads) if not self._described(quad)]
        found = [*_outside(posted), *_dates(posted)]
        self._store.extend(quads + described)
        self._store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads + described)
        new = (result for key, result in self._found(self._store) if key not in self._before)
        return found + [_at(posted, *pair) for pair in new]

    def _described(self, quad: ox.Quad) -> bool:
        pattern = self._store.quads_for_pattern(quad.subject, RDF_TYPE, None, _MERGE)
        return next(pattern, None) is not None

    def _found(self, store: ox.Store) -> Iterator[tuple[tuple[str, ...], tuple[Result, str]]]:
        for one in self._checks:
            for row in (solutions := one.run(store)):
                names = [variable.value for variable in solutions.variables]
                values: dict[str, Term] = {n: row[n] for n in names if row[n] is not None}
                texts = {name: str(value) for name, value in values.items()}
                result = Result(
                    severity=one.severity,
                    focus=texts["subject"],
                    path=texts.get("predicate", ""),
                    value=texts.get("value", ""),
                    message=check.filled(one.message, values),
                    shape=SHAPE + one.name,
                    constraint="SPARQLConstraintComponent",
                )
                graph = texts.pop("graph", "")
                yield (one.name, *sorted(texts.values())), (result, graph)


def _placed(quad: ox.Quad) -> ox.Quad:
    """Return a statement about a document outside any graph where the build puts it."""
    about = isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(SOURCE)
    if isinstance(quad.graph_name, ox.DefaultGraph) and about:
        return ox.Quad(quad.subject, quad.predicate, quad.object, SOURCES_GRAPH)
    return quad


def _at(posted: Posted, result: Result, graph: str = "") -> Result:
    part, line = posted.line(result.focus, result.path, result.value, graph)
    return Result(**{**result.__dict__, "part": part, "line": line})


def outside(posted: Posted) -> list[ox.Quad]:
    """Return the statements that name no passage and do not describe a document."""
    return [q for q in posted.quads if isinstance(_placed(q).graph_name, ox.DefaultGraph)]


def named_graphs(posted: Posted) -> bool:
    """Tell whether any statement of ``posted`` names its graph."""
    return any(not isinstance(quad.graph_name, ox.DefaultGraph) for quad in posted.quads)


def _outside(posted: Posted) -> Iterator[Result]:
    """Yield the statements outside any graph, when others name theirs."""
    if named_graphs(posted):
        for quad in outside(posted):
            yield _at(posted, _result("statement-outside-passage", quad, _OUTSIDE))


def _dates(posted: Posted) -> Iterator[Result]:
    for quad in posted.quads:
        if isinstance(quad.object, ox.Literal) and quad.object.datatype == EDTF_LITERAL:
            try:
                date.bounds(quad.object.value)
            except ValueError as error:
                message = (
                    f"{error}: write “2018”, “2018-12”, “2018-12-19”, “2006~” (about), "
                    "“2003/2005” (from, to) or “2019/..” (open)."
                )
                yield _at(posted, _result("date-not-edtf", quad, message))


def _result(name: str, quad: ox.Quad, message: str) -> Result:
    return Result(
        severity="violation",
        focus=str(quad.subject),
        path=str(quad.predicate),
        value=str(quad.object),
        message=message,
        shape=SHAPE + name,
        constraint="SPARQLConstraintComponent",
    )
