"""The lane: clients take turns, and each has a bound."""

import asyncio

import pytest

from gcm_graph.store.lane import Full, Lane


async def _hold(lane: Lane, client: str, order: list[str], release: asyncio.Event) -> None:
    async with lane.turn(client):
        order.append(client)
        await release.wait()


async def _order(lane: Lane, clients: list[str]) -> list[str]:
    order: list[str] = []
    gate = asyncio.Event()
    tasks = []
    for client in clients:
        tasks.append(asyncio.create_task(_hold(lane, client, order, gate)))
        await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(*tasks)
    assert (lane.running, lane.waiting) == (0, 0)
    return order


def test_a_flood_of_one_client_does_not_hold_back_another() -> None:
    order = asyncio.run(_order(Lane(2, 100, 50), ["flood"] * 20 + ["reader"]))
    assert order.index("reader") == 1  # at once: the flood never has every worker


def test_waiting_clients_take_turns() -> None:
    order = asyncio.run(_order(Lane(1, 100, 50), ["a", "a", "a", "b", "b", "c"]))
    assert order == ["a", "a", "b", "c", "a", "b"]


@pytest.mark.parametrize(
    ("clients", "own"), [(["a"] * 4, True), (["a", "b", "c", "d", "e"], False)]
)
def test_nobody_waits_beyond_the_bounds(clients: list[str], own: bool) -> None:
    async def fill() -> Full:
        lane, gate = Lane(1, 3, 2), asyncio.Event()
        tasks = []
        for client in clients[:-1]:
            tasks.append(asyncio.create_task(_hold(lane, client, [], gate)))
            await asyncio.sleep(0)
        with pytest.raises(Full) as raised:
            await lane.enter(clients[-1])
        gate.set()
        await asyncio.gather(*tasks)
        assert (lane.running, lane.waiting) == (0, 0)
        return raised.value

    assert asyncio.run(fill()).own is own


def test_who_leaves_the_queue_frees_the_place() -> None:
    async def leave() -> None:
        lane, gate = Lane(1, 1, 1), asyncio.Event()
        first = asyncio.create_task(_hold(lane, "a", [], gate))
        await asyncio.sleep(0)
        second = asyncio.create_task(_hold(lane, "b", [], gate))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
        third = asyncio.create_task(_hold(lane, "c", [], gate))
        await asyncio.sleep(0)
        assert (lane.running, lane.waiting) == (1, 1)
        gate.set()
        await asyncio.gather(first, third)
        assert (lane.running, lane.waiting) == (0, 0)

    asyncio.run(leave())
