"""The profiles of what is sent in RDF for a thing: how much a representation says."""

from dataclasses import dataclass

from gcm_graph.graph.serialization import carries_graphs
from gcm_graph.namespaces import BASE
from gcm_graph.store.media import GRAPHS, Media

SPACE = BASE + "profile/"
_WITH_GRAPHS = tuple(m for m in GRAPHS if m.name in {"trig", "jsonld", "nquads"})
_WITHOUT = tuple(m for m in GRAPHS if m.name not in {"trig", "nquads"})


@dataclass(frozen=True)
class Profile:
    """A profile of the representations of a thing, a source or a passage.

    Attributes:
        token: its short name.
        title: its name for people.
        says: what a representation in it says.
        media: the representations that can be had in it, the preferred one first.
    """

    token: str
    title: str
    says: str
    media: tuple[Media, ...]

    @property
    def iri(self) -> str:
        """The IRI of the profile."""
        return SPACE + self.token


PLAIN = Profile(
    "plain",
    "Plain",
    "The statements about a thing and its dated relations as the merge holds them: each once, "
    "without the passages they rest on.",
    (*_WITHOUT, *(m for m in GRAPHS if m not in _WITHOUT)),
)
PASSAGES = Profile(
    "with-passages",
    "With passages",
    "Every statement in the named graph of the passage it rests on, and the descriptions of "
    "these passages and of their sources.",
    _WITH_GRAPHS,
)
LABELS = Profile(
    "with-labels",
    "With labels",
    "The plain statements, and the preferred labels of everything they name, so that a program "
    "can show them without asking again.",
    PLAIN.media,
)
PROFILES = (PLAIN, PASSAGES, LABELS)
"""The profiles on offer, the preferred one first."""


def default(media: Media) -> Profile | None:
    """Return the profile of a representation when none was asked for; none for pages and JSON."""
    if all(media.name != one.name for one in GRAPHS):
        return None
    return PASSAGES if carries_graphs(media) else PLAIN


def named(name: str) -> Profile | None:
    """Return the profile with this token or IRI."""
    wanted = name.strip().strip("<>")
    return next((one for one in PROFILES if wanted in {one.token, one.iri}), None)
