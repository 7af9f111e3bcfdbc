"""Prompts: ways to put the graph to work that an assistant offers to its user."""

INSTRUCTIONS = """\
gcm-graph is the reference knowledge graph of how the world governs international migration:
instruments, bodies, forums, meetings, States, and how one goes back to another. Every statement
rests on a passage of a document, or on a rule that derived it from such statements.

- Answers number their passages in `sources`; statements name them in `cites`. Say for each fact
  that you use which document and place it comes from (symbol or title, locator), with the IRI.
- Sources can disagree. Then say so and give each value with its source; do not choose silently.
- `derived_by` marks what no document says: say that a rule derived it; `explain` shows from what.
- `planned` marks dates that are a plan. Dates are EDTF: 2006~ is about 2006.
- What the graph does not say, it does not know: do not fill the gap from memory without saying so.
- `more` says what was left out of an answer; ask again with `offset`.
- Name a thing by IRI, by kind/slug (body/un-network-on-migration) or by its name. When the name is
  not enough, use `search`. For counting and comparing, try `list_questions` and `ask` before
  `sparql`.
"""
"""What the server says of itself to every assistant."""


def trace(institution: str) -> str:
    """Return the request to trace an institution back to its origins."""
    return f"""\
Trace where “{institution}” comes from, in gcm-graph.

1. Find it with `search` and read it with `describe`: what established or mandated it, when, and
   what it replaced.
2. Follow these relations back with `lineage`, to the earliest commission, conference or
   resolution that the graph joins it with.
3. Look into `disagreements` about it and about the main steps.

Tell it in order of time, from the earliest step to the latest. Give for each step the date and the
document with its place (symbol, locator, IRI). Say where sources disagree and which steps only a
rule derived.
"""


def compare(topic: str) -> str:
    """Return the request to compare what sources say on a topic."""
    return f"""\
Compare what sources say on “{topic}”, in gcm-graph.

1. Find the things that it is about with `search`, and read them with `describe`.
2. Read the `disagreements` about each of them, and with `passage` what each rival passage says.
3. Use `explain` for every statement that matters, to see how many independent sources stand
   behind it.

Answer with a table: the claim, who says it (document, place, date, primary or secondary), and who
says otherwise. Then say what is agreed, what is disputed, and what rests on one source alone. Do
not decide between sources unless the graph records a judgement; if it does, give its reason.
"""
