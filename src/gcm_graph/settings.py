"""The settings: one table, with default and meaning.

Each setting is an environment variable ``GCM_<NAME>`` (upper case).
"""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
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
    answer_seconds: float = Field(
        default=60.0,
        gt=0,
        description="Seconds in which a client must have taken the whole answer of a query.",
    )
    query_workers: int = Field(
        default=3, ge=1, description="Free-form queries that run at the same time."
    )
    query_waiting: int = Field(
        default=128, ge=0, description="Free-form queries that may wait for a worker."
    )
    query_client: int = Field(
        default=32, ge=0, description="Free-form queries of one client that may wait."
    )
    log_requests: bool = Field(
        default=False,
        description="Whether every request is logged; failures (5xx) and what takes more than a "
        "second always are.",
    )
    watch_seconds: float = Field(
        default=2.0,
        ge=0,
        description="Seconds after which the service looks whether another release is current; "
        "0 leaves that to SIGHUP.",
    )
    shutdown_seconds: int = Field(
        default=15, ge=1, description="Seconds that requests have to end when the service stops."
    )
    cache_bytes: int = Field(
        default=67_108_864,
        ge=0,
        description="Bytes that the cache of answers may take; 0 keeps none.",
    )
    query_bytes: int = Field(
        default=65_536, ge=1, description="Bytes that the text of a query may have."
    )
    request_bytes: int = Field(
        default=1_048_576, ge=1, description="Bytes that the body of a request may have."
    )
    query_depth: int = Field(
        default=100, ge=1, description="How deep the brackets of a query may be nested."
    )
    address_bytes: int = Field(
        default=16_384, ge=256, description="Bytes that the address of a request may have."
    )
    header_bytes: int = Field(
        default=32_768, ge=1024, description="Bytes that the header of a request may have."
    )
    header_seconds: float = Field(
        default=10.0, gt=0, description="Seconds in which the header of a request must be whole."
    )
    body_seconds: float = Field(
        default=30.0, gt=0, description="Seconds in which the body of a request must be whole."
    )
    connections: int = Field(
        default=512, ge=1, description="Connections that may be open at the same time."
    )
    hosts: str = Field(
        default="",
        description="Names under which the service may be asked, separated by commas; any if "
        "empty.",
    )
    answer_bytes: int = Field(
        default=67_108_864, ge=1, description="Bytes that the answer to a query may have."
    )
    memory_quads: int = Field(
        default=2_000_000,
        ge=0,
        description="Statements up to which a release is held in memory, which is two to four "
        "times as fast; a larger one is read from disk.",
    )
    worker_memory: int = Field(
        default=1_073_741_824,
        ge=0,
        description="Bytes that one free-form query may allocate; 0 for no limit.",
    )
    validation_seconds: float = Field(
        default=20.0, gt=0, description="Seconds after which a validation is stopped."
    )
    validation_workers: int = Field(
        default=2, ge=1, description="Validations that run at the same time."
    )
    older_releases: int = Field(
        default=2,
        ge=0,
        description="Releases before the current one that may be open at a time for `?release=`.",
    )
    lineage_depth: int = Field(
        default=8, ge=1, le=20, description="Steps that a chain of a lineage may have."
    )
    lineage_chains: int = Field(
        default=60, ge=1, description="Chains that a lineage lists, the shortest first."
    )
    answer_rows: int = Field(
        default=10_000,
        ge=1,
        le=1_000_000,
        description="Rows that one page of the answer to a library query may have.",
    )
    endpoint: str = Field(
        default="",
        description="Address of a SPARQL 1.1 query service that holds the release; without one "
        "the release is read here.",
    )
    endpoint_user: str = Field(
        default="", description="User name at the endpoint, where it asks for one."
    )
    endpoint_password: SecretStr = Field(
        default=SecretStr(""), description="Password at the endpoint; it is written nowhere."
    )
    endpoint_seconds: float = Field(
        default=30.0, gt=0, description="Seconds that the endpoint has for one of our own queries."
    )
    endpoint_connections: int = Field(
        default=8, ge=1, description="Requests to the endpoint that run at the same time."
    )
    endpoint_retries: int = Field(
        default=2, ge=0, description="How often a query is sent again when the connection breaks."
    )
    page_size: int = Field(default=100, ge=1, le=1000, description="Rows on a page of a list.")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
