"""The server of the Model Context Protocol (revision 2025-06-18), made with the official SDK."""

import functools
import logging
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal, ParamSpec, TypeVar

from anyio import to_thread
from mcp.server.fastmcp import FastMCP
from mcp.server.fastmcp.exceptions import ToolError
from mcp.server.fastmcp.resources import FunctionResource
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import AnyUrl, Field

from gcm_graph.assistant import answer, prompt, resource, table
from gcm_graph.assistant.desk import Desk, Refusal
from gcm_graph.assistant.row import left_out
from gcm_graph.citation.subject import Edition
from gcm_graph.service.state import State

_log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")

Thing = Annotated[
    str,
    Field(
        description="IRI, kind/slug such as body/un-network-on-migration, or its exact name.",
        max_length=500,
    ),
]
Iri = Annotated[str, Field(description="IRI, prefix:name or kind/slug.", max_length=1000)]
Limit = Annotated[int, Field(description="Rows at most.", ge=1, le=100)]
Offset = Annotated[int, Field(description="Rows to pass over.", ge=0, le=1_000_000)]
Language = Annotated[
    str,
    Field(description="Language of names (BCP 47).", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$"),
]
Style = Annotated[
    Literal["chicago", "apa", "bibtex", "ris", "csl"],
    Field(description="How the citation is written: two plain styles, three formats."),
]


def _threaded(work: Callable[P, R]) -> Callable[P, Awaitable[R]]:
    """Return ``work`` as a tool: in a thread, with a refusal as the error of the tool."""

    @functools.wraps(work)
    async def tool(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await to_thread.run_sync(functools.partial(work, *args, **kwargs))
        except Refusal as refusal:
            raise ToolError(str(refusal)) from refusal
        except Exception as error:
            _log.exception("a tool failed")
            raise ToolError("The service made a mistake; other questions will work.") from error

    return tool


def create(state: State, edition: Edition) -> FastMCP:
    """Return the server over what a running service holds."""
    server = FastMCP(
        "gcm-graph",
        instructions=prompt.INSTRUCTIONS,
        website_url="https://w3id.org/gcm-graph/",
        stateless_http=True,
        json_response=True,
        log_level="WARNING",
        max_request_body_size=state.settings.request_bytes,
        # everything is public and read-only, and no credential is looked at
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    desk = Desk(state.reader, state.catalogue, state.search, state.settings, edition)
    _tools(server, desk)
    _sparql(server, desk, state)
    _resources(server, desk)
    _prompts(server)
    return server


def _register(server: FastMCP, title: str, work: Callable[..., Any]) -> None:
    annotations = ToolAnnotations(
        title=title, readOnlyHint=True, idempotentHint=True, openWorldHint=False
    )
    server.add_tool(work, title=title, annotations=annotations)


def _tools(server: FastMCP, desk: Desk) -> None:
    def search(
        words: Annotated[str, Field(description="Name, acronym or symbol.", max_length=200)],
        kind: Annotated[str, Field(description="Only this class, such as gcm:Forum.")] = "",
        limit: Limit = 10,
        offset: Offset = 0,
        language: Language = "en",
    ) -> answer.Found:
        """Find things by name, acronym or document symbol; the best match first."""
        return desk.search(words, kind, limit, offset, language)

    def describe(
        thing: Thing,
        relation: Annotated[str, Field(description="Only this relation, by name or IRI.")] = "",
        limit: Limit = 40,
        offset: Offset = 0,
        language: Language = "en",
    ) -> answer.Description:
        """Say what the graph knows of a thing: statements with their sources, and relations."""
        return desk.describe(thing, relation, limit, offset, language)

    def lineage(
        later: Thing,
        earlier: Thing,
        chains: Annotated[int, Field(description="Chains at most.", ge=1, le=60)] = 5,
        language: Language = "en",
    ) -> answer.Lineage:
        """Show by which steps one thing goes back to another, each step with its sources."""
        return desk.lineage(later, earlier, chains, language)

    def disagreements(
        about: Annotated[str, Field(description="Only about this thing.", max_length=500)] = "",
        limit: Limit = 20,
        offset: Offset = 0,
        language: Language = "en",
    ) -> answer.Disagreements:
        """List where sources disagree: each rival value with the passages that say it."""
        return desk.disagreements(about, limit, offset, language)

    def explain(
        subject: Iri,
        predicate: Annotated[str, Field(description="IRI or gcm:name.", max_length=1000)],
        object: Annotated[  # noqa: A002 - the name of the third part of a statement
            str, Field(description='An IRI as above, or a literal: "text"@en.', max_length=4000)
        ],
        language: Language = "en",
    ) -> answer.Explanation:
        """Say what one statement rests on: its passages, or the rule and what it came from."""
        return desk.explain(subject, predicate, object, language)

    def list_questions(
        words: Annotated[str, Field(description="Words to look for.", max_length=200)] = "",
        limit: Limit = 30,
        offset: Offset = 0,
    ) -> answer.Questions:
        """List the ready questions of the library with their parameters; `ask` answers them."""
        return desk.questions(words, limit, offset)

    def ask(
        name: Annotated[str, Field(description="Name of a question.", max_length=100)],
        parameters: Annotated[
            dict[str, str], Field(description="Values by name; a default is taken for the rest.")
        ] = {},  # noqa: B006 - never changed
        limit: Limit = 50,
        offset: Offset = 0,
        language: Language = "en",
    ) -> answer.Table:
        """Answer a question of the library as a table."""
        return desk.ask(name, parameters, limit, offset, language)

    def passage(
        iri: Iri, limit: Limit = 40, offset: Offset = 0, language: Language = "en"
    ) -> answer.Place:
        """Say what the graph reads at one place of a document, and how to cite the place."""
        return desk.passage(iri, limit, offset, language)

    def cite(thing: Thing, style: Style = "chicago", language: Language = "en") -> answer.Citation:
        """Write a citation of a thing, a document or a passage, with a permanent address."""
        return desk.cite(thing, style, language)

    titles: list[tuple[str, Callable[..., Any]]] = [
        ("Search", search), ("Describe a thing", describe), ("Trace a lineage", lineage),
        ("Disagreements of sources", disagreements), ("Explain a statement", explain),
        ("List questions", list_questions), ("Ask a question", ask), ("Read a passage", passage),
        ("Cite", cite),
    ]  # fmt: skip
    for title, work in titles:
        _register(server, title, _threaded(work))


def _sparql(server: FastMCP, desk: Desk, state: State) -> None:
    async def sparql(
        query: Annotated[
            str,
            Field(description="A SPARQL 1.1 query; the prefixes of the model need no declaration."),
        ],
        limit: Limit = 50,
        offset: Offset = 0,
        language: Language = "en",
    ) -> answer.Table:
        """Run a SPARQL query. The default graph is the merge; a named graph is a passage.

        Read the model first (resource gcm-graph://model). SERVICE and updates are refused.
        """
        if len(query.encode()) > state.settings.query_bytes:
            raise ToolError(f"The query is longer than {state.settings.query_bytes:,} bytes.")
        try:
            form, body = await table.free_form(state.pool, query)
        except table.Trouble as trouble:
            where = f" (line {trouble.more['line']})" if "line" in trouble.more else ""
            raise ToolError(f"{trouble}{where}") from trouble
        except (table.Refused, table.TooLarge) as refused:
            raise ToolError(str(refused)) from refused

        def shown() -> answer.Table:
            if form != "json":
                return desk.graph(body.decode().splitlines(), limit, offset)
            columns, rows, truth = table.solutions(body)
            if truth is not None:
                return answer.Table(release=desk.edition.short, truth=truth)
            reader = desk.reader.speaking(language)
            page = table.rows_of(reader, columns, rows, offset, limit)
            more = left_out(offset, len(page["rows"]), page["total"])
            return answer.Table(release=desk.edition.short, more=more, **page)

        return await to_thread.run_sync(shown)

    _register(server, "Run a SPARQL query", sparql)


def _resources(server: FastMCP, desk: Desk) -> None:
    def add(uri: str, name: str, title: str, kind: str, read: Callable[[], str]) -> None:
        server.add_resource(
            FunctionResource(uri=AnyUrl(uri), name=name, title=title, mime_type=kind, fn=read)
        )

    add(resource.MODEL, "model", "The model", "text/markdown", resource.model_text)
    turtle = functools.partial(resource.ontology_text, desk.reader)
    add(resource.ONTOLOGY, "ontology", "The ontology in Turtle", "text/turtle", turtle)
    for question in desk.catalogue.public:
        text = functools.partial(str, question.text)
        uri = resource.QUERY + question.name
        add(uri, question.name, question.title, "application/sparql-query", text)


def _prompts(server: FastMCP) -> None:
    @server.prompt(name="trace-institution", title="Trace an institution")
    def trace(
        institution: Annotated[str, Field(description="Its name, acronym or IRI.")],
    ) -> str:
        """Tell where an institution comes from, step by step, with the documents."""
        return prompt.trace(institution)

    @server.prompt(name="compare-sources", title="Compare sources on")
    def compare(topic: Annotated[str, Field(description="What the sources are about.")]) -> str:
        """Set side by side what sources say on a topic, and where they disagree."""
        return prompt.compare(topic)
