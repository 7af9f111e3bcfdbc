"""The phases of a build and who listens to them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Listener:
    """Hears how a build goes on; this one says nothing."""

    def begin(self, name: str) -> None:
        """Hear that the phase ``name`` begins."""

    def step(self, what: str) -> None:
        """Hear what the phase works on now: a file, a rule, a check."""

    def end(self, name: str, seconds: float, said: str) -> None:
        """Hear that the phase has ended, how long it took and what it has to say."""


class Phase:
    """One phase at work; ``said`` is what it has to say at its end."""

    def __init__(self, listener: Listener) -> None:
        self.said = ""
        self.step = listener.step


@contextmanager
def phase(listener: Listener, name: str) -> Iterator[Phase]:
    """Run the phase ``name`` and tell ``listener`` of its beginning, and of its end if it has one.

    Yields:
        The phase, to report its steps and result to.
    """
    listener.begin(name)
    begun = time.perf_counter()
    running = Phase(listener)
    yield running
    listener.end(name, time.perf_counter() - begun, running.said)
