"""Files of rules and checks: strict headers, and faults that say file and line."""

from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

from gcm_graph.build import check, derivation, rule
from gcm_graph.build.authored import Authored
from gcm_graph.build.fault import BuildError
from gcm_graph.namespaces import DERIVED

ROOT = Path(__file__).resolve().parent.parent
QUERY = "SELECT ?subject WHERE { ?subject ?p ?o }\n"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "ontology" / "checks" / "example.rq"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


def test_a_header_is_read_as_yaml(tmp_path: Path) -> None:
    read = rule.read(write(tmp_path, '#+ title: A\n#+ message: "a: {subject}"\n' + QUERY))
    assert (read.title, read.message, read.severity, read.stratum) == (
        "A", "a: {subject}", "violation", 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("header", "line", "message"),
    [
        ("#+ title: A\n#+ message: a: b\n", 2, "quotation marks"),
        ("#+ just text\n", 1, "a list of names and values"),
        ("#+ title: A\n#+ mesage: b\n", 1, "mesage"),
        ("#+ title: A\n#+ severity: grave\n", 1, "violation or warning"),
        ("#+ title: A\n\n#+ message: b\n", 1, "follow each other"),
    ],
)
def test_a_wrong_header_is_a_fault_with_file_and_line(
    tmp_path: Path, header: str, line: int, message: str
) -> None:
    with pytest.raises(BuildError) as error:
        rule.read(write(tmp_path, header + QUERY))
    (fault,) = error.value.faults
    assert (fault.file, fault.line) == ("ontology/checks/example.rq", line)
    assert message in fault.message


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("#+ message: wrong\nSELECT ?subject\nWHERE { nonsense }\n", 3, "not a SPARQL query"),
        ("#+ message: of {thing}\n" + QUERY, 1, "must select what its message names"),
        ("#+ title: no message\n" + QUERY, 1, "needs a message"),
    ],
)
def test_a_check_that_cannot_run_is_a_fault(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    query = rule.read(write(tmp_path, text))
    with pytest.raises(BuildError) as error:
        check.query_faults(ox.Store(), [query], Authored())
    (fault,) = error.value.faults
    assert (fault.file, fault.line) == ("ontology/checks/example.rq", line)
    assert message in fault.message


def test_a_shape_that_is_not_turtle_is_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "ontology" / "shapes"
    folder.mkdir(parents=True)
    (folder / "bad.ttl").write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\nsh:a sh:b\n")
    with pytest.raises(BuildError, match=r"ontology/shapes/bad\.ttl"):
        check.shapes(folder)


def test_derivation_ends_at_a_fixpoint_and_runs_strata_in_order(tmp_path: Path) -> None:
    def made(name: str, stratum: int, body: str, premise: str) -> rule.RuleFile:
        text = "PREFIX gcm: <https://w3id.org/gcm-graph/def#>\n" + body
        header = {"premises": premise, "stratum": stratum}
        return rule.RuleFile(name, name, header, text)

    rules = [
        made("a-last", 2, "CONSTRUCT { ?a gcm:no ?b } WHERE { ?a gcm:partOf ?b "
             "FILTER NOT EXISTS { ?b gcm:partOf ?c } }", "?a gcm:partOf ?b ."),
        made("whole", 1, "CONSTRUCT { ?a gcm:partOf ?c } WHERE { ?a gcm:partOf ?b . "
             "?b gcm:partOf ?c }", "?a gcm:partOf ?b ."),
    ]  # fmt: skip
    store = ox.Store()
    part = ox.NamedNode("https://w3id.org/gcm-graph/def#partOf")
    nodes = [ox.NamedNode(f"https://example.org/{n}") for n in range(6)]
    store.extend([ox.Quad(a, part, b) for a, b in pairwise(nodes)])
    found = derivation.derive(store, rules)
    assert sum(q.graph_name.value == DERIVED + "whole" for q in found) == 10
    assert sum(q.graph_name.value == DERIVED + "a-last" for q in found) == 5


def test_no_rule_has_more_to_say_when_the_build_is_done(store: ox.Store) -> None:
    for each in rule.read_folder(ROOT / "ontology" / "rules"):
        new = [t for t in each.run(store) if ox.Quad(t.subject, t.predicate, t.object) not in store]
        assert new == [], each.name


@pytest.mark.parametrize(
    ("role", "begins", "derived"),
    [
        ("chair", "gcm:plannedBegins", False),
        ("lead", "gcm:plannedBegins", False),
        ("coordinator", "gcm:plannedBegins", False),
        ("secretariat", "gcm:plannedBegins", False),
        ("member", "gcm:plannedBegins", False),
        ("chair", "gcm:begins", True),
        ("member", "gcm:asOf", True),
        ("member", "gcm:plannedBegins '2013-07' ; gcm:begins", True),
        ("secretariat", "gcm:plannedEnds", True),
    ],
)
def test_a_membership_that_was_only_announced_derives_nothing(
    role: str, begins: str, derived: bool
) -> None:
    store = ox.Store()
    store.load(
        f"""@prefix gcm: <https://w3id.org/gcm-graph/def#> .
        @prefix org: <http://www.w3.org/ns/org#> .
        @prefix role: <https://w3id.org/gcm-graph/id/role/> .
        <http://example.org/m> org:member <http://example.org/a> ; org:role role:{role} ;
            org:organization <http://example.org/b> ; {begins} "2013-07" .
        <https://w3id.org/gcm-graph/graph/ontology> {{ role:{role} a role:concept . }}""",
        ox.RdfFormat.TRIG,
    )
    relations = ("Members", "Chair", "Co-lead", "Coordinator", "Secretariat")
    rules = [
        each
        for each in rule.read_folder(ROOT / "ontology" / "rules")
        if each.title.startswith(relations) and "membership" in each.text
    ]
    assert len(rules) == 5
    assert bool([triple for each in rules for triple in each.run(store)]) is derived
