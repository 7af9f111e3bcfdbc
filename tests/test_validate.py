"""``/validate`` over HTTP: posted RDF in, a SHACL report out, and nothing fetched or kept."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from conftest import Service, serving

HEAD = """@prefix body: <https://w3id.org/gcm-graph/id/body/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix gcm: <https://w3id.org/gcm-graph/def#> .
@prefix instrument: <https://w3id.org/gcm-graph/id/instrument/> .
@prefix p: <https://w3id.org/gcm-graph/source/A-RES-73-195/> .
"""
GOOD = HEAD + "p:para-45 { body:un-network-on-migration gcm:mandatedBy instrument:gcm . }\n"
BAD = HEAD + 'p:para-45 {\n  body:iom gcm:begins "soon"^^edtf:EDTF .\n}\n'
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example/> .
ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .
"""
QUERY = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example/> .
ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:sparql [ sh:message "m" ;
 sh:select \"\"\"%s\"\"\" ] .
ex:a a ex:T .
"""
TRIG = {"Content-Type": "application/trig"}
TURTLE = {"Content-Type": "text/turtle"}


@pytest.fixture(scope="module")
def hasty(releases_folder: Path) -> Iterator[Service]:
    """A service that soon stops a validation, and takes small bodies only."""
    limits = {"validation_seconds": "3", "request_bytes": "200000", "validation_workers": "1"}
    with serving(releases_folder, **limits) as running:
        yield running


def report(client: httpx.Client, data: str, headers: dict[str, str], **query: str) -> dict:
    accept = {"Accept": "application/json"}
    answer = client.post("/validate", content=data, headers={**headers, **accept}, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def problem(answer: httpx.Response, status: int) -> dict:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()


def test_what_stands_in_the_release_need_not_be_sent_again(client: httpx.Client) -> None:
    told = report(client, GOOD, TRIG)
    assert told["conforms"] is True
    assert told["context"] == "release"
    alone = report(client, GOOD, TRIG, context="none")
    assert alone["conforms"] is False


def test_a_fault_is_told_with_its_line_its_rule_and_its_value(client: httpx.Client) -> None:
    told = report(client, BAD, TRIG)
    (found,) = told["results"]
    assert found["line"] == BAD.splitlines().index('  body:iom gcm:begins "soon"^^edtf:EDTF .') + 1
    assert found["focus"] == "https://w3id.org/gcm-graph/id/body/iom"
    assert found["path"] == "https://w3id.org/gcm-graph/def#begins"
    assert found["value"]["value"] == "soon"
    assert found["shape"].endswith("#BeginsEdtf")
    assert "must be a date in EDTF" in found["message"]


@pytest.mark.parametrize(
    ("graph", "statement", "said"),
    [
        ("p:para-45", "body:nobody-at-all gcm:mandatedBy instrument:gcm", "no class"),
        ("p:somewhere-odd", "body:iom gcm:mandatedBy instrument:gcm", "is not described"),
        ("p:para-45", 'body:iom gcm:frobs "x"', "gcm:frobs"),
    ],
)
def test_the_checks_of_a_contribution_are_made(
    client: httpx.Client, graph: str, statement: str, said: str
) -> None:
    told = report(client, HEAD + graph + " { " + statement + " . }", TRIG)
    assert any(said in found["message"] for found in told["results"]), told


def test_a_statement_without_its_passage_is_found_beside_others_that_have_one(
    client: httpx.Client,
) -> None:
    told = report(client, GOOD + "body:iom gcm:mandatedBy instrument:gcm .", TRIG)
    (found,) = told["results"]
    assert "outside any graph" in found["message"]
    assert found["line"] == 7
    bare = report(client, HEAD + "body:iom gcm:mandatedBy instrument:gcm .", TURTLE)
    assert bare["conforms"] is True
    assert "name no passage" in bare["notes"][0]


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    ],
)
def test_the_report_is_rdf(client: httpx.Client, accept: str, form: ox.RdfFormat) -> None:
    answer = client.post("/validate", content=BAD, headers={**TRIG, "Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    store = ox.Store()
    store.load(answer.content, format=form)
    rows = store.query(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?focus ?shape { ?report a "
        "sh:ValidationReport ; sh:conforms false ; sh:result ?r . ?r sh:focusNode ?focus ; "
        "sh:sourceShape ?shape ; sh:resultSeverity sh:Violation }"
    )
    assert [row["focus"].value for row in rows] == ["https://w3id.org/gcm-graph/id/body/iom"]


def test_the_report_is_text_and_a_page(client: httpx.Client) -> None:
    text = client.post("/validate", content=BAD, headers={**TRIG, "Accept": "text/plain"}).text
    assert text.startswith("data:7: violation: body:iom gcm:begins")
    assert text.endswith("does not conform: 1 result\n")
    fields = {"data": BAD, "syntax": "trig"}
    files = {name: (None, value) for name, value in fields.items()}
    page = client.post("/validate", files=files, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "The data do not conform" in page.text
    assert "body:iom gcm:begins &#34;soon&#34;^^edtf:EDTF" in page.text
    empty = client.get("/validate", headers={"Accept": "text/html"})
    assert '<form class="panel"' in empty.text


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("application/n-triples", "<http://example/a> a <http://example/T> ."),
        ("text/turtle", "<http://example/a> a <http://example/T> ."),
        ("application/n-quads", "<http://example/a> <urn:p> <urn:o> <urn:g> ."),
        ("application/ld+json", '{"@id": "http://example/a", "urn:p": 1}'),
        ("application/json", '{"@id": "http://example/a", "urn:p": 1}'),
        ("text/plain", "<http://example/a> <urn:p> <urn:o> <urn:g> ."),
        (
            "application/rdf+xml",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:">'
            '<rdf:Description rdf:about="http://example/a"><e:p>1</e:p></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_every_format_of_rdf_is_read(client: httpx.Client, kind: str, data: str) -> None:
    data = data.replace(" a <", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <")
    told = report(client, data, {"Content-Type": kind}, context="none")
    assert told["statements"] == 1


def test_shapes_of_ones_own_come_beside_the_data_or_in_it(client: httpx.Client) -> None:
    data = "<http://example/a> a <http://example/T> ."
    parts = {
        "file": ("data.ttl", data),
        "rules_file": ("shapes.ttl", SHAPES),
        "shapes": (None, "own"),
    }
    answer = client.post("/validate", files=parts, headers={"Accept": "application/json"})
    (found,) = answer.json()["results"]
    assert found["constraint"] == "MinCountConstraintComponent"
    assert found["mend"] == "Add a value of this property."
    assert report(client, SHAPES + data, TURTLE, shapes="data")["results"][0]["line"] == 3


def test_what_is_not_rdf_is_told_with_its_place(client: httpx.Client) -> None:
    told = problem(client.post("/validate", content="<urn:a> <urn:b>\n c .", headers=TURTLE), 400)
    assert (told["line"], told["part"]) == (2, "data")
    assert "line 2" in told["detail"]


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        (
            "application/rdf+xml",
            '<?xml version="1.0"?><!-- x --><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
            + "".join(
                f'<!ENTITY {new} "{f"&{old};" * 10}">'
                for old, new in zip("abcdefgh", "bcdefghi", strict=True)
            )
            + ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:">'
            '<rdf:Description rdf:about="urn:x"><e:p>&i;</e:p></rdf:Description></rdf:RDF>',
            "document type",
        ),
        (
            "application/ld+json",
            '{\n"@context": "%s/context.jsonld",\n"@id": "urn:x", "name": "y"}',
            "nothing is fetched",
        ),
        (
            "application/ld+json",
            '{"@context": [{"@import": "%s/context.jsonld"}], "@id": "urn:x", "name": "y"}',
            "nothing is fetched",
        ),
    ],
)
def test_nothing_is_fetched_or_unfolded_for_data(
    client: httpx.Client, elsewhere: "Elsewhere", kind: str, data: str, said: str
) -> None:
    sent = data.replace("%s", elsewhere.address)
    answer = client.post("/validate", content=sent, headers={"Content-Type": kind})
    assert said in problem(answer, 400)["detail"]
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT $this WHERE { $this ?p ?o SERVICE <%s/sparql> { ?a ?b ?c } }", 422),
        ("SELECT $this FROM <%s/data.ttl> WHERE { $this ?p ?o }", 422),
        ("SELECT $this WHERE { $this ?p ?o", 422),
    ],
)
def test_queries_in_shapes_stay_within_the_data(
    client: httpx.Client, elsewhere: "Elsewhere", query: str, status: int
) -> None:
    data = QUERY % query.replace("%s", elsewhere.address)
    answer = client.post("/validate?shapes=data", content=data, headers=TURTLE)
    assert problem(answer, status)["type"].endswith(":shapes")
    assert elsewhere.asked == []


def test_imports_are_not_followed_and_that_is_said(
    client: httpx.Client, elsewhere: "Elsewhere"
) -> None:
    owl = f"<urn:s> <http://www.w3.org/2002/07/owl#imports> <{elsewhere.address}/more.ttl> ."
    told = report(client, SHAPES + owl, TURTLE, shapes="data")
    assert "is not imported" in told["notes"][0]
    assert elsewhere.asked == []


def test_a_runaway_is_stopped_while_others_are_answered(hasty: Service) -> None:
    triples = "".join(f"<urn:a{n}> <urn:p> <urn:b{n}> ." for n in range(300))
    cross = "SELECT $this WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a = $this && ?i = 1) }"
    answers: list[httpx.Response] = []

    def run() -> None:
        with hasty.client() as own:
            url = "/validate?shapes=data"
            answers.append(own.post(url, content=QUERY % cross + triples, headers=TURTLE))

    with hasty.client() as other:
        report(other, SHAPES, TURTLE, shapes="data")
        runaway = threading.Thread(target=run)
        runaway.start()
        time.sleep(1)
        assert other.get("/health/live").status_code == 200
        assert runaway.is_alive()
        runaway.join()
        told = problem(answers[0], 503)
        assert "3 s" in told["detail"]
        assert int(answers[0].headers["retry-after"]) > 0
        assert report(other, SHAPES, TURTLE, shapes="data")["conforms"] is True


def test_a_pattern_that_never_ends_is_stopped(hasty: Service) -> None:
    data = (
        '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> a sh:NodeShape ; sh:targetNode "'
        + "a" * 40
        + '!" ; sh:pattern "^(a+)+$" .'
    )
    with hasty.client() as client:
        problem(client.post("/validate?shapes=data", content=data, headers=TURTLE), 503)


def test_a_huge_literal_is_read_and_a_larger_one_refused(hasty: Service) -> None:
    literal = '<urn:a> <urn:p> "' + "a" * 190_000 + '" .'
    larger = literal.replace(" .", "a" * 20_000 + " .")
    with hasty.client() as client:
        assert report(client, literal, TURTLE, shapes="data")["statements"] == 1
        refused = client.post("/validate", content=larger, headers=TURTLE)
    assert "200,000 bytes" in problem(refused, 413)["detail"]


@pytest.mark.parametrize(
    ("headers", "query", "status"),
    [
        ({"Content-Type": "image/png"}, "", 415),
        ({"Content-Type": "text/turtle", "Content-Encoding": "gzip"}, "", 415),
        ({"Content-Type": "text/turtle; charset=utf-16"}, "", 415),
        ({"Content-Type": "multipart/form-data"}, "", 400),
        ({"Content-Type": "text/turtle", "Accept": "image/png"}, "", 406),
        ({"Content-Type": "text/turtle"}, "?shapes=theirs", 400),
        ({"Content-Type": "text/turtle"}, "?shapes=own", 400),
        ({"Content-Type": "text/turtle"}, "?context=world", 400),
    ],
)
def test_what_cannot_be_done_is_refused(
    client: httpx.Client, headers: dict[str, str], query: str, status: int
) -> None:
    problem(
        client.post(f"/validate{query}", content="<urn:a> a <urn:b> .", headers=headers), status
    )


class Elsewhere:
    """A server that must not be asked for anything."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps({"@context": {"name": "urn:name"}}).encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    made = Elsewhere()
    yield made
    made.server.shutdown()
