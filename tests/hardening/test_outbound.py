"""Nothing that a stranger sends makes the service call another address, in whatever form."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest

JSON = {"Accept": "application/json", "Content-Type": "application/json"}


@dataclass
class Canary:
    """An address that notes whoever connects."""

    address: str
    calls: list[bytes] = field(default_factory=list)


@pytest.fixture
def canary() -> Iterator[Canary]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        found = Canary(f"http://127.0.0.1:{listening.getsockname()[1]}/canary")

        def listen() -> None:
            while True:
                try:
                    called, _ = listening.accept()
                except OSError:
                    return
                with called:
                    called.settimeout(1)
                    found.calls.append(called.recv(200))

        threading.Thread(target=listen, daemon=True).start()
        yield found
        listening.shutdown(socket.SHUT_RDWR)


def test_the_canary_hears(canary: Canary) -> None:
    with pytest.raises(httpx.TransportError):
        httpx.get(canary.address, timeout=5)
    assert canary.calls


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <{0}> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <{0}> { ?s ?p ?o } }",
        "SELECT * { BIND(<{0}> AS ?x) SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { s\\u0065rvice <{0}> { ?s ?p ?o } }",
        "SELECT * FROM <{0}> { ?s ?p ?o }",
        "SELECT * FROM NAMED <{0}> { GRAPH ?g { ?s ?p ?o } }",
        "BASE <{0}> SELECT * FROM <x> { ?s ?p ?o }",
        "LOAD <{0}>",
        "LOAD SILENT <{0}> INTO GRAPH <x:g>",
        "DESCRIBE <{0}>",
        "SELECT * { GRAPH <{0}> { ?s ?p ?o } }",
    ],
)
def test_no_query_calls_another_address(client: httpx.Client, canary: Canary, query: str) -> None:
    text = query.replace("{0}", canary.address)
    answer = client.post("/sparql", data={"query": text})
    assert answer.status_code in {200, 400, 403}
    if "SERVICE" in query or "FROM" in query or "LOAD" in query:
        assert answer.status_code == 403
    assert not canary.calls


def test_no_parameter_calls_another_address(client: httpx.Client, canary: Canary) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        asked = {"query": "ASK { ?s ?p ?o }", name: canary.address}
        assert client.get("/sparql", params=asked).status_code == 403
    for path in (
        "/cite?iri={0}", "/api/thing?iri={0}", "/api/explain?subject={0}&predicate={0}&object={0}",
        "/lineage?from={0}&to={0}", "/neighbourhood?thing={0}", "/reconcile/view?id={0}",
        "/reconcile/preview?id={0}", "/search?q={0}", "/view?iri={0}", "/api/source?iri={0}",
        "/query/thing-graph?thing={0}", "/id/body/iom?_profile={0}",
    ):  # fmt: skip
        assert client.get(path.replace("{0}", canary.address)).status_code < 500
    link = f'<{canary.address}>; rel="http://www.w3.org/ns/json-ld#context"'
    client.get("/id/body/iom", headers={"Accept-Profile": f"<{canary.address}>", "Link": link})
    assert not canary.calls


_ENTITY = '<!DOCTYPE a [<!ENTITY b SYSTEM "{0}">]>'
_RDF = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'


@pytest.mark.parametrize(
    ("kind", "text", "status"),
    [
        ("application/rdf+xml", _ENTITY + _RDF + ">&b;</r:RDF>", 400),
        ("application/rdf+xml", '<!DOCTYPE a SYSTEM "{0}">' + _RDF + "/>", 400),
        ("application/rdf+xml", '<!DOCTYPE a [<!ENTITY % b SYSTEM "{0}"> %b;]>' + _RDF + "/>", 400),
        ("application/rdf+xml", '<?xml-stylesheet href="{0}"?>' + _RDF + "/>", 200),
        (
            "application/rdf+xml",
            _RDF + ' xmlns:x="http://www.w3.org/2001/XMLSchema-instance"'
            ' xmlns:i="http://www.w3.org/2001/XInclude"><r:Description r:about="{0}"'
            ' x:schemaLocation="{0} {0}"/></r:RDF>',
            200,
        ),
        ("application/ld+json", '{"@context": "{0}", "@id": "x:a", "p": "q"}', 400),
        ("application/ld+json", '{"@context": ["{0}"], "@id": "x:a"}', 400),
        ("application/ld+json", '{"@context": {"@import": "{0}"}, "@id": "x:a"}', 400),
        ("application/ld+json", '{"@context": {"a": {"@id": "x:a", "@context": "{0}"}}}', 400),
        ("text/turtle", "<x:a> <http://www.w3.org/2002/07/owl#imports> <{0}> .", 200),
        ("text/turtle", "<x:a> <http://www.w3.org/ns/shacl#shapesGraph> <{0}> .", 200),
        ("text/turtle", "@base <{0}> . <a> <http://www.w3.org/2002/07/owl#sameAs> <b> .", 200),
    ],
)  # fmt: skip
def test_no_posted_rdf_calls_another_address(
    client: httpx.Client, canary: Canary, kind: str, text: str, status: int
) -> None:
    sent = text.replace("{0}", canary.address)
    told = {"Content-Type": kind, "Accept": "application/json"}
    for shapes in ("ours", "data"):
        answer = client.post(f"/validate?shapes={shapes}", content=sent, headers=told)
        if answer.status_code != 503:  # the deadline, on a busy machine
            assert answer.status_code == status, answer.text
    assert not canary.calls


def test_no_call_of_an_assistant_calls_another_address(
    client: httpx.Client, canary: Canary
) -> None:
    told = {**JSON, "Accept": "application/json, text/event-stream"}
    listed = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    tools = client.post("/mcp", json=listed, headers=told).json()["result"]["tools"]
    for tool in tools:
        wanted = tool["inputSchema"].get("properties", {})
        values = {
            name: f"SELECT * {{ SERVICE <{canary.address}> {{ ?s ?p ?o }} }}"
            if name == "query"
            else canary.address
            for name in wanted
        }
        call = {"name": tool["name"], "arguments": values}
        asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        assert client.post("/mcp", json=asked, headers=told).status_code < 500
    batch = {"q0": {"query": canary.address, "type": canary.address}}
    client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert not canary.calls


def test_entities_do_not_grow(client: httpx.Client) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE a [<!ENTITY a0 "laugh">{levels}]>{_RDF}>&a9;</r:RDF>'
    told = {"Content-Type": "application/rdf+xml", "Accept": "application/json"}
    refused = client.post("/validate", content=text, headers=told)
    assert refused.status_code == 400
    assert "DOCTYPE" in refused.json()["detail"]
