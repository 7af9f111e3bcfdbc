"""What is no longer there: a released IRI leads to what replaces it, or says why it is gone."""

from functools import lru_cache
from pathlib import Path

from starlette.requests import Request

from gcm_graph.namespaces import BASE
from gcm_graph.release import register
from gcm_graph.release.register import Register
from gcm_graph.service.problem import Problem
from gcm_graph.service.state import State
from gcm_graph.terms import local_path


@lru_cache(maxsize=2)
def entries(root: Path) -> Register:
    """Return the register of the project in ``root``, read once."""
    return register.read(root)


def unknown(request: Request, iri: str, suffix: str = "") -> Problem:
    """Return the problem for an IRI of which the graph says nothing.

    301 with the address of what replaces it, 410 with the reason when nothing does, else 404.

    Args:
        request: what is answered; its query is kept.
        iri: the IRI.
        suffix: suffix of the representation that the address named, or empty.
    """
    known = entries(State.of(request).settings.root)
    one = known.withdrawn.get(iri.removeprefix(BASE)) if iri.startswith(BASE) else None
    if one is None:
        detail = f"Nothing is known of <{iri}>. The search finds things by name."
        return Problem(404, detail, "unknown")
    successor = known.successor(one.iri)
    if not successor:
        detail = f"<{iri}> was withdrawn on {one.date}: {one.reason}"
        return Problem(410, detail, "withdrawn", withdrawn=one.date)
    replaced = BASE + successor
    path = f"/{local_path(replaced)}" + (f".{suffix}" if suffix else "")
    address = str(request.url.replace(path=request.scope.get("root_path", "") + path))
    detail = f"<{iri}> was replaced by <{replaced}> on {one.date}: {one.reason}"
    headers = {"Location": address, "Link": f'<{replaced}>; rel="successor-version"'}
    return Problem(301, detail, "replaced", headers, isReplacedBy=replaced)
