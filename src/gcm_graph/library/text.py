"""The texts of the service's queries, read one by one when they are first asked for."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from gcm_graph.library import query_file
from gcm_graph.library.header import SERVICE


class Texts(Mapping[str, str]):
    """The queries of the group ``service`` below a folder, by name.

    A start needs few of them, and reading all headers takes a third of a second; `Catalogue`
    reads and checks every file.

    Args:
        folder: folder of the library.

    Raises:
        FileNotFoundError: when it has no file for the service.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = {
            path.stem: path
            for path in sorted(folder.rglob("*.rq"))
            if f"group: {SERVICE}" in path.read_text(encoding="utf-8")
        }
        self._read: dict[str, str] = {}
        if not self._files:
            raise FileNotFoundError(f"{folder} holds no query of the service")

    def __getitem__(self, name: str) -> str:
        """Return the query ``name``.

        Raises:
            KeyError: when there is no such query.
            QueryFileError: when its file is wrong.
        """
        if name not in self._read:
            path = self._files[name]
            shown = f"{self._folder.name}/{path.relative_to(self._folder).as_posix()}"
            question = query_file.read(name, shown, path.read_text(encoding="utf-8"))
            self._read[name] = question.query
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, name: object) -> bool:
        return name in self._files
