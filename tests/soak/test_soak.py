"""A minute of mixed load; ``make soak`` does an hour (`docs/operations.md`)."""

import os
from pathlib import Path

import load

from conftest import serving

SECONDS = float(os.environ.get("GCM_SOAK_SECONDS", "60"))


def test_under_mixed_load_every_answer_is_that_of_a_service_at_rest(
    releases_folder: Path,
) -> None:
    with serving(releases_folder) as resting, resting.client() as client:
        expected = load.references(client, load.calls())
    assert sum(said.startswith("200") for said in expected.values()) > 35
    with serving(releases_folder, query_seconds="1") as service:
        result = load.pressed(service.address, service.process.pid, expected, SECONDS)
        with service.client() as client:
            assert client.get("/health/ready").status_code == 200
    growth, whole = result.slope() / 2**20, result.slope(2) / 2**20
    print(  # noqa: T201 - the figures are wanted in the log of a run
        f"\n{sum(result.answers.values())} answers {dict(result.answers)}, refused "
        f"{dict(result.refused)}; memory {result.memory[-1][1] / 2**20:.0f} MB, growing by "
        f"{growth:.0f} MB an hour, with all processes {whole:.0f} MB an hour"
    )
    assert not result.faults, (len(result.faults), result.faults[:3])
    assert result.answers[200] > 50
    late = [row[1] for row in result.memory[len(result.memory) // 2 :]]
    assert max(late) - min(late) < 150 << 20


def test_a_wrong_answer_is_found() -> None:
    call = load.calls()[0]
    import httpx

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text="other")

    with httpx.Client(transport=httpx.MockTransport(answer), base_url="http://x.example") as client:
        expected = load.references(client, (call,))
        assert load._asked(client, call, expected)[2] == ""
        assert load._asked(client, call, {call: "200 text/html 0"})[2]
