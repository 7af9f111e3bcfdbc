"""What pages say to search engines: Schema.org in JSON-LD, as a data block without script.

Nothing is said here that the graph does not state. A date is given only when its source gives a
plain one: Schema.org has no words for "about 2006".
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from markupsafe import Markup

from gcm_graph.build.description import ABOUT, TITLE
from gcm_graph.graph.moment import Spans
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Source, Thing
from gcm_graph.namespaces import BASE, DEF
from gcm_graph.release import manifest
from gcm_graph.service.download import files
from gcm_graph.service.representation import LICENCE

_CLASSES = (
    ("State", "Country"),
    ("Territory", "AdministrativeArea"),
    ("Person", "Person"),
    ("Programme", "Project"),
    ("Fund", "Organization"),
    ("Body", "Organization"),
    ("Forum", "Organization"),
    ("ConsultativeProcess", "Organization"),
    ("StakeholderOrganization", "Organization"),
    ("BodyChange", "Event"),
    ("Event", "Event"),
    ("Report", "Report"),
    ("Instrument", "Legislation"),
    ("Provision", "Legislation"),
    ("Document", "CreativeWork"),
)
"""Class of the ontology and type of Schema.org, the narrower class first."""

_DATES = {
    "Organization": ("foundingDate", "dissolutionDate"),
    "Event": ("startDate", "endDate"),
    "Legislation": ("legislationDate", ""),
    "Report": ("datePublished", ""),
}
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_DATASET = BASE + "dataset"
_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def of_thing(reader: Reader, found: Thing, spans: Spans) -> Markup:
    """Return what Schema.org can say of a thing; a class that it lacks is a ``Thing``."""
    iri = found.ref.iri
    kind = _kind(reader, iri)
    told: dict[str, Any] = {
        "@type": kind,
        "name": found.ref.label,
        "inLanguage": found.ref.language if kind in {"Legislation", "Report"} else "",
        "alternateName": list(found.alternatives),
        "description": found.summary,
        "identifier": found.ref.identifier,
        "sameAs": [one.iri for one in found.same_as],
    }
    first, last = _DATES.get(kind, ("", ""))
    span = spans.of(iri)
    ends = span.ends or (span.begins if kind == "Event" else "")
    dates = {first: span.begins, last: ends}
    told |= {name: value for name, value in dates.items() if name and _ISO.fullmatch(value)}
    return _block(iri, told)


def of_source(found: Source) -> Markup:
    """Return what Schema.org can say of a document as published."""
    told: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": found.ref.label,
        "identifier": found.ref.identifier,
        "datePublished": found.date if _ISO.fullmatch(found.date) else "",
        "sameAs": found.address if found.address.startswith(("http://", "https://")) else "",
    }
    if found.publisher:
        told["publisher"] = {"@type": "Organization", "name": found.publisher}
    return _block(found.ref.iri, told)


@lru_cache(maxsize=4)
def of_dataset(release: Path) -> Markup:
    """Return what Schema.org can say of the release in that folder, with its files."""
    told = manifest.read(release)
    return _block(
        _DATASET,
        {
            "@type": "Dataset",
            "name": TITLE,
            "description": ABOUT,
            "url": BASE,
            "license": LICENCE,
            "isAccessibleForFree": True,
            "identifier": told.digest,
            "version": f"{told.version}+{told.digest[:16]}",
            "dateModified": told.date,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": file.name,
                    "contentUrl": BASE + file.path,
                    "encodingFormat": file.media_type,
                    "contentSize": f"{file.size} B",
                    "sha256": file.digest,
                    "license": LICENCE,
                }
                for file in files(release)
            ],
        },
    )


def _kind(reader: Reader, iri: str) -> str:
    within = reader.index.vocabulary.within
    types = reader.index.types.get(iri, ())
    for name, kind in _CLASSES:
        if any(within(one, DEF + name) for one in types):
            return kind
    return "Thing"


def _block(iri: str, told: Mapping[str, Any]) -> Markup:
    said = {name: value for name, value in told.items() if value not in ("", [], None)}
    text = orjson.dumps({"@context": "https://schema.org", "@id": iri, "url": iri, **said}).decode()
    for sign, escaped in _ESCAPED.items():
        text = text.replace(sign, escaped)
    return Markup(text)  # noqa: S704 (every sign that ends or opens markup is escaped above)
