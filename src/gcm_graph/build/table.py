"""Tables: uniform rows as CSV, turned into statements by a declared mapping.

The mapping is CSV on the Web metadata (W3C, ``{table}.csv-metadata.json``): ``aboutUrl``,
``propertyUrl`` and ``valueUrl`` are URI templates over the columns, ``datatype`` and ``lang`` say
what a literal is, ``virtual`` columns add statements that no cell holds, ``suppressOutput`` keeps
a column for the templates only. One thing is added: ``graph``, the template of the graph that a
statement stands in, on the table or on a column. An empty cell says nothing.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from gcm_graph.build.fault import Fault
from gcm_graph.namespaces import XSD

SUFFIX = ".csv-metadata.json"
_VARIABLE = re.compile(r"\{([A-Za-z_]\w*)\}")


class TableError(Exception):
    """A table or its mapping that cannot be read; it carries the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def files(root: Path) -> list[Path]:
    """Return the mappings below ``root/data/tables``, in order of name."""
    return sorted((root / "data" / "tables").glob(f"*{SUFFIX}"))


def read(path: Path, root: Path) -> Iterator[tuple[ox.Quad, tuple[str, int]]]:
    """Yield the statements of the table that the mapping ``path`` describes.

    Args:
        path: the mapping.
        root: the project's root, for the names in places.

    Returns:
        Each statement with the file and line of its row.

    Raises:
        TableError: when the mapping or a row is wrong.
    """
    mapping = path.relative_to(root).as_posix()
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        columns: list[dict[str, Any]] = table["tableSchema"]["columns"]
        source = path.parent / table["url"]
        about, graph = table["tableSchema"].get("aboutUrl", ""), table.get("graph", "")
    except (ValueError, KeyError, TypeError) as error:
        raise TableError(Fault(mapping, 0, f"this is no CSVW mapping: {error!r}")) from error
    name = source.relative_to(root).as_posix()
    if not source.is_file():
        raise TableError(Fault(mapping, 0, f"the table {name} is missing"))
    expected = [column["name"] for column in columns if not column.get("virtual")]
    with source.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        header = next(rows, [])
        if header != expected:
            said = f"the columns are {', '.join(header)}; the mapping has {', '.join(expected)}"
            raise TableError(Fault(name, 1, said))
        for row in rows:
            place = (name, rows.line_num)
            if len(row) != len(expected):
                said = f"the row has {len(row)} cells instead of {len(expected)}"
                raise TableError(Fault(*place, said))
            cells = dict(zip(expected, row, strict=True))
            for column in columns:
                shared = {"aboutUrl": about, "graph": graph, **column}
                try:
                    quad = _statement(shared, cells)
                except (KeyError, ValueError) as error:
                    said = f"column “{column.get('name', 'virtual')}”: {error}"
                    raise TableError(Fault(*place, said)) from error
                if quad is not None:
                    yield quad, place


def _statement(column: Mapping[str, Any], cells: Mapping[str, str]) -> ox.Quad | None:
    text = cells.get(column.get("name", ""), "")
    if column.get("suppressOutput") or not (text or column.get("virtual")):
        return None
    graph = _filled(column["graph"], cells)
    subject = _filled(column["aboutUrl"], cells)
    value: ox.NamedNode | ox.Literal | None
    if "valueUrl" in column:
        target = _filled(column["valueUrl"], cells)
        value = None if target is None else ox.NamedNode(target)
    elif "lang" in column:
        value = ox.Literal(text, language=column["lang"])
    else:
        value = ox.Literal(text, datatype=_datatype(column.get("datatype", "string")))
    if graph is None or subject is None or value is None:
        return None
    relation = ox.NamedNode(column["propertyUrl"])
    return ox.Quad(ox.NamedNode(subject), relation, value, ox.NamedNode(graph))


def _datatype(said: str | Mapping[str, str]) -> ox.NamedNode:
    return ox.NamedNode(XSD + said if isinstance(said, str) else said["@id"])


def _filled(template: str, cells: Mapping[str, str]) -> str | None:
    """Return the IRI; ``None`` when a cell that it needs is empty."""
    if any(not cells[name] for name in _VARIABLE.findall(template)):
        return None
    return _VARIABLE.sub(lambda match: cells[match[1]], template)
