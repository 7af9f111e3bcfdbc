"""The processes of a service, as the kernel lists them."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path


def children(process: int) -> list[int]:
    """Return the processes that ``process`` has started and that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == process and state != "Z":
                found.append(int(path.parent.name))
    return found


def offspring(process: int) -> Iterator[int]:
    """Yield all processes below ``process``."""
    for child in children(process):
        yield child
        yield from offspring(child)


def command(process: int) -> str:
    """Return the command line of a process; empty when it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def zygote(service: int) -> int:
    """Return the process from which the workers of a service are forked."""
    return next(one for one in offspring(service) if "store.zygote" in command(one))


def workers(service: int) -> list[int]:
    """Return the processes that run free-form queries."""
    return children(zygote(service))


def until(true: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until ``true()`` holds.

    Raises:
        AssertionError: when it does not in time.
    """
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def alive(process: int) -> bool:
    """Tell whether a process runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
