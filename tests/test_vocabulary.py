"""What the editor of queries asks for: the vocabulary, and how things are called."""

import httpx
import pytest

IOM = "https://w3id.org/gcm-graph/id/body/iom"


def test_the_vocabulary_has_prefixes_and_the_terms_in_use(client: httpx.Client) -> None:
    found = client.get("/sparql/vocabulary").raise_for_status().json()
    assert found["prefixes"]["gcm"] == "https://w3id.org/gcm-graph/def#"
    terms = {(one["name"], one["kind"]): one for one in found["terms"]}
    forum = terms["gcm:Forum", "class"]
    assert forum["label"] == "forum"
    assert "recurring" in forum["definition"]
    assert forum["uses"] > 1
    assert ("skos:prefLabel", "property") in terms


def test_the_vocabulary_speaks_the_language_of_the_reader(client: httpx.Client) -> None:
    told = {
        tongue: {one["name"]: one["label"] for one in answer.json()["terms"]}
        for tongue in ("en", "fr")
        if (answer := client.get("/sparql/vocabulary", params={"lang": tongue}))
    }
    assert told["en"]["gcm:tracesTo"] != told["fr"]["gcm:tracesTo"]


def test_things_are_named_with_their_pages(client: httpx.Client) -> None:
    asked = [IOM, "https://example.org/unknown", "no iri at all"]
    found = client.post("/sparql/names", json=asked).raise_for_status().json()
    assert found[IOM]["label"] == "International Organization for Migration"
    assert (found[IOM]["path"], found[IOM]["name"]) == ("id/body/iom", "body:iom")
    assert found["https://example.org/unknown"]["path"] is None
    assert "no iri at all" not in found


@pytest.mark.parametrize("body", [b"{", b'{"a": 1}', b"[1]", b"[" + b'"x",' * 2000 + b'"x"]'])
def test_what_is_no_list_of_iris_is_refused_in_words(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/sparql/names", content=body)
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:problem:gcm-graph:names"


def test_an_example_opens_in_the_form(client: httpx.Client) -> None:
    page = client.get("/sparql?example=forum-origins", headers={"Accept": "text/html"}).text
    assert "Who called each forum into being" in page.partition("</textarea>")[0]
