"""CSL-JSON, the input of citation processors (Citation Style Language 1.0.2, csl-data.json)."""

from typing import Any

import orjson

from gcm_graph.citation.entry import CONTAINER, Entry, one_line
from gcm_graph.citation.issued import Issued

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"

_TYPES = {"report": "report", "document": "document", "dataset": "dataset"}


def item(entry: Entry) -> dict[str, Any]:
    """Return the entry as one item of the schema; members without a value are left out."""
    dataset = entry.kind == "dataset"
    author = one_line(entry.author)
    said: dict[str, Any] = {
        "id": entry.key,
        "type": _TYPES[entry.kind],
        "title": entry.title,
        "author": [{"literal": author}] if author else [],
        "publisher": author,
        "container-title": CONTAINER if dataset else "",
        "issued": _issued(entry.issued),
        "number": entry.symbol,
        "locator": entry.locator,
        "version": entry.release,
        "genre": entry.genre,
        "language": entry.language,
        "URL": entry.url,
        "note": entry.note,
    }
    told = {name: one_line(v) if isinstance(v, str) else v for name, v in said.items()}
    return {name: value for name, value in told.items() if value}


def _issued(issued: Issued) -> dict[str, Any]:
    if not issued.parts:
        return {"literal": issued.edtf} if issued.edtf else {}
    said: dict[str, Any] = {"date-parts": [list(issued.parts)]}
    if issued.until:
        said["date-parts"].append(list(issued.until))
    if issued.circa:
        said["circa"] = True
    return said


def render(entry: Entry) -> bytes:
    """Return the entry as a CSL-JSON document: a list with one item."""
    return orjson.dumps([item(entry)], option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
