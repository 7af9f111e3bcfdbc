"""What the guard refuses, what it takes out, and what it leaves alone."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcm_graph.store.guard import Refused, guard
from gcm_graph.store.lexer import tokens

G = "https://w3id.org/gcm-graph/source/A-RES-73-195/para-45"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'a' . # ' \n SERVICE <http://x.example/> { ?s ?p ?o } }",
        "PREFIX s: <http://x.example/> SELECT * { SERVICE s:y { ?s ?p ?o } }",
        'SELECT * { ?s ?p """ " """ . SERVICE <http://x.example/> {} }',
    ],
)
def test_service_is_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(Refused) as refused:
        guard(text)
    assert refused.value.reason == "service"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service <http://x.example/SERVICE> 'SERVICE' } # SERVICE",
        "PREFIX service: <http://x.example/> SELECT * { ?s service:from service:SERVICE }",
        'SELECT $from { $from ?p """INSERT DATA {} FROM <a> """@from }',
        "SELECT * { ?s <http://x.example/FROM> ?o }",
    ],
)
def test_a_word_inside_a_name_or_text_is_not_a_keyword(text: str) -> None:
    assert guard(text).text == text


@pytest.mark.parametrize(
    "word", ["INSERT DATA {}", "DELETE WHERE {}", "LOAD <http://x/>", "DROP ALL"]
)
def test_updates_are_refused(word: str) -> None:
    with pytest.raises(Refused) as refused:
        guard(f"PREFIX x: <http://x.example/> {word}")
    assert refused.value.reason == "update"


def test_dataset_clauses_are_taken_out_and_every_other_character_keeps_its_place() -> None:
    text = f"""PREFIX r: <https://w3id.org/gcm-graph/source/A-RES-73-195/>
BASE <https://w3id.org/gcm-graph/>
SELECT * FROM r:para-45
FROM <source/A-RES-73-195/para-49> FROM NAMED <{G}> WHERE {{ ?s ?p ?o }}"""
    guarded = guard(text)
    assert guarded.default_graphs == (G, G.replace("45", "49"))
    assert guarded.named_graphs == (G,)
    assert len(guarded.text) == len(text)
    assert guarded.text.index("WHERE") == text.index("WHERE")
    assert "para-45>" not in guarded.text
    assert guarded.text.count("\n") == text.count("\n")


@pytest.mark.parametrize("address", ["http://x.[example/", "http://x＃.example/", "http://]]]/"])
def test_a_base_that_is_no_address_is_no_mistake_of_the_service(address: str) -> None:
    held = guard(
        f"BASE <{address}> PREFIX a: <{address}> SELECT * FROM <g> FROM a:b {{ ?s ?p ?o }}"
    )
    assert held.default_graphs is not None
    assert len(held.default_graphs) == 2


@pytest.mark.parametrize(
    "piece",
    [
        "\\u",
        "\\\\",
        "a.",
        "a-",
        "a:",
        "<",
        "?",
        "'",
        '"',
        "''\\'",
        '""',
        "%4",
        "_:",
        "@a-",
        "(",
        "<a",
    ],
)
@pytest.mark.parametrize("start", ["", "'''", '"""', "<", "'"])
def test_no_text_takes_long(piece: str, start: str) -> None:
    text = "SERVICE " + start + piece * (65_000 // len(piece))
    begun = time.process_time()
    with contextlib.suppress(Refused):
        guard(text)
    assert time.process_time() - begun < 2


def test_a_construct_keeps_its_template_and_gives_its_dataset() -> None:
    guarded = guard(f"CONSTRUCT {{ ?s ?p 'FROM' }} FROM <{G}> WHERE {{ ?s ?p ?o }}")
    assert guarded.default_graphs == (G,)
    assert guarded.named_graphs == ()


@given(st.text(alphabet="SERVIC ?<>{}#\"'\\:_@abu0053\n.", max_size=80))
def test_tokens_cover_any_text_in_order(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.start >= end
        assert text[token.start : token.end] == token.text
        between = text[end : token.start]
        assert not between.strip() or between.lstrip().startswith("#")
        end = token.end


@given(st.text(max_size=200))
def test_the_guard_answers_or_refuses_any_text(text: str) -> None:
    try:
        guarded = guard("SELECT * FROM <http://x.example/> {" + text)
    except Refused:
        return
    assert guarded.default_graphs is None or len(guarded.default_graphs) >= 1
