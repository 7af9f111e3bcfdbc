"""Inputs that nobody writes: good samples, cut, doubled, spliced and salted, the same each time."""

import random
from collections.abc import Sequence

SALT = (
    "\x00", "\n", "\r\n", "\t", "\x1b[31m", "\ufeff", "\u202e", "\u0000", "\ud7ff", "\uffff",
    "\U0001f600", "é", "İ", "ß", "\u0660", "＃", "'", '"', "\\", "\\u0053", "\\U0010FFFF",
    "\\uD800", "%00", "%ff", "%", "<", ">", "<<", "{", "}", "(", ")", "[", "]", "|", "^", "^^",
    "@", "#", ";", ",", ".", "..", "../", "//", "?", "*", "+", "-", "~", "!", "&&", "=", ":", "_:",
    "0", "-1", "99999999999999999999", "1e999", "NaN", "null", "true", "SERVICE", "FROM", "LOAD",
    "file:///etc/passwd", "http://127.0.0.1:1/", "q=0", "q=1e9", "*/*", "{{7*7}}", "${x}", "' --",
)  # fmt: skip
"""Pieces that parsers stumble over."""


def mutated(samples: Sequence[str], chance: random.Random) -> str:
    """Return a sample after one to six changes."""
    text = chance.choice(samples)
    for _ in range(chance.randint(1, 6)):
        text = _changed(text, samples, chance)
    return text[:20_000]


def _changed(text: str, samples: Sequence[str], chance: random.Random) -> str:
    start = chance.randint(0, len(text))
    end = min(len(text), start + chance.randint(0, 12))
    kind = chance.randrange(8)
    if kind == 0:
        return text[:start] + text[end:]
    if kind == 1:
        return text[:start] + chance.choice(SALT) + text[start:]
    if kind == 2:
        return text[:end] + text[start:end] * chance.choice((1, 2, 50)) + text[end:]
    if kind == 3:
        other = chance.choice(samples)
        return text[:start] + other[chance.randint(0, len(other)) :]
    if kind == 4:
        return (
            text[:start]
            + chr(chance.choice((chance.randrange(128), chance.randrange(0xD800))))
            + text[end:]
        )
    if kind == 5:
        return text[:start] + chance.choice(SALT) * chance.choice((2, 30, 300)) + text[end:]
    if kind == 6:
        return text[:start]
    return text[:start] + text[start:end].swapcase()[::-1] + text[end:]
