"""``python -m gcm_graph.documentation`` writes the generated documents anew."""

from pathlib import Path
from tempfile import TemporaryDirectory

from gcm_graph.build import pipeline
from gcm_graph.documentation import DOCUMENTS, coverage, picture
from gcm_graph.settings import assets_root
from gcm_graph.store import embedded


def write(folder: Path) -> None:
    """Write every generated document and the picture into ``folder``.

    Raises:
        BuildError: when the project does not build, so that there is nothing to draw.
    """
    folder.mkdir(exist_ok=True)
    for name, render in DOCUMENTS.items():
        (folder / name).write_text(render(), encoding="utf-8")
    with TemporaryDirectory() as made:
        release = pipeline.build(assets_root(), Path(made))
        store = embedded.Embedded(embedded.load(release.folder), release.digest)
        (folder / "coverage.md").write_text(coverage.render(store), encoding="utf-8")
        (folder / "lineage.svg").write_text(picture.render(store), encoding="utf-8")


if __name__ == "__main__":
    write(assets_root() / "docs")
