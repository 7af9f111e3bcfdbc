"""The zygote: holds a release and forks workers from it, so that a new one stands ready at once.

It runs as a process of its own (``python -m gcm_graph.store.zygote RELEASE MEMORY``) with a
UNIX socket as its standard input. For every byte that it reads there it forks one worker and
sends back two descriptors (SCM_RIGHTS): the service's end of the worker's pipe, and a pidfd by
which the service can kill that worker and no other process. Closing the socket ends everything.
"""

import contextlib
import ctypes
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from gcm_graph.store import embedded, worker
from gcm_graph.store.frame import Pipe

_PR_SET_PDEATHSIG = 1


def _die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent dies (prctl(2))."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _fork(work: Callable[[Pipe], None], control: socket.socket, memory: int) -> None:
    ours, theirs = socket.socketpair()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        status = 0
        try:
            control.close()
            theirs.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _die_with_parent(parent)
            worker.confine(memory)
            work(ours)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the service closed its end
        except BaseException:
            sys.excepthook(*sys.exc_info())
            status = 1
        os._exit(status)
    ours.close()
    handle = os.pidfd_open(pid)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        socket.send_fds(control, [b"W"], [theirs.fileno(), handle])
    os.close(handle)
    theirs.close()


def serve(work: Callable[[Pipe], None], control: socket.socket, memory: int) -> None:
    """Fork a worker that does ``work`` for each byte read from ``control``, until it is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps the workers
    gc.freeze()  # shared pages stay shared
    control.sendall(b"R")
    while control.recv(1):
        _fork(work, control, memory)
    with contextlib.suppress(ChildProcessError):
        os.wait()  # workers end when the service closes their pipes


def begin() -> socket.socket:
    """Return the socket on standard input; this process ends when the service does."""
    _die_with_parent(os.getppid())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the service decides when to stop
    return socket.socket(fileno=os.dup(0))


def main(arguments: list[str]) -> None:
    """Load the release named by the arguments and serve the socket on standard input."""
    control = begin()
    store = embedded.load(Path(arguments[0]))
    serve(partial(worker.run, store), control, int(arguments[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
