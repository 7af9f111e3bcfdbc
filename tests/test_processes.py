"""The view of the consultative processes, as people and programs get it."""

import csv
import io
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

PROCESS = "https://w3id.org/gcm-graph/id/process/"


def view(client: httpx.Client, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/processes.json{query}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def table(client: httpx.Client, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/processes.csv{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def process(found: dict[str, Any], slug: str) -> dict[str, Any]:
    held: dict[str, Any] = next(
        one for one in found["processes"] if one["process"]["iri"] == PROCESS + slug
    )
    return held


def test_a_process_comes_with_its_beginning_status_secretariat_and_states(
    client: httpx.Client,
) -> None:
    one = process(view(client), "prague-process")
    assert [said["value"] for said in one["begins"]] == ["2009"]
    assert [held["holder"]["iri"].rpartition("/")[2] for held in one["secretariats"]] == ["icmpd"]
    assert one["states"] == 48
    assert all(said["passages"] for said in one["begins"])


@pytest.mark.parametrize(
    ("slug", "status"),
    [
        ("soderkoping-process", "ended"),
        ("midcas", "dormant"),
        ("khartoum-process", "active"),
        ("colombo-process", ""),
    ],
)
def test_the_status_is_what_a_source_says(client: httpx.Client, slug: str, status: str) -> None:
    one = process(view(client), slug)
    assert one["status"] == status
    assert all(said["passages"] for said in one["status_said"])
    assert bool(one["status_said"]) == bool(status)


def test_two_processes_have_the_states_in_common_that_the_library_counts(
    client: httpx.Client,
) -> None:
    query = "?first=colombo-process&second=abu-dhabi-dialogue"
    found = view(client, query)
    states = {one["state"]["label"] for one in found["shared"]}
    assert len(states) == 11
    assert {"Bangladesh", "Viet Nam"} <= states
    assert all(fact["passages"] for one in found["shared"] for fact in one["first"])
    rows = table(client, query + "&part=shared")
    assert {row["state"] for row in rows} == states
    assert all("/source/" in row["second_passages"] for row in rows)


def test_the_overlap_of_every_pair_agrees_with_the_question_of_the_library(
    client: httpx.Client,
) -> None:
    answer = client.get("/query/process-overlaps?least=1&format=csv")
    counted = {
        frozenset((one["first"], one["second"])): (int(one["common"]), float(one["jaccard"]))
        for one in csv.DictReader(io.StringIO(answer.text))
    }
    shown = {
        frozenset((one["first"], one["second"])): (one["common"], one["jaccard"])
        for one in view(client)["overlaps"]
    }
    assert shown.keys() == counted.keys()
    for pair, (common, jaccard) in shown.items():
        assert common == counted[pair][0]
        assert jaccard == counted[pair][1]


def test_a_region_takes_in_the_regions_within_it(client: httpx.Client) -> None:
    slugs = {one["process"]["iri"] for one in view(client, "?region=africa")["processes"]}
    assert {f"{PROCESS}midcas", f"{PROCESS}midsa", f"{PROCESS}pafom"} <= slugs
    assert f"{PROCESS}colombo-process" not in slugs


def test_the_processes_are_sorted_by_their_states(client: httpx.Client) -> None:
    counts = [int(row["states"]) for row in table(client, "?sort=-members")]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_a_process_whose_beginning_no_source_gives_comes_last(client: httpx.Client) -> None:
    for sort in ("founded", "-founded"):
        begins = [row["begins"] for row in table(client, f"?sort={sort}")]
        assert begins[0]
        assert not begins[-1]


@pytest.mark.parametrize("part", ["overlap", "meetings"])
def test_a_drawing_is_a_file_of_its_own(client: httpx.Client, part: str) -> None:
    answer = client.get(f"/processes.svg?part={part}&region=africa")
    drawing = ElementTree.fromstring(answer.text)
    words = {one.text for one in drawing.iter("{http://www.w3.org/2000/svg}text")}
    assert {"MIDSA", "MIDCOM"} <= words
    assert "href" not in answer.text


def test_meetings_are_dated_as_sources_give_them(client: httpx.Client) -> None:
    rows = table(client, "?part=meetings")
    dated = {row["meeting_iri"].rpartition("/")[2]: row for row in rows}
    assert dated["bali-process-ministerial-1"]["earliest"] == "2002-02-26"
    assert dated["abu-dhabi-dialogue-ministerial-6"]["date"] == ""


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?first=atlantis", "prague-process"),
        ("?region=mars", "africa"),
        ("?status=asleep", "dormant"),
        ("?part=shared&format=csv", "two processes"),
        ("?part=all&format=svg", "meetings"),
    ],
)
def test_a_value_that_there_is_not_is_refused_with_those_there_are(
    client: httpx.Client, query: str, said: str
) -> None:
    answer = client.get(f"/processes{query}", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert said in answer.json()["detail"]
