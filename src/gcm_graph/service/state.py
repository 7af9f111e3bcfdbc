"""What a running service holds: its settings, the release, the store and the lanes."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path

from starlette.requests import HTTPConnection

from gcm_graph.coverage.report import Coverage, report
from gcm_graph.graph import board, disagreement, process, source, stored
from gcm_graph.graph.moment import Spans, spans
from gcm_graph.graph.process import Process
from gcm_graph.graph.reader import Reader, open_reader
from gcm_graph.graph.size import sizes
from gcm_graph.graph.state import Board
from gcm_graph.graph.statement import iri_of
from gcm_graph.graph.view import Disagreement, Source
from gcm_graph.jsonld import context
from gcm_graph.jsonld.context import Context
from gcm_graph.library.catalogue import Catalogue
from gcm_graph.reconciliation.value import Tables
from gcm_graph.release import manifest
from gcm_graph.search.index import Search, open_search
from gcm_graph.service import capability, linked, news
from gcm_graph.service.news import News
from gcm_graph.settings import Settings
from gcm_graph.store import embedded, prepared
from gcm_graph.store.media import Media
from gcm_graph.store.pool import Limits, Pool
from gcm_graph.store.relay import Relay

PINNED = "gcm.state"
"""Where the scope of a request holds the release that its address asks for."""

CURRENT = "gcm.current"
"""Where the scope of a request holds the release that was served when it came."""


@dataclass(frozen=True)
class State:
    """The parts of a running service.

    Attributes:
        settings: the settings it was started with.
        release: folder of the release that it serves.
        reader: reads the graph through the query library.
        pool: the lane for free-form queries.
    """

    settings: Settings
    release: Path
    reader: Reader
    pool: Pool | Relay

    @cached_property
    def catalogue(self) -> Catalogue:
        """The query library, read and checked once."""
        return Catalogue.read(self.settings.root / "queries")

    @cached_property
    def coverage(self) -> Coverage:
        """The coverage of the release, worked out once."""
        return report(self.settings.root, self.reader)

    @cached_property
    def news(self) -> News:
        """What is new in the release, found once."""
        return news.read(self.reader, self.release, self.digest)

    @cached_property
    def search(self) -> Search:
        """The index of the search, made once."""
        return open_search(self.reader)

    @cached_property
    def description(self) -> Callable[[str, Media], bytes]:
        """Write the description of the endpoint at an address; the latest are kept."""
        return lru_cache(maxsize=16)(partial(capability.write, sizes(self.reader)))

    @cached_property
    def linked(self) -> linked.Shelf:
        """Things, sources and passages in RDF; the latest are kept."""
        return linked.Shelf(self)

    @cached_property
    def spans(self) -> Spans:
        """When the things of the release were there, read when somebody asks about the past."""
        return spans(self.reader)

    @cached_property
    def context(self) -> Context:
        """The JSON-LD context, made once."""
        return context.make(self.reader)

    @cached_property
    def tables(self) -> Tables:
        """The values of properties that reconciliation compares, read when they are needed."""
        return Tables(self.reader, self.search)

    @cached_property
    def boards(self) -> Callable[[str], Board]:
        """Return what is known of all States in a language; the latest are kept."""
        return lru_cache(maxsize=8)(lambda language: board.read(self.reader.speaking(language)))

    @cached_property
    def processes(self) -> Callable[[str], tuple[Process, ...]]:
        """Return the consultative processes in a language; the latest are kept."""
        return lru_cache(maxsize=8)(lambda language: process.read(self.reader.speaking(language)))

    @cached_property
    def sources(self) -> Callable[[str], tuple[Source, ...]]:
        """Return the sources in a language, without their passages; the latest are kept."""
        return lru_cache(maxsize=8)(
            lambda language: source.list_sources(self.reader.speaking(language))
        )

    @cached_property
    def disagreements(self) -> Callable[[str], tuple[Disagreement, ...]]:
        """Return where sources disagree, in a language; the latest are kept."""
        return lru_cache(maxsize=8)(
            lambda language: disagreement.list_disagreements(self.reader.speaking(language))
        )

    @cached_property
    def weights(self) -> Mapping[str, int]:
        """The number of statements that rest on each source, by its IRI."""
        rows = self.reader.rows("source-statements")
        return {iri_of(row["source"]): int(iri_of(row["statements"])) for row in rows}

    @staticmethod
    def of(connection: HTTPConnection) -> "State":
        """Return what answers ``connection``: the release its address asks for, or the current."""
        state: State = (
            connection.scope.get(PINNED)
            or connection.scope.get(CURRENT)
            or connection.app.state.gcm
        )
        return state

    @property
    def digest(self) -> str:
        """Digest of the release."""
        return self.reader.store.digest


def limits(settings: Settings) -> Limits:
    """Return the limits of the isolated lane."""
    return Limits(
        seconds=settings.query_seconds,
        answer_seconds=settings.answer_seconds,
        workers=settings.query_workers,
        waiting=settings.query_waiting,
        answer_bytes=settings.answer_bytes,
        memory=settings.worker_memory,
        each=settings.query_client,
    )


@asynccontextmanager
async def opened(settings: Settings, folder: Path | None = None) -> AsyncIterator[State]:
    """Open a release and both lanes; close them at the end.

    Args:
        settings: the settings of the service.
        folder: folder of the release; the current one when it is ``None``.

    Raises:
        FileNotFoundError: when there is no release.
    """
    release = (folder or settings.release / "current").resolve(strict=True)
    pool = Pool(release, limits(settings))
    starting = asyncio.create_task(pool.start())
    try:
        kept = await asyncio.to_thread(prepared.open_store, release)
        store = await asyncio.to_thread(embedded.load, release) if kept is None else kept
        held = embedded.Embedded(store, embedded.digest_of(release))
        index = release / prepared.FOLDER / stored.FILE
        reader = await asyncio.to_thread(open_reader, held, "en", settings.root, None, index)
        await starting
        state = State(settings, release, reader, pool)
        warming = asyncio.create_task(asyncio.to_thread(_warm, state, held, kept is not None))
        yield state
        await warming
    finally:
        starting.cancel()
        await pool.stop()


def _warm(state: State, held: embedded.Embedded, on_disk: bool) -> None:
    """Make what the first answers did without: a store in memory, the index of the search."""
    if on_disk and manifest.read(state.release).statements <= state.settings.memory_quads:
        held.lift(embedded.load(state.release))
    len(state.search.names)
    len(state.catalogue)
