"""The servers that are compared, each over the same release, and one connection to each."""

import os
import random
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode


@dataclass
class Server:
    """A running server.

    Attributes:
        name: what the table calls it.
        port: where it listens on the loopback interface.
        path: path of its endpoint.
        process: its process.
    """

    name: str
    port: int
    path: str
    process: "subprocess.Popen[bytes]"

    @property
    def memory(self) -> int:
        """Bytes of memory that the process holds (resident set)."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE")


def free_port() -> int:
    """Return a port that nobody listens on, and that no connection will be given meanwhile."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as held:
            if held.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("no port is free")


class Connection:
    """A connection that is kept, with as little of its own as can be."""

    def __init__(self, server: Server, source: str = "127.0.0.1") -> None:
        self._server = server
        self._source = source
        self._socket: socket.socket | None = None

    def ask(self, query: str) -> tuple[int, float, int]:
        """Ask a query; return status, seconds and bytes of the answer."""
        target = f"{self._server.path}?{urlencode({'query': query})}"
        head = (
            f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Accept: application/sparql-results+json\r\n\r\n"
        ).encode()
        for _ in range(2):
            try:
                return self._once(head)
            except (ConnectionError, BrokenPipeError):
                self._socket = None  # the server closed it in between
        raise ConnectionError(self._server.name)

    def _once(self, head: bytes) -> tuple[int, float, int]:
        if self._socket is None:
            address = ("127.0.0.1", self._server.port)
            self._socket = socket.create_connection(address, 120, (self._source, 0))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        begun = time.perf_counter()
        self._socket.sendall(head)
        held = b""
        while b"\r\n\r\n" not in held:
            held += self._more()
        header, _, body = held.partition(b"\r\n\r\n")
        lines = header.lower().split(b"\r\n")
        length = next((int(x[15:]) for x in lines if x.startswith(b"content-length:")), None)
        while (len(body) < length) if length is not None else not body.endswith(b"0\r\n\r\n"):
            body += self._more()
        taken = time.perf_counter() - begun
        if b"connection: close" in lines:
            self._socket = None
        return int(lines[0].split()[1]), taken, len(body)

    def _more(self) -> bytes:
        assert self._socket is not None
        piece = self._socket.recv(262_144)
        if not piece:
            raise ConnectionError
        return piece


@contextmanager
def _running(name: str, command: list[str], port: int, path: str, **more: str) -> Iterator[Server]:
    environment = {**os.environ, **more}
    errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
    process = subprocess.Popen(command, env=environment, stdout=errors, stderr=errors)  # noqa: S603
    server = Server(name, port, path, process)
    try:
        for _ in range(9000):
            if process.poll() is not None:
                errors.seek(0)
                raise RuntimeError(f"{name} ended: {errors.read().decode()[-600:]}")
            try:
                if Connection(server).ask("ASK { ?s ?p ?o }")[0] == 200:
                    break
            except OSError:
                time.sleep(0.02)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def ours(shelf: Path, **settings: str) -> Iterator[Server]:
    """Run ``gcm-graph serve`` over the releases in ``shelf``."""
    port = free_port()
    command = ["gcm-graph", "serve", "--port", str(port)]
    more = {"GCM_RELEASE": str(shelf), **{f"GCM_{k.upper()}": v for k, v in settings.items()}}
    with _running("gcm-graph", command, port, "/sparql", **more) as server:
        yield server


@contextmanager
def rdflib_endpoint(program: str, file: Path, name: str) -> Iterator[Server]:
    """Run rdflib-endpoint over ``file``, with its store in memory."""
    port = free_port()
    command = [program, "serve", "--host", "127.0.0.1", "--port", str(port)]
    command.append(str(file))
    with _running(name, command, port, "/") as server:
        yield server


@contextmanager
def oxigraph(program: str, release: Path) -> Iterator[Server]:
    """Run ``oxigraph serve``, in memory, and load the release into it."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        load = [program, "load", "--location", folder, "--file", str(release / "dataset.nq")]
        subprocess.run(load, check=True, capture_output=True)  # noqa: S603
        command = [program, "serve-read-only", "--location", folder]
        command += ["--bind", f"127.0.0.1:{port}"]
        with _running("oxigraph serve", command, port, "/query") as server:
            yield server
