"""Content negotiation as a table: every kind of resource, every way to ask, every body parsed."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcm_graph.service.negotiation import HTML, Asked, NotAcceptable, choose
from gcm_graph.service.representation import RESOURCE
from gcm_graph.store.media import GRAPHS, SOLUTIONS, Media
from parsers import RDF, parsed

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
GRAPH_TYPES = ("text/html", "application/json", "application/ld+json", *RDF)
ROW_TYPES = ("text/html", *(media.type for media in SOLUTIONS))
PAGE_TYPES = ("text/html", "application/json")
SELECT = "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%203"
CONSTRUCT = "/sparql?query=CONSTRUCT%20WHERE%20%7B%3Fs%20a%20%3Fo%7D%20LIMIT%203"
TABLE: dict[str, tuple[str, ...]] = {
    "/id/instrument/gcm": GRAPH_TYPES,
    "/id/report/doyle": GRAPH_TYPES,
    "/id/provision/gcm-obj-23": GRAPH_TYPES,
    "/id/body/un-network-on-migration": GRAPH_TYPES,
    "/id/forum/imrf": GRAPH_TYPES,
    "/id/event/adoption-a-res-73-195": GRAPH_TYPES,
    "/id/state/afghanistan": GRAPH_TYPES,
    "/id/person/louise-arbour": GRAPH_TYPES,
    "/id/role/coordinator": GRAPH_TYPES,
    "/id/sdg/10.7": GRAPH_TYPES,
    "/graph/sources": GRAPH_TYPES,
    "/source/A-RES-73-195": GRAPH_TYPES,
    "/source/A-RES-73-195/para-45": GRAPH_TYPES,
    "/def": GRAPH_TYPES,
    "/profile/plain": ("text/html", "application/json", "text/turtle", "application/rdf+xml"),
    "/query/objectives": ROW_TYPES,
    SELECT: ROW_TYPES[1:],
    CONSTRUCT: tuple(RDF),
    "/lineage?from=forum/imrf&to=body/gcim": (*PAGE_TYPES, "text/csv", "image/svg+xml"),
    "/": PAGE_TYPES,
    "/search?q=IMRF": PAGE_TYPES,
    "/id/body": PAGE_TYPES,
    "/source": PAGE_TYPES,
    "/disagreements": PAGE_TYPES,
    "/coverage": PAGE_TYPES,
    "/download": PAGE_TYPES,
}
CELLS = [(path, kind) for path, kinds in TABLE.items() for kind in kinds]


def kind_of(answer: httpx.Response) -> str:
    return answer.headers["content-type"].partition(";")[0]


@pytest.mark.parametrize(("path", "kind"), CELLS)
def test_a_type_is_had_by_every_shape_of_accept(client: httpx.Client, path: str, kind: str) -> None:
    others = "image/png"
    for accept in (
        kind,
        f"{others}, {kind.upper()};q=0.3",
        f"{kind};q=0.9, */*;q=0.1",
        f"nonsense, {kind}, ;;;",
    ):
        answer = client.get(path, headers={"Accept": accept})
        assert answer.status_code == 200, accept
        assert kind_of(answer) == kind, accept
        assert "accept" in answer.headers["vary"].lower()
        assert parsed(answer, client) is not None


@pytest.mark.parametrize("path", TABLE)
def test_what_is_refused_is_not_sent_and_what_is_missing_is_said(
    client: httpx.Client, path: str
) -> None:
    default = client.get(path, headers={"Accept": "*/*"})
    assert parsed(default, client) is not None
    refused = f"{kind_of(default)};q=0, */*;q=0.5"
    answer = client.get(path, headers={"Accept": refused})
    assert answer.status_code in {200, 406}
    assert kind_of(answer) != kind_of(default)
    assert parsed(answer, client) is not None
    missing = client.get(path, headers={"Accept": "image/png"})
    assert missing.status_code == 406
    assert missing.headers["content-type"] == "application/problem+json"
    assert "accept" in missing.headers["vary"].lower()
    assert any(kind in missing.json()["detail"] for kind in TABLE[path])


@pytest.mark.parametrize("path", [path for path in TABLE if "text/html" in TABLE[path]])
def test_a_browser_gets_a_page(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": BROWSER})
    assert kind_of(answer) in {"text/html", "application/xhtml+xml"}
    assert parsed(answer, client)


@pytest.mark.parametrize("path", [path for path, kinds in TABLE.items() if kinds == GRAPH_TYPES])
def test_suffix_and_format_win_over_accept(client: httpx.Client, path: str) -> None:
    for media in RESOURCE:
        for answer in (
            client.get(f"{path}.{media.suffix}", headers={"Accept": "image/png"}),
            client.get(path, params={"format": media.name}, headers={"Accept": "image/png"}),
            client.get(path, params={"_mediatype": media.type}),
        ):
            assert answer.status_code == 200
            assert kind_of(answer) == media.type
            assert parsed(answer, client) is not None
    assert client.get(path, params={"format": "png"}).status_code == 406


_TYPE = st.sampled_from([media.type for media in (*RESOURCE, *SOLUTIONS)])
_RANGE = st.one_of(_TYPE, st.sampled_from(["*/*", "text/*", "application/*", "x/y", "*", "/", ""]))
_QUALITY = st.one_of(
    st.just(""),
    st.floats(0, 1).map(lambda q: f";q={q:.3f}"),
    st.sampled_from([";q=", ";q=2", ";q=-1", ";q=junk", ";level=1;q=0.4"]),
)
_ACCEPT = st.lists(st.tuples(_RANGE, _QUALITY).map("".join), max_size=6).map(", ".join)


def chosen_from(accept: str, offers: tuple[Media, ...]) -> Media | None:
    """Return what is chosen; nothing when the refusal lists every offer."""
    try:
        return choose(Asked(accept), offers)
    except NotAcceptable as error:
        missing = [media.type for media in offers if media.type not in str(error)]
    assert missing == []
    return None


@given(_ACCEPT)
def test_any_accept_chooses_an_offer_or_says_there_is_none(accept: str) -> None:
    offers = (HTML, *GRAPHS)
    chosen = chosen_from(accept, offers)
    assert chosen is None or chosen.name in {media.name for media in offers}


@given(st.text(max_size=60))
def test_junk_never_breaks_the_choice(accept: str) -> None:
    chosen = chosen_from(accept, RESOURCE)
    assert chosen is None or chosen.name in {media.name for media in RESOURCE}


@given(_TYPE, st.lists(_TYPE, max_size=3))
def test_a_type_alone_with_quality_one_wins(wanted: str, others: list[str]) -> None:
    rest = [f"{kind};q=0.5" for kind in others if kind != wanted]
    offers = [media for media in (*RESOURCE, *SOLUTIONS) if media.type == wanted]
    offers += [media for media in RESOURCE if media.type != wanted]
    chosen = choose(Asked(", ".join([*rest, wanted])), list(reversed(offers)))
    assert chosen.type == wanted
