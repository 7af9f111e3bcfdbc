"""The list of questions: ``docs/queries.md``."""

from urllib.parse import quote, urlencode

from gcm_graph.library.catalogue import Catalogue
from gcm_graph.library.parameter import Parameter
from gcm_graph.library.question import Question
from gcm_graph.settings import assets_root

_HEAD = """\
# Questions

Every file of `queries/` is one question, answered at `/query/{name}` with its parameters in the
address. A file runs as it stands, with the values of its example, on any SPARQL 1.1 endpoint that
holds the graph. How to write one: [add-a-query.md](add-a-query.md).

A name is written as an IRI, as a prefixed name (`body:iom`, `sdg:10.7`,
`source:A-RES-73-195/para-45`) or as a path (`body/iom`); a date as `2018-12-19`, `2018-12` or
`2018`. A parameter that is not given takes its default; one without a default must be given, unless
it is optional.

Where a question says how its answer is best seen (`display`), its page draws it so, beside the
table; where its rows are the edges of a graph (`graph`), it can be had as GraphML and GEXF too.

This list is generated from the files themselves (`make docs`).
"""


def render() -> str:
    """Return the list of the questions that people are shown, as Markdown."""
    parts = [_HEAD]
    for group, questions in Catalogue.read(assets_root() / "queries").groups.items():
        parts.append(f"## {group}\n")
        parts.extend(_question(question) for question in questions)
    return "\n".join(parts)


def _question(question: Question) -> str:
    address = f"/query/{quote(question.name)}"
    if question.example:
        address += "?" + urlencode(dict(question.example), safe=":/")
    lines = [f"### {question.title}", "", question.description, ""]
    lines += [f"- Query: [`{question.name}`](../{question.file})", f"- Example: `{address}`"]
    given = {parameter.name for parameter in question.parameters if not parameter.optional}
    columns = [f"`{column}`" for column in question.columns if column not in given]
    if question.kind == "select":
        lines.append(f"- Columns: {', '.join(columns)}")
    elif question.kind == "ask":
        lines.append("- Answer: yes or no")
    else:
        lines.append("- Answer: a graph")
    if question.display.view != "table":
        lines.append(f"- Best seen as: {question.display.view}")
    if question.edges:
        lines.append("- As a graph: GraphML, GEXF")
    if question.parameters:
        lines += ["", "| Parameter | Type | Default | Meaning |", "|---|---|---|---|"]
        lines += [_parameter(parameter) for parameter in question.parameters]
    return "\n".join(lines) + "\n"


def _parameter(parameter: Parameter) -> str:
    kind: str = parameter.type
    if parameter.kinds:
        kind += f" ({', '.join(parameter.kinds)})"
    default = "must be given"
    if parameter.default is not None:
        default = f"`{parameter.default}`"
    elif parameter.optional:
        default = "optional"
    meaning = parameter.description
    if isinstance(parameter.choices, tuple) and parameter.choices:
        meaning += " One of " + ", ".join(f"`{choice}`" for choice in parameter.choices) + "."
    cells = (f"`{parameter.name}`", kind, default, meaning)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
