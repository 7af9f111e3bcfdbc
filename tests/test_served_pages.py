"""The templates of views: each is drawn by the service for an address, whole and strict."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import httpx
import pytest

from gcm_graph.service import page
from test_pages import PAGES, Outline

HTML = {"Accept": "text/html", "Accept-Language": "en"}
SERVED = {
    "compare.html": ("/states/compare?state=chile&state=USA", 'class="comparison"'),
    "lineage_words.json": ("/lineage", "The architecture of migration governance"),
    "linkages.html": ("/linkages?cell=gcm-obj-7~10.7", 'id="explained"'),
    "linkages_matrix.svg": ("/linkages.svg", "<svg"),
    "neighbourhood.html": ("/neighbourhood?thing=body:gcim", 'class="nb-stage"'),
    "neighbourhood_rings.svg": ("/neighbourhood.svg?thing=body:gcim", 'class="rings"'),
    "processes.html": ("/processes?first=rabat-process", 'id="processes-view"'),
    "processes_meetings.svg": ("/processes.svg?part=meetings", "<svg"),
    "processes_overlap.svg": ("/processes.svg?part=overlap", "<svg"),
    "states.html": ("/states?choice=against", 'id="states-view"'),
    "states_bars.svg": ("/states.svg", 'class="drawing stacked"'),
    "timeline.html": ("/timeline?class=gcm:Adoption", 'id="timeline-view"'),
    "validation.html": ("/validate", "<textarea"),
}
"""Templates of views with an address that draws them, and what only that template writes there."""


def test_every_template_is_drawn_by_a_sample_or_by_the_service() -> None:
    names = {name for name in page.environment().list_templates() if not name.startswith("_")}
    assert names - {"base.html"} == set(PAGES) | set(SERVED)


@pytest.mark.parametrize("template", SERVED)
def test_the_service_draws_it(template: str, client: httpx.Client) -> None:
    address, mark = SERVED[template]
    answer = client.get(address, headers=HTML if not template.endswith(".svg") else {})
    assert answer.status_code == 200
    assert mark in answer.text
    if template.endswith(".svg"):
        assert ElementTree.fromstring(answer.text).tag.endswith("svg")
        return
    found = Outline(answer.text)
    assert "style" not in found.attributes
    assert not [name for name in found.attributes if name.startswith("on")]
    assert len(found.ids) == len(set(found.ids))
    assert set(found.inputs) - {""} <= set(found.labels)
    tags = [tag for tag, _ in found.elements]
    assert [tags.count(name) for name in ("html", "main", "h1")] == [1, 1, 1]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-3]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
