"""The release in an address: ``?release=`` must be the one that is served."""

import re

from starlette.requests import Request

from gcm_graph.citation.subject import Edition
from gcm_graph.release import shelf
from gcm_graph.service import display
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State

_DIGEST = re.compile(r"[0-9a-fA-F]{8,64}")


def of(state: State) -> Edition:
    """Return the release that is served, as citations name it."""
    return Edition(state.digest, display.release_of(state.release).date)


def check(request: Request) -> None:
    """Let a request pass that names no release, or the one that is served.

    Raises:
        Problem: 400 when ``release`` is no digest, 410 when it is a release that is kept but no
            longer served, 404 when it is not known here.
    """
    asked = request.query_params.get("release", "").strip()
    if not asked:
        return
    state = State.of(request)
    if not _DIGEST.fullmatch(asked):
        detail = f"“{asked}” is no digest of a release: give its first 8 to 64 hexadecimal digits."
        raise Problem(400, detail, "release", served=state.digest)
    if state.digest.startswith(asked.lower()):
        return
    current = of(state)
    served = f"Release {current.short} of {current.date} is served here"
    try:
        kept = shelf.find(state.release.parent, asked)
    except shelf.NoSuchRelease:
        detail = (
            f"{served}, not release {asked}. A release is rebuilt from the commit it was made "
            "from: check that commit out and run `gcm-graph build`, which prints the digest; "
            "then serve it. Without `release` the address shows what is served."
        )
        raise Problem(404, detail, "release", served=state.digest, asked=asked) from None
    detail = (
        f"{served}. Release {kept.digest[:16]}, built {kept.built[:10]} with version "
        f"{kept.version}, is kept but no longer served: to see it, run a service in whose folder "
        f"of releases `current` points to {kept.folder.name}. What has changed since: "
        f"/changes?from={kept.digest[:16]}. Without `release` the address shows what is served."
    )
    raise Problem(410, detail, "release", served=state.digest, asked=kept.digest)
