"""Answers for assistants: plain values, each with the passages that it rests on."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_serializer


class Value(BaseModel):
    """A value that leaves out what is empty when it is written."""

    model_config = ConfigDict(frozen=True)

    @model_serializer(mode="wrap")
    def _filled(self, write: Callable[[Any], Mapping[str, Any]]) -> dict[str, Any]:
        fields = type(self).model_fields
        return {
            name: value
            for name, value in write(self).items()
            if fields[name].is_required() or value != fields[name].default
        }


class Named(Value):
    """A thing by name."""

    name: str
    iri: str
    kind: str = Field(default="", description="Its most specific class, in words.")
    symbol: str = ""


class Source(Value):
    """A passage that the answer rests on; cite it."""

    number: int = Field(description="Statements name it by this number.")
    title: str = Field(description="Title of the document.")
    iri: str = Field(description="IRI of the passage; the tool `passage` reads it.")
    symbol: str = ""
    locator: str = Field(default="", description='The place in the document, such as "para. 45".')
    date: str = Field(default="", description="Date of the document (EDTF).")
    kind: str = Field(
        default="", description="primary, secondary, editors (a decision of ours) or other."
    )


class Statement(Value):
    """One statement with the numbers of its sources."""

    subject: str
    relation: str
    value: str
    subject_iri: str = ""
    relation_iri: str = ""
    value_iri: str = ""
    time: str = ""
    planned: bool = Field(
        default=False, description="Its dates are a plan that nothing confirms yet."
    )
    cites: list[int] = Field(default=[], description="Numbers of `sources`.")
    more_sources: int = Field(default=0, description="Sources beside those named.")
    witnesses: int = Field(default=0, description="Independent sources that say it.")
    derived_by: str = Field(
        default="", description="The rule that derived it, when no source says it."
    )
    disputed: bool = Field(default=False, description="Sources disagree on it.")


class Answer(Value):
    """What every answer has."""

    release: str = Field(description="Digest of the release that answered.")
    more: str = Field(default="", description="What was left out, and how to get it.")
    note: str = ""
    sources: list[Source] = []


class Found(Answer):
    """Things by name."""

    things: list[Named]
    total: int


class Relation(Value):
    """A relation of a thing with the number of its statements."""

    name: str
    iri: str
    total: int


class Description(Answer):
    """A thing with its statements."""

    thing: Named
    permalink: str
    also_called: list[str] = []
    same_as: list[str] = []
    summary: str = ""
    relations: list[Relation] = Field(description="Every relation; `relation` asks for one.")
    statements: list[Statement]
    total: int = Field(description="Statements in all, of the relation that was asked for.")
    disagreements: int = Field(
        default=0, description="Disagreements about it; see `disagreements`."
    )


class Step(Value):
    """One step of a chain, from the later thing to the earlier one."""

    later: str
    relation: str
    earlier: str
    later_iri: str
    earlier_iri: str
    relation_iri: str = ""
    date: str = ""
    cites: list[int] = []
    more_sources: int = 0


class Lineage(Answer):
    """The chains by which one thing goes back to another; steps are named by their position."""

    start: Named
    end: Named
    steps: list[Step]
    chains: list[list[int]] = Field(description="Positions in `steps` from 0, shortest first.")
    total: int = Field(description="Chains found in all.")


class Rival(Value):
    """One of the values that sources give."""

    value: str
    value_iri: str = ""
    cites: list[int] = []
    more_sources: int = 0
    witnesses: int = 0
    preferred: bool = False


class Disagreement(Value):
    """Values of which only one can be true."""

    about: str
    about_iri: str
    on: str
    claims: list[Rival]
    judgement: str = Field(default="", description="The editors' reason for the value they prefer.")


class Disagreements(Answer):
    """Where sources disagree."""

    disagreements: list[Disagreement]
    total: int


class Explanation(Answer):
    """What a statement rests on: its sources, or the rule and the statements it came from."""

    statement: Statement
    because: list[Statement] = Field(
        default=[], description="Statements that a derived one came from."
    )
    permalink: str
    citation: str


class Parameter(Value):
    """A parameter of a question."""

    name: str
    type: str
    description: str = ""
    default: str = ""
    example: str = ""
    choices: list[str] = []
    optional: bool = False


class Question(Value):
    """A question of the library."""

    name: str
    title: str
    description: str = ""
    group: str = ""
    parameters: list[Parameter] = []


class Questions(Answer):
    """Questions of the library."""

    questions: list[Question]
    total: int


class Cell(Value):
    """A value in a table."""

    value: str
    iri: str = ""
    cite: int = Field(default=0, description="Number in `sources`, when it is a passage.")


class Table(Answer):
    """The answer to a query."""

    columns: list[str] = []
    rows: list[dict[str, Cell]] = []
    truth: bool | None = Field(default=None, description="The answer to a yes-or-no question.")
    graph: str = Field(
        default="", description="Triples in N-Triples, for a query that makes a graph."
    )
    total: int = Field(default=0, description="Rows or triples in all, as far as they were read.")
    permalink: str = ""


class Place(Answer):
    """A passage and what the graph reads there, in the editors' words."""

    title: str
    iri: str
    permalink: str
    symbol: str = ""
    locator: str = ""
    date: str = ""
    kind: str = ""
    address: str = ""
    citation: str = ""
    statements: list[Statement]
    total: int


class Citation(Answer):
    """A citation that can be copied."""

    citation: str
    style: str
    permalink: str
