"""A fault in the authored files: where it is, what it is and what to do about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        file: path of the file, relative to the project's root; empty when no file bears it.
        line: line in that file, counted from 1; 0 when unknown.
        message: what is wrong and what would be right, in plain words.
        statement: the statement at fault, with prefixed names.
        severity: ``violation`` stops a build, ``warning`` does not.
    """

    file: str
    line: int
    message: str
    statement: str = ""
    severity: str = "violation"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.file and self.line else ""
        if self.file and not self.line:
            place = f"{self.file}: "
        tail = f"\n    {self.statement}" if self.statement else ""
        return f"{place}{self.severity}: {self.message}{tail}"


class BuildError(Exception):
    """The build cannot go on; it carries the faults, in order of file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))
