"""BibTeX, as BibTeX 0.99 and biblatex read it (https://ctan.org/pkg/bibtex, /pkg/biblatex)."""

import re
from urllib.parse import quote

from gcm_graph.citation.entry import CONTAINER, Entry, one_line

MEDIA_TYPE = "application/x-bibtex"

_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TYPES = {"report": "techreport", "document": "misc", "dataset": "misc"}
_DATE = re.compile(r"[0-9X][0-9X~?./-]*")  # read verbatim by biblatex, so no sign is escaped
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def escape(text: str) -> str:
    """Return ``text`` so that TeX prints it as it is.

    Braces become commands, because BibTeX counts even escaped braces when it looks for the end
    of a field.
    """
    return "".join(_SIGNS.get(sign, sign) for sign in one_line(text))


def address(url: str) -> str:
    """Return ``url`` for a field that TeX reads verbatim: what would end the field is encoded."""
    return quote(one_line(url), safe="%/:?#[]@!$&'()*+,;=-._~")


def render(entry: Entry) -> str:
    """Return the entry as one BibTeX record that ends with a line break."""
    fields: dict[str, str] = {"title": "{" + escape(entry.title) + "}"}
    if entry.author:
        fields = {"author": "{" + escape(entry.author) + "}"} | fields
    if entry.kind == "report":
        fields |= {"institution": "{" + escape(entry.author) + "}", "type": "Document"}
        fields["number"] = escape(entry.symbol)
    elif entry.kind == "document":
        fields["publisher"] = escape(entry.author)
    else:
        fields |= {"howpublished": escape(CONTAINER), "version": escape(entry.release)}
    if entry.issued.parts:
        fields["year"] = entry.issued.year
    if _DATE.fullmatch(entry.issued.edtf):
        fields["date"] = entry.issued.edtf
    fields |= {
        "url": address(entry.url),
        "note": _note(entry),
        "langid": escape(entry.language),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value.strip("{}")]
    if len(entry.issued.parts) > 1 and not entry.issued.until:
        lines.append(f"  month = {_MONTHS[entry.issued.parts[1] - 1]}")
    return f"@{_TYPES[entry.kind]}{{{entry.key},\n" + ",\n".join(lines) + "\n}\n"


def _note(entry: Entry) -> str:
    """Return the note; the permalink in it stands in a command that keeps it whole."""
    parts = [escape(part.capitalize()) for part in (entry.genre, entry.locator) if part]
    if entry.resting:
        parts.append(escape("Resting on " + "; ".join(entry.resting)))
    if entry.address:
        parts.append(r"In gcm-graph: \url{" + address(entry.permalink) + "}")
    return ". ".join(parts)
