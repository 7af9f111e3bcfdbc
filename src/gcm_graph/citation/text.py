"""Plain text: a reference in the author-date style of Chicago and in the style of the APA.

The Chicago Manual of Style, 17th edition, chapter 15; Publication Manual of the American
Psychological Association, 7th edition, chapters 9 and 10. Plain text has no italics.
"""

from collections.abc import Callable, Mapping

from gcm_graph.citation.entry import CONTAINER, Entry, one_line
from gcm_graph.citation.issued import Issued, in_words

MEDIA_TYPE = "text/plain"


def chicago(entry: Entry) -> str:
    """Return the reference in Chicago's author-date style, on one line."""
    issued = entry.issued
    title = f"“{one_line(entry.title)}.”"
    if entry.genre:
        title = f"{entry.genre.capitalize()} {title}"
    parts = [
        *_ended(entry.author),
        f"{_years(issued, 'n.d')}.",
        title,
        *_ended(_resting(entry)),
        *(_ended(CONTAINER) if entry.kind == "dataset" else ()),
        *_ended(", ".join(part for part in (entry.symbol, entry.locator) if part)),
        *_ended(f"Release {entry.release}" if entry.release else ""),
        *_ended(in_words(issued, year=False)),
        f"{entry.url}.",
        *_ended(_here(entry)),
    ]
    return one_line(" ".join(parts))


def apa(entry: Entry) -> str:
    """Return the reference in the style of the APA, on one line."""
    issued = entry.issued
    when = in_words(issued) if not issued.until and issued.parts else _years(issued, "n.d.")
    if issued.circa and issued.parts and not issued.until:
        when = f"ca. {when}"
    more = [entry.symbol, entry.locator, f"Release {entry.release}" if entry.release else ""]
    brackets = "; ".join(part for part in more if part)
    title = one_line(entry.title) + (f" ({brackets})" if brackets else "")
    if entry.kind == "dataset":
        title += f" [{entry.genre.capitalize() or 'Data set'}]"
    if entry.author:
        parts = [*_ended(entry.author), f"({when}).", f"{title}."]
    else:
        parts = [f"{title}.", f"({when})."]
    parts += [*_ended(_resting(entry)), entry.url, *_ended(_here(entry))]
    return one_line(" ".join(parts))


STYLES: Mapping[str, Callable[[Entry], str]] = {"chicago": chicago, "apa": apa}
"""The styles by name, the preferred one first."""


def render(entry: Entry, style: str = "") -> str:
    """Return the reference in one style, or in each on a line of its own."""
    chosen = (STYLES[style],) if style else STYLES.values()
    return "".join(f"{write(entry)}\n" for write in chosen)


def _ended(text: str) -> tuple[str, ...]:
    shown = one_line(text)
    return (shown if shown.endswith(".") else f"{shown}.",) if shown else ()


def _resting(entry: Entry) -> str:
    return f"Resting on {'; '.join(entry.resting)}" if entry.resting else ""


def _here(entry: Entry) -> str:
    """Return the permalink of what is cited by another address."""
    return f"In gcm-graph: {entry.permalink}" if entry.address else ""


def _years(issued: Issued, without: str) -> str:
    if not issued.parts:
        return without
    circa = "ca. " if issued.circa else ""
    last = f"{issued.until[0]:04d}" if issued.until else ""
    return f"{circa}{issued.year}" + (f"–{last}" if last and last != issued.year else "")
