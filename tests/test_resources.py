"""Linked data over HTTP: every resource in every representation, and honest errors."""

import csv
import hashlib
import io
import re
from xml.etree import ElementTree as ET

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from parsers import parsed

RESOURCES = (
    "/id/body/un-network-on-migration",
    "/id/instrument/gcm",
    "/id/forum/gcm-regional-reviews",
    "/id/role/coordinator",
    "/id/sdg/10.7",
    "/source/A-RES-73-195",
    "/source/A-RES-73-195/para-45",
    "/def",
)
FORMS = {
    "ttl": ("text/turtle; charset=utf-8", "text/turtle", ox.RdfFormat.TURTLE),
    "trig": ("application/trig", "application/trig", ox.RdfFormat.TRIG),
    "jsonld": ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
    "nt": ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
    "nq": ("application/n-quads", "application/n-quads", ox.RdfFormat.N_QUADS),
    "rdf": ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
}


@pytest.mark.parametrize("path", RESOURCES)
@pytest.mark.parametrize("suffix", FORMS)
def test_every_resource_is_had_as_rdf_by_accept_by_suffix_and_by_format(
    client: httpx.Client, path: str, suffix: str
) -> None:
    kind, accept, _ = FORMS[suffix]
    answers = (
        client.get(path, headers={"Accept": accept}),
        client.get(f"{path}.{suffix}"),
        client.get(path, params={"format": suffix}),
    )
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == kind
        assert parsed(answer, client)
        assert "Accept" in answer.headers["vary"]
    assert 'rel="canonical"' in answers[0].headers["link"]


@pytest.mark.parametrize("path", RESOURCES)
def test_every_resource_is_a_page_and_json(client: httpx.Client, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1" in page.text
    scripts = re.findall(r"<script([^>]*)>", page.text)
    assert all(' src="' in one or ' type="application/' in one for one in scripts)
    assert " style=" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()


def test_trig_carries_the_passages_and_turtle_the_merge(client: httpx.Client) -> None:
    path = "/id/body/un-network-on-migration"
    quads = list(ox.parse(client.get(f"{path}.trig").content, format=ox.RdfFormat.TRIG))
    graphs = {q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode)}
    assert "https://w3id.org/gcm-graph/source/A-RES-73-195/para-45" in graphs
    turtle = client.get(f"{path}.ttl").text
    assert "gcm:mandatedBy" in turtle


def test_an_unchanged_resource_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/id/instrument/gcm.ttl")
    again = client.get("/id/instrument/gcm.ttl", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    other = client.get("/id/instrument/gcm.nt", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/id/body/no-such-body", 404),
        ("/source/no-such-source", 404),
        ("/source/A-RES-73-195/no-such-place", 404),
        ("/id/nothing", 404),
        ("/nothing/at/all", 404),
        ("/query/no-such-question", 404),
        ("/download/no-such-file", 404),
        ("/download/..%2f..%2fpyproject.toml", 404),
        ("/lineage?from=nonsense", 400),
        ("/lineage?from=body/no-such-body&to=body/gcim", 404),
        ("/id/body?page=0", 400),
        ("/id/body?page=x", 400),
        ("/class?name=::", 400),
        ("/class?name=gcm:Nothing", 404),
        ("/api/thing", 422),
        ("/api/thing?iri=nonsense", 400),
        ("/api/thing?iri=body/no-such-body", 404),
        ("/api/things", 400),
        ("/api/things?q=IMRF&limit=0", 422),
        ("/api/passage?iri=body/iom", 404),
        ("/api/explain?subject=body/iom&predicate=gcm:chair&object=(", 400),
        ("/api/explain?subject=body/iom&predicate=gcm:replaces&object=body/gcim", 404),
        ("/id/body/iom?format=png", 406),
    ],
)
def test_what_is_not_there_is_said_in_a_problem_document(
    client: httpx.Client, path: str, status: int
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == status
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert str(status) in page.text


def test_a_page_shows_numbered_references_that_lead_to_passages(client: httpx.Client) -> None:
    page = client.get("/id/body/un-network-on-migration", headers={"Accept": "text/html"}).text
    numbers = re.findall(r'href="#(ref-\d+)"', page)
    assert numbers
    for number in set(numbers):
        assert f'id="{number}"' in page
    assert "../../source/A-RES-73-195/para-45" in page


@pytest.mark.parametrize(
    ("thing", "claims"),
    [
        ("forum/gcm-regional-reviews", ("every 2 years", "every 4 years")),
        (
            "body/un-network-on-migration",
            ("Global Migration Group", "Global Migration Coalition"),
        ),
    ],
)
def test_disagreements_stand_on_pages_and_in_the_api_with_their_passages(
    client: httpx.Client, thing: str, claims: tuple[str, str]
) -> None:
    page = client.get(f"/id/{thing}", headers={"Accept": "text/html"}).text
    listed = client.get("/disagreements", headers={"Accept": "text/html"}).text
    found = client.get("/api/disagreements", params={"about": thing}).json()["items"]
    held = str(found)
    for claim in claims:
        assert claim in page
        assert claim in listed
        assert claim in held
    assert all(len(one["claims"]) >= 2 for one in found)
    assert all(claim["passages"] for one in found for claim in one["claims"])
    assert client.get("/disagreements", headers={"Accept": "application/json"}).json()


def test_the_lineage_from_the_forum_to_the_commission_has_chains_with_passages(
    client: httpx.Client,
) -> None:
    params = {"from": "forum/imrf", "to": "body/gcim"}
    found = client.get("/lineage", params={**params, "format": "json"}).json()
    assert len(found["chains"]) >= 3
    for chain in found["chains"]:
        assert chain[0]["later"]["iri"].endswith("/id/forum/imrf")
        assert chain[-1]["earlier"]["iri"].endswith("/id/body/gcim")
        for step in chain:
            assert step["relation"]["iri"]
            assert step["date"], step
            assert step["passages"], step
    assert found.pop("release") == client.get("/api/release").json()["digest"]
    assert client.get("/api/lineage", params=params).json() == found
    turned = {"from": "body/gcim", "to": "forum/imrf"}
    assert client.get("/api/lineage", params=turned).json() == found


def test_the_lineage_is_had_as_page_drawing_table_and_network(client: httpx.Client) -> None:
    params = {"from": "forum/imrf", "to": "body/gcim"}
    page = client.get("/lineage", params=params, headers={"Accept": "text/html"}).text
    assert "<svg" in page
    assert "para. 49" in page
    svg = client.get("/lineage.svg", params=params)
    assert svg.headers["content-type"] == "image/svg+xml"
    assert ET.fromstring(svg.content).tag.endswith("svg")
    table = client.get("/lineage.csv", params=params)
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert {"later", "relation", "earlier", "date", "passages"} <= set(rows[0])
    network = client.get("/lineage.graphml", params=params)
    assert network.headers["content-type"] == "application/graphml+xml"
    assert ET.fromstring(network.content).tag.endswith("graphml")


def test_names_come_in_the_language_asked_for_with_english_as_fallback(
    client: httpx.Client,
) -> None:
    path = "/id/role/coordinator.json"
    english = client.get(path).json()["ref"]
    french = client.get(path, params={"lang": "fr"}).json()["ref"]
    assert english["language"] == "en"
    assert french["language"] == "fr"
    assert french["label"] != english["label"]
    unknown = client.get(path, headers={"Accept-Language": "xx, de;q=0.5"}).json()["ref"]
    assert unknown == english


def test_the_search_knows_acronyms_and_symbols(client: httpx.Client) -> None:
    for words, thing in (("IMRF", "forum/imrf"), ("A/RES/73/195", "instrument/a-res-73-195")):
        found = client.get("/api/things", params={"q": words}).json()["items"]
        assert found[0]["iri"].endswith(thing)


def test_every_link_of_the_main_pages_leads_somewhere(client: httpx.Client) -> None:
    pages = [
        "/",
        "/coverage",
        "/query",
        "/disagreements",
        "/def",
        "/api",
        "/download",
        "/about",
        *RESOURCES[:4],
    ]
    seen: set[str] = set()
    for page in pages:
        text = client.get(page, headers={"Accept": "text/html"}).text
        for link in re.findall(r'(?:href|src|action)="([^"#][^"]*)"', text):
            address = str(client.base_url.join(page).join(link.replace("&amp;", "&")))
            if address.startswith(str(client.base_url)):
                seen.add(address.partition("#")[0])
    assert len(seen) > 100
    browser = {"Accept": "text/html,*/*;q=0.5"}
    broken = {a: client.get(a, headers=browser).status_code for a in sorted(seen)}
    assert {a: code for a, code in broken.items() if code not in {200, 303}} == {}


def test_files_of_the_release_have_the_checksum_that_is_told(client: httpx.Client) -> None:
    files = client.get("/download", headers={"Accept": "application/json"}).json()["files"]
    assert {"dataset.nq", "manifest.json"} <= {file["name"] for file in files}
    for file in files:
        body = client.get(f"/{file['path']}").content
        assert hashlib.sha256(body).hexdigest() == file["digest"]
        assert len(body) == file["size"]


def test_the_service_says_that_it_is_ready_and_for_which_release(client: httpx.Client) -> None:
    ready = client.get("/health/ready")
    assert ready.status_code == 200
    assert ready.json()["release"] == client.get("/api/release").json()["digest"]
    assert client.get("/health/live").json() == {"status": "alive"}


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    accept=st.lists(
        st.tuples(
            st.sampled_from([*(f[1] for f in FORMS.values()), "text/html", "*/*", "text/*", "x/y"]),
            st.sampled_from(["", ";q=0", ";q=0.5", ";q=1.0", ";q=junk", ";charset=utf-8"]),
        ),
        max_size=4,
    )
)
def test_any_accept_header_is_answered_as_its_type_says(
    client: httpx.Client, accept: list[tuple[str, str]]
) -> None:
    header = ", ".join(kind + more for kind, more in accept)
    answer = client.get("/id/body/iom", headers={"Accept": header})
    assert answer.status_code in {200, 406}
    kind = answer.headers["content-type"].partition(";")[0]
    refused = {k for k, more in accept if more == ";q=0"}
    refused -= {k for k, more in accept if more != ";q=0"}
    if answer.status_code == 200:
        assert kind not in refused, header
        for declared, media, _ in FORMS.values():
            if answer.headers["content-type"] == declared and media == kind:
                assert parsed(answer, client)
