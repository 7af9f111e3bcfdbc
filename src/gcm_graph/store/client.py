"""The client of a SPARQL endpoint: SPARQL 1.1 Protocol, read-only, with time-outs and retries.

SPARQLWrapper writes the requests; one pool of kept connections (HTTP/1.1) carries them. A read
changes nothing, so it is sent again when the connection breaks or the engine says that it cannot
answer now.
"""

import re
import threading
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

import httpx

from gcm_graph.store.engine import Engine, engine_of
from gcm_graph.store.pool import Trouble

_PAUSE = 0.1
_AGAIN = {502, 503, 504}
_LINE = re.compile(r"\bline (\d+)|error at (\d+):(\d+)")
_TRUNCATED = "x-sparql-maxrows"


@dataclass(frozen=True)
class Access:
    """How an endpoint is reached; see the settings of the same names.

    Attributes:
        url: address of the query service, without user and password.
        user: user name (HTTP digest or basic), or empty.
        password: password, or empty.
        seconds: time-out of one request.
        connections: requests at the same time.
        retries: how often a read is sent again.
    """

    url: str
    user: str = ""
    password: str = ""
    seconds: float = 30.0
    connections: int = 8
    retries: int = 2

    def __repr__(self) -> str:
        """Return the address only, so that no log holds a password."""
        return f"Access({self.url!r})"

    @property
    def host(self) -> str:
        """Host and port, as messages name the endpoint."""
        return urlsplit(self.url).netloc.rpartition("@")[2]


@dataclass(frozen=True)
class Asked:
    """A query on its way to an endpoint.

    Attributes:
        text: the query.
        accept: media types, the preferred one first.
        default: ``default-graph-uri`` of the protocol; ``None`` for the whole dataset.
        named: ``named-graph-uri`` of the protocol.
        seconds: time-out; ``None`` for the client's own.
    """

    text: str
    accept: str
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    seconds: float | None = None


class Client:
    """A client of one endpoint; threads may share it.

    Args:
        access: how the endpoint is reached.
    """

    def __init__(self, access: Access) -> None:
        self.access = access
        self._places = threading.BoundedSemaphore(access.connections)
        self._http = httpx.Client(
            timeout=httpx.Timeout(access.seconds, connect=min(5.0, access.seconds)),
            limits=httpx.Limits(
                max_connections=access.connections,
                max_keepalive_connections=access.connections,
            ),
            follow_redirects=False,
            auth=authentication(access),
            headers={"User-Agent": "gcm-graph"},
        )

    @cached_property
    def engine(self) -> Engine:
        """The engine, as its first answer names it.

        Raises:
            Trouble: when there is none.
        """
        with self._sent(self._request(Asked("ASK {}", "application/sparql-results+json"))) as told:
            for _ in self._pieces(told, self.access.seconds):
                pass  # read to its end, so that the connection is kept
            return engine_of(told.headers.get("server", ""))

    def ask(self, asked: Asked) -> bytes:
        """Return the whole answer to a query.

        Raises:
            Trouble: when there is none: ``unavailable``, ``busy``, ``deadline``, ``syntax``,
                ``evaluation`` or ``answer-too-large``.
        """
        with self.asking(asked) as (_, pieces):
            return b"".join(pieces)

    @contextmanager
    def asking(self, asked: Asked) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Yield the media type of the answer and its bytes, piece by piece.

        Raises:
            Trouble: as `ask`.
        """
        text = asked.text if asked.default or asked.named else self.engine.text(asked.text)
        seconds = asked.seconds or self.access.seconds
        if not self._places.acquire(timeout=seconds):
            detail = f"All {self.access.connections} connections to the engine are in use."
            raise Trouble("busy", detail)
        try:
            request = self._request(asked, text)
            with self._sent(request, seconds) as response:
                kind = response.headers.get("content-type", "").partition(";")[0].strip()
                yield kind, self._pieces(response, seconds)
        finally:
            self._places.release()

    def _pieces(self, response: httpx.Response, seconds: float) -> Iterator[bytes]:
        try:
            yield from response.iter_bytes()
        except httpx.TimeoutException as error:
            raise late(seconds) from error
        except httpx.TransportError as error:
            raise self._away("broke off its answer") from error

    def _request(self, asked: Asked, text: str = "") -> httpx.Request:
        """Return the request of the SPARQL 1.1 Protocol, as SPARQLWrapper writes it."""
        from SPARQLWrapper import POST, SELECT, SPARQLWrapper  # it loads rdflib

        wrapper = SPARQLWrapper(self.access.url)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        with warnings.catch_warnings():  # what it does not know is the engine's to refuse
            warnings.simplefilter("ignore", RuntimeWarning)
            wrapper.setQuery(text or asked.text)
        wrapper.queryType = SELECT  # it takes a label such as “without” for a word of an update
        wrapper.addCustomHttpHeader("Accept", asked.accept)
        for graph in asked.default or ():
            wrapper.addParameter("default-graph-uri", graph)
        for graph in asked.named or ():
            wrapper.addParameter("named-graph-uri", graph)
        made = wrapper._createRequest()  # the library sends nothing by itself here
        body = made.data if isinstance(made.data, bytes) else b""
        return self._http.build_request("POST", made.full_url, headers=made.headers, content=body)

    @contextmanager
    def _sent(self, request: httpx.Request, seconds: float = 0) -> Iterator[httpx.Response]:
        seconds = seconds or self.access.seconds
        timeout = httpx.Timeout(seconds, connect=min(5.0, seconds))
        request.extensions["timeout"] = timeout.as_dict()
        response = self._tried(request, seconds)
        try:
            if response.status_code >= 400:
                raise self._refused(response)
            if _TRUNCATED in response.headers:
                most = response.headers[_TRUNCATED]
                detail = f"The engine cuts its answers after {most} rows, and this one is longer."
                raise Trouble("answer-too-large", detail)
            yield response
        finally:
            response.close()

    def _tried(self, request: httpx.Request, seconds: float) -> httpx.Response:
        latest = time.monotonic() + seconds
        for turn in range(self.access.retries + 1):
            last = turn == self.access.retries or time.monotonic() > latest
            try:
                response = self._http.send(request, stream=True)
            except (httpx.ConnectError, httpx.RemoteProtocolError, httpx.ReadError) as error:
                if last:
                    raise self._away("does not answer") from error
            except httpx.ConnectTimeout as error:
                raise self._away("cannot be reached") from error
            except httpx.TimeoutException as error:
                raise late(seconds) from error
            except httpx.TransportError as error:
                raise self._away("does not answer") from error
            else:
                if response.status_code not in _AGAIN or last:
                    return response
                response.close()
            time.sleep(_PAUSE * 2**turn)
        raise AssertionError  # the last turn returns or raises

    def _refused(self, response: httpx.Response) -> Trouble:
        code = response.status_code
        try:
            told = _first(response.read())
        except httpx.TransportError:
            told = ""
        if code == 400 or (code == 500 and "SPARQL compiler" in told):
            return Trouble("syntax", told or "The engine does not understand it.", **_place(told))
        if code in {401, 403}:
            return self._away("refuses the user and password it was given")
        if code in {404, 405}:
            return self._away("has no SPARQL service at this address")
        if code in _AGAIN or code == 408:
            return self._away(f"cannot answer now (status {code})")
        return Trouble("evaluation", told or f"The engine failed (status {code}).")

    def _away(self, what: str) -> Trouble:
        return Trouble("unavailable", f"The engine behind this service {what}.")

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


def authentication(access: Access) -> httpx.Auth | None:
    """Return how the user is made known: HTTP digest (RFC 7616), which sends no password."""
    return httpx.DigestAuth(access.user, access.password) if access.user else None


def late(seconds: float) -> Trouble:
    """Return what is said when the engine took longer than ``seconds``."""
    detail = f"The query was stopped after {seconds:g} s."
    return Trouble("deadline", detail, seconds=seconds)


def _first(body: bytes) -> str:
    """Return the message of an engine without the query that some repeat after it."""
    text = body[:4096].decode("utf-8", "replace")
    return text.partition("\n\n")[0].strip()[:1000]


def _place(told: str) -> Mapping[str, int]:
    found = _LINE.search(told)
    if found is None:
        return {}
    if found[1]:
        return {"line": int(found[1])}
    return {"line": int(found[2]), "column": int(found[3])}
