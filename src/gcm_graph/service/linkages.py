"""The view of linkages: what is linked to what as a matrix, each cell with who says so."""

import csv
import io
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gcm_graph.service import display, matrix, representation
from gcm_graph.service.language import language_of
from gcm_graph.service.matrix import Cell, Head, Matrix
from gcm_graph.service.negotiation import HTML, JSON
from gcm_graph.service.page import render
from gcm_graph.service.state import State
from gcm_graph.store.media import SOLUTIONS, Media

CSV = next(media for media in SOLUTIONS if media.name == "csv")
SVG = Media("svg", "image/svg+xml", "svg", "SVG", None)
OFFERS = (HTML, JSON, CSV, SVG)
"""What the matrix can be had as."""


def show(request: Request) -> Response:
    """Answer ``/linkages``: the matrix of what is linked to what.

    Raises:
        Problem: 400 for a value that there is not, 406.
    """
    media = representation.choose(request, request.path_params.get("suffix", ""), OFFERS)
    language = language_of(request)
    chosen = matrix.read(State.of(request).reader.speaking(language), request.query_params)

    def body() -> Response | bytes:
        cells = chosen.cells()
        if media.name == "json":
            return representation.plain(as_json(chosen, cells, State.of(request).digest))
        if media.name == "csv":
            return as_csv(chosen, cells).encode()
        down, across = chosen.shown(cells)
        context = {
            "chosen": chosen,
            "cells": cells,
            "down": down,
            "across": across,
            "release": display.release_of(State.of(request).release),
        }
        if media.name == "svg":
            return render("linkages_matrix.svg", context, language).encode()
        whole = chosen.address(cell="")
        more = {
            "kinds": matrix.OFFERED,
            "explained": explained(chosen, cells),
            "silent": silent(chosen, cells),
            "formats": display.formats(f"{whole}&", OFFERS[1:], suffixed=False),
        }
        return display.show(request, "linkages.html", {**context, **more})

    return representation.respond(request, media, body, "linkages", ())


def explained(chosen: Matrix, cells: Mapping[str, Cell]) -> Cell | None:
    """Return the cell that the address asks to have explained, when the filters leave it."""
    return cells.get(chosen.cell)


def silent(chosen: Matrix, cells: Mapping[str, Cell]) -> list[tuple[str, str]]:
    """Return key and name of the sources that link the row of the explained cell otherwise.

    They link the same thing to others of the kind of the columns and do not name this one.
    """
    cell = cells.get(chosen.cell)
    if cell is None:
        return []
    said = {matrix.key(p.source.iri) for one in cell.linkages for p in one.passages}
    heard = {
        matrix.key(place.source.iri)
        for one in chosen.found
        if one.row.iri == cell.row.ref.iri
        for place in one.passages
    }
    return [pair for pair in chosen.sources if pair[0] in heard - said]


def as_json(chosen: Matrix, cells: Mapping[str, Cell], digest: str) -> dict[str, object]:
    """Return the matrix for programs: heads with totals, and every cell with its passages."""
    down, across = chosen.shown(cells)
    return {
        "release": digest,
        "rows_of": chosen.rows,
        "columns_of": chosen.columns,
        "selection": {
            name: getattr(chosen, name) for name in ("sort", "order", "q", "source", "evidence")
        },
        "rows": [_told(one) for one in down],
        "columns": [_told(one) for one in across],
        "cells": [
            {
                "key": one.key,
                "row": one.row.ref.iri,
                "column": one.column.ref.iri,
                "witnesses": one.witnesses,
                "official": one.official,
                "linkages": [
                    {
                        "relation": link.relation,
                        "forward": link.forward,
                        "witnesses": link.witnesses,
                        "publishers": link.publishers,
                        "passages": link.passages,
                    }
                    for link in one.linkages
                ],
            }
            for one in cells.values()
        ],
    }


def _told(head: Head) -> dict[str, object]:
    return {"thing": head.ref, "key": head.key, "number": head.short, "links": head.links}


HEADINGS = (
    "row", "row_iri", "row_number", "column", "column_iri", "column_number", "relation",
    "relation_iri", "said_of", "witnesses", "evidence", "publishers", "passages",
)  # fmt: skip
"""The columns of the matrix as CSV: a line for each row, column and relation."""


def as_csv(chosen: Matrix, cells: Mapping[str, Cell]) -> str:
    """Return the linkages as CSV (RFC 4180), in the order of the rows; passages are IRIs."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    down, across = chosen.shown(cells)
    keys = [f"{row.key}~{column.key}" for row in down for column in across]
    for cell in (cells[name] for name in keys if name in cells):
        for one in cell.linkages:
            primary = any(place.kind == "primary" for place in one.passages)
            writer.writerow(
                [
                    one.row.label,
                    one.row.iri,
                    cell.row.short,
                    one.column.label,
                    one.column.iri,
                    cell.column.short,
                    one.relation.label,
                    one.relation.iri,
                    "row" if one.forward else "column",
                    one.witnesses,
                    "official" if primary else "secondary",
                    "; ".join(one.publishers),
                    " ".join(place.iri for place in one.passages),
                ]
            )
    return out.getvalue()


ROUTES = [Route("/linkages", show), Route("/linkages.{suffix}", show)]
