"""``python -m benchmarks.endpoints``: compare, and print the tables of ``docs/performance.md``.

Rounds of the servers are interleaved, so that what else the machine does falls on all alike, and
medians are compared. ``RDFLIB_ENDPOINT`` and ``OXIGRAPH`` name the programs of the peers; one
that is not there is left out.
"""

import argparse
import os
import shutil
import statistics
import threading
import time
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

from benchmarks.endpoints.server import Connection, Server, ours, oxigraph, rdflib_endpoint

HERE = Path(__file__).parent
QUERIES = ("star", "two-hop", "provenance", "aggregation")
_PER_ROUND = {"rdflib-endpoint": 2}

Times = dict[tuple[str, str], list[float]]


def text(name: str) -> str:
    """Return the query ``name``."""
    return (HERE / f"{name}.rq").read_text(encoding="utf-8")


def measure(servers: list[Server], rounds: int, warm: bool, graphs: Server | None = None) -> Times:
    """Return the seconds of each answer by server and query.

    Args:
        servers: what is compared.
        rounds: how often each is asked.
        graphs: the rdflib-endpoint that holds the named graphs, for the query of provenance.
        warm: whether the same query is asked again, or another one every time.
    """
    times: Times = defaultdict(list)
    links = {(server.name, query): Connection(server) for server in servers for query in QUERIES}
    if graphs is not None:
        links["rdflib-endpoint", "provenance"] = Connection(graphs)
    turn = 1_000_000
    for number in range(rounds + 1):
        for query in QUERIES:
            for server in servers:
                if warm and server.name == "rdflib-endpoint":
                    continue
                for _ in range(_PER_ROUND.get(server.name, 20)):
                    turn += 1
                    limit = 1_000_000 if warm else turn
                    status, taken, _ = links[server.name, query].ask(f"{text(query)}LIMIT {limit}")
                    assert status == 200, (server.name, query, status)
                    if number:  # the first round warms up
                        times[server.name, query].append(taken)
    return times


def show(title: str, servers: list[Server], times: Times) -> None:
    """Print a table of medians, and of our ratio to each peer."""
    peers = [server.name for server in servers[1:] if (server.name, "star") in times]
    print(f"\n{title}\n")
    print("| query | gcm-graph |" + "".join(f" {peer} | ratio |" for peer in peers))
    print("|---|---|" + "---|---|" * len(peers))
    for query in QUERIES:
        mine = statistics.median(times["gcm-graph", query])
        cells = f"| {query} | {mine * 1000:.2f} ms |"
        for peer in peers:
            theirs = statistics.median(times[peer, query])
            cells += f" {theirs * 1000:.2f} ms | {theirs / mine:.2f}× |"
        print(cells)


def isolation(shelf: Path, seconds: float) -> None:
    """Print the p99 of a cheap query without and with 10 % runaways of another client."""
    with ours(shelf, query_seconds="1", cache_bytes="0") as server:
        link = Connection(server)
        over: list[float] = []
        stop, go = threading.Event(), threading.Event()
        asked = [0, 0]

        def runaways() -> None:
            other = Connection(server, "127.0.0.2")
            while not stop.is_set():
                go.wait()
                if asked[1] * 10 > asked[0]:  # one in ten
                    time.sleep(0.002)
                    continue
                asked[1] += 1
                status, taken, _ = other.ask(f"{text('runaway')}LIMIT {asked[1]}")
                if status == 503:
                    over.append(taken - 1)

        threads = [threading.Thread(target=runaways, daemon=True) for _ in range(2)]
        for thread in threads:
            thread.start()
        times: dict[bool, list[float]] = {False: [], True: []}
        turn = 2_000_000
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for loaded in (False, True):
                (go.set if loaded else go.clear)()
                time.sleep(1.5 if not loaded else 0.2)  # what runs comes to its end
                for _ in range(300):
                    turn += 1
                    _, taken, _ = link.ask(f"{text('star')}LIMIT {turn}")
                    times[loaded].append(taken)
                    asked[0] += loaded
        stop.set()
        go.set()
    quiet, loud = (statistics.quantiles(times[k], n=100)[98] for k in (False, True))
    print(f"\nCheap query, p99 alone {quiet * 1000:.1f} ms, beside runaways {loud * 1000:.1f} ms: ")
    print(f"{loud / quiet:.2f}×. Median overrun of the deadline {middle(over) * 1000:.0f} ms.")


def middle(values: list[float]) -> float:
    """Return the median, or NaN of nothing."""
    return statistics.median(values) if values else float("nan")


def start(shelf: Path, times: int) -> None:
    """Print the seconds from the command to the first answer."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        with ours(shelf):
            taken.append(time.perf_counter() - begun)
    print(f"\nStart to first answer: median {middle(taken):.2f} s, least {min(taken):.2f} s.")


def main() -> None:
    """Run the comparison over a built release."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--release", type=Path, default=Path("release"))
    asked.add_argument("--rounds", type=int, default=10)
    given = asked.parse_args()
    shelf: Path = given.release
    release = (shelf / "current").resolve(strict=True)
    print(f"Load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    with ExitStack() as stack:
        servers = [stack.enter_context(ours(shelf))]
        graphs: Server | None = None
        peer = shutil.which(os.environ.get("RDFLIB_ENDPOINT", "rdflib-endpoint"))
        if peer:
            merged, every = release / "graph.nt", release / "dataset.nq"
            servers.append(stack.enter_context(rdflib_endpoint(peer, merged, "rdflib-endpoint")))
            graphs = stack.enter_context(rdflib_endpoint(peer, every, "graphs"))
        engine = shutil.which(os.environ.get("OXIGRAPH", "oxigraph"))
        if engine:
            servers.append(stack.enter_context(oxigraph(engine, release)))
        show(
            "Cold: every query is another one",
            servers,
            measure(servers, given.rounds, False, graphs),
        )
        show("Warm: the same query again", servers, measure(servers, given.rounds, True))
        for server in servers:
            print(f"\nMemory of {server.name}: {server.memory / 1e6:.0f} MB.")
    isolation(shelf, 30)
    start(shelf, 5)
    print(f"\nLoad of the machine after: {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main()
