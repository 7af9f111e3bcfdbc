"""Files of rules and checks: a ``#+`` header in YAML and one SPARQL query.

The header has the syntax of grlc's decorators: the lines that begin with ``#+`` are one YAML 1.1
mapping. It is read strictly, so that a message is exactly what stands in its quotation marks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from gcm_graph.build.date import FUNCTIONS
from gcm_graph.build.fault import BuildError, Fault
from gcm_graph.namespaces import RDF_TYPE
from gcm_graph.terms import expand

KEYS = frozenset({"title", "description", "severity", "message", "premises", "stratum"})
"""What a header may say."""

_LINE = re.compile(r"\bat (\d+):\d+")

SEVERITIES = frozenset({"violation", "warning"})


@dataclass(frozen=True)
class RuleFile:
    """One query file with its header.

    Attributes:
        name: name of the file without its ending.
        file: the file as faults call it: folder and name.
        header: what the header says.
        text: the whole file, which is the query.
    """

    name: str
    file: str
    header: Mapping[str, Any]
    text: str

    @property
    def title(self) -> str:
        """What the rule or check is called."""
        return str(self.header.get("title", self.name))

    @property
    def message(self) -> str:
        """What a check says, with a ``{name}`` for each value that the query finds."""
        return str(self.header.get("message", ""))

    @property
    def severity(self) -> str:
        """How grave what a check finds is: ``violation`` or ``warning``."""
        return str(self.header.get("severity", "violation"))

    @property
    def stratum(self) -> int:
        """When a rule runs: all rules of a lower stratum are at their end before it begins."""
        return int(self.header.get("stratum", 1))

    def reads(self) -> frozenset[str] | None:
        """Return the properties of the rule's premises; ``None`` when it may read any."""
        found = set()
        for line in str(self.header.get("premises", "")).splitlines():
            _, predicate, *_ = line.split()
            if predicate.startswith("?"):
                return None
            found.add(RDF_TYPE.value if predicate == "a" else expand(predicate))
        return frozenset(found) or None

    def run(self, store: ox.Store) -> Any:
        """Run the query (W3C SPARQL 1.1) with the functions that rules may call.

        Returns:
            Solutions or triples, as pyoxigraph gives them.

        Raises:
            BuildError: when the query is not SPARQL; it names the file and the line.
        """
        try:
            return store.query(self.text, custom_functions=FUNCTIONS)
        except SyntaxError as error:
            line = _LINE.search(str(error.msg))
            said = f"this is not a SPARQL query: {error.msg}"
            raise BuildError([Fault(self.file, int(line[1]) if line else 0, said)]) from error


def read(path: Path) -> RuleFile:
    """Read one ``.rq`` file.

    Raises:
        BuildError: when the header is not a YAML mapping of the known names; it names the file
            and the line.
    """
    file = path.relative_to(path.parents[2]).as_posix() if len(path.parents) > 2 else path.name
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    marked = [number for number, line in enumerate(lines) if line.startswith("#+")]

    def fault(number: int, message: str) -> BuildError:
        return BuildError([Fault(file, number, message)])

    first = marked[0] + 1 if marked else 1
    if marked != list(range(first - 1, first - 1 + len(marked))):
        raise fault(first, "the lines of the header (`#+`) must follow each other")
    try:
        header = yaml.safe_load("\n".join(lines[number][2:] for number in marked)) or {}
    except yaml.MarkedYAMLError as error:
        at = first + (error.problem_mark.line if error.problem_mark else 0)
        message = f"the header is not YAML ({error.problem}): put the value in quotation marks"
        raise fault(at, message) from error
    if not isinstance(header, dict):
        raise fault(first, "the header must be a list of names and values, `#+ name: value`")
    unknown = sorted(str(key) for key in header.keys() - KEYS)
    if unknown:
        known = ", ".join(sorted(KEYS))
        raise fault(first, f"the header says “{unknown[0]}”, but only {known} are known")
    if header.get("severity", "violation") not in SEVERITIES:
        raise fault(first, "the severity must be violation or warning")
    return RuleFile(path.stem, file, header, text)


def read_folder(folder: Path) -> list[RuleFile]:
    """Read every ``.rq`` file of a folder, in order of name.

    Raises:
        BuildError: when a header is wrong.
    """
    return [read(path) for path in sorted(folder.glob("*.rq"))]
