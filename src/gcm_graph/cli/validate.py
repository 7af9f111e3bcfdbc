"""The command ``validate``: anybody's RDF against the project's shapes, or theirs."""

from pathlib import Path
from typing import Annotated

import pyoxigraph as ox
import typer

from gcm_graph.build.fault import BuildError
from gcm_graph.release import manifest
from gcm_graph.settings import settings
from gcm_graph.store import embedded
from gcm_graph.store.media import Media
from gcm_graph.validation import posted, writing
from gcm_graph.validation.contribution import Known
from gcm_graph.validation.report import Report
from gcm_graph.validation.shacl import Unusable
from gcm_graph.validation.validator import Validator

HTML = Media("html", "text/html", "html", "HTML", None)
FORMATS = {media.name: media for media in (writing.TEXT, *writing.OFFERS, HTML)}
CONTEXTS = ("release", "none")


def validate(
    data: Annotated[list[Path], typer.Argument(help="RDF files: Turtle, TriG, N-Triples, …")],
    shapes: Annotated[Path | None, typer.Option(help="Shapes to use instead of ours.")] = None,
    output: Annotated[
        str, typer.Option("--format", "-f", help="text, turtle, jsonld, ntriples, json or html.")
    ] = "text",
    context: Annotated[
        str,
        typer.Option(
            help="release: look at the data beside the release that is built, as a contribution "
            "to it; none: look at the data alone. Without it, release when our shapes are used "
            "and a release is built."
        ),
    ] = "",
) -> None:
    """Validate RDF files with SHACL: exit code 0 conforms, 1 does not, 2 could not run."""
    if output not in FORMATS:
        raise typer.BadParameter(f"“{output}” is none of {', '.join(FORMATS)}")
    if context not in {"", *CONTEXTS}:
        raise typer.BadParameter(f"“{context}” is none of {', '.join(CONTEXTS)}")
    try:
        report = _report(data, shapes, context)
    except posted.Unreadable as error:
        place = f"{error.part}:{error.line}" if error.line else error.part
        typer.echo(f"could not validate: {place}: {error}", err=True)
        raise typer.Exit(2) from error
    except (Unusable, BuildError, OSError, ValueError) as error:
        typer.echo(f"could not validate: {error}", err=True)
        raise typer.Exit(2) from error
    typer.echo(writing.write(report, FORMATS[output]), nl=False)
    raise typer.Exit(0 if report.conforms else 1)


def _report(data: list[Path], shapes: Path | None, context: str) -> Report:
    read = _read(data)
    built = (settings().release / "current" / manifest.FILE).is_file()
    beside = context == "release" or (not context and shapes is None and built)
    validator = Validator(settings().root, _known() if beside else None)
    if shapes is None:
        return validator.ours(read, context=beside)
    return validator.others(read, _read([shapes]), context=beside)


def _known() -> Known:
    folder = settings().release / "current"
    return Known(embedded.load(folder), settings().root, embedded.digest_of(folder))


def _read(files: list[Path]) -> posted.Posted:
    """Return what the files say together.

    Raises:
        Unreadable: when one is not RDF; it names the file.
    """
    read = posted.Posted()
    for path in files:
        form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
        syntax = form.media_type if form is not None else ""
        text = path.read_text(encoding="utf-8")
        posted.read(text, syntax, str(path), path.resolve().as_uri(), read)
    return read
