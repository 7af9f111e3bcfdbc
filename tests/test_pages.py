"""Pages: what a reader finds on them, and what must never be on them."""

import dataclasses
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import page_samples as sample
from gcm_graph.coverage.ledger import Row
from gcm_graph.coverage.report import Coverage, Line, Support
from gcm_graph.graph.profile import PROFILES
from gcm_graph.graph.view import Claim, Group, Lineage, Ref, Text
from gcm_graph.library.catalogue import Choice
from gcm_graph.release import shelf
from gcm_graph.release.difference import Change, Difference
from gcm_graph.service import page

RELEASE = page.Release("3f9a2b7c11d04e5f6a7b", "2026-11-24", "1.0.0")
FORMATS = (
    page.Format("Turtle", "id/body/un-network-on-migration.ttl", "text/turtle"),
    page.Format("JSON", "id/body/un-network-on-migration.json", "application/json"),
)
FIGURES = (page.Figure("statements", 18234), page.Figure("sources", 412, "source"))
LINKS = (page.Link("Where do sources disagree?", "disagreements", "Both values."),)
ROW = (sample.COMPACT, Text("no"), None)
TERM = page.Term(
    sample.MANDATED,
    "mandatedBy",
    "Names the decision that asked for it.",
    {"en": "mandated by", "fr": "mandaté par"},
    (sample.REPLACES,),
    example="The Network is mandated by the Compact.",
    inverse="mandates",
    single=True,
    uses=3,
)
PASSAGE = sample.PASSAGES[0]
BAD = "<script>alert(1)</script>"

PAGES: dict[str, dict[str, Any]] = {
    "home.html": {"figures": FIGURES, "questions": LINKS, "classes": FIGURES},
    "thing.html": {
        "thing": sample.network(),
        "formats": FORMATS,
        "citations": (page.Format("BibTeX", "x.bib", "application/x-bibtex"),),
        "crumbs": (page.Link("Bodies", "id/body"),),
    },
    "source.html": {"source": sample.source(), "formats": FORMATS, "about": sample.DECLARATION},
    "passage.html": {
        "passage": sample.PASSAGES[0],
        "claims": [group.claims[0] for group in sample.network().groups],
        "primary": sample.PASSAGES[1],
    },
    "sources.html": {"sources": [sample.source()]},
    "lineage.html": {
        "start": "forum/imrf",
        "end": "",
        "lineage": sample.lineage(),
        "things": [sample.COMPACT],
        "examples": LINKS,
    },
    "disagreements.html": {
        "disagreements": sample.network().disagreements,
        "pager": page.Pager("disagreements?page=", 5, 10, 95),
    },
    "queries.html": {"questions": [sample.QUESTION]},
    "query.html": {
        "question": sample.QUESTION,
        "values": {"vote": "no"},
        "result": page.Table(("state", "vote", "note_text"), (ROW,), 12, 0.84),
        "problem": "“x” is not a name.",
    },
    "sparql.html": {
        "text": "SELECT * { ?s ?p </textarea> }",
        "outputs": FORMATS,
        "chosen": "application/json",
        "examples": [sample.QUESTION],
        "limits": ["A query has 10 seconds."],
    },
    "definition.html": {
        "title": "Ontology",
        "description": "Terms.",
        "version": "1.0.0",
        "iri": sample.BASE + "def",
        "classes": [dataclasses.replace(TERM, name="Body")],
        "properties": [TERM],
        "schemes": [page.Scheme(sample.FOLLOWS, "Kind", (dataclasses.replace(TERM, name="k"),))],
    },
    "listing.html": {
        "heading": "Bodies",
        "description": "All of them.",
        "things": [sample.NETWORK, sample.IOM],
        "pager": page.Pager("id/body?page=", 1, 2, 2),
    },
    "search.html": {
        "words": 'net"work',
        "hits": [page.Hit(sample.NETWORK, "Réseau", "fr")],
        "kinds": FIGURES[1:],
        "pager": None,
    },
    "api.html": {"routes": [page.Route("GET", "/search", "Full text", "search?q=gcm", "Search")]},
    "download.html": {"files": [page.File("all.nq", "download/all.nq", 1234567, "ab" * 32)]},
    "profile.html": {"profiles": PROFILES, "resource": "", "representations": []},
    "problem.html": {
        "problem": page.Problem(404, "Unknown", "Nothing there.", "A slug.", LINKS, "line 2")
    },
    "about.html": {"figures": FIGURES},
    "coverage.html": {
        "coverage": Coverage(
            lines=(Line("lineage", "confirmed", 956, 940, 6, 10, 0),),
            share=0.9895,
            left_out=(("unverified", 10),),
            support=(Support(2, True, 1234),),
            languages=(("en", 4321),),
            missing=("What the forum of 2026 decided.",),
            rows=(Row("lineage:9", "unverified", "A claim & more", [], "unverified"),),
        )
    },
    "changes.html": {
        "releases": (shelf.Release(Path("x"), "3f9a2b7c11d04e5f", "1.0.0", "2026-11-24T10:00"),),
        "difference": Difference(
            older="0123456789abcdef",
            newer="3f9a2b7c11d04e5f",
            added=1,
            removed=0,
            derived_added=2,
            derived_removed=0,
            changes=(Change(True, sample.NETWORK, sample.MANDATED, sample.COMPACT, PASSAGE),),
        ),
    },
}

VOID = {"meta", "link", "input", "br", "hr", "img"}


class Outline(HTMLParser):
    """Reads a page and complains about what a browser would have to repair."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.labels: list[str] = []
        self.inputs: list[str] = []
        self.attributes: set[str] = set()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        self.attributes |= found.keys()
        if "id" in found:
            self.ids.append(found["id"] or "")
        if tag == "a":
            self.links.append(found.get("href") or "")
        if tag == "label":
            self.labels.append(found.get("for") or "")
        if tag in {"input", "select", "textarea"}:
            self.inputs.append(found.get("id") or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag


def drawn(template: str, root: str = "../../", **more: Any) -> str:
    return page.render(template, {"root": root, "release": RELEASE, **PAGES[template], **more})


@pytest.mark.parametrize("template", sorted(PAGES))
def test_every_page_is_whole_and_keeps_the_strict_policy(template: str) -> None:
    text = drawn(template)
    found = Outline(text)
    assert "style" not in found.attributes
    assert not [name for name in found.attributes if name.startswith("on")]
    for script in [held for tag, held in found.elements if tag == "script"]:
        assert "src" in script or script.get("type") in {"application/json", "application/ld+json"}
    assert "style" not in [tag for tag, _ in found.elements]
    assert len(found.ids) == len(set(found.ids))
    assert set(found.inputs) <= set(found.labels)
    assert not [link for link in found.links if link.startswith(("/", "javascript:", "data:"))]
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)
    tags = [tag for tag, _ in found.elements]
    assert [tags.count(name) for name in ("html", "main", "h1")] == [1, 1, 1]
    assert tags.count("table") == tags.count("caption")
    assert found.links[0] == "#main"
    assert "None" not in re.sub(r"<[^>]*>", "", text)
    assert drawn(template) == text


@pytest.mark.parametrize("template", sorted(PAGES))
def test_headings_go_down_one_level_at_a_time(template: str) -> None:
    levels = [
        int(tag[1]) for tag, _ in Outline(drawn(template)).elements if tag in {"h1", "h2", "h3"}
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_links_lead_from_the_root_that_the_route_gives() -> None:
    assert 'href="../../id/instrument/gcm"' in drawn("thing.html")
    assert 'href="./id/instrument/gcm"' in drawn("thing.html", root="")
    assert re.search(r'href="\.\./\.\./static/style\.css\?v=[0-9a-f]{12}"', drawn("thing.html"))


def test_statements_carry_numbers_that_lead_to_the_references() -> None:
    text = drawn("thing.html")
    assert 'href="#ref-2" aria-label="Reference 2: A/RES/71/1 annex II">[2]</a>' in text
    assert '<li id="ref-2" value="2">' in text
    assert 'href="../../source/A-RES-71-1/annex II"' in text
    assert "2 independent sources" in text


def test_a_derived_statement_names_its_rule() -> None:
    text = drawn("thing.html")
    assert "derived by" in text
    assert 'href="../../rule/c"' in text


def test_a_derived_statement_shows_what_it_came_from() -> None:
    premise = Claim(sample.COMPACT, sample.REPLACES, sample.IOM, sample.PASSAGES[:1])
    claim = Claim(sample.NETWORK, sample.MANDATED, sample.IOM, premises=(premise,))
    thing = dataclasses.replace(
        sample.network(), groups=(Group(sample.MANDATED, (claim,), 1),), incoming=()
    )
    text = drawn("thing.html", thing=thing)
    assert "from these statements" in text
    assert "Global Compact for Safe" in text


def test_rival_values_stand_side_by_side_with_their_passages() -> None:
    text = drawn("disagreements.html")
    rivals = re.findall(r'<li class="rival.*?</ul>\s*</li>', text, re.DOTALL)
    assert len(rivals) == 2
    assert "May 2018" in rivals[0]
    assert "A/72/643" in rivals[0]
    assert "secondary" in rivals[0]
    assert "12 December 2017" in rivals[0]
    assert "preferred" not in rivals[0]
    assert "preferred" in rivals[1]
    assert "the announcement." in text


def test_without_a_judgement_the_page_says_that_both_stand() -> None:
    item = dataclasses.replace(sample.network().disagreements[0], judgement="", preferred=None)
    text = drawn("disagreements.html", disagreements=[item])
    assert "both values stand" in text
    assert "preferred" not in re.sub(r"<[^>]*>", "", text.partition("<main")[2]).replace(
        "editors prefer", ""
    )


def test_labels_in_other_languages_say_so() -> None:
    text = drawn("thing.html")
    assert '<span lang="fr">Réseau des Nations Unies' in text
    assert '<span lang="ar" dir="rtl">' in text
    assert '<h1 lang="fr">Déclaration de New York</h1>' in drawn("source.html")
    assert "<h1>United Nations Network" in text


def test_nothing_in_the_data_becomes_markup() -> None:
    ref = Ref(f"https://example.org/{BAD}", BAD, f'"{BAD}', BAD, BAD, BAD)
    claim = Claim(ref, ref, Text(BAD, "", BAD, BAD), time=BAD)
    thing = dataclasses.replace(
        sample.network(),
        ref=ref,
        types=(ref,),
        labels={BAD: BAD},
        alternatives=(BAD,),
        summary=BAD,
        same_as=(ref,),
        dated=(Group(ref, (claim, claim), 2),),
        groups=(Group(ref, (claim,), 1),),
    )
    text = drawn("thing.html", thing=thing)
    assert text.count("<script") == drawn("thing.html").count("<script")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; plain" in drawn("thing.html")
    assert "</textarea> }" not in drawn("sparql.html")


def test_only_web_addresses_become_links() -> None:
    text = drawn("thing.html")
    assert "javascript:" not in text
    assert "<span>a bad &lt;address&gt;</span>" in text
    source = dataclasses.replace(sample.source(), address="javascript:alert(1)")
    assert 'href="javascript' not in drawn("source.html", source=source)


def test_long_groups_are_folded_and_say_how_many_there_are() -> None:
    text = drawn("thing.html").partition('id="incoming"')[2]
    assert "Show 14 more" in text
    assert "20 of 64 are listed" in text
    assert text.index("State number 5<") < text.index("<details>") < text.index("State number 6<")


def test_incoming_statements_show_the_other_thing_whichever_way_they_are_held() -> None:
    claims = (
        Claim(sample.COMPACT, sample.FOLLOWS, sample.NETWORK),
        Claim(sample.NETWORK, sample.FOLLOWS, sample.DECLARATION),
    )
    thing = dataclasses.replace(
        sample.network(), incoming=(Group(sample.FOLLOWS, claims, 2),), groups=()
    )
    text = drawn("thing.html", thing=thing).partition('id="incoming"')[2].partition("<section")[0]
    assert "Global Compact for Safe" in text
    assert "New York Declaration for" in text


def test_dated_relations_are_a_table_with_bars() -> None:
    text = drawn("thing.html")
    assert '<td class="date">December 2018</td><td class="date">2024</td>' in text
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="drawing bars" aria-hidden="true"' in text
    attested = Claim(sample.NETWORK, sample.FOLLOWS, sample.IOM, time="as of 2024", planned=True)
    thing = dataclasses.replace(sample.network(), dated=(Group(sample.FOLLOWS, (attested,), 1),))
    text = drawn("thing.html", thing=thing)
    assert '<td class="date" colspan="2">as of 2024</td>' in text
    assert "planned" in text


def test_a_query_page_has_a_typed_form_and_a_linked_answer() -> None:
    text = drawn("query.html")
    found = Outline(text)
    inputs = {a.get("name"): a for tag, a in found.elements if tag in {"input", "select"}}
    assert inputs["most"]["type"] == "number"
    assert inputs["adoption"]["value"] == sample.BASE + "id/event/adoption-gcm"
    assert '<option value="no" selected>no</option>' in text
    assert '<th scope="col">note text</th>' in text
    assert 'href="../../id/instrument/gcm"' in text
    assert "1 of 12 rows are shown" in text
    assert "FILTER(?n &lt; 3 &amp;&amp; ?n &gt; 1)" in text
    assert 'role="alert"' in text


def test_choices_that_another_query_lists_are_offered_when_the_route_gives_them() -> None:
    parameter = sample.Parameter("body", "iri", "Body", choices="bodies")  # type: ignore[arg-type]
    truth = sample.Parameter("held", "boolean", "Held", optional=True)
    question = dataclasses.replace(sample.QUESTION, parameters=(parameter, truth))
    text = drawn("query.html", question=question, values={})
    assert '<input id="parameter-body"' in text
    offered = {"body": (Choice("body/iom", "IOM"), Choice("body/ilo", "ILO"))}
    text = drawn("query.html", question=question, values={"body": "body:x"}, choices=offered)
    assert '<option value="body/iom">IOM</option>' in text
    assert '<option value="body:x" selected>' in text
    assert '<option value="true">yes</option>' in text


def test_long_lists_say_where_they_stand() -> None:
    text = drawn("disagreements.html")
    assert "41 to 50 of 95" in text
    assert 'href="../../disagreements?page=4" rel="prev"' in text
    assert 'aria-current="page">5<' in text
    assert 'rel="next"' not in drawn("listing.html")
    assert page.Pager("x?page=", 1, 10, 0).first == 0


def test_a_page_offers_its_formats_and_says_how_to_cite_it() -> None:
    text = drawn("thing.html")
    assert '<link rel="alternate" type="text/turtle"' in text
    assert "release 3f9a2b7c11d0 of 24 November 2026" in text
    assert "https://w3id.org/gcm-graph/id/body/un-network-on-migration</span>. CC BY 4.0." in text


def test_a_lineage_page_lists_each_step_with_its_passage() -> None:
    text = drawn("lineage.html")
    assert text.count('<ol class="chain">') == 2
    assert "A/RES/73/195</span>, para. 1</a>" in text
    assert "No chain leads" in drawn(
        "lineage.html", lineage=Lineage(sample.COMPACT, sample.CAIRO, (), (), ())
    )
    assert 'id="examples"' in drawn("lineage.html", lineage=None)


def test_sizes_read_well() -> None:
    text = drawn("download.html")
    assert "1.2 MB" in text
    assert page.environment().filters["bytes"](999) == "999 B"


def test_a_disagreement_about_a_dated_relation_says_what_it_is_about() -> None:
    item = dataclasses.replace(sample.network().disagreements[0], about=sample.COMPACT)
    thing = dataclasses.replace(sample.network(), groups=(), disagreements=(item,))
    text = drawn("thing.html", thing=thing).partition('id="disagreements"')[2]
    assert re.search(r"<h3><a [^>]*>Global Compact for Safe, .*begins</a></h3>", text)
