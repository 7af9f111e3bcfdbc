"""The server for assistants, asked by the official client over both transports."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pyoxigraph as ox
import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent, TextResourceContents
from pydantic import AnyUrl

from conftest import ROOT, Service

BASE = "https://w3id.org/gcm-graph/"
NETWORK = "body/un-network-on-migration"
TOOLS = {
    "search", "describe", "lineage", "disagreements", "explain", "list_questions", "ask", "sparql",
    "passage", "cite",
}  # fmt: skip
T = TypeVar("T")
Asking = Callable[[ClientSession], Awaitable[T]]


@asynccontextmanager
async def over_http(service: Service) -> AsyncIterator[ClientSession]:
    async with (
        streamable_http_client(f"{service.address}/mcp") as (incoming, outgoing, _),
        ClientSession(incoming, outgoing) as session,
    ):
        await session.initialize()
        yield session


@asynccontextmanager
async def over_stdio(releases_folder: Path) -> AsyncIterator[ClientSession]:
    program = StdioServerParameters(
        command=sys.executable,
        args=["-m", "gcm_graph", "mcp"],
        env={**os.environ, "GCM_RELEASE": str(releases_folder)},
    )
    async with (
        stdio_client(program) as (incoming, outgoing),
        ClientSession(incoming, outgoing) as session,
    ):
        await session.initialize()
        yield session


def asked(service: Service, *calls: tuple[str, dict[str, Any]]) -> list[CallToolResult]:
    """Call tools one after the other in one session over HTTP."""

    async def run() -> list[CallToolResult]:
        async with over_http(service) as session:
            return [await session.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(run())


def answer(service: Service, tool: str, /, **arguments: Any) -> dict[str, Any]:
    """Return the answer of a tool, which must be the same as text and as structure."""
    (result,) = asked(service, (tool, arguments))
    assert not result.isError, result.content
    structured = result.structuredContent
    assert structured is not None
    assert isinstance(result.content[0], TextContent)
    assert json.loads(result.content[0].text) == structured
    assert re.fullmatch(r"[0-9a-f]{16}", structured["release"])
    return structured


def refusal(service: Service, tool: str, /, **arguments: Any) -> str:
    """Return what a tool says that gives no answer."""
    (result,) = asked(service, (tool, arguments))
    assert result.isError
    assert isinstance(result.content[0], TextContent)
    assert "Traceback" not in result.content[0].text
    return result.content[0].text


def sources(said: dict[str, Any], cites: list[int]) -> list[dict[str, Any]]:
    numbered = {source["number"]: source for source in said["sources"]}
    return [numbered[number] for number in cites]


def test_search_finds_by_acronym_and_symbol(service: Service) -> None:
    found = answer(service, "search", words="IMRF")
    assert found["things"][0] == {
        "name": "International Migration Review Forum",
        "iri": f"{BASE}id/forum/imrf",
        "kind": found["things"][0]["kind"],
    } | ({"symbol": s} if (s := found["things"][0].get("symbol")) else {})
    assert found["total"] >= 1
    by_class = answer(service, "search", words="migration", kind="gcm:Forum", limit=2)
    assert len(by_class["things"]) == 2
    assert f"of {by_class['total']}" in by_class["more"]


def test_describe_gives_statements_with_their_passages(service: Service) -> None:
    said = answer(service, "describe", thing=NETWORK, relation="gcm:mandatedBy")
    assert said["thing"]["name"] == "United Nations Network on Migration"
    assert said["permalink"] == f"{BASE}id/{NETWORK}?release={said['release']}"
    by_value = {one.get("value_iri", ""): one for one in said["statements"]}
    places = sources(said, by_value[f"{BASE}id/instrument/gcm"]["cites"])
    assert places
    for place in places:
        assert place["title"]
        assert place["iri"].startswith(f"{BASE}source/")
    whole = answer(service, "describe", thing="United Nations Network on Migration", limit=5)
    assert len(whole["statements"]) == 5
    assert whole["total"] > 5
    assert "offset=5" in whole["more"]
    rest = answer(service, "describe", thing=NETWORK, limit=5, offset=5)
    assert rest["statements"][0] not in whole["statements"]
    assert {one["name"] for one in whole["relations"]} >= {"mandated by"}


def test_lineage_gives_chains_with_their_passages(service: Service) -> None:
    said = answer(service, "lineage", later="forum/imrf", earlier="body/gcim", chains=2)
    assert len(said["chains"]) == 2
    assert said["total"] >= 3
    assert said["more"].startswith("Shown are 2 of ")
    for chain in said["chains"]:
        steps = [said["steps"][position] for position in chain]
        assert steps[0]["later_iri"] == f"{BASE}id/forum/imrf"
        assert steps[-1]["earlier_iri"] == f"{BASE}id/body/gcim"
        for step in steps:
            assert sources(said, step["cites"])
    turned = answer(service, "lineage", later="body/gcim", earlier="forum/imrf", chains=2)
    assert turned["chains"] == said["chains"]


def test_disagreements_give_each_value_with_its_passages(service: Service) -> None:
    said = answer(service, "disagreements", about="forum/gcm-regional-reviews")
    values = {rival["value"] for one in said["disagreements"] for rival in one["claims"]}
    assert any(value.startswith("every 4 years") for value in values)
    assert any(value.startswith("every 2 years") for value in values)
    for one in said["disagreements"]:
        assert len(one["claims"]) >= 2
        for rival in one["claims"]:
            assert sources(said, rival["cites"])
    every = answer(service, "disagreements", limit=100)
    assert every["total"] > 20
    assert len(json.dumps(every)) < 60_000
    assert len(every["disagreements"]) == every["total"] or "offset=" in every["more"]
    cited = {n for one in every["disagreements"] for r in one["claims"] for n in r["cites"]}
    assert cited == {source["number"] for source in every["sources"]}


def test_explain_gives_passages_or_the_rule_and_its_premises(service: Service) -> None:
    described = answer(service, "describe", thing="forum/imrf", limit=100)
    first = next(one for one in described["statements"] if one["cites"] and one.get("value_iri"))
    said = answer(
        service, "explain",
        subject=first["subject_iri"], predicate=first["relation_iri"], object=first["value_iri"],
    )  # fmt: skip
    assert sources(said, said["statement"]["cites"])
    assert said["citation"].startswith("gcm-graph. ")
    table = answer(
        service, "sparql",
        query="SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } "
        f'FILTER(STRSTARTS(STR(?g), "{BASE}graph/derived/super")) }} LIMIT 1',
    )  # fmt: skip
    if table["rows"]:
        row = table["rows"][0]
        derived = answer(
            service, "explain",
            subject=row["s"]["iri"], predicate=row["p"]["iri"], object=row["o"]["iri"],
        )  # fmt: skip
        assert derived["statement"]["derived_by"] or derived["statement"]["cites"]


def test_questions_are_listed_and_asked(service: Service) -> None:
    listed = answer(service, "list_questions", words="vote")
    names = {one["name"] for one in listed["questions"]}
    assert {"vote-totals", "votes-cast"} <= names
    assert len(answer(service, "list_questions", limit=100)["questions"]) > 30
    said = answer(
        service, "ask", name="members-on-date",
        parameters={"body": "body/network-executive-committee", "date": "2022-01-01"},
    )  # fmt: skip
    members = {row["member"]["iri"]: row for row in said["rows"]}
    assert members[f"{BASE}id/body/ilo"]["role"]["value"] == "member"
    assert "memberLabel" not in said["columns"]
    assert said["sources"]
    assert said["permalink"].startswith(f"{BASE}query/members-on-date?body=")


def test_a_table_names_its_passages(service: Service) -> None:
    said = answer(
        service, "ask", name="statement-evidence", limit=3,
        parameters={"subject": "event:adoption-a-res-73-195", "property": "gcm:yes"},
    )  # fmt: skip
    assert len(said["rows"]) == 3
    assert said["more"].startswith("Shown are 1 to 3 of ")
    cites = [cell["cite"] for row in said["rows"] for cell in row.values() if "cite" in cell]
    assert cites
    assert sources(said, cites)


def test_sparql_runs_within_its_limits(service: Service) -> None:
    said = answer(
        service, "sparql",
        query="SELECT ?passage WHERE { GRAPH ?passage { body:un-network-on-migration "
        "gcm:mandatedBy instrument:gcm } }",
    )  # fmt: skip
    assert said["rows"][0]["passage"]["cite"] == 1
    assert said["sources"][0]["iri"] == said["rows"][0]["passage"]["iri"]
    truth = answer(service, "sparql", query="ASK { body:un-network-on-migration a gcm:Nothing }")
    assert truth["truth"] is False
    graph = answer(
        service, "sparql", query="CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 80", limit=10
    )
    assert len(list(ox.parse(graph["graph"].encode(), format=ox.RdfFormat.N_TRIPLES))) == 10
    assert graph["more"].startswith("Shown are 1 to 10 of 80")
    large = answer(service, "sparql", query="SELECT * { ?s ?p ?o } LIMIT 2000", limit=100)
    assert len(json.dumps(large)) < 120_000
    assert "of 2000" in large["more"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT nonsense", "line 1"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i", "stopped after 1 s"),
        ("SELECT * { ?s ?p ?o . ?s ?q ?r } LIMIT 100000", "LIMIT"),
        ("#" * 70_000, "longer than"),
    ],
)
def test_a_query_that_is_not_answered_is_an_error_of_the_tool(
    service: Service, query: str, said: str
) -> None:
    assert said in refusal(service, "sparql", query=query)


def test_passage_tells_what_is_read_there_and_how_to_cite_it(service: Service) -> None:
    said = answer(service, "passage", iri="source:A-RES-73-195/para-45")
    assert (said["symbol"], said["locator"]) == ("A/RES/73/195", "para. 45")
    assert said["address"] == "https://undocs.org/A/RES/73/195"
    assert "para. 45" in said["citation"]
    assert said["total"] == len(said["statements"]) > 0


@pytest.mark.parametrize(
    ("style", "start"),
    [("apa", "UN General Assembly. (2018"), ("bibtex", "@techreport{"), ("ris", "TY  - RPRT"),
     ("csl", "[\n"), ("chicago", "UN General Assembly. 2018.")],
)  # fmt: skip
def test_cite_writes_every_style(service: Service, style: str, start: str) -> None:
    said = answer(service, "cite", thing=f"{BASE}source/A-RES-73-195", style=style)
    assert said["citation"].startswith(start)
    assert said["release"] in said["permalink"]


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("describe", {"thing": "body/no-such-body"}, "is not the name"),
        ("describe", {"thing": "migration network"}, "Perhaps one of"),
        ("describe", {"thing": NETWORK, "relation": "eats"}, "no relation"),
        ("describe", {"thing": NETWORK, "limit": 100_000}, "100"),
        ("describe", {}, "thing"),
        ("describe", {"thing": NETWORK, "language": "'; DROP"}, "language"),
        ("search", {"words": "a", "kind": "nonsense"}, "neither"),
        ("lineage", {"later": "", "earlier": "body/gcim"}, "is not the name"),
        ("disagreements", {"about": "body/no-such-body"}, "is not the name"),
        ("explain", {"subject": "body/iom", "predicate": "(", "object": "x"}, "Give IRIs"),
        (
            "explain",
            {"subject": "body/iom", "predicate": "gcm:replaces", "object": "body/gcim"},
            "does not hold",
        ),
        ("ask", {"name": "no-such-question"}, "list_questions"),
        ("ask", {"name": "index-labels"}, "list_questions"),
        ("ask", {"name": "members-on-date"}, "needs a value"),
        ("ask", {"name": "disagreements", "parameters": {"x": "y"}}, "parameter"),
        ("passage", {"iri": "body/iom"}, "no passage"),
        ("cite", {"thing": NETWORK, "style": "mla"}, "chicago"),
        ("no_such_tool", {}, "no_such_tool"),
    ],
)
def test_bad_input_is_an_error_of_the_tool_that_says_what_is_right(
    service: Service, tool: str, arguments: dict[str, Any], said: str
) -> None:
    assert said in refusal(service, tool, **arguments)


async def look_around(session: ClientSession) -> None:
    """Check tools, resources and prompts, which both transports offer alike."""
    tools = (await session.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.description
        assert tool.outputSchema
        assert tool.annotations
        assert tool.annotations.readOnlyHint
        for name, argument in tool.inputSchema["properties"].items():
            assert argument.get("description"), f"{tool.name}: {name}"
    resources = {str(one.uri): one for one in (await session.list_resources()).resources}
    assert {"gcm-graph://model", "gcm-graph://ontology", "gcm-graph://query/disagreements"} <= set(
        resources
    )
    model = await text_of(session, "gcm-graph://model")
    assert model == (ROOT / "docs/model.md").read_text(encoding="utf-8")
    turtle = await text_of(session, "gcm-graph://ontology")
    assert len(list(ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE))) > 500
    query = await text_of(session, "gcm-graph://query/disagreements")
    assert query == (ROOT / "queries/disagreements.rq").read_text(encoding="utf-8")
    prompts = {one.name: one for one in (await session.list_prompts()).prompts}
    assert set(prompts) == {"trace-institution", "compare-sources"}
    trace = await session.get_prompt("trace-institution", {"institution": "IOM"})
    assert isinstance(trace.messages[0].content, TextContent)
    assert "“IOM”" in trace.messages[0].content.text
    compare = await session.get_prompt("compare-sources", {"topic": "who chairs the GMG"})
    assert isinstance(compare.messages[0].content, TextContent)
    assert "who chairs the GMG" in compare.messages[0].content.text
    found = await session.call_tool("search", {"words": "IMRF"})
    assert found.structuredContent
    assert found.structuredContent["things"][0]["iri"] == f"{BASE}id/forum/imrf"
    table = await session.call_tool("sparql", {"query": "ASK { ?s ?p ?o }"})
    assert table.structuredContent
    assert table.structuredContent["truth"] is True
    wrong = await session.call_tool("describe", {"thing": "body/no-such-body"})
    assert wrong.isError


async def text_of(session: ClientSession, uri: str) -> str:
    (content,) = (await session.read_resource(AnyUrl(uri))).contents
    assert isinstance(content, TextResourceContents)
    return content.text


def test_everything_is_offered_over_http(service: Service) -> None:
    async def run() -> None:
        async with over_http(service) as session:
            await look_around(session)

    asyncio.run(run())


def test_everything_is_offered_over_standard_input_and_output(releases_folder: Path) -> None:
    async def run() -> None:
        async with over_stdio(releases_folder) as session:
            await look_around(session)

    asyncio.run(run())


def test_many_assistants_are_answered_at_once(service: Service) -> None:
    async def one(number: int) -> bool:
        async with over_http(service) as session:
            said = await session.call_tool("search", {"words": "migration", "offset": number})
            return not said.isError

    async def run() -> list[bool]:
        return await asyncio.gather(*(one(number) for number in range(12)))

    assert all(asyncio.run(run()))


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"not json", {"Accept": "application/json, text/event-stream"}, 400),
        (b"{}", {"Accept": "application/json, text/event-stream"}, 400),
        (b"{}", {"Accept": "text/html"}, 406),
        (b"x" * 1_100_000, {"Accept": "application/json, text/event-stream"}, 413),
    ],
)
def test_what_is_no_message_is_refused(
    client: httpx.Client, body: bytes, headers: dict[str, str], status: int
) -> None:
    headers = {"Content-Type": "application/json", **headers}
    assert client.post("/mcp", content=body, headers=headers).status_code == status


def test_there_is_no_stream_to_listen_on(client: httpx.Client) -> None:
    assert client.get("/mcp").status_code == 405


def test_the_document_names_every_tool_resource_and_prompt() -> None:
    text = (ROOT / "docs/assistants.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == TOOLS
    for name in ("gcm-graph://model", "gcm-graph://ontology", "gcm-graph://query/{name}"):
        assert f"`{name}`" in text
    for settings in re.findall(r"```json\n(.*?)```", text, re.DOTALL):
        assert json.loads(settings)["mcpServers"]["gcm-graph"]


def test_the_example_of_the_document_prints_what_it_says(service: Service) -> None:
    text = (ROOT / "docs/assistants.md").read_text(encoding="utf-8")
    program = text.partition("```python\n")[2].partition("```")[0]
    shown = text.rpartition("```text\n")[2].partition("```")[0]
    program = program.replace("http://127.0.0.1:8000", service.address)
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.startswith(shown.strip())
