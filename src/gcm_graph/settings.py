"""The settings of the build and the service: one table, with default and meaning.

Each setting is an environment variable ``GCM_<NAME>`` (upper case). ``docs/settings.md`` is
generated from this table and a test fails when the two differ.
"""

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def assets_root() -> Path:
    """Return the folder that holds ``ontology/``, ``data/`` and ``queries/``.

    In a checkout that is the checkout itself; in an installed wheel it is ``share/``
    inside the package.
    """
    package = Path(__file__).resolve().parent
    checkout = package.parent.parent
    if (checkout / "ontology").is_dir() and (checkout / "pyproject.toml").is_file():
        return checkout
    return package / "share"


class Settings(BaseSettings):
    """Every setting of the project, read from the environment."""

    model_config = SettingsConfigDict(env_prefix="GCM_", extra="ignore", frozen=True)

    root: Path = Field(
        default_factory=assets_root,
        description="Folder with `ontology/`, `data/` and `queries/`.",
    )
    release: Path = Field(
        default=Path("release"),
        description="Folder of built releases; `current` in it points to the one that is served.",
    )
    query_seconds: float = Field(
        default=10.0, gt=0, description="Seconds after which a free-form query is stopped."
    )
    query_workers: int = Field(
        default=3, ge=1, description="Worker processes that answer free-form queries at one time."
    )
    query_waiting: int = Field(
        default=32, ge=0, description="Free-form queries that may wait for a worker; more get 503."
    )
    query_bytes: int = Field(
        default=65_536, ge=1024, description="Longest query text that is accepted, in bytes."
    )
    request_bytes: int = Field(
        default=1_048_576, ge=1024, description="Largest request body that is accepted, in bytes."
    )
    answer_bytes: int = Field(
        default=64 * 1024 * 1024,
        ge=1024,
        description="Largest answer of a free-form query, in bytes.",
    )
    worker_memory: int = Field(
        default=1024 * 1024 * 1024,
        ge=64 * 1024 * 1024,
        description="Memory that one query may take beyond the graph itself, in bytes.",
    )
    memory_quads: int = Field(
        default=1_000_000,
        ge=0,
        description="Releases up to this many quads are held in memory, larger ones stay on disk.",
    )
    lineage_depth: int = Field(
        default=8, ge=1, le=20, description="Longest chain, in steps, that a lineage looks for."
    )
    lineage_chains: int = Field(
        default=60, ge=1, description="Most chains that one lineage answer lists."
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
