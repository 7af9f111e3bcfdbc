"""An entry: what a citation says, before it is written in a format."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from gcm_graph.citation.issued import Issued

Kind = Literal["report", "document", "dataset"]

WORK = "gcm-graph"
"""Name of the graph as author and publisher of what it says itself."""

CONTAINER = "gcm-graph: the knowledge graph of global migration governance"
"""Title of the graph, in which its things, statements and answers appear."""


@dataclass(frozen=True)
class Entry:
    """One citable thing.

    Attributes:
        key: citation key: ASCII letters, digits, ``-`` and ``_``.
        kind: ``report`` for a document with a symbol, ``document`` for another document,
            ``dataset`` for what the graph itself says.
        title: what it is called.
        author: who stands behind it, always a body; may be empty.
        issued: when.
        permalink: permanent address in the w3id form with the release.
        symbol: document symbol such as ``A/RES/73/195``, or empty.
        address: public address of a document, or empty.
        locator: the place in a document, such as "para. 45", or empty.
        release: digest of the release; only for what the graph itself says.
        resting: the passages that a statement rests on, as people cite them.
        genre: "statement", "answer to a query" or nothing.
        language: language tag of the title, or empty.
    """

    key: str
    kind: Kind
    title: str
    author: str
    issued: Issued
    permalink: str
    symbol: str = ""
    address: str = ""
    locator: str = ""
    release: str = ""
    resting: tuple[str, ...] = field(default=())
    genre: str = ""
    language: str = ""

    @property
    def url(self) -> str:
        """Where to read it: the document's own address, else the permalink."""
        return self.address or self.permalink

    @property
    def note(self) -> str:
        """What no field of the common formats has a place for."""
        parts = []
        if self.resting:
            parts.append("Resting on " + "; ".join(self.resting))
        if self.address:
            parts.append(f"In gcm-graph: {self.permalink}")
        return ". ".join(parts)


def key_of(text: str) -> str:
    """Return a citation key made of ``text``: ASCII letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-") or "entry"


def one_line(text: str) -> str:
    """Return ``text`` on one line: no control characters, runs of blanks made one."""
    shown = (
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in text
        if unicodedata.category(sign) != "Cs"
    )
    return " ".join("".join(shown).split())
