"""Translation: the interface in English, French and Spanish, and names by one fallback chain."""

import re
from string import Formatter

import httpx
import pytest
from babel.messages.catalog import Catalog

from gcm_graph.service import catalogue
from gcm_graph.service.translation import SPOKEN, spoken, translations

TRANSLATED = SPOKEN[1:]
PAGES = ("", "states", "lineage", "linkages", "source", "query", "search?q=imrf", "disagreements")
ENGLISH = ("Search", "Lineage", "States", "Home", "Show the chains", "How to cite", "Download")


@pytest.fixture(scope="module")
def words() -> Catalog:
    return catalogue.words()


def _holes(text: str) -> list[str]:
    named = re.findall(r"%\((\w+)\)[sd]", text)
    braced = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    return sorted({*named, *braced})


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_the_words_of_the_interface_and_no_others(
    words: Catalog, language: str
) -> None:
    shown = {message.id for message in words if message.id}
    held = {message.id for message in catalogue.kept(language) if message.id}
    assert held == shown, "run `make translations` and fill in what is empty"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_is_translated_with_the_same_placeholders(language: str) -> None:
    wrong = []
    for message in catalogue.kept(language):
        if not message.id:
            continue
        given = message.id if isinstance(message.id, tuple) else (message.id,)
        told = message.string if isinstance(message.string, tuple) else (message.string,)
        holes = [_holes(text) for text in given]
        if message.fuzzy or not all(told) or any(_holes(text) != holes[-1] for text in told):
            wrong.append(message.id)
    assert not wrong


@pytest.mark.parametrize(
    ("asked", "page"), [("fr", "fr"), ("fr-CA", "fr"), ("ES", "es"), ("ar", "en"), ("de", "en")]
)
def test_a_language_without_a_catalogue_falls_back_to_english(asked: str, page: str) -> None:
    assert spoken(asked) == page


def test_the_names_of_the_united_nations_are_used() -> None:
    assert translations("fr").gettext("guiding principles") == "principes directeurs"
    assert translations("es").gettext("guiding principles") == "principios rectores"


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "International Migration Review Forum"),
        ("fr", "Forum d’examen des migrations internationales"),
        ("es", "Foro de Examen de la Migración Internacional"),
    ],
)
def test_a_page_tells_its_language_and_names_its_thing_in_it(
    client: httpx.Client, language: str, heading: str
) -> None:
    by_address = client.get(f"/id/forum/imrf?lang={language}", headers={"Accept": "text/html"})
    by_header = client.get(
        "/id/forum/imrf",
        headers={"Accept": "text/html", "Accept-Language": f"{language}, en;q=0.1"},
    )
    for answer in (by_address, by_header):
        assert answer.headers["content-language"] == language
        assert "Accept-Language" in answer.headers["vary"]
        assert f'<html lang="{language}" dir="ltr">' in answer.text
        found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
        assert found is not None
        assert heading in found[1].replace("&#39;", "’").replace("'", "’")


def test_an_arabic_name_on_an_english_page_is_marked_and_runs_from_right_to_left(
    client: httpx.Client,
) -> None:
    answer = client.get("/id/instrument/gcm?lang=ar", headers={"Accept": "text/html"})
    assert answer.headers["content-language"] == "en"
    assert '<html lang="en" dir="ltr">' in answer.text
    assert 'lang="ar" dir="rtl"' in answer.text


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", TRANSLATED)
def test_no_word_of_the_frame_stays_in_english(
    client: httpx.Client, path: str, language: str
) -> None:
    answer = client.get(f"/{path}", headers={"Accept": "text/html", "Accept-Language": language})
    assert answer.status_code == 200
    left = [word for word in ENGLISH if f">{word}<" in answer.text]
    assert not left


def test_the_switch_keeps_the_query_and_the_chosen_language_goes_along(
    client: httpx.Client,
) -> None:
    page = client.get("/search?q=imrf&lang=fr", headers={"Accept": "text/html"}).text
    assert '<link rel="alternate" hreflang="es" href="?q=imrf&amp;lang=es">' in page
    assert 'href="?q=imrf&amp;lang=en" hreflang="en"' in page
    assert 'href="./states?lang=fr"' in page
    assert '<input type="hidden" name="lang" value="fr">' in page
    plain = client.get("/search?q=imrf", headers={"Accept": "text/html"}).text
    assert 'href="./states"' in plain
    assert 'name="lang"' not in plain


@pytest.mark.parametrize(
    ("language", "number"),
    [("en", r"\d,\d{3}<"), ("fr", "\\d\N{NARROW NO-BREAK SPACE}\\d{3}<"), ("es", r"\d\.\d{3}<")],
)
def test_numbers_are_written_as_the_language_does(
    client: httpx.Client, language: str, number: str
) -> None:
    page = client.get("/", headers={"Accept": "text/html", "Accept-Language": language}).text
    figures = page[page.index("figures") :]
    assert re.search(number, figures)


def test_a_fault_is_told_in_the_language_of_the_reader(client: httpx.Client) -> None:
    answer = client.get("/id/forum/none?lang=es", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-language"] == "es"
    assert "No se conoce nada en esta dirección" in answer.text


def test_links_of_a_question_keep_the_language_beside_its_own_words(client: httpx.Client) -> None:
    page = client.get("/query/votes-cast?lang=fr", headers={"Accept": "text/html"}).text
    links = re.findall(r'href="([^"]*\blang=[^"]*)"', page)
    assert len(links) > 10
    assert all(re.search(r"\blang=(en|fr|es)(#|&|$)", link) for link in links)
