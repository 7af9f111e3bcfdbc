"""Mixed load on a service: every answer is compared with that of a service at rest."""

import hashlib
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import httpx

REFUSALS = {"busy", "deadline", "memory", "answer-too-large", "unavailable"}
"""The reasons by which a service under load may refuse a query, each documented."""

_PREFIX = "PREFIX gcm: <https://w3id.org/gcm-graph/def#> "
_QUERIES = (
    "SELECT ?p ?o { <https://w3id.org/gcm-graph/id/body/iom> ?p ?o } ORDER BY ?p ?o",
    "SELECT ?a ?b { ?a gcm:mandatedBy ?b } ORDER BY ?a ?b LIMIT 50",
    "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c",
    "SELECT ?e { <https://w3id.org/gcm-graph/id/forum/imrf> gcm:tracesTo+ ?e } ORDER BY ?e",
    "SELECT ?g { GRAPH ?g { ?s gcm:mandatedBy ?o } } ORDER BY ?g LIMIT 50",
    "ASK { ?s gcm:tracesTo ?s }",
)
_RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_PATHS = (
    "/", "/id/body/iom", "/id/body/iom.ttl", "/id/instrument/gcm.json", "/source/A-RES-73-195",
    "/source/A-RES-73-195/para-45.trig", "/def.json", "/states", "/timeline.json?from=2018&to=2019",
    "/lineage.json?from=forum/imrf&to=body/gcim", "/linkages", "/search?q=iom", "/disagreements",
    "/query/adoption?format=csv", "/query/process-members?format=json&limit=50", "/processes",
    "/api/thing?iri=body/iom", "/neighbourhood?thing=body/iom", "/static/style.css",
    "/reconcile/suggest/entity?prefix=migr", "/cite?iri=body/iom&format=bibtex",
)  # fmt: skip
_WRONG = (
    "/nowhere",
    "/id/body/no-such-body",
    "/sparql?query=ASK+%7B&format=json",
    "/source?year=x",
)


@dataclass(frozen=True)
class Call:
    """A request and how often it is sent among others."""

    path: str
    weight: int
    runaway: bool = False
    accept: str = "application/json, text/html;q=0.9, */*;q=0.1"


def calls() -> tuple[Call, ...]:
    """Return the mix: pages and data, free-form queries, runaways and what is wrong."""
    asked = [urlencode({"query": _PREFIX + query, "format": "json"}) for query in _QUERIES]
    slow = urlencode({"query": _RUNAWAY, "format": "json"})
    return (
        *(Call(path, 3) for path in _PATHS),
        *(Call(path, 2, accept="text/html") for path in _PATHS[:12]),
        *(Call(f"/sparql?{query}", 12) for query in asked),
        *(Call(path, 2) for path in _WRONG),
        Call(f"/sparql?{slow}", 2, runaway=True),
    )


@dataclass
class Result:
    """What came of a load.

    Attributes:
        answers: how many answers there were of each status.
        refused: how many refusals there were of each reason.
        faults: answers that are not those of a service at rest, and errors.
        memory: bytes of the serving process, and of all processes with their shares of what is
            shared, by the second.
    """

    answers: Counter[int] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    memory: list[tuple[float, int, int]] = field(default_factory=list)

    def slope(self, column: int = 1) -> float:
        """Return how memory grows over the second half, in bytes an hour (least squares)."""
        late = self.memory[len(self.memory) // 2 :]
        times = [row[0] for row in late]
        sizes = [row[column] for row in late]
        middle, mean = sum(times) / len(times), sum(sizes) / len(sizes)
        spread = sum((moment - middle) ** 2 for moment in times)
        joint = sum((t - middle) * (s - mean) for t, s in zip(times, sizes, strict=True))
        return joint / spread * 3600 if spread else 0.0


def _digest(answer: httpx.Response) -> str:
    kind = answer.headers.get("content-type", "")
    body = b"" if "problem" in kind else answer.content
    return f"{answer.status_code} {kind} {hashlib.sha256(body).hexdigest()}"


def references(client: httpx.Client, mix: Sequence[Call]) -> dict[Call, str]:
    """Return what a service at rest answers to each call of ``mix``."""
    wanted = [call for call in mix if not call.runaway]
    return {
        call: _digest(client.get(call.path, headers={"Accept": call.accept})) for call in wanted
    }


def pressed(
    address: str, process: int, expected: dict[Call, str], seconds: float, clients: int = 4
) -> Result:
    """Send the mix for some time and return what came of it.

    Args:
        address: of the service under load.
        process: its process, whose memory is watched.
        expected: what each call is answered at rest.
        seconds: how long.
        clients: how many clients ask at the same time, one request each.
    """
    result, end = Result(), time.monotonic() + seconds
    lock = threading.Lock()
    mix = calls()
    weights = [call.weight for call in mix]

    def ask(number: int) -> None:
        chance = random.Random(number)
        with httpx.Client(base_url=address, timeout=60) as client:
            while time.monotonic() < end:
                call = chance.choices(mix, weights)[0]
                status, reason, fault = _asked(client, call, expected)
                with lock:
                    result.answers[status] += 1
                    if reason:
                        result.refused[reason] += 1
                    if fault:
                        result.faults.append(fault)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    while time.monotonic() < end:
        time.sleep(1)
        result.memory.append((time.monotonic() - begun, *_memory(process)))
    for thread in threads:
        thread.join()
    return result


def _asked(client: httpx.Client, call: Call, expected: dict[Call, str]) -> tuple[int, str, str]:
    try:
        answer = client.get(call.path, headers={"Accept": call.accept})
    except httpx.TransportError as error:
        return 0, "", f"{call.path}: {error!r}"
    if answer.status_code in {429, 503} or (call.runaway and answer.status_code != 200):
        reason = str(answer.json().get("type", "")).rpartition(":")[2]
        fault = "" if reason in REFUSALS else f"{call.path}: {answer.status_code} {answer.text}"
        return answer.status_code, reason, fault
    if call.runaway or _digest(answer) == expected[call]:
        return answer.status_code, "", ""
    return answer.status_code, "", f"{call.path}: {_digest(answer)}, not {expected[call]}"


def _memory(process: int) -> tuple[int, int]:
    """Return the bytes of a process, and those of it and all below it by their share (PSS)."""
    own = _value(process, "Rss")
    return own, _value(process, "Pss") + sum(_value(one, "Pss") for one in _below(process))


def _below(process: int) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == process:
                child = int(path.parent.name)
                yield child
                yield from _below(child)


def _value(process: int, name: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
    return 0
