"""The launch of the process that forks workers, ahead of the service that will use it."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ZYGOTE = "gcm_graph.store.zygote"
"""The module that holds a release and forks workers over it."""


@dataclass(frozen=True)
class Launched:
    """A process that was started: it writes ``R`` to the socket when it stands ready."""

    control: socket.socket
    process: "subprocess.Popen[bytes]"


_AHEAD: dict[tuple[str, Path, int], Launched] = {}


def launch(program: str, release: Path, memory: int) -> Launched:
    """Start ``program`` over a release, or take the one that was started `ahead`.

    Args:
        program: module to run; it takes release and memory.
        release: folder of the release.
        memory: bytes that a worker may allocate.
    """
    ready = _AHEAD.pop((program, release, memory), None)
    if ready is not None and ready.process.poll() is None:
        return ready
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", program, str(release), str(memory)]
    with theirs:
        environment = {**os.environ, "RUST_BACKTRACE": "0"}  # a failed allocation is one line
        process = subprocess.Popen(command, stdin=theirs.fileno(), env=environment)  # noqa: S603
    return Launched(ours, process)


def ahead(release: Path, memory: int) -> None:
    """Start the zygote of a release now: it loads while this process loads the service."""
    _AHEAD[ZYGOTE, release, memory] = launch(ZYGOTE, release, memory)
