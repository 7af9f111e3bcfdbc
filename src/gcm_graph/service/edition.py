"""The release in an address: ``?release=`` names one by its digest or version."""

import re

from starlette.requests import Request

from gcm_graph.citation.subject import Edition
from gcm_graph.release import manifest, shelf
from gcm_graph.service import withdrawal
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State

REFUSED = "gcm.refused"
"""Where the scope of a request holds the reason why its release could not be opened."""

_DIGEST = re.compile(r"[0-9a-fA-F]{8,64}")
_VERSION = re.compile(r"\d+\.\d+[0-9A-Za-z.+-]*")


def of(state: State) -> Edition:
    """Return the release that answers, as citations name it."""
    return Edition(state.digest, manifest.read(state.release).date)


def names(asked: str, state: State) -> bool:
    """Tell whether ``asked`` names the release of ``state``."""
    if _VERSION.fullmatch(asked):
        return manifest.read(state.release).version == asked
    return bool(_DIGEST.fullmatch(asked)) and state.digest.startswith(asked.lower())


def check(request: Request) -> None:
    """Let a request pass that names no release, or the one that answers it.

    Raises:
        Problem: 400 when ``release`` is neither digest nor version, 404 when it is not known
            here, 410 when it is known but can no longer be opened, 503 when it cannot be now.
    """
    asked = request.query_params.get("release", "").strip()
    if not asked:
        return
    refused: Problem | None = request.scope.get(REFUSED)
    if refused is not None:
        raise refused
    state = State.of(request)
    if not _DIGEST.fullmatch(asked) and not _VERSION.fullmatch(asked):
        detail = (
            f"“{asked[:80]}” is neither digest nor version of a release: give the first 8 to 64 "
            "hexadecimal digits, or a version such as 1.0.0."
        )
        raise Problem(400, detail, "release", served=state.digest)
    if names(asked, state):
        return
    current = of(state)
    served = f"Release {current.short} of {current.date} is served here"
    folder = state.release.parent
    try:
        kept = shelf.find(folder, asked)
    except shelf.NoSuchRelease:
        held = [one.digest for one in shelf.releases(folder)]
        gone = withdrawal.entries(state.settings.root).releases
        for digest, version, day in reversed(gone):
            if digest.startswith(asked.lower()) or version == asked:
                detail = (
                    f"{served}. Release {digest[:16]} of {day}, version {version}, was published "
                    "and is no longer kept here. Without `release` the address shows what is "
                    "served."
                )
                raise Problem(410, detail, "release", served=state.digest, asked=digest) from None
        others = ", ".join(one[:16] for one in held if one != state.digest) or "none"
        detail = (
            f"{served}, not release {asked}; others that are kept: {others}. A release is rebuilt "
            "from the commit it was made from: check that commit out and run `gcm-graph build`, "
            "which prints the digest; then serve it. Without `release` the address shows what is "
            "served."
        )
        raise Problem(
            404, detail, "release", served=state.digest, asked=asked, releases=held
        ) from None
    detail = (
        f"{served}. Release {kept.digest[:16]}, built {kept.built[:10]} with version "
        f"{kept.version}, is kept but not opened here (`older_releases`): to see it, run a service "
        f"in whose folder of releases `current` points to {kept.folder.name}. What has changed "
        f"since: /changes?from={kept.digest[:16]}. Without `release` the address shows what is "
        "served."
    )
    raise Problem(410, detail, "release", served=state.digest, asked=kept.digest)
