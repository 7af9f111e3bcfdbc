"""The processes of ``serve --workers N``: one socket, and a signal that goes to all of them."""

import os
import signal

from uvicorn.supervisors import Multiprocess


class Processes(Multiprocess):
    """Serving processes over one socket; one that dies is replaced."""

    def handle_hup(self) -> None:
        """Tell every process to look for a new release; none of them ends for it."""
        for process in self.processes:
            if process.pid is not None:
                os.kill(process.pid, signal.SIGHUP)
