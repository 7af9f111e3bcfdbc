"""The settings of the build: one table, with default and meaning.

Each setting is an environment variable ``GCM_<NAME>`` (upper case).
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


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
