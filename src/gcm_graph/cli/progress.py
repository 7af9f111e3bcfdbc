"""How the command line shows a build: one line a phase, and what it works on meanwhile."""

from rich.console import Console
from rich.status import Status

from gcm_graph.build.phase import Listener


class Progress(Listener):
    """Writes one line a phase; on a terminal, also what the running phase works on."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._status: Status | None = None
        self._name = ""

    def begin(self, name: str) -> None:
        """Show that the phase ``name`` runs."""
        self._name = name
        if self._console.is_terminal:
            self.close()
            self._status = self._console.status(name)
            self._status.start()

    def step(self, what: str) -> None:
        """Show what the phase works on."""
        if self._status:
            self._status.update(f"{self._name}: {what}")

    def end(self, name: str, seconds: float, said: str) -> None:
        """Write the line of the phase."""
        self.close()
        self._console.print(f"{name:<9}{seconds:6.1f} s  {said}", markup=False, highlight=False)

    def close(self) -> None:
        """Take away what is shown of a running phase."""
        if self._status:
            self._status.stop()
            self._status = None
