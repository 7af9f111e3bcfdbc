"""The table of settings: ``docs/settings.md``."""

from gcm_graph.settings import Settings

_HEAD = """\
# Settings

Every setting is an environment variable. The table is generated from the settings themselves
(`make docs`).

| variable | default | meaning |
|---|---|---|
"""


def render() -> str:
    """Return the table as Markdown."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = "the project's folder" if name == "root" else field.default
        shown = f"{default:,}" if isinstance(default, int) else f"{default}"
        rows.append(f"| `GCM_{name.upper()}` | {shown} | {field.description} |\n")
    return _HEAD + "".join(rows)
