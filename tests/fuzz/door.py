"""Requests that nobody sends, to a running service: every route, every header that it reads."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
import parser
from mutation import SALT, mutated
from parser import Fault

SECONDS = 30.0
"""The most that any request may take: the deadline of a validation and what it waits for one."""

REFUSALS = {"deadline", "memory", "busy", "unavailable", "slow"}
"""Reasons for which a service may say 503."""

_READS = (
    "/id/body/iom", "/id/body/iom.ttl", "/source/A-RES-73-195", "/source/A-RES-73-195/para-45",
    "/def", "/def.ttl", "/graph/derived", "/profile/plain", "/timemap/id/body/iom", "/class",
    "/search?q=iom", "/lineage?from=forum/imrf&to=body/gcim", "/lineage.json?from=forum/imrf",
    "/states?by=votes", "/states/compare?state=state/fra&state=state/mex", "/timeline?from=2018",
    "/linkages?rows=objective&columns=target", "/processes", "/neighbourhood?thing=body/iom",
    "/query/members-on-date?body=body/iom&date=2022", "/query/adoption?format=csv&limit=2",
    "/cite?iri=body/iom&format=bibtex", "/changes?from=12345678", "/api/things?q=iom&limit=2",
    "/api/thing?iri=body/iom", "/api/explain?subject=body/iom&predicate=gcm:date&object=x",
    "/api/timeline?from=2018&to=2019", "/api/lineage?from=forum/imrf", "/api/linkages",
    "/reconcile?queries={}", "/reconcile/suggest/entity?prefix=iom", "/reconcile/preview?id=body:x",
    "/sparql?query=ASK%20{}&format=json", "/sparql?default-graph-uri=x&query=ASK{}", "/view?iri=x",
    "/download/void.ttl", "/static/style.css", "/disagreements?kind=body", "/source?year=2018",
    "/id/body/iom?as-of=2018&lang=fr&release=12345678", "/context.jsonld", "/opensearch.xml",
)  # fmt: skip
_HEADERS = {
    "Accept": parser.TARGETS[5].samples,
    "Accept-Language": ("fr-CA, fr;q=0.8, *;q=0.1", "ar", "x-klingon;q=2"),
    "Accept-Datetime": ("Thu, 01 Jan 2026 00:00:00 GMT", "tomorrow"),
    "Accept-Profile": ("<https://w3id.org/gcm-graph/profile/plain>;q=0.9", "plain"),
    "If-None-Match": ('W/"abc", "def"', "*"),
    "If-Modified-Since": ("Thu, 01 Jan 2026 00:00:00 GMT",),
    "Range": ("bytes=0-99, 200-", "bytes=-1", "lines=1-2"),
    "X-Request-ID": ("abc-123",),
    "X-Forwarded-For": ("10.0.0.1, 10.0.0.2",),
    "Origin": ("https://other.example",),
    "Cookie": ("a=b; c=d",),
}
_TYPES = {
    "turtle": "text/turtle", "trig": "application/trig", "ntriples": "application/n-triples",
    "nquads": "application/n-quads", "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}  # fmt: skip
_CALLS = (
    '{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "search", '
    '"arguments": {"query": "iom", "limit": 2}}}',
    '{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}',
)
_LISTS = ('["https://w3id.org/gcm-graph/id/body/iom", "x"]',)


@dataclass(frozen=True)
class Tried:
    """What came of requests: how often each status, and the faults."""

    statuses: Counter[int]
    faults: list[Fault]


def _address(chance: random.Random) -> str:
    path, mark, query = chance.choice(_READS).partition("?")
    if chance.random() < 0.4 or not mark:
        path = quote(mutated([path], chance), safe="/%?&=.,:")
    if mark and chance.random() < 0.8:
        parts = query.split("&")
        place = chance.randrange(len(parts))
        name, _, value = parts[place].partition("=")
        parts[place] = f"{name}={quote(mutated([value], chance), safe='%&=;+')}"
        query = "&".join(parts)
    return ("/" + (path + mark + query).lstrip("/"))[:15_000]


def _headers(chance: random.Random) -> Iterator[tuple[bytes, bytes]]:
    for name in chance.sample(sorted(_HEADERS), chance.randint(0, 3)):
        value = mutated(_HEADERS[name], chance) if chance.random() < 0.7 else chance.choice(SALT)
        clean = value.encode("utf-8", "ignore")[:2000].translate(None, b"\r\n\x00").strip()
        yield name.encode(), bytes(byte for byte in clean if byte >= 32 and byte != 127)


def _posted(chance: random.Random) -> dict[str, Any]:
    where = chance.choice(("/sparql", "/sparql", "/reconcile", "/mcp", "/sparql/names"))
    samples = {"/reconcile": parser.TARGETS[8].samples, "/mcp": _CALLS, "/sparql/names": _LISTS}
    text = mutated(samples.get(where, parser.TARGETS[4].samples), chance)
    if where == "/reconcile":
        return {"url": where, "data": {"queries": text.encode("utf-8", "replace").decode()}}
    kinds = {"/sparql": "application/sparql-query"}
    kind = kinds.get(where, "application/json")
    told = {"Content-Type": kind, "Accept": "application/json, text/event-stream"}
    return {"url": where, "content": text.encode("utf-8", "surrogatepass"), "headers": told}


def _validated(chance: random.Random) -> dict[str, Any]:
    name, _, body = chance.choice(parser.TARGETS[9].samples).partition("\t")
    shapes = chance.choice(("ours", "data", "ours"))
    return {
        "url": f"/validate?shapes={shapes}&context=none",
        "content": mutated([body], chance).encode("utf-8", "surrogatepass"),
        "headers": {"Content-Type": _TYPES[name], "Accept": "application/json"},
    }


def tried(client: httpx.Client, seed: int, inputs: int, validations: int) -> Tried:
    """Send requests and return what came of them; the same seed sends the same.

    Args:
        client: a client of the service.
        seed: decides the inputs.
        inputs: how many requests, a quarter of them posted queries and batches.
        validations: how many posts of RDF to ``/validate`` beside them.
    """
    statuses: Counter[int] = Counter()
    faults = []
    for number in range(inputs + validations):
        chance = random.Random(f"{seed}:http:{number}")
        if number >= inputs:
            wanted, method = _validated(chance), "POST"
        elif number % 4 == 3:
            wanted, method = _posted(chance), "POST"
        else:
            method = chance.choice(("GET", "GET", "GET", "HEAD"))
            wanted = {"url": _address(chance), "headers": list(_headers(chance))}
        begun = time.monotonic()
        try:
            answer = client.request(method, **wanted)
            statuses[answer.status_code] += 1
            what = _wrong(answer)
        except (httpx.InvalidURL, httpx.LocalProtocolError):  # the client itself refuses it
            continue
        except httpx.TransportError as error:
            what = f"{type(error).__name__}: {error}"
        if time.monotonic() - begun > SECONDS:
            what = what or f"{time.monotonic() - begun:.0f} s"
        if what:
            faults.append(Fault("HTTP", number, f"{method} {wanted}"[:2000], what))
    return Tried(statuses, faults)


def _wrong(answer: httpx.Response) -> str:
    """Return what is wrong with an answer: a 5xx that is no documented refusal."""
    if answer.status_code < 500:
        return ""
    if answer.status_code == 503:
        reason = answer.json().get("type", "") if "json" in answer.headers["content-type"] else ""
        if reason.rpartition(":")[2] in REFUSALS:
            return ""
    return f"{answer.status_code} {answer.text[:200]}"
