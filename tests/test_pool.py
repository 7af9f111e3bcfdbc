"""The isolated lane: deadlines, limits, replacement, and nothing left behind."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from gcm_graph.store.guard import guard
from gcm_graph.store.pool import Limits, Pool, Trouble

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FLOOD = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HOARD = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f"
LIMITS = Limits(
    seconds=0.5, answer_seconds=5, workers=2, waiting=2, answer_bytes=4 << 20, memory=256 << 20
)


def request(query: str, **more: Any) -> dict[str, Any]:
    guarded = guard(query)
    return {
        "query": guarded.text,
        "default": guarded.default_graphs,
        "named": guarded.named_graphs,
        "solutions": "csv",
        "graph": "turtle",
        "prefixes": {"gcm": "https://w3id.org/gcm-graph/def#"},
        **more,
    }


async def body(pool: Pool, query: str, client: str = "reader", **more: Any) -> str:
    answer = await pool.run(request(query, **more), client)
    return b"".join([piece async for piece in answer]).decode()


def run(release: Path, case: Callable[[Pool], Awaitable[None]], limits: Limits = LIMITS) -> None:
    async def main() -> None:
        pool = Pool(release, limits)
        await pool.start()
        try:
            await case(pool)
        finally:
            await pool.stop()

    asyncio.run(main())


def test_rows_booleans_and_graphs_come_in_the_representation_asked_for(release: Path) -> None:
    async def case(pool: Pool) -> None:
        assert (await body(pool, "ASK {}")).strip() == "true"
        rows = await body(
            pool, "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/gcm-graph/def#Source> }"
        )
        assert int(rows.split()[1]) > 300
        graph = await body(pool, "CONSTRUCT { ?s a ?t } { ?s a ?t } LIMIT 3")
        assert "@prefix gcm:" in graph

    run(release, case)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("ASK {", "syntax"),
        ("SELECT (<http://x.example/f>(1) AS ?x) {}", "evaluation"),
        ("SELECT * FROM <http://x.example/g> { ?s ?p ?o }", "unknown-graph"),
        ("SELECT * FROM NAMED <http://x.example/g> { ?s ?p ?o }", "unknown-graph"),
        (CROSS, "deadline"),
        (FLOOD, "answer-too-large"),
        (HOARD, "memory"),
    ],
)
def test_a_query_without_an_answer_says_why_and_the_next_one_is_answered(
    release: Path, query: str, reason: str
) -> None:
    async def case(pool: Pool) -> None:
        with pytest.raises(Trouble) as trouble:
            await body(pool, query)
        assert trouble.value.reason == reason, str(trouble.value)
        assert (await body(pool, "ASK {}")).strip() == "true"

    generous = Limits(**{**LIMITS.__dict__, "seconds": 20}) if reason == "memory" else LIMITS
    run(release, case, generous)


def test_a_syntax_error_tells_its_place(release: Path) -> None:
    async def case(pool: Pool) -> None:
        with pytest.raises(Trouble) as trouble:
            await body(pool, "SELECT * {\n ?s ?p }")
        assert trouble.value.more["line"] == 2

    run(release, case)


def test_a_representation_that_the_query_cannot_have_is_refused(release: Path) -> None:
    async def case(pool: Pool) -> None:
        with pytest.raises(Trouble) as trouble:
            await body(pool, "CONSTRUCT WHERE { ?s ?p ?o }", graph=None)
        assert trouble.value.reason == "not-acceptable"

    run(release, case)


def test_several_default_graphs_count_each_triple_once(release: Path) -> None:
    async def case(pool: Pool) -> None:
        graphs = await body(
            pool,
            "SELECT ?a ?b { GRAPH ?a { ?s ?p ?o } GRAPH ?b { ?s ?p ?o } FILTER(STR(?a) < STR(?b)) "
            "FILTER(CONTAINS(STR(?a), '/source/') && CONTAINS(STR(?b), '/source/')) } LIMIT 1",
        )
        one, other = graphs.split()[1].split(",")
        both = f"FROM <{one}> FROM <{other}>"
        counted = await body(pool, f"SELECT (COUNT(*) AS ?n) {both} {{ ?s ?p ?o }}")
        rows = await body(pool, f"SELECT DISTINCT ?s ?p ?o {both} {{ ?s ?p ?o }}")
        assert int(counted.split()[1]) == len(rows.strip().splitlines()) - 1

    run(release, case)


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_fifty_runaways_leave_nothing_behind_and_delay_nobody(release: Path) -> None:
    async def case(pool: Pool) -> None:
        for _ in range(20):
            await body(pool, "ASK {}")
        idle = []
        for _ in range(50):
            begun = time.perf_counter()
            await body(pool, "ASK {}")
            idle.append(time.perf_counter() - begun)
        before = descriptors()

        async def runaway() -> float:
            begun = time.perf_counter()
            with pytest.raises(Trouble) as trouble:
                await body(pool, CROSS, "somebody else")
            assert trouble.value.reason == "deadline"
            return time.perf_counter() - begun

        busy = []
        over = []
        for _ in range(50):
            task = asyncio.create_task(runaway())
            await asyncio.sleep(0.02)
            begun = time.perf_counter()
            await body(pool, "ASK {}")
            busy.append(time.perf_counter() - begun)
            over.append(await task - pool.limits.seconds)
        assert sorted(busy)[25] < sorted(idle)[25] + 0.05
        assert sorted(over)[25] < 0.1
        await asyncio.sleep(0.3)
        assert descriptors() <= before
        assert len(pool.workers) == LIMITS.workers + 1
        assert (await body(pool, "ASK {}")).strip() == "true"

    quick = Limits(**{**LIMITS.__dict__, "seconds": 0.1})
    run(release, case, quick)


def test_more_than_may_wait_are_told_so(release: Path) -> None:
    async def case(pool: Pool) -> None:
        running = [asyncio.create_task(body(pool, CROSS)) for _ in range(4)]
        await asyncio.sleep(0.1)
        with pytest.raises(Trouble) as trouble:
            await body(pool, "ASK {}")
        assert trouble.value.reason == "busy"
        found = await asyncio.gather(*running, return_exceptions=True)
        assert all(isinstance(one, Trouble) for one in found)
        assert (await body(pool, "ASK {}")).strip() == "true"

    run(release, case)


def test_a_client_that_goes_away_frees_its_worker(release: Path) -> None:
    async def case(pool: Pool) -> None:
        task = asyncio.create_task(body(pool, CROSS))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        for _ in range(4):
            assert (await body(pool, "ASK {}")).strip() == "true"

    run(release, case)


def test_a_slow_reader_gets_the_whole_answer(release: Path) -> None:
    async def case(pool: Pool) -> None:
        answer = await pool.run(request("SELECT * { ?s ?p ?o } LIMIT 20000"))
        pieces: list[bytes] = []
        stream: AsyncIterator[bytes] = aiter(answer)
        async for piece in stream:
            pieces.append(piece)
            await asyncio.sleep(0.05)
        assert len(b"".join(pieces).splitlines()) == 20001

    run(release, case)


def test_the_lane_comes_back_when_its_parent_of_workers_is_killed(release: Path) -> None:
    async def case(pool: Pool) -> None:
        assert pool.zygote is not None
        os.kill(pool.zygote, 9)
        await asyncio.sleep(0.2)
        for _ in range(2 * LIMITS.workers):
            assert (await body(pool, "ASK {}")).strip() == "true"
        assert len(pool.workers) <= LIMITS.workers + 1

    run(release, case)


def test_a_damaged_release_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "dataset.nq").write_text("<a> <b>")

    async def main() -> None:
        pool = Pool(tmp_path, LIMITS)
        try:
            with pytest.raises(RuntimeError, match="could not be opened"):
                await pool.start()
        finally:
            await pool.stop()

    asyncio.run(main())
