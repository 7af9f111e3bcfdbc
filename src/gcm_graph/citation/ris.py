"""RIS, the tagged format of reference managers (Research Information Systems, 2011 tags)."""

from gcm_graph.citation.entry import CONTAINER, Entry, one_line

MEDIA_TYPE = "application/x-research-info-systems"

_TYPES = {"report": "RPRT", "document": "GEN", "dataset": "DATA"}


def render(entry: Entry) -> str:
    """Return the entry as one RIS record: a tag a line, CRLF, ``ER`` last.

    A name with a comma would be read as surname and forename; it stands as publisher only.
    """
    issued = entry.issued
    date = "/".join(f"{part:02d}" for part in issued.parts) if len(issued.parts) > 1 else ""
    dataset = entry.kind == "dataset"
    fields = [
        ("TY", _TYPES[entry.kind]),
        ("ID", entry.key),
        ("AU", "" if "," in entry.author else entry.author.replace("*", "")),
        ("TI", entry.title),
        ("T2", CONTAINER if dataset else ""),
        ("PB", entry.author),
        ("PY", issued.year),
        ("DA", f"{date}/" + "/" * (3 - len(issued.parts)) if date else ""),
        ("SN", entry.symbol),
        ("SP", entry.locator),
        ("ET", f"release {entry.release}" if entry.release else ""),
        ("M3", entry.genre),
        ("LA", entry.language),
        ("UR", entry.url),
        ("N1", entry.note),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if one_line(value)]
    return "\r\n".join([*lines, "ER  - ", ""])
