"""The matrix of linkages over HTTP: its cells, filters, order, files and refusals."""

import csv
import io
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

OBJECTIVE = "https://w3id.org/gcm-graph/id/provision/gcm-obj-"
SVG = "{http://www.w3.org/2000/svg}"


def matrix(client: httpx.Client, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/linkages.json{query}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_all_objectives_have_a_row_in_their_order(client: httpx.Client) -> None:
    rows = matrix(client)["rows"]
    assert [one["number"] for one in rows] == [str(number) for number in range(1, 24)]
    assert [one["thing"]["iri"] for one in rows][:2] == [f"{OBJECTIVE}1", f"{OBJECTIVE}2"]


def test_every_cell_is_said_in_a_passage(client: httpx.Client) -> None:
    for columns in ("target", "round-table", "workstream"):
        found = matrix(client, f"?columns={columns}")
        assert found["cells"]
        assert all(link["passages"] for cell in found["cells"] for link in cell["linkages"])


def test_the_cells_are_those_of_the_api(client: httpx.Client) -> None:
    told = client.get("/api/linkages?rows=objective&columns=target&limit=1000").json()["items"]
    expected = {(one["row"]["iri"], one["column"]["iri"]) for one in told}
    assert {(one["row"], one["column"]) for one in matrix(client)["cells"]} == expected


def test_totals_count_the_cells(client: httpx.Client) -> None:
    found = matrix(client)
    for part, end in (("rows", "row"), ("columns", "column")):
        for head in found[part]:
            cells = [one for one in found["cells"] if one[end] == head["thing"]["iri"]]
            assert head["links"] == len(cells)


def test_rows_are_sorted_by_links_and_by_a_column(client: httpx.Client) -> None:
    totals = [one["links"] for one in matrix(client, "?sort=-links")["rows"]]
    assert totals == sorted(totals, reverse=True)
    found = matrix(client, "?sort=10.7")
    linked = {one["row"] for one in found["cells"] if one["column"].endswith("/10.7")}
    first = {one["thing"]["iri"] for one in found["rows"][: len(linked)]}
    assert first == linked


def test_words_and_sources_narrow_the_matrix(client: httpx.Client) -> None:
    assert {one["number"] for one in matrix(client, "?q=10.7")["columns"]} == {"10.7"}
    found = matrix(client, "?columns=round-table&evidence=secondary")
    assert found["cells"]
    assert not any(one["official"] for one in found["cells"])
    narrowed = matrix(client, "?source=unnm-gcm-guide-objectives")
    assert 0 < len(narrowed["cells"]) < len(matrix(client)["cells"])


def test_a_cell_is_explained_on_the_page(client: httpx.Client) -> None:
    page = client.get("/linkages?cell=gcm-obj-7~10.7", headers={"Accept": "text/html"}).text
    part = page.partition('id="explained"')[2].partition("</section>")[0]
    assert "aligned with" in part
    assert "unnm-gcm-guide-objectives/" in part


def test_the_csv_has_a_line_for_each_linkage(client: httpx.Client) -> None:
    answer = client.get("/linkages.csv")
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(lines) == sum(len(one["linkages"]) for one in matrix(client)["cells"])
    assert all(line["passages"].startswith("https://") for line in lines)


def test_the_drawing_has_every_cell(client: httpx.Client) -> None:
    drawing = ElementTree.fromstring(client.get("/linkages.svg").content)
    cells = [one for one in drawing.iter(f"{SVG}g") if one.get("class") == "cell"]
    assert len(cells) == len(matrix(client)["cells"])


def test_kinds_that_nothing_links_are_said_to_be_so(client: httpx.Client) -> None:
    answer = client.get("/linkages?columns=principle", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "No source in the graph links" in answer.text


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("rows=planet", "rows"),
        ("sort=sideways", "sort"),
        ("source=nobody", "source"),
        ("evidence=hearsay", "evidence"),
        ("cell=gcm-obj-7~99.9", "cell"),
    ],
)
def test_a_value_that_there_is_not_is_refused(client: httpx.Client, query: str, named: str) -> None:
    answer = client.get(f"/linkages.json?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == named
