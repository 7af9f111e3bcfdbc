"""The questions of the library as programs need to know them."""

from pydantic import BaseModel, Field

from gcm_graph.library.question import Question
from gcm_graph.service import answer


class ParameterSummary(BaseModel):
    """A parameter of a question."""

    name: str
    type: str = Field(description="iri, string, integer, date, language, boolean or term.")
    description: str
    default: str | None = Field(description="Taken when no value is given.")
    choices: list[str] | str = Field(
        description="The values allowed, or the query that lists them."
    )
    kinds: list[str] = Field(description="Kinds of thing allowed; any when empty.")
    optional: bool = Field(description="Whether the question also answers without a value.")


class DisplaySummary(BaseModel):
    """How an answer is best seen."""

    view: str = Field(description="table, bar, map, timeline, graph or matrix.")
    columns: dict[str, str] = Field(description="The column that each part of the view takes.")


class QuestionSummary(BaseModel):
    """A question of the library."""

    name: str = Field(description="Part of its address, never reused.")
    path: str = Field(description="Path of its answer on this service.")
    title: str
    description: str
    group: str
    kind: str = Field(description="select, ask or construct.")
    columns: list[str] = Field(description="The columns of its rows, parameters included.")
    parameters: list[ParameterSummary]
    example: dict[str, str] = Field(description="A value for each parameter that has one.")
    display: DisplaySummary
    graph: dict[str, str] | None = Field(
        description="The columns of an edge, when the rows are a graph; else null."
    )
    formats: list[str] = Field(description="Media types that its answer can be had as.")


def of(question: Question) -> QuestionSummary:
    """Return what a program needs to know of a question."""
    return QuestionSummary(
        name=question.name,
        path=f"query/{question.name}",
        title=question.title,
        description=question.description,
        group=question.group,
        kind=question.kind,
        columns=list(question.columns),
        parameters=[
            ParameterSummary(
                name=one.name,
                type=one.type,
                description=one.description,
                default=one.default,
                choices=one.choices if isinstance(one.choices, str) else list(one.choices),
                kinds=list(one.kinds),
                optional=one.optional,
            )
            for one in question.parameters
        ],
        example=dict(question.example),
        display=DisplaySummary(view=question.display.view, columns=dict(question.display.columns)),
        graph=dict(question.edges.columns) if question.edges else None,
        formats=[media.type for media in answer.offers(question)],
    )
