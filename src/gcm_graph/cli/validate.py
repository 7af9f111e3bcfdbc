"""The command ``validate``: anybody's RDF against the project's shapes, or theirs."""

import html
import json
from pathlib import Path
from typing import Annotated

import pyoxigraph as ox
import pyshacl
import rdflib
import typer
from rdflib.namespace import RDF, SH

from gcm_graph.build import check
from gcm_graph.settings import settings

FORMATS = ("text", "turtle", "json", "html")


def validate(
    data: Annotated[list[Path], typer.Argument(help="RDF files: Turtle, TriG, N-Triples, …")],
    shapes: Annotated[Path | None, typer.Option(help="Shapes to use instead of ours.")] = None,
    output: Annotated[
        str, typer.Option("--format", "-f", help="text, turtle, json or html.")
    ] = "text",
) -> None:
    """Validate RDF files with SHACL: exit code 0 conforms, 1 does not, 2 could not run."""
    if output not in FORMATS:
        raise typer.BadParameter(f"“{output}” is none of {', '.join(FORMATS)}")
    try:
        graph = _read(data)
        report = _ours(graph) if shapes is None else _theirs(graph, _read([shapes]))
    except Exception as error:  # whatever the parser or the validator cannot take
        typer.echo(f"could not validate: {error}", err=True)
        raise typer.Exit(2) from error
    conforms = not any(report.subjects(RDF.type, SH.ValidationResult))
    typer.echo(_written(output, conforms, report), nl=False)
    raise typer.Exit(0 if conforms else 1)


def _theirs(graph: rdflib.Graph, rules: rdflib.Graph) -> rdflib.Graph:
    _, report, text = pyshacl.validate(graph, shacl_graph=rules, inference="none", advanced=True)
    if not isinstance(report, rdflib.Graph):
        raise TypeError(text)
    return report


def _ours(graph: rdflib.Graph) -> rdflib.Graph:
    """Validate beside the ontology, which the shapes need; report only on ``graph``."""
    about = set(graph.subjects())
    report = _theirs(graph + _ontology(), check.shapes(settings().root / "ontology" / "shapes"))
    for result in list(report.subjects(RDF.type, SH.ValidationResult)):
        if report.value(result, SH.focusNode) not in about:
            report.remove((result, None, None))
            report.remove((None, SH.result, result))
    return report


def _read(files: list[Path]) -> rdflib.Graph:
    """Return what the files say as one graph, literals as written, graph names left out.

    It knows the prefixes of the files: queries in shapes may use them.
    """
    quads: list[ox.Quad] = []
    prefixes: dict[str, str] = {}
    for path in files:
        base = path.resolve().as_uri()
        parser = ox.parse(path=path, base_iri=base, rename_blank_nodes=True)
        quads += parser
        prefixes |= parser.prefixes
    graph = check.flat(quads)
    for name, namespace in prefixes.items():
        graph.bind(name, namespace, replace=True)
    return graph


def _ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    folder = settings().root / "ontology"
    for path in (*sorted(folder.glob("*.ttl")), *sorted((folder / "schemes").glob("*.ttl"))):
        graph.parse(path, format="turtle")
    return graph


def _turtle(report: rdflib.Graph) -> str:
    """Return the report as Turtle; rdflib would write an ill-typed literal bare."""
    held = ox.parse(report.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    known = {str(name): str(namespace) for name, namespace in report.namespaces()}
    used: dict[str, str] = {n: known[n] for n in ("rdf", "sh", "xsd") if n in known}
    return (ox.serialize(held, format=ox.RdfFormat.TURTLE, prefixes=used) or b"").decode()


def _written(output: str, conforms: bool, report: rdflib.Graph) -> str:
    if output == "turtle":
        return _turtle(report)
    results = [
        {
            "severity": str(report.value(result, SH.resultSeverity)).rpartition("#")[2],
            "focus": str(report.value(result, SH.focusNode)),
            "path": str(report.value(result, SH.resultPath) or ""),
            "value": str(report.value(result, SH.value) or ""),
            "message": str(report.value(result, SH.resultMessage) or ""),
        }
        for result in report.subjects(RDF.type, SH.ValidationResult)
    ]
    results.sort(key=lambda found: (found["focus"], found["path"], found["message"]))
    if output == "json":
        return json.dumps({"conforms": conforms, "results": results}, indent=2) + "\n"
    if output == "text":
        lines = [f"{r['severity'].lower()}: {r['focus']}: {r['message']}" for r in results]
        said = "conforms" if conforms else f"does not conform: {len(results)} results"
        return "\n".join([*lines, said, ""])
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in found.values()) + "</tr>"
        for found in results
    )
    head = "".join(f"<th>{name}</th>" for name in ("Severity", "Thing", "Path", "Value", "Message"))
    said = "conforms" if conforms else f"does not conform: {len(results)} results"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Validation</title>'
        f"<h1>The data {said}</h1><table><tr>{head}</tr>{rows}</table></html>\n"
    )
