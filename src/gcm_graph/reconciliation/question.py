"""What a client of the reconciliation service asks: batches of queries and of extensions.

Standard: Reconciliation Service API 0.2, sections 4 (queries) and 7 (data extension).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson

from gcm_graph.terms import expand

MOST = 200
"""Queries in one batch."""
LIMIT, LARGEST = 10, 100
"""Candidates of a query, when it does not say how many, and at most."""
MOST_IDS, MOST_PROPERTIES = 1000, 50
"""Things and properties of one data extension."""

STRICT = ("any", "should", "all")
_MEMBERS = ("query", "type", "type_strict", "limit", "properties")


class Fault(ValueError):
    """A question that is not understood; the message says where and what would be right."""


@dataclass(frozen=True)
class Entity:
    """A value that is a thing: its IRI and, perhaps, its name."""

    iri: str


Value: TypeAlias = str | Entity
"""A value that a property of a candidate is compared with."""


@dataclass(frozen=True)
class Restriction:
    """A property with the values that a candidate should have; one of them is enough."""

    iri: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Query:
    """One query.

    Attributes:
        text: the name; empty when only properties are asked for.
        types: classes.
        strict: how ``types`` count: ``any``, ``should`` or ``all``.
        limit: candidates wanted.
        restrictions: properties.
    """

    text: str
    types: tuple[str, ...] = ()
    strict: str = "any"
    limit: int = LIMIT
    restrictions: tuple[Restriction, ...] = ()


@dataclass(frozen=True)
class Column:
    """A property whose values are wanted.

    Attributes:
        iri: the property.
        limit: values at most; 0 for all.
        language: language tag that texts should have; empty for that of the request.
    """

    iri: str
    limit: int = 0
    language: str = ""


@dataclass(frozen=True)
class Extension:
    """A data extension: things, as the client names them with their IRIs, and columns."""

    ids: Mapping[str, str]
    columns: tuple[Column, ...]


Known: TypeAlias = Callable[[str], bool]
"""Tells whether the graph has a term."""


def iri_of(name: object, where: str) -> str:
    """Return the IRI that ``name`` stands for.

    Raises:
        Fault: when it is not text or stands for none.
    """
    if not isinstance(name, str):
        raise Fault(f"{where}: {_shown(name)} is not an identifier; give an IRI as text.")
    try:
        return expand(name.strip())
    except ValueError as error:
        raise Fault(f"{where}: {error}.") from error


def read_batch(text: str, is_class: Known, is_property: Known) -> dict[str, Query]:
    """Return the queries of a batch.

    Args:
        text: the value of ``queries``.
        is_class: tells whether a class is known.
        is_property: tells whether a property is known.

    Raises:
        Fault: when it is not a batch, or asks for a class or property that is not there.
    """
    batch = _object(_json(text, "queries"), "queries", '{"q0": {"query": "IOM"}}')
    if len(batch) > MOST:
        raise Fault(f"queries: {len(batch)} queries; send at most {MOST} at a time.")
    return {key: _query(value, key, is_class, is_property) for key, value in batch.items()}


def _query(value: object, key: str, is_class: Known, is_property: Known) -> Query:
    held = _object(value, key, '{"query": "IOM"}')
    unknown = sorted(set(held) - set(_MEMBERS))
    if unknown:
        raise Fault(f"{key}: “{unknown[0]}” is not a member of a query; {_list(_MEMBERS)} are.")
    text = held.get("query", "")
    if not isinstance(text, str):
        raise Fault(f"{key}.query: {_shown(text)} is not text.")
    restrictions = _restrictions(held.get("properties"), f"{key}.properties", is_property)
    if "query" not in held and not restrictions:
        raise Fault(f"{key}: give `query`, a name, or `properties` with at least one property.")
    types = held.get("type")
    names = [] if types is None else types if isinstance(types, list) else [types]
    classes = tuple(iri_of(name, f"{key}.type") for name in names if name != "")
    for name in classes:
        if not is_class(name):
            detail = "is not a class of this graph; /reconcile/suggest/type finds them."
            raise Fault(f"{key}.type: <{name}> {detail}")
    strict = held.get("type_strict", "any")
    if strict not in STRICT:
        raise Fault(f"{key}.type_strict: {_shown(strict)} is none of {_list(STRICT)}.")
    return Query(text.strip(), classes, strict, _limit(held, key), restrictions)


def _limit(held: Mapping[str, Any], key: str) -> int:
    limit = held.get("limit", LIMIT)
    if not _whole(limit):
        raise Fault(f"{key}.limit: {_shown(limit)} is not a whole number.")
    if limit < 1:
        raise Fault(f"{key}.limit: {_shown(limit)} is less than 1.")
    return min(int(limit), LARGEST)


def _restrictions(value: object, where: str, is_property: Known) -> tuple[Restriction, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MOST_PROPERTIES:
        raise Fault(f"{where}: give a list of at most {MOST_PROPERTIES} properties.")
    found = []
    for i, item in enumerate(value):
        here = f"{where}[{i}]"
        held = _object(item, here, '{"pid": "gcm:isoAlpha3", "v": "MAR"}')
        if "pid" not in held or "v" not in held:
            raise Fault(f"{here}: give `pid`, a property, and `v`, its value or values.")
        iri = _property(held["pid"], f"{here}.pid", is_property)
        values = held["v"] if isinstance(held["v"], list) else [held["v"]]
        found.append(Restriction(iri, tuple(_value(v, f"{here}.v") for v in values)))
    return tuple(found)


def _property(name: object, where: str, is_property: Known) -> str:
    iri = iri_of(name, where)
    if not is_property(iri):
        detail = "is not a property in this graph; /reconcile/suggest/property finds them."
        raise Fault(f"{where}: <{iri}> {detail}")
    return iri


def _value(value: object, where: str) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value).strip()
    if isinstance(value, dict) and "id" in value:
        return Entity(iri_of(value["id"], f"{where}.id"))
    raise Fault(f'{where}: give text, a number, true, false or {{"id": "body/iom"}}.')


def read_extension(text: str, is_property: Known) -> Extension:
    """Return a data extension query.

    Args:
        text: the value of ``extend``.
        is_property: tells whether a property is known.

    Raises:
        Fault: when it is not one, or asks for a property that is not there.
    """
    example = '{"ids": ["body/iom"], "properties": [{"id": "skos:altLabel"}]}'
    held = _object(_json(text, "extend"), "extend", example)
    ids, columns = held.get("ids"), held.get("properties")
    if not isinstance(ids, list) or not isinstance(columns, list):
        raise Fault(f"extend: give `ids` and `properties`, two lists, such as {example}.")
    if len(ids) > MOST_IDS or len(columns) > MOST_PROPERTIES:
        raise Fault(f"extend: send at most {MOST_IDS} ids and {MOST_PROPERTIES} properties.")
    return Extension(
        {str(name): iri_of(name, f"extend.ids[{i}]") for i, name in enumerate(ids)},
        tuple(
            _column(item, f"extend.properties[{i}]", is_property) for i, item in enumerate(columns)
        ),
    )


def _column(item: object, where: str, is_property: Known) -> Column:
    held = _object(item, where, '{"id": "skos:altLabel"}')
    if "id" not in held:
        raise Fault(f"{where}: give `id`, a property.")
    iri = _property(held["id"], f"{where}.id", is_property)
    settings = _object(held.get("settings") or {}, f"{where}.settings", '{"limit": 1}')
    limit, language = settings.get("limit") or 0, settings.get("language") or ""
    if isinstance(limit, str) and limit.isascii() and limit.isdigit() and len(limit) < 10:
        limit = int(limit)
    if not _whole(limit) or limit < 0:
        raise Fault(f"{where}.settings.limit: {_shown(limit)} is not a whole number from 0.")
    if not isinstance(language, str):
        raise Fault(f"{where}.settings.language: {_shown(language)} is not a language tag.")
    return Column(iri, int(limit), language.strip().lower())


def _whole(value: object) -> bool:
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def _json(text: str, where: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Fault(f"{where}: this is not JSON ({error}).") from error


def _object(value: object, where: str, example: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Fault(f"{where}: {_shown(value)} is not an object; give one such as {example}.")
    return value


def _shown(value: object) -> str:
    text = orjson.dumps(value).decode()
    return text if len(text) <= 40 else text[:40] + "…"


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names[:-1]) + f" and `{names[-1]}`"
