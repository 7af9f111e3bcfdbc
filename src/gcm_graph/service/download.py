"""The release as files: the list, the files themselves, and its description (VoID, DCAT)."""

import hashlib
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from gcm_graph.release import manifest
from gcm_graph.service import display, representation
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.page import File
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.service.translation import N_

KINDS = {
    ".nq": ("application/n-quads", N_("every statement with the graph of its passage")),
    ".trig": ("application/trig", N_("every statement in the graph of its passage, for reading")),
    ".ttl": ("text/turtle", "Turtle"),
    ".nt": ("application/n-triples", "N-Triples"),
    ".json": ("application/json", N_("digest, version and counts")),
    ".gz": ("application/gzip", N_("compressed")),
}
"""Media type and meaning of each kind of file, by suffix."""

MEANINGS = {
    "graph.ttl": N_("the merge: each distinct statement once, without passages"),
    "void.ttl": N_("the description of the dataset (VoID, DCAT)"),
}


@lru_cache(maxsize=4)
def files(release: Path) -> tuple[File, ...]:
    """Return the files of a release with size and checksum (SHA-256)."""
    found = []
    for path in sorted(release.iterdir()):
        if path.is_file() and path.suffix in KINDS:
            kind, meaning = KINDS[path.suffix]
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            said = MEANINGS.get(path.name, meaning)
            size = path.stat().st_size
            found.append(File(path.name, f"download/{path.name}", size, digest, said, kind))
    return tuple(found)


def show(request: Request) -> Response:
    """Answer ``/download``: the files of the release.

    Raises:
        Problem: 406.
    """
    state = State.of(request)
    media = representation.choose(request, "", (HTML, JSON))

    def body() -> Response | bytes:
        held = files(state.release)
        if media.name == "json":
            told = manifest.read(state.release).document()
            return representation.plain({"release": told, "files": held})
        formats = display.formats("download?", (JSON,), suffixed=False)
        return display.show(request, "download.html", {"files": held, "formats": formats})

    return representation.respond(request, media, body, "download", ())


def send(request: Request) -> Response:
    """Answer ``/download/{name}``: one file, with ranges.

    Raises:
        Problem: 404; 503 for a file that has gone from the folder of the release.
    """
    state = State.of(request)
    name = request.path_params["name"]
    file = next((file for file in files(state.release) if file.name == name), None)
    if file is None:
        raise Problem(404, f"The release has no file “{name}”; /download lists them.", "unknown")
    if not (state.release / name).is_file():
        detail = f"“{name}” belongs to the release and is missing in its folder: build it again."
        raise Problem(503, detail, "missing", {"Retry-After": "3600"})
    headers = {"Cache-Control": "no-cache", "Digest": f"sha-256={file.digest}"}
    return FileResponse(state.release / name, headers=headers, media_type=file.media_type)


def describe(_: Request) -> Response:
    """Lead from ``/dataset`` and ``/.well-known/void`` to the description of the dataset."""
    return RedirectResponse("/download/void.ttl", 303)


ROUTES = [
    Route("/download", show),
    Route("/download/{name}", send),
    Route("/.well-known/void", describe),
    Route("/dataset", describe),
]
