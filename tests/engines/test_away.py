"""An engine that is away, slow, busy or broken is said to be so, and is taken up again."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from conftest import free_port, serving
from gcm_graph.store.client import Access, Asked, Client
from gcm_graph.store.pool import Trouble

from . import stand
from .conftest import need

JSON = "application/sparql-results+json"


class Endpoint(ThreadingHTTPServer):
    """An endpoint that answers as it is told: statuses in turn, or late, or not to the end."""

    def __init__(self, *statuses: int, seconds: float = 0, cut: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.statuses = list(statuses)
        self.seconds = seconds
        self.cut = cut
        self.asked = 0
        self.at_once = 0
        self.most = 0
        self.peers: set[int] = set()
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sparql"


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Endpoint

    def do_POST(self) -> None:
        end = self.server
        self.rfile.read(int(self.headers["Content-Length"]))
        with end.lock:
            end.asked += 1
            end.at_once += 1
            end.most = max(end.most, end.at_once)
            end.peers.add(self.client_address[1])
            status = end.statuses.pop(0) if end.statuses else 200
        time.sleep(end.seconds)
        body = b'{"head":{},"boolean":true}' if status == 200 else b"busy"
        with end.lock:
            end.at_once -= 1
        self.send_response(status)
        self.send_header("Content-Type", JSON)
        self.send_header("Content-Length", str(len(body) + 10 * end.cut))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = end.cut

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def endpoint(*statuses: int, seconds: float = 0, cut: bool = False) -> Iterator[Endpoint]:
    with Endpoint(*statuses, seconds=seconds, cut=cut) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def ask(client: Client) -> bytes:
    return client.ask(Asked("ASK {}", JSON))


def test_a_read_is_sent_again() -> None:
    with endpoint(503, 502, 200) as server:
        assert b"true" in ask(Client(Access(server.url)))
        assert server.asked >= 3


def test_a_read_is_not_sent_for_ever() -> None:
    with endpoint(*[503] * 9) as server, pytest.raises(Trouble, match="cannot answer now") as said:
        ask(Client(Access(server.url, retries=2)))
    assert said.value.reason == "unavailable"
    assert server.asked == 3


def test_a_fault_of_the_query_is_not_sent_again() -> None:
    with endpoint(400) as server, pytest.raises(Trouble) as said:
        ask(Client(Access(server.url)))
    assert said.value.reason == "syntax"
    assert server.asked == 1


def test_connections_are_kept() -> None:
    with endpoint() as server:
        client = Client(Access(server.url))
        for _ in range(20):
            ask(client)
        assert server.asked == 21  # the first also asks which engine it is
        assert len(server.peers) == 1


def test_no_more_run_at_a_time_than_may() -> None:
    with endpoint(seconds=0.05) as server:
        client = Client(Access(server.url, connections=2))
        ask(client)
        threads = [threading.Thread(target=ask, args=[client]) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert server.most == 2


def test_a_full_client_says_so() -> None:
    with endpoint(seconds=1.0) as server:
        client = Client(Access(server.url, seconds=5, connections=1))
        client.__dict__["engine"] = client.engine
        held = threading.Thread(target=ask, args=[client])
        held.start()
        time.sleep(0.2)
        with pytest.raises(Trouble) as said:
            client.ask(Asked("ASK {}", JSON, seconds=0.2))
        held.join()
    assert said.value.reason == "busy"


def test_a_slow_engine_is_left() -> None:
    with endpoint(seconds=2) as server:
        begun = time.monotonic()
        with pytest.raises(Trouble) as said:
            ask(Client(Access(server.url, seconds=0.3)))
        assert time.monotonic() - begun < 1.5
    assert said.value.reason == "deadline"


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    with endpoint(cut=True) as server, pytest.raises(Trouble) as said:
        ask(Client(Access(server.url)))
    assert said.value.reason == "unavailable"


def test_a_password_is_in_no_message() -> None:
    access = Access(f"http://127.0.0.1:{free_port()}/sparql", "writer", "secret-word")
    with pytest.raises(Trouble) as said:
        ask(Client(access))
    assert "secret-word" not in f"{access!r} {said.value}"


def test_the_service_says_that_its_engine_is_away_and_takes_it_up_again(
    releases_folder: Path, tmp_path: Path
) -> None:
    need("oxigraph")
    port = free_port()
    with stand.oxigraph(tmp_path / "first", port) as running:
        assert stand.load(running, releases_folder).returncode == 0
        service = serving(releases_folder, "--endpoint", running.url, endpoint_retries="1")
        opened = service.__enter__()
    try:
        with opened.client(headers={"Accept": "application/json"}) as client:
            ready = client.get("/health/ready")
            assert ready.status_code == 503
            assert "engine" in ready.json()["detail"]
            assert client.get("/health/live").status_code == 200
            for path in ("/sparql?query=ASK%7B%7D", "/query/objectives", "/id/forum/imrf"):
                answer = client.get(path)
                assert answer.status_code == 503
                assert answer.headers["content-type"] == "application/problem+json"
                assert answer.headers["retry-after"]
                assert str(port) not in answer.text
            page = client.get("/id/forum/imrf", headers={"Accept": "text/html"})
            assert page.status_code == 503
            with stand.oxigraph(tmp_path / "second", port) as running:
                assert stand.load(running, releases_folder).returncode == 0
                assert client.get("/health/ready").status_code == 200
                assert client.get("/query/objectives").status_code == 200
    finally:
        service.__exit__(None, None, None)


def test_a_service_does_not_start_without_its_engine(releases_folder: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}/sparql"  # nobody listens
    command = [sys.executable, "-m", "gcm_graph", "serve", "--port", "0", "--endpoint", url]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "engine behind this service does not answer" in done.stderr
