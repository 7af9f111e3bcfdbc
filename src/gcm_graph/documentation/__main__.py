"""``python -m gcm_graph.documentation`` writes the generated documents anew."""

from gcm_graph.documentation import DOCUMENTS
from gcm_graph.settings import assets_root

folder = assets_root() / "docs"
folder.mkdir(exist_ok=True)
for name, render in DOCUMENTS.items():
    (folder / name).write_text(render(), encoding="utf-8")
