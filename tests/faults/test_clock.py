"""A wall clock that jumps does not move a deadline."""

import asyncio
import time
from pathlib import Path

import pytest

from gcm_graph.store.pool import Limits, Pool, Trouble

LIMITS = Limits(
    seconds=1, answer_seconds=5, workers=1, waiting=2, answer_bytes=1 << 20, memory=256 << 20
)
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.mark.parametrize("jump", [86_400.0, -86_400.0])
def test_a_deadline_keeps_its_length(
    release: Path, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    async def main() -> float:
        pool = Pool(release, LIMITS)
        await pool.start()
        try:
            begun = time.monotonic()
            asking = asyncio.create_task(pool.run(request))
            await asyncio.sleep(0.3)
            real = time.time
            monkeypatch.setattr(time, "time", lambda: real() + jump)
            with pytest.raises(Trouble) as trouble:
                await asking
            assert trouble.value.reason == "deadline"
            return time.monotonic() - begun
        finally:
            await pool.stop()

    request = {
        "query": CROSS, "default": None, "named": None, "solutions": "csv", "graph": None,
        "prefixes": {},
    }  # fmt: skip
    assert 0.9 < asyncio.run(main()) < 4
