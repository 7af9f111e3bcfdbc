"""A seeded part of the fuzzing on every run; ``make fuzz`` does the whole (`docs/fuzzing.md`)."""

import os
from pathlib import Path

import door
import httpx
import parser
import pytest

from conftest import Service

SEED = int(os.environ.get("GCM_FUZZ_SEED", "1"))
SHARES = {target.name: target.share for target in parser.TARGETS}


@pytest.mark.parametrize("target", parser.TARGETS, ids=lambda target: target.name)
def test_a_parser_takes_anything(target: parser.Target) -> None:
    faults = parser.tried(target, SEED, 12 * target.share)
    assert not faults, faults[:3]


def test_the_inputs_are_good_ones_too() -> None:
    for target in parser.TARGETS:
        taken = 0
        for sample in target.samples:
            try:
                target.parse(sample)
                taken += 1
            except target.said:
                pass
        assert taken > 0, target.name


def test_a_hang_and_a_crash_are_found() -> None:
    def endless(_: str) -> None:
        while True:
            pass

    def broken(_: str) -> None:
        raise KeyError("x")

    for parse, what in ((endless, "more than"), (broken, "KeyError")):
        target = parser.Target("broken", parse, ("a",), (ValueError,), 1)
        faults = parser.tried(target, SEED, 1)
        assert what in faults[0].what


def test_a_service_takes_any_request(service: Service) -> None:
    with service.client() as client:
        tried = door.tried(client, SEED, inputs=240, validations=12)
        assert not tried.faults, tried.faults[:3]
        assert tried.statuses[200] > 20
        assert tried.statuses[400] > 20
        assert client.get("/health/ready").status_code == 200


def test_the_last_whole_run_is_in_the_documents() -> None:
    told = (Path(__file__).parents[2] / "docs" / "fuzzing.md").read_text(encoding="utf-8")
    assert "| all | 200,000 |" in told
    for name in SHARES:
        assert f"| {name} |" in told


def test_a_fault_of_the_service_is_found() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(500, json={})

    with httpx.Client(transport=httpx.MockTransport(answer), base_url="http://x.example") as client:
        assert len(door.tried(client, SEED, inputs=3, validations=0).faults) == 3
