"""Colours of pages: WCAG 2.2 AA contrast, light and dark."""

import re

import pytest

from gcm_graph.service import page


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_colours_have_the_contrast_that_wcag_asks_for(dark: bool) -> None:
    sheet = (page.STATIC / "style.css").read_text()
    pairs = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", sheet)
    colours = {name: night if dark else day for name, day, night in pairs}
    grounds = [colours[name] for name in ("page", "paper", "tint")]
    for name in ("ink", "soft", "link", "visited", "strong"):
        assert min(contrast(colours[name], ground) for ground in grounds) >= 4.5, name
    for name in ("warn", "good"):
        assert contrast(colours[name], colours[f"{name}-tint"]) >= 4.5, name
    for name in ("edge", "focus"):
        assert min(contrast(colours[name], ground) for ground in grounds) >= 3, name
    assert contrast(colours["paper"], colours["strong"]) >= 4.5
