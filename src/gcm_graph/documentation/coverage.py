"""The coverage of the curated rows: ``docs/coverage.md``."""

from gcm_graph.coverage.report import Coverage, report
from gcm_graph.graph.reader import open_reader
from gcm_graph.settings import assets_root
from gcm_graph.store.protocol import Store

_HEAD = """\
# Coverage

Which curated rows the graph carries and how well its statements are supported. The same as a page:
`/coverage`. Generated from the ledger and the graph (`make docs`).

"""


def render(store: Store) -> str:
    """Return the report as Markdown."""
    found = report(assets_root(), open_reader(store))
    parts = (_HEAD, _rows(found), _reasons(found), _support(found), _languages(found), _gaps(found))
    return "".join(parts)


def _rows(found: Coverage) -> str:
    lines = [
        f"**{found.share:.1%}** of the rows graded confirmed, secondary or conflict are in the "
        "graph.\n\n## Rows by topic and grade\n\n"
        "| topic | grade | rows | carried | merged | left out | open |\n"
        "|---|---|--:|--:|--:|--:|--:|\n"
    ]
    lines += [
        f"| {line.topic} | {line.grade or 'none'} | {line.total:,} | {line.carried:,} "
        f"| {line.merged:,} | {line.left_out:,} | {line.open:,} |\n"
        for line in found.lines
    ]
    return "".join(lines)


def _reasons(found: Coverage) -> str:
    lines = ["\n## Why rows are left out\n\n| reason | rows |\n|---|--:|\n"]
    lines += [f"| {reason} | {number:,} |\n" for reason, number in found.left_out]
    lines.append(
        "\n## Rows that are left out\n\n| row | grade | claim | reason |\n|---|---|---|---|\n"
    )
    lines += [
        f"| {row.name} | {row.grade} | {row.claim.replace('|', '/')} "
        f"| {(row.reason or 'not taken up yet').replace('|', '/')} |\n"
        for row in found.rows
    ]
    return "".join(lines)


def _support(found: Coverage) -> str:
    lines = [
        "\n## Statements by their sources\n\n"
        "| sources | a primary one | statements |\n|--:|---|--:|\n"
    ]
    lines += [
        f"| {one.sources} | {'yes' if one.primary else 'no'} | {one.statements:,} |\n"
        for one in found.support
    ]
    return "".join(lines)


def _languages(found: Coverage) -> str:
    lines = ["\n## Things with a name or title, by language\n\n| language | things |\n|---|--:|\n"]
    lines += [f"| {tag} | {number:,} |\n" for tag, number in found.languages]
    return "".join(lines)


def _gaps(found: Coverage) -> str:
    return "\n## Known to be missing\n\n" + "".join(f"- {one}\n" for one in found.missing)
