"""The tokens of a SPARQL text: just enough to find keywords that matter before it runs.

Grammar: SPARQL 1.1 Query Language, section 19.8 (terminals). Anything inside a comment, a
string, an IRI, a prefixed name, a variable or a language tag is not a keyword.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Each piece can match in one way only (and a prefix has a bound), so that no text, however it is
# made, takes more than time in proportion to its length.
_TOKEN = re.compile(
    r"""
    (?P<space>\s+|\#[^\n\r]*)
  | (?P<string>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*+\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*+'''
      | \"(?:[^\"\\\n\r]|\\.)*+\" | '(?:[^'\\\n\r]|\\.)*+')
  | (?P<iri><[^<>\"{}|^`\\\x00-\x20]*>)
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<blank>_:[\w.\-]+)
  | (?P<name>(?:[^\W\d_][\w.\-]{0,255})?:(?:[\w.\-:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
  | (?P<word>[^\W\d_]\w*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True)
class Token:
    """A token with its kind and its place in the text."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of ``text`` without white space and comments."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind != "space":
            yield Token(kind, match.group(), match.start(), match.end())


def unescape(text: str) -> str:
    r"""Return ``text`` with codepoint escapes (``\u0053``) resolved, as section 19.2 asks.

    Escapes beyond Unicode are left as they are.
    """

    def character(match: re.Match[str]) -> str:
        code = int(match.group(1) or match.group(2), 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else match.group()

    return _ESCAPE.sub(character, text) if "\\" in text else text


_BETWEEN = re.compile(
    r"""
    (\"\"\"(?:\\.|(?!\"\"\").)*\"\"\" | '''(?:\\.|(?!''').)*'''
      | \"(?:\\.|[^\"\\\n\r])*\" | '(?:\\.|[^'\\\n\r])*'
      | <[^<>\"{}|^`\\\x00-\x20]*>
      | \\.)
  | (?:\s+|\#[^\n\r]*)+
    """,
    re.VERBOSE | re.DOTALL,
)


def normalised(text: str) -> str:
    r"""Return ``text`` with one space for all white space and comments between two tokens.

    Two texts that are the same afterwards are the same query. A text with codepoint escapes
    (``\u0022``), which may begin or end a string, stays as it is.
    """
    if "\\u" in text or "\\U" in text:
        return text
    return _BETWEEN.sub(lambda match: match[1] or " ", text).strip()
