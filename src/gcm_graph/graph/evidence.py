"""Evidence: what one statement rests on, its passages or the rule and its premises."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode

from gcm_graph.build.date import bounds
from gcm_graph.build.rule import RuleFile, read_folder
from gcm_graph.graph.passage import References, derived
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.reference import ref
from gcm_graph.graph.statement import Entry, claim, iri_of, only_derived
from gcm_graph.graph.view import Claim
from gcm_graph.graph.vocabulary import Vocabulary
from gcm_graph.namespaces import DERIVED, RDF
from gcm_graph.terms import Term

DEPTH = 4
"""How far back `explain` goes from derived statements to those they came from."""

Solution = dict[str, Term]
Statement = tuple[Term, Term, Term]

_HEAD = re.compile(r"CONSTRUCT\s*\{\s*(\S+)\s+(\S+)\s+(\S+?)\s*\.?\s*\}")
_PREFIX = re.compile(r"PREFIX\s+([\w-]*):\s*<([^>]*)>")
_NESTED = re.compile(r"\?(\w+)\s+(rdfs:subClassOf\+|rdfs:subPropertyOf\+|skos:broader\*)\s+(\S+)")
_BOUND = re.compile(r"fn:(earliest|latest)\(\?(\w+)\)\s*=\s*\?(\w+)")
_VALUES = re.compile(r"VALUES\s+\?(\w+)\s*\{([^}]*)\}")
_OTHER = re.compile(r"FILTER\(\?(\w+)\s*!=\s*([\w-]+:[\w-]+)\)")


@dataclass(frozen=True)
class Derivation:
    """What a rule file says about how its statements come about.

    Attributes:
        head: the pattern of what it derives.
        premises: the patterns of what it derives that from.
        text: the query, for its conditions.
        prefixes: its namespaces.
    """

    head: tuple[str, str, str]
    premises: tuple[tuple[str, str, str], ...]
    text: str
    prefixes: Mapping[str, str]

    def term(self, token: str) -> NamedNode | None:
        """Return the IRI that ``token`` stands for; ``None`` for a variable."""
        if token.startswith("?"):
            return None
        if token == "a":  # noqa: S105 - the keyword of SPARQL
            return NamedNode(RDF + "type")
        if token.startswith("<"):
            return NamedNode(token[1:-1])
        prefix, _, local = token.partition(":")
        return NamedNode(self.prefixes[prefix] + local)

    def admits(self, solution: Solution, vocabulary: Vocabulary) -> bool:
        """Tell whether ``solution`` meets the conditions that the rule sets beside its premises.

        These are: nesting of classes, properties and concepts; the bounds of dates; lists of
        values; values that are excluded.
        """
        for name, how, token in _NESTED.findall(self.text):
            wider = self.term(token) or solution.get(token[1:])
            term = solution.get(name)
            if term is None or wider is None:
                continue
            strict = how.endswith("+")
            if (strict and term == wider) or not vocabulary.within(iri_of(term), iri_of(wider)):
                return False
        for end, name, result in _BOUND.findall(self.text):
            if name in solution and result in solution:
                days = _bounds(iri_of(solution[name]))
                if days[end == "latest"] != iri_of(solution[result]):
                    return False
        for name, tokens in _VALUES.findall(self.text):
            allowed: list[Term | None] = [self.term(token) for token in tokens.split()]
            if name in solution and solution[name] not in allowed:
                return False
        return all(
            solution.get(name) != self.term(token) for name, token in _OTHER.findall(self.text)
        )


def explain(reader: Reader, subject: NamedNode, predicate: NamedNode, value: Term) -> Claim | None:
    """Return a statement with what it rests on.

    Args:
        reader: what to read through.
        subject: its subject.
        predicate: its property.
        value: its object.

    Returns:
        The claim: with ``passages`` when somebody says it; else with ``rule`` and, in
        ``premises``, the statements that the rule drew it from, each explained in turn.
        ``None`` when the graph does not hold the statement.
    """
    return _explain(reader, (subject, predicate, value), References(reader), DEPTH)


def _explain(
    reader: Reader, statement: Statement, references: References, depth: int
) -> Claim | None:
    subject, predicate, value = statement
    found = list(_matches(reader, statement))
    if not found:
        return None
    graphs = frozenset(graph for _, names in found for graph in names)
    entry = Entry(iri_of(subject), ref(reader, iri_of(predicate)), value, graphs)
    told = claim(reader, entry, references)
    if not only_derived(graphs) or depth == 0:
        return told
    rules = derivations(reader.rules)
    premises: dict[Statement, None] = {}
    for graph in sorted(graph for graph in graphs if derived(graph)):
        derivation = rules.get(graph[len(DERIVED) :])
        if derivation:
            premises |= dict.fromkeys(_premises(reader, derivation, statement))
    explained = [_explain(reader, each, references, depth - 1) for each in premises]
    return replace(told, premises=tuple(each for each in explained if each))


def _premises(reader: Reader, rule: Derivation, statement: Statement) -> list[Statement]:
    """Return the statements from which ``rule`` draws ``statement``; asserted ones if there are."""
    start: Solution = {}
    for token, term in zip(rule.head, statement, strict=True):
        if token.startswith("?"):
            start[token[1:]] = term
        elif rule.term(token) != term:
            return []
    solutions: list[tuple[Solution, list[Statement], bool]] = [(start, [], True)]
    for pattern in rule.premises:
        solutions = [
            longer
            for solution in solutions
            for longer in _extended(reader, rule, pattern, solution)
        ]
    fitting = [
        (statements, said)
        for solution, statements, said in solutions
        if rule.admits(solution, reader.index.vocabulary)
    ]
    asserted = any(said for _, said in fitting)
    return [each for statements, said in fitting if said or not asserted for each in statements]


def _extended(
    reader: Reader,
    rule: Derivation,
    pattern: tuple[str, str, str],
    solution: tuple[Solution, list[Statement], bool],
) -> Iterator[tuple[Solution, list[Statement], bool]]:
    """Yield ``solution`` with each statement that matches ``pattern`` in it."""
    known, statements, said = solution
    wanted = [rule.term(token) or known.get(token[1:]) for token in pattern]
    for triple, graphs in _matches(reader, tuple(wanted)):
        more = {
            token[1:]: term
            for token, term in zip(pattern, triple, strict=True)
            if token.startswith("?")
        }
        yield known | more, [*statements, triple], said and not only_derived(graphs)


def _matches(
    reader: Reader, pattern: tuple[Term | None, ...]
) -> Iterator[tuple[Statement, frozenset[str]]]:
    """Yield the statements that match ``pattern`` (``None`` matches all), with their graphs."""
    names = ("subject", "property", "value")
    bindings = {n: term for n, term in zip(names, pattern, strict=True) if term is not None}
    held: dict[Statement, set[str]] = {}
    for row in reader.rows("statement-graphs", bindings):
        key = row["subject"], row["property"], row["value"]
        graphs = held.setdefault(key, set())
        if "graph" in row:
            graphs.add(iri_of(row["graph"]))
    for statement, graphs in held.items():
        yield statement, frozenset(graphs)


@lru_cache(maxsize=4)
def derivations(folder: Path) -> Mapping[str, Derivation]:
    """Return what the rule files of ``folder`` derive from what, by name of the rule."""
    return {rule.name: _derivation(rule) for rule in read_folder(folder)}


def _derivation(rule: RuleFile) -> Derivation:
    text = "\n".join(line for line in rule.text.splitlines() if not line.startswith("#"))
    head = _HEAD.search(text)
    if head is None:
        raise ValueError(f"{rule.name}: the template is not one triple")
    lines = str(rule.header.get("premises", "")).splitlines()
    premises = [tuple(line.rstrip(" .").split()) for line in lines if line.strip()]
    return Derivation(
        head=(head[1], head[2], head[3]),
        premises=tuple((p[0], p[1], p[2]) for p in premises),
        text=text,
        prefixes=dict(_PREFIX.findall(text)),
    )


def _bounds(text: str) -> tuple[str | None, str | None]:
    try:
        return bounds(text)
    except ValueError:
        return None, None
