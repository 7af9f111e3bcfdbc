"""The views in OpenAPI: pages for people whose every state is also data, by suffix or `Accept`."""

from collections.abc import Sequence

from gcm_graph.service import (
    comparison,
    lineage,
    linkages,
    matrix,
    measure,
    neighbourhood,
    outlook,
    overlap,
    processes,
    selection,
    states,
    timeline,
)
from gcm_graph.service.openapi.part import OBJECT, TEXT, Json, query, resource, schema, shown
from gcm_graph.store.media import Media

_TAG = "Views"
_REF = schema("Ref")
_COUNT: Json = {"type": "integer", "minimum": 0}
_FLAG: Json = {"type": "boolean"}


def paths() -> Json:
    """Return the path items by path; every view also has its suffixes."""
    return {
        **_lineage(),
        **_timeline(),
        **_linkages(),
        **_neighbourhood(),
        **_states(),
        **_comparison(),
        **_processes(),
    }


def _view(
    path: str,
    words: str,
    parameters: list[Json],
    offers: tuple[Media, ...],
    plain: Json,
    example: Json | None = None,
) -> Json:
    """Return the path items of a view: at its address, and with a suffix."""
    name = path.strip("/").replace("/", "-")
    suffix: Json = {
        "name": "suffix",
        "in": "path",
        "required": True,
        "description": "Suffix of the representation; before `format` and `Accept`.",
        "schema": {"type": "string", "enum": [media.suffix for media in offers]},
        "example": "csv",
    }
    return {
        path: shown(example or {}, resource(name, _TAG, words, parameters, offers, plain)),
        f"{path}.{{suffix}}": shown(example or {}, resource(
            f"{name}-as", _TAG, f"{words} The suffix says as what.", [suffix, *parameters], offers,
            plain,
        )),
    }  # fmt: skip


def _object(**members: Json) -> Json:
    return {"type": "object", "required": list(members), "properties": members}


def _many(items: Json) -> Json:
    return {"type": "array", "items": items}


def _maybe(one: Json) -> Json:
    return {"anyOf": [one, {"type": "null"}]}


def _one_of(name: str, description: str, allowed: Sequence[str], default: str = "") -> Json:
    held: Json = {"type": "string", "enum": ["", *allowed]}
    return query(name, description, {**held, "default": default} if default else held)


def _words(name: str, description: str, example: str, most: int = 200) -> Json:
    return query(name, description, {"type": "string", "maxLength": most}, example=example)


def _lineage() -> Json:
    return _view(
        "/lineage",
        "The chains by which one thing goes back to another; without `from` and `to` the whole"
        " architecture in time. In CSV each row is a step.",
        [
            query("from", "The later thing.", example="forum/imrf"),
            query("to", "The earlier thing.", example="body/gcim"),
            query("as-of", "Only what had come about by this date (EDTF).", example="2018"),
            query("hide", "Relations to leave out, with commas.", example="cites,recalls"),
            query("fold", "Lanes of which the drawing shows only the name, with commas."),
            query("open", "Bundles that the drawing shows thing by thing, with commas."),
            query("step", "Key of the step that is picked out."),
            _one_of("layout", "How the chains are drawn.", outlook.LAYOUTS),
        ],
        lineage.OFFERS,
        {"anyOf": [schema("LineageChains"), OBJECT]},
    )


def _timeline() -> Json:
    return _view(
        "/timeline",
        "What began, ended, was adopted, held or published, and when.",
        [
            query("class", "Only things of this class.", example="gcm:Session"),
            query("thing", "Only this thing and those one statement away from it."),
            query("from", "First day (EDTF).", example="2016"),
            query("to", "Last day (EDTF).", example="2018-12"),
            query("page", "Page of the list that a person reads."),
        ],
        timeline.OFFERS,
        _object(
            release=TEXT, selection=OBJECT, total=_COUNT, items=_many(schema("Occurrence"))
        ),
    )  # fmt: skip


def _linkages() -> Json:
    head = _object(thing=_REF, key=TEXT, number=TEXT, links=_COUNT)
    one = _object(
        relation=_REF, forward=_FLAG, witnesses=_COUNT, publishers=_many(TEXT),
        passages=_many(schema("Passage")),
    )  # fmt: skip
    cell = _object(
        key=TEXT, row=TEXT, column=TEXT, witnesses=_COUNT, official=_FLAG, linkages=_many(one)
    )
    return _view(
        "/linkages",
        "The matrix of what is linked to what: objectives and targets, round tables, workstreams."
        " Each cell names the passages that say it and who published them.",
        [
            _one_of("rows", "Kind of the rows.", matrix.OFFERED, "objective"),
            _one_of("columns", "Kind of the columns.", matrix.OFFERED, "target"),
            _words("sort", f"Order of the rows: {', '.join(matrix.SORTS)}, or the key of a column.",
                   "-links"),
            _one_of("order", "Order of the columns.", matrix.ORDERS),
            _words("q", "Words that the row or the column must have.", "trafficking"),
            _words("source", "Key of a source that must say it.", "A-RES-73-195"),
            _one_of("evidence", "What it must rest on.", matrix.EVIDENCE),
            query("cell", "Key of the cell that the page explains: `row~column`."),
        ],
        linkages.OFFERS,
        _object(
            release=TEXT, rows_of=TEXT, columns_of=TEXT, selection=OBJECT, rows=_many(head),
            columns=_many(head), cells=_many(cell),
        ),
    )  # fmt: skip


def _neighbourhood() -> Json:
    node = _object(
        iri=TEXT, name=TEXT, label=TEXT, path=TEXT, symbol=TEXT, kind=TEXT, family=TEXT,
        x={"type": "number"}, y={"type": "number"},
    )  # fmt: skip
    passage = _object(iri=TEXT, path=TEXT, cited=TEXT)
    edge = _object(
        source=TEXT, target=TEXT, relation=TEXT, label=TEXT, until=TEXT, passages=_many(passage)
    )
    return _view(
        "/neighbourhood",
        "The graph around a thing. Each edge names its passages. Programs must say which thing.",
        [
            query("thing", "The thing in the middle.", example="body/un-network-on-migration"),
            _one_of("depth", "Steps from the thing.", ("1", "2")),
            query("relations", "Relations to keep to, with commas.", example="gcm:coordinator"),
            query("hidden", "Relations and families of things to hide, with commas."),
            query("expanded", "Things whose own edges are shown too, with commas."),
            query("pinned", "Places of things that stay put: `body:iom@120,-40;…`."),
            _words("q", "Words to look for in the picture.", "fund"),
        ],
        neighbourhood.OFFERS,
        _object(
            centre=TEXT, depth=_COUNT, truncated=_FLAG, nodes=_many(node), edges=_many(edge)
        ),
        {"thing": "body/un-network-on-migration"},
    )  # fmt: skip


def _states() -> Json:
    facts = _many(schema("Fact"))
    total = _object(key=TEXT, label=TEXT, states=_COUNT, recorded=_many(schema("Total")))
    band = _object(group=_maybe(_REF), states=_COUNT, counts=OBJECT)
    state = _object(
        state=_REF, iso3=TEXT, m49=TEXT, group=_maybe(_REF), regions=_many(_REF), category=TEXT,
        votes=facts, earlier_stands=facts, later_stands=facts,
    )  # fmt: skip
    sorts = [sign + name for name in selection.SORTS for sign in ("", "-")]
    return _view(
        "/states",
        "States by vote, stand, processes, reviews or pledges, with totals of each group.",
        [
            _words("instrument", "The vote: an adopted instrument.", "gcm"),
            _one_of("measure", "By what States are told apart.", measure.NAMES, measure.VOTE),
            _words("region", "Only States of this region (M49), by the slug of its address.",
                   "africa"),
            _words("group", "Only States of this regional group, by the slug of its address.",
                   "african-group"),
            _words("choice", "Only States in this category of the measure.", "abstained"),
            _one_of("by", "How totals are broken down.", selection.GROUPINGS),
            _one_of("sort", "Order of the States.", sorts),
        ],
        states.OFFERS,
        _object(
            release=TEXT, vote=schema("Ballot"), measure=TEXT, selection=OBJECT,
            totals=_many(total), bands=_many(band), states=_many(state),
        ),
    )  # fmt: skip


def _comparison() -> Json:
    state = _object(
        state=_REF, iso3=TEXT, m49=TEXT, group=_maybe(_REF), regions=_many(_REF), champion=_FLAG
    )
    line = _object(
        about=_REF, differs=_FLAG, partial=_FLAG, states=_many(_many(schema("Fact")))
    )  # fmt: skip
    sections = dict.fromkeys(comparison.SECTIONS, _many(line))
    names: Json = {
        "type": "array",
        "items": {"type": "string", "maxLength": 200},
        "maxItems": 20,
    }
    return _view(
        "/states/compare",
        "Two to four States side by side: what they share and where they part.",
        [query("state", "A State by slug, IRI, ISO or M49 code; give it once for each.", names,
               example=["chile", "brazil"])],
        comparison.OFFERS,
        _object(release=TEXT, states=_many(state), **sections),
        {"state": ["chile", "brazil"]},
    )  # fmt: skip


def _processes() -> Json:
    facts = _many(schema("Fact"))
    process = _object(
        process=_REF, status=TEXT, begins=_many(OBJECT), ends=_many(OBJECT), states=_COUNT,
        meetings=_many(OBJECT),
    )  # fmt: skip
    overlap_of = _object(
        first=TEXT, second=TEXT, common=_COUNT, either=_COUNT, jaccard={"type": "number"}
    )
    common = _object(state=_REF, iso3=TEXT, first=facts, second=facts)
    parts = tuple(dict.fromkeys(one for held in processes.PARTS.values() for one in held))
    return _view(
        "/processes",
        "The regional processes, how far their circles of States overlap, and their meetings.",
        [
            _words("region", "Only processes of this region, by the slug of its address.",
                   "africa"),
            _one_of("status", "Only processes of this status.", overlap.STATUSES),
            _words("first", "A process that is compared, by the slug of its address.",
                   "rabat-process"),
            _words("second", "The process that it is compared with.", "khartoum-process"),
            _one_of("show", "What the cells of the matrix hold.", overlap.SHOWS),
            _one_of("sort", "Order of the processes.", overlap.SORTS),
            _one_of("part", "Which table or picture, as CSV or SVG.", parts),
        ],
        processes.OFFERS,
        _object(
            release=TEXT, selection=OBJECT, processes=_many(process), overlaps=_many(overlap_of),
            shared=_many(common),
        ),
    )  # fmt: skip
