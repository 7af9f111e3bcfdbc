"""The measurements of one graph, each in a process of its own (``python -m … measure``)."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from gcm_graph.graph.reader import service_queries
from gcm_graph.settings import settings
from gcm_graph.store.embedded import Embedded

HERE = Path(__file__).parent
SAMPLES = 200


def texts() -> Mapping[str, str]:
    """Return the queries: the name of a thing, its star with passages, its description."""
    service = service_queries(settings().root)
    return {
        "label": (HERE / "label.rq").read_text(encoding="utf-8"),
        "star": service["thing-statements"],
        "describe": service["thing-description"],
    }


def things(dataset: Path) -> list[ox.NamedNode]:
    """Return things all over the graph, the same number of each size."""
    found: dict[str, None] = {}
    size = dataset.stat().st_size
    with dataset.open("rb") as stream:
        for place in range(SAMPLES * 4):
            stream.seek(size * place // (SAMPLES * 4))
            stream.readline()
            for _ in range(400):
                line = stream.readline()
                if b"#prefLabel> " in line and b"/id/" in line and b"/id/state/" not in line:
                    found[line.split(b" ", 1)[0].decode()[1:-1]] = None
                    break
    return [ox.NamedNode(iri) for iri in list(found)[:: max(1, len(found) // SAMPLES)]][:SAMPLES]


def asked(store: ox.Store, dataset: Path) -> Iterator[tuple[str, float, float]]:
    """Yield for each query its median and its 99th centile in milliseconds, warm."""
    held = Embedded(store, "scale")
    sample = things(dataset)
    for name, text in texts().items():
        for turn in range(2):
            times = []
            for thing in sample:
                begun = time.perf_counter()
                if name == "describe":
                    held.construct(text, {"thing": thing})
                else:
                    held.select(text, {"thing": thing})
                times.append(1000 * (time.perf_counter() - begun))
            if turn:
                yield name, statistics.median(times), statistics.quantiles(times, n=100)[98]


def disk(folder: Path, where: Path) -> dict[str, float]:
    """Load a graph into a store on disk, or open the one that is there, and ask it."""
    dataset = folder / "dataset.nq"
    told: dict[str, float] = {}
    if not where.exists():
        begun = time.perf_counter()
        store = ox.Store(str(where))
        store.bulk_load(path=str(dataset), format=ox.RdfFormat.N_QUADS)
        store.flush()
        told["load"] = time.perf_counter() - begun
        told["megabytes"] = sum(one.stat().st_size for one in where.iterdir()) / 1e6
        return told
    begun = time.perf_counter()
    store = ox.Store.read_only(str(where))
    told["open"] = time.perf_counter() - begun
    return _told(told, store, dataset)


def memory(folder: Path, _: Path) -> dict[str, float]:
    """Load a graph into memory and ask it."""
    dataset = folder / "dataset.nq"
    begun = time.perf_counter()
    store = ox.Store()
    store.bulk_load(path=str(dataset), format=ox.RdfFormat.N_QUADS)
    return _told({"load": time.perf_counter() - begun}, store, dataset)


def _told(told: dict[str, float], store: ox.Store, dataset: Path) -> dict[str, float]:
    for name, median, late in asked(store, dataset):
        told[name], told[f"{name}_p99"] = median, late
    told["resident"] = _peak()
    return told


def _peak() -> float:
    """Return the most memory that this process has held, in megabytes (proc(5), VmHWM)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1e3


KINDS = {"disk": disk, "memory": memory}


def apart(kind: str, folder: Path, where: Path) -> dict[str, float]:
    """Return what `KINDS` of ``kind`` tells, in a process that does nothing else."""
    command = [sys.executable, "-m", "benchmarks.scale.measure", kind, str(folder), str(where)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    told: dict[str, float] = json.loads(done.stdout)
    return told


if __name__ == "__main__":
    kind, folder, where = sys.argv[1:]
    sys.stdout.write(json.dumps(KINDS[kind](Path(folder), Path(where))))
