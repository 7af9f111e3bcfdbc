"""Citations: every format parsed back, dates as exact as the source, releases in addresses."""

import html
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from conftest import ROOT
from gcm_graph.citation import bibtex, csl, issued, ris, text
from gcm_graph.citation.entry import Entry, key_of, one_line
from gcm_graph.service import edition
from gcm_graph.service.problem import Problem

GCM = "source/A-RES-73-195"
NETWORK = "body/un-network-on-migration"
BASE = "https://w3id.org/gcm-graph/"
_COMMANDS = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~", r"\textasciicircum{}": "^",
    r"\$": "$", r"\&": "&", r"\%": "%", r"\#": "#", r"\_": "_",
}  # fmt: skip


def read_bibtex(record: str) -> dict[str, str]:
    """Read one BibTeX record strictly: braces must balance, and nothing may follow the record."""
    head = re.match(r"@(\w+)\{([A-Za-z0-9_-]+),\n", record)
    assert head, record
    fields = {"@": head[1]}
    at = head.end()
    while record[at] != "}":
        found = re.compile(r"  (\w+) = ").match(record, at)
        assert found, record[at:]
        assert found[1] not in fields
        start = at = found.end()
        if record[at] == "{":
            depth = 0
            while True:
                depth += {"{": 1, "}": -1}.get(record[at], 0)
                at += 1
                if depth == 0:
                    break
            fields[found[1]] = record[start + 1 : at - 1]
        else:
            word = re.compile(r"\w+").match(record, at)
            assert word
            at = word.end()
            fields[found[1]] = word[0]
        ending = re.compile(r",?\n").match(record, at)
        assert ending
        at = ending.end()
    assert record[at:] == "}\n"
    return fields


def plain(tex: str) -> str:
    """Return what TeX prints for an escaped text; anything TeX would act upon is an error."""
    pattern = "|".join(re.escape(command) for command in _COMMANDS)
    rest = re.sub(pattern, "", tex)
    assert not set(rest) & set("\\{}$&%#_~^"), tex
    return re.sub(pattern, lambda found: _COMMANDS[found[0]], tex)


def read_ris(record: str) -> list[tuple[str, str]]:
    """Read one RIS record strictly: CRLF, a tag a line, TY first and ER last."""
    assert record.endswith("\r\n")
    lines = record[:-2].split("\r\n")
    found = [re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line) for line in lines]
    assert all(found), record
    pairs = [(one[1], one[2]) for one in found if one]
    assert pairs[0][0] == "TY"
    assert pairs[-1] == ("ER", "")
    assert [tag for tag, _ in pairs].count("ER") == 1
    return pairs


def test_a_document_is_cited_as_itself(client: httpx.Client) -> None:
    digest = client.get("/api/release").json()["digest"][:16]
    link = f"{BASE}{GCM}?release={digest}"
    title = "Global Compact for Safe, Orderly and Regular Migration"
    bib = read_bibtex(client.get(f"/{GCM}.bib").text)
    assert bib["@"] == "techreport"
    assert bib["title"] == "{" + title + "}"
    assert bib["author"] == "{UN General Assembly}"
    assert (bib["year"], bib["month"], bib["date"]) == ("2018", "dec", "2018-12-19")
    assert bib["number"] == "A/RES/73/195"
    assert bib["url"] == "https://undocs.org/A/RES/73/195"
    assert link in bib["note"]
    record = dict(read_ris(client.get(f"/{GCM}.ris").text))
    assert record["TY"] == "RPRT"
    assert (record["TI"], record["AU"]) == (title, "UN General Assembly")
    assert (record["PY"], record["DA"]) == ("2018", "2018/12/19/")
    assert record["SN"] == "A/RES/73/195"
    assert link in record["N1"]
    (item,) = client.get(f"/{GCM}.csl.json").json()
    assert item["type"] == "report"
    assert item["title"] == title
    assert item["issued"] == {"date-parts": [[2018, 12, 19]]}
    assert item["author"] == [{"literal": "UN General Assembly"}]
    assert item["number"] == "A/RES/73/195"
    assert link in item["note"]


def test_a_passage_is_cited_with_its_place(client: httpx.Client) -> None:
    path = f"/{GCM}/para-45"
    assert "Para. 45" in read_bibtex(client.get(f"{path}.bib").text)["note"]
    assert dict(read_ris(client.get(f"{path}.ris").text))["SP"] == "para. 45"
    assert client.get(f"{path}.csl.json").json()[0]["locator"] == "para. 45"
    digest = client.get("/api/release").json()["digest"][:16]
    told = client.get("/cite", params={"iri": f"{BASE}{GCM}/para-45"}).text.splitlines()
    assert told == [
        "UN General Assembly. 2018. “Global Compact for Safe, Orderly and Regular Migration.” "
        "A/RES/73/195, para. 45. December 19. https://undocs.org/A/RES/73/195. "
        f"In gcm-graph: {BASE}{GCM}/para-45?release={digest}.",
        "UN General Assembly. (2018, December 19). Global Compact for Safe, Orderly and Regular "
        "Migration (A/RES/73/195; para. 45). https://undocs.org/A/RES/73/195 "
        f"In gcm-graph: {BASE}{GCM}/para-45?release={digest}.",
    ]


@pytest.mark.parametrize(
    ("media_type", "suffix"),
    [
        ("application/x-bibtex", "bib"),
        ("application/x-research-info-systems", "ris"),
        ("application/vnd.citationstyles.csl+json", "csl.json"),
    ],
)
@pytest.mark.parametrize("path", [f"/{GCM}", f"/{GCM}/para-45", f"/id/{NETWORK}"])
def test_citations_are_negotiated(
    client: httpx.Client, path: str, media_type: str, suffix: str
) -> None:
    by_accept = client.get(path, headers={"Accept": media_type})
    assert by_accept.headers["content-type"].partition(";")[0] == media_type
    assert by_accept.text == client.get(f"{path}.{suffix}").text
    assert by_accept.headers["etag"]
    page = client.get(path, headers={"Accept": "text/html"})
    assert f"{path.lstrip('/')}.{suffix}" in page.text
    assert "cite?iri=" in page.text
    if path.startswith("/source/"):
        assert "UN General Assembly. 2018. “Global Compact for Safe" in page.text
    assert f'</{path.lstrip("/")}.{suffix}>; rel="alternate"' in page.headers["link"]


def test_a_statement_is_cited_with_what_it_rests_on(client: httpx.Client) -> None:
    claims = client.get("/api/thing", params={"iri": "forum/imrf"}).json()["groups"]
    first = next(
        claim
        for group in claims
        for claim in group["claims"]
        if claim["passages"] and "iri" in claim["value"]
    )
    statement = {
        "subject": first["subject"]["iri"],
        "predicate": first["relation"]["iri"],
        "object": first["value"]["iri"],
    }
    told = client.get("/cite", params={**statement, "style": "chicago"}).text
    assert told.startswith("gcm-graph. ")
    assert f"{first['subject']['label']} — {first['relation']['label']}" in told
    place = first["passages"][0]
    assert f"Resting on {place['source']['identifier'] or place['source']['label']}" in told
    link = told.rstrip().rstrip(".").rpartition(" ")[2]
    answer = client.get(link.replace(BASE, "/"))
    assert answer.json()["passages"], "the permalink leads to the statement"
    (item,) = client.get("/cite", params={**statement, "format": "csl"}).json()
    assert item["genre"] == "statement"
    assert item["URL"] == link


def test_an_answer_is_cited_with_its_parameters(client: httpx.Client) -> None:
    asked = {"query": "members-on-date", "body": "body/network-executive-committee", "date": "2019"}
    bib = read_bibtex(client.get("/cite", params={**asked, "format": "bibtex"}).text)
    assert bib["url"].startswith(f"{BASE}query/members-on-date?body=")
    assert "Answer to a query" in bib["note"]
    table = client.get(bib["url"].replace(BASE, "/"), headers={"Accept": "text/csv"})
    assert table.status_code == 200


def test_a_thing_elsewhere_is_cited_by_its_page_here(client: httpx.Client) -> None:
    told = client.get("/cite", params={"iri": "sdg:10.7"}).text
    assert f"{BASE}id/sdg/10.7?release=" in told
    term = client.get("/cite", params={"iri": "gcm:Forum"}).text
    assert re.search(rf"{BASE}def\?release=[0-9a-f]{{16}}#Forum", term)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("iri=nonsense", 400),
        ("iri=body/no-such-body", 404),
        ("iri=body/iom&style=mla", 400),
        ("iri=body/iom&format=docx", 406),
        ("query=no-such-question", 404),
        ("query=members-on-date", 400),
        ("subject=body/iom&predicate=gcm:replaces", 400),
        ("subject=body/iom&predicate=gcm:replaces&object=(", 400),
        ("subject=body/iom&predicate=gcm:replaces&object=body/gcim", 404),
    ],
)
def test_what_cannot_be_cited_is_said(client: httpx.Client, query: str, status: int) -> None:
    answer = client.get(f"/cite?{query}")
    assert answer.status_code == status
    assert answer.json()["detail"]


@pytest.mark.parametrize("path", [f"/id/{NETWORK}.json", f"/{GCM}.ttl", "/api/thing?iri=body/iom"])
def test_an_address_names_the_release_that_is_served(client: httpx.Client, path: str) -> None:
    digest = client.get("/api/release").json()["digest"]
    more = "&" if "?" in path else "?"
    for asked in (digest, digest[:8], digest[:16].upper()):
        assert client.get(f"{path}{more}release={asked}").status_code == 200
    unknown = client.get(f"{path}{more}release=0000000000000000")
    assert unknown.status_code == 404
    assert unknown.json()["served"] == digest
    assert digest[:16] in unknown.json()["detail"]
    assert "gcm-graph build" in unknown.json()["detail"]
    for wrong in (digest[:7], "nonsense"):
        assert client.get(f"{path}{more}release={wrong}").status_code == 400


@pytest.mark.parametrize(
    ("edtf", "parts", "until", "circa"),
    [
        ("2018-12-19", (2018, 12, 19), (), False),
        ("2018-12", (2018, 12), (), False),
        ("2018", (2018,), (), False),
        ("2006~", (2006,), (), True),
        ("2006-05?", (2006, 5), (), True),
        ("2003/2005-10", (2003,), (2005, 10), False),
        ("2019/..", (2019,), (), False),
        ("../2018", (), (), False),
        ("2018-21", (2018,), (), False),
        ("201X", (), (), False),
        ("", (), (), False),
    ],
)
def test_a_date_is_as_exact_as_its_source(
    edtf: str, parts: tuple[int, ...], until: tuple[int, ...], circa: bool
) -> None:
    found = issued.read(edtf)
    assert (found.parts, found.until, found.circa) == (parts, until, circa)


def entry(**more: Any) -> Entry:
    said: dict[str, Any] = {
        "key": "a", "kind": "document", "title": "T", "author": "A",
        "issued": issued.read("2018-12-19"), "permalink": f"{BASE}source/a?release=0123456789abcde",
    }  # fmt: skip
    return Entry(**(said | more))


@given(title=st.text(), author=st.text(), symbol=st.text(), locator=st.text())
def test_no_text_leaves_its_field(title: str, author: str, symbol: str, locator: str) -> None:
    made = entry(
        kind="report", title=title, author=author, symbol=symbol, locator=locator,
        address="https://example.org/a{b}\\c d%20é", resting=(title,),
    )  # fmt: skip
    bib = read_bibtex(bibtex.render(made))
    assert plain(bib.get("title", "{}")[1:-1]) == one_line(title)
    assert plain(bib.get("author", "{}")[1:-1]) == one_line(author)
    assert plain(bib.get("number", "")) == one_line(symbol)
    assert bib["url"] == "https://example.org/a%7Bb%7D%5Cc%20d%20%C3%A9"
    record = read_ris(ris.render(made))
    assert dict(record).get("TI", "") == one_line(title)
    assert len(record) <= 16
    (item,) = orjson.loads(csl.render(made))
    assert item.get("title", "") == one_line(title)
    for style in text.STYLES.values():
        assert "\n" not in style(made)
    assert re.fullmatch(r"[A-Za-z0-9-]+", key_of(title))


def test_entries_without_an_author_or_a_date_stay_readable() -> None:
    bare = entry(author="", issued=issued.read(""), title="Minutes")
    assert text.chicago(bare) == f"n.d. “Minutes.” {bare.permalink}."
    assert text.apa(bare) == f"Minutes. (n.d.). {bare.permalink}"
    assert "year" not in read_bibtex(bibtex.render(bare))
    assert "issued" not in csl.item(bare)
    span = entry(issued=issued.read("2003/2005~"))
    assert text.apa(span).startswith("A. (ca. 2003–2005). T.")
    assert csl.item(span)["issued"] == {"date-parts": [[2003], [2005]], "circa": True}
    assert csl.item(entry(issued=issued.read("201X")))["issued"] == {"literal": "201X"}


def test_a_name_with_a_comma_is_no_surname() -> None:
    record = dict(read_ris(ris.render(entry(author="Ministry of Justice, Spain"))))
    assert "AU" not in record
    assert record["PB"] == "Ministry of Justice, Spain"


def test_the_examples_of_the_document_answer_what_it_shows(client: httpx.Client) -> None:
    told = (ROOT / "docs/citing.md").read_text(encoding="utf-8")
    pattern = r"    curl '?http://127\.0\.0\.1:8000([^'\n]+)'?\n(?:\n```\w+\n(.*?)```)?"
    examples = re.findall(pattern, told, re.DOTALL)
    assert len(examples) == 3
    for path, shown in examples:
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.text.startswith(shown.strip())


def manifest(folder: Path, digest: str, built: str) -> Path:
    """Write the manifest of a release below ``folder``."""
    release = folder / digest[:16]
    release.mkdir()
    told = {"digest": digest, "version": "0.1.0", "built": built}
    (release / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    return release


def test_a_release_that_is_kept_but_not_served_is_gone(tmp_path: Path) -> None:
    older, newer = "ab" * 32, "cd" * 32
    manifest(tmp_path, older, "2026-01-02T03:04:05+00:00")
    served = manifest(tmp_path, newer, "2026-02-03T04:05:06+00:00")
    app = SimpleNamespace(state=SimpleNamespace(gcm=SimpleNamespace(digest=newer, release=served)))

    def request(asked: str) -> Request:
        return Request({"type": "http", "app": app, "query_string": f"release={asked}".encode()})

    edition.check(request(newer[:16]))
    with pytest.raises(Problem) as gone:
        edition.check(request(older[:8]))
    assert gone.value.status_code == 410
    assert gone.value.more == {"served": newer, "asked": older}
    for part in (newer[:16], older[:16], "2026-01-02", f"/changes?from={older[:16]}"):
        assert part in gone.value.detail


def test_every_statement_of_a_page_leads_to_its_citation(client: httpx.Client) -> None:
    page = client.get(f"/id/{NETWORK}", headers={"Accept": "text/html"}).text
    found = re.findall(r'class="cite-one" href="([^"]+)"', page)
    assert len(found) > 20
    for path in found[:: len(found) // 12]:
        answer = client.get(f"/id/body/{html.unescape(path)}")
        assert answer.status_code == 200, answer.text
        assert "gcm-graph" in answer.text
