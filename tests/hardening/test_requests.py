"""The limits of a request: each is answered with what it is, and the service goes on."""

import gzip
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from conftest import Service, serving

LIMITS = {
    "header_seconds": "1",
    "body_seconds": "1",
    "answer_seconds": "2",
    "connections": "40",
    "hosts": "127.0.0.1, graph.example",
}


@pytest.fixture(scope="module")
def narrow(releases_folder: Path) -> Iterator[Service]:
    """A service with short times, few connections and a name."""
    with serving(releases_folder, **LIMITS) as running:
        yield running


def opened(service: Service) -> socket.socket:
    place = urlsplit(service.address)
    assert place.hostname
    assert place.port
    made = socket.create_connection((place.hostname, place.port))
    made.settimeout(15)
    return made


def told(connection: socket.socket) -> tuple[int, bytes]:
    """Return status and body of the answer, once the other side has closed."""
    held = b""
    try:
        while piece := connection.recv(65_536):
            held += piece
    except ConnectionResetError:
        pass
    if not held:
        return 0, b""
    head, _, body = held.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


def sent(service: Service, text: bytes) -> tuple[int, bytes]:
    with opened(service) as connection:
        connection.sendall(text)
        return told(connection)


def request(line: str, *headers: str, body: bytes = b"", host: str = "Host: 127.0.0.1") -> bytes:
    lines = [line + " HTTP/1.1", host, *headers, "Connection: close"]
    return "\r\n".join(filter(None, lines)).encode("latin-1") + b"\r\n\r\n" + body


def test_a_long_address_is_told_so(client: httpx.Client) -> None:
    refused = client.get("/search", params={"q": "a" * 20_000})
    assert refused.status_code == 414
    assert "address_bytes" in refused.json()["detail"]


def test_a_header_of_many_bytes_or_lines_is_refused(client: httpx.Client) -> None:
    assert client.get("/health/live", headers={"X-Long": "a" * 40_000}).status_code == 431
    many = {f"X-{number}": "a" for number in range(200)}
    assert client.get("/health/live", headers=many).status_code == 431


def test_a_header_without_end_is_cut_off_before_it_is_whole(narrow: Service) -> None:
    with opened(narrow) as connection:
        connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        begun = time.monotonic()
        taken = 0
        try:
            while taken < 50 << 20:
                connection.sendall(b"X-Flood: " + b"a" * 8000 + b"\r\n")
                taken += 8000
        except OSError:
            pass
        assert taken < 20 << 20  # what the sockets hold, not what a client likes to send
        assert time.monotonic() - begun < 10
    assert httpx.get(f"{narrow.address}/health/live").status_code == 200


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"\r\n"])
def test_a_connection_that_asks_nothing_is_closed(narrow: Service, begun: bytes) -> None:
    with opened(narrow) as connection:
        connection.sendall(begun)
        start = time.monotonic()
        status, body = told(connection)
        assert time.monotonic() - start < 8
    assert status == (408 if begun.startswith(b"GET") else 0)
    assert not body or b"header_seconds" in body


def test_a_body_that_does_not_come_is_not_waited_for(narrow: Service) -> None:
    start = time.monotonic()
    head = ("Content-Type: application/sparql-query", "Content-Length: 50")
    status, body = sent(narrow, request("POST /sparql", *head, body=b"ASK"))
    assert status == 408
    assert b"body_seconds" in body
    assert time.monotonic() - start < 8


def test_a_client_that_does_not_read_is_dropped(narrow: Service) -> None:
    with opened(narrow) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        connection.sendall(request("GET /download/dataset.nq"))
        time.sleep(5)
        _, body = told(connection)
    whole = httpx.head(f"{narrow.address}/download/dataset.nq").headers["content-length"]
    assert len(body) < int(whole)


def test_too_many_connections_are_told_so_and_others_come_after(narrow: Service) -> None:
    held = [opened(narrow) for _ in range(45)]
    answers = [told(connection) for connection in held[-3:]]
    assert any(status == 503 and b"Too many connections" in body for status, body in answers)
    for connection in held:
        connection.close()
    time.sleep(0.3)
    assert httpx.get(f"{narrow.address}/health/ready").status_code == 200


@pytest.mark.parametrize("path", ["/sparql", "/validate", "/reconcile", "/mcp", "/sparql/names"])
def test_a_large_body_is_refused_before_it_is_sent(service: Service, path: str) -> None:
    head = ("Content-Type: application/json", "Content-Length: 99999999999")
    status, body = sent(service, request(f"POST {path}", *head, body=b"{}"))
    assert status == 413
    assert b"request_bytes" in body


def test_a_body_of_unknown_length_is_counted(client: httpx.Client) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(200):
            yield b" " * 65_536

    try:
        refused = client.post(
            "/sparql", content=endless(), headers={"Content-Type": "application/sparql-query"}
        )
    except httpx.WriteError:  # closed while it was still sending
        return
    assert refused.status_code == 413


@pytest.mark.parametrize("path", ["/sparql", "/validate", "/reconcile", "/mcp", "/sparql/names"])
def test_nothing_is_unpacked(client: httpx.Client, path: str) -> None:
    bomb = gzip.compress(b" " * (1 << 24))
    kind = {"Content-Type": "text/turtle", "Content-Encoding": "gzip"}
    refused = client.post(path, content=bomb, headers=kind)
    assert refused.status_code == 415
    assert refused.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../settings.py",
        "/static/..%2f..%2fapp.py",
        "/static/%2e%2e/%2e%2e/app.py",
        "/static/..%5c..%5capp.py",
        "/static//etc/passwd",
        "/download/..%2f..%2f..%2fetc%2fpasswd",
        "/download/%2e%2e/manifest.json",
        "/graph/../../../etc/passwd",
        "/timemap/../../../etc/passwd",
        "/timemap/id/a%3Cb%3E",
        "/profile/..%2f..%2fetc",
    ],
)
def test_a_path_leads_to_no_file(service: Service, path: str) -> None:
    status, body = sent(service, request(f"GET {path}"))
    assert status == 404
    assert b"root:" not in body
    assert b"import" not in body


@pytest.mark.parametrize("path", ["/id/body/%00", "/timemap/%ff", "/id/body/iom%0d%0aX-Evil:%201"])
def test_a_path_is_text(service: Service, path: str) -> None:
    status, _ = sent(service, request(f"GET {path}"))
    assert status == 400


@pytest.mark.parametrize("host", ["", "Host: a<b>", "Host: a b", "Host: a\r\nHost: b", "Host: "])
def test_a_request_names_one_host(service: Service, host: str) -> None:
    status, body = sent(service, request("GET /id/body/iom", host=host))
    assert status == 400
    assert b"<b>" not in body


def test_other_names_than_its_own_are_refused_except_for_health(narrow: Service) -> None:
    with narrow.client() as client:
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
        assert client.get("/", headers={"Host": "graph.example:443"}).status_code == 200
        assert client.get("/health/live", headers={"Host": "10.0.0.1"}).status_code == 200


def test_no_answer_carries_the_host_of_another_request(client: httpx.Client) -> None:
    path, kind = "/id/body/iom", {"Accept": "application/ld+json"}
    first = client.get(path, headers={**kind, "Host": "first.example"})
    assert "first.example" in first.text
    forged = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    forged |= {"X-Original-URL": "/evil", "X-Rewrite-URL": "/evil", "X-Forwarded-Prefix": "/evil"}
    second = client.get(path, headers={**kind, "Host": "second.example", **forged})
    assert second.status_code == 200
    assert "first.example" not in second.text
    assert "evil" not in second.text + str(second.headers)


@pytest.mark.parametrize("path", ["/mcp", "/sparql/names", "/validate"])
def test_json_is_not_nested_without_end(client: httpx.Client, path: str) -> None:
    kind = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    refused = client.post(path, content=b"[" * 100_000, headers=kind)
    assert refused.status_code == 400
    text = json.dumps({"a": "[" * 1000 + '\\"'}).encode()  # brackets in a text are text
    assert "nested" not in client.post(path, content=text, headers=kind).text


@pytest.mark.parametrize("path", ["/mcp", "/sparql/names", "/validate"])
def test_a_number_of_thousands_of_digits_is_no_mistake_of_the_service(
    client: httpx.Client, path: str
) -> None:
    kind = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    refused = client.post(path, content=b'{"a": %s}' % (b"9" * 6000), headers=kind)
    assert refused.status_code == 400
    form = {"data": (None, '{"@id": ' + "9" * 6000 + "}"), "syntax": (None, "jsonld")}
    refused = client.post("/validate", files=form, headers={"Accept": "application/json"})
    assert refused.status_code in {400, 503}


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * 20_000 + "}" * 20_000,
        "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
        "ASK { ?a " + "(" * 200 + "<x:y>" + ")" * 200 + " ?b }",
        "ASK { ?a ?b " + "[ ?c " * 200 + "1" + "]" * 200 + " }",
    ],
)
def test_a_query_is_not_nested_without_end(client: httpx.Client, query: str) -> None:
    refused = client.post("/sparql", data={"query": query})
    assert refused.status_code == 400
    assert "query_depth" in refused.json()["detail"]


@pytest.mark.parametrize(
    "query",
    [
        'ASK { FILTER(REGEX("' + "a" * 30_000 + 'b", "^(a+)+$")) }',
        'ASK { FILTER(REGEX("a", "((a{1,900}){1,900}){1,900}")) }',
        "ASK { FILTER(" + "(" * 90 + "1" + ")" * 90 + ") }",
        "ASK { FILTER(" + "+".join("1" * 20_000) + " > 1) }",
        "ASK { FILTER(" + "!" * 30_000 + "true) }",
        "ASK { ?a " + "^" * 30_000 + "<x:y> ?b }",
        "ASK { " + " UNION ".join(["{ ?a ?b 1 }"] * 3_000) + " }",
        "SELECT * { ?a (<x:a>|!<x:a>)* ?b . ?b (<x:a>|!<x:a>)* ?c }",
    ],
)
def test_a_costly_query_ends_in_time_and_leaves_the_service_whole(
    client: httpx.Client, query: str
) -> None:
    begun = time.monotonic()
    answer = client.post("/sparql", data={"query": query, "format": "json"})
    assert answer.status_code in {200, 400, 503}
    assert time.monotonic() - begun < 15
    assert client.get("/sparql", params={"query": "ASK {}", "format": "json"}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/id/body/iom.ttl", "/static/style.css", "/nowhere", "/sparql?query=x", "/search"]
)
def test_every_answer_carries_the_headers_of_safety(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html, */*;q=0.1"})
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"]
    assert answer.headers["permissions-policy"]
    assert "server" not in answer.headers
    if answer.headers["content-type"].startswith("text/html"):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


def test_what_is_no_http_gets_a_problem_document(narrow: Service) -> None:
    status, body = sent(narrow, b"NONSENSE\r\n\r\n")
    assert status == 400
    assert json.loads(body)["type"].endswith("malformed")
