"""JSON-LD, profiles, Memento and the data blocks of pages, over HTTP."""

import json
import re
import shlex

import httpx
import pyoxigraph as ox
import pytest

from conftest import ROOT
from parsers import linked

THINGS = (
    "/id/instrument/gcm",
    "/id/body/un-network-on-migration",
    "/id/event/adoption-a-res-73-195",
    "/id/person/louise-arbour",
    "/id/role/coordinator",
    "/id/sdg/10.7",
    "/source/A-RES-73-195",
    "/source/A-RES-73-195/para-45",
)
PROFILE = "https://w3id.org/gcm-graph/profile/"


@pytest.mark.parametrize("path", THINGS)
@pytest.mark.parametrize("profile", ["plain", "with-labels"])
def test_framed_json_ld_says_exactly_what_turtle_says(
    client: httpx.Client, path: str, profile: str
) -> None:
    asked = {"_profile": profile}
    turtle = client.get(f"{path}.ttl", params=asked).content
    answer = client.get(f"{path}.jsonld", params=asked)
    document = answer.json()
    assert document["@context"] == str(client.base_url.join("/context.jsonld"))
    wanted = {str(t.triple) for t in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    found = {str(quad.triple) for quad in linked(answer.content, client)}
    assert found == wanted


def test_json_ld_with_passages_says_exactly_what_n_quads_say(client: httpx.Client) -> None:
    path, asked = "/id/body/un-network-on-migration", {"_profile": "with-passages"}
    quads = client.get(f"{path}.nq", params=asked).content
    wanted = {str(quad) for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS)}
    answer = client.get(f"{path}.jsonld", params=asked)
    assert {str(quad) for quad in linked(answer.content, client)} == wanted


def test_the_context_has_every_term_of_the_ontology(client: httpx.Client) -> None:
    answer = client.get("/context.jsonld", headers={"Accept": "text/html", "Origin": "http://a.b"})
    assert answer.headers["content-type"] == "application/ld+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "max-age" in answer.headers["cache-control"]
    context = answer.json()["@context"]
    named = {one.get("@id") if isinstance(one, dict) else one for one in context.values()}
    ontology = client.get("/def.nt").text
    kinds = "Class|ObjectProperty|DatatypeProperty|AnnotationProperty"
    terms = set(re.findall(rf"<([^>]*def#\w+)> <[^>]*#type> <[^>]*owl#(?:{kinds})>", ontology))
    assert terms
    assert terms <= named
    assert context["prefLabel"]["@container"] == ["@language", "@set"]
    assert context["memberOf"]["@type"] == "@id"


def test_json_ld_is_had_without_a_context_too(client: httpx.Client) -> None:
    kind = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"'
    answer = client.get("/id/instrument/gcm", headers={"Accept": kind})
    assert answer.headers["content-type"] == kind
    turtle = client.get("/id/instrument/gcm.nt").content
    wanted = {str(t.triple) for t in ox.parse(turtle, format=ox.RdfFormat.N_TRIPLES)}
    found = ox.parse(answer.content, format=ox.RdfFormat.JSON_LD)
    assert {str(quad.triple) for quad in found} == wanted


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("plain", "text/turtle"),
        ("with-passages", "application/trig"),
        ("with-labels", "text/turtle"),
    ],
)
def test_a_profile_is_had_by_header_and_by_address(
    client: httpx.Client, token: str, kind: str
) -> None:
    path = "/id/body/un-network-on-migration"
    answers = (
        client.get(path, headers={"Accept-Profile": f"<{PROFILE}{token}>", "Accept": "*/*"}),
        client.get(path, params={"_profile": token}),
        client.get(path, params={"profile": PROFILE + token}),
    )
    for answer in answers:
        assert answer.headers["content-type"].partition(";")[0] == kind
        assert answer.headers["content-profile"] == f"<{PROFILE}{token}>"
        assert f'<{PROFILE}{token}>; rel="profile"' in answer.headers["link"]
        assert "Accept-Profile" in answer.headers["vary"]
    assert len({answer.content for answer in answers}) == 1
    page = client.get(f"/profile/{token}.ttl")
    assert f"{PROFILE}{token}" in page.text


def test_a_profile_that_is_not_there_is_said(client: httpx.Client) -> None:
    path = "/id/instrument/gcm"
    assert client.get(path, params={"_profile": "nonsense"}).status_code == 400
    refused = client.get(f"{path}.ttl", params={"_profile": "with-passages"})
    assert refused.status_code == 406
    assert "application/trig" in refused.json()["available"]
    listed = client.get(path, params={"_profile": "alt", "format": "json"}).json()
    for one in listed["representations"]:
        assert client.get("/" + one["path"]).headers["content-type"].startswith(one["type"])


def test_a_date_leads_to_the_release_that_was_valid_then(client: httpx.Client) -> None:
    path = "/id/instrument/gcm.ttl"
    led = client.get(path, headers={"Accept-Datetime": "Tue, 24 Nov 2099 12:00:00 GMT"})
    assert led.status_code == 302
    assert "accept-datetime" in led.headers["vary"].lower()
    memento = client.get(led.headers["location"])
    assert memento.status_code == 200
    assert memento.headers["content-type"].startswith("text/turtle")
    date = memento.headers["memento-datetime"]
    assert date.endswith("GMT")
    for rel in ("original timegate", "timemap", "first last memento"):
        assert f'rel="{rel}"' in memento.headers["link"]
    timemap = client.get("/timemap/id/instrument/gcm")
    assert timemap.headers["content-type"] == "application/link-format"
    assert f'datetime="{date}"' in timemap.text
    (address,) = re.findall(r'<([^>]*)>; rel="first last memento"', timemap.text)
    assert client.get(address).headers["memento-datetime"] == date
    assert "memento-datetime" not in client.get(path).headers
    assert client.get(path, headers={"Accept-Datetime": "yesterday"}).status_code == 400
    assert client.get("/timemap/id/body/no-such-body").status_code == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "Dataset"),
        ("/id/body/un-network-on-migration", "Organization"),
        ("/id/instrument/gcm", "Legislation"),
        ("/id/event/adoption-a-res-73-195", "Event"),
        ("/id/person/louise-arbour", "Person"),
        ("/source/A-RES-73-195", "CreativeWork"),
    ],
)
def test_pages_tell_search_engines_what_they_are_about(
    client: httpx.Client, path: str, kind: str
) -> None:
    page = client.get(path, headers={"Accept": "text/html"}).text
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    (told,) = [one for one in map(json.loads, blocks) if one["@context"] == "https://schema.org"]
    assert told["@type"] == kind
    assert told["name"]
    if kind == "Dataset":
        assert {"license", "version", "distribution"} <= set(told)
    else:
        assert told["@id"] == "https://w3id.org/gcm-graph" + path


def test_the_examples_of_the_documentation_are_answered(client: httpx.Client) -> None:
    text = (ROOT / "docs/linked-data.md").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.startswith("curl ")]
    assert len(lines) >= 10
    for line in lines:
        words = shlex.split(line)
        headers = dict(
            words[place + 1].split(": ", 1) for place, word in enumerate(words) if word == "-H"
        )
        path = words[-1].removeprefix("http://127.0.0.1:8000")
        answer = client.request("HEAD" if "-I" in words else "GET", path, headers=headers)
        assert answer.status_code in {200, 302}, line
