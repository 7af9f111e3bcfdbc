"""What is posted to be validated: read from the body or from the form, within the limits."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from gcm_graph.service import form
from gcm_graph.service.problem import Problem
from gcm_graph.store.media import GRAPHS, named

MULTIPART = "multipart/form-data"
ACCEPTED = tuple(dict.fromkeys((*(media.type for media in GRAPHS), MULTIPART)))
"""The media types that a body may have."""

SHAPES = ("ours", "own", "data")
CONTEXTS = ("release", "none")


@dataclass(frozen=True)
class Posting:
    """What is to be validated, and how.

    Attributes:
        data: the statements, as text.
        syntax: short name of their format; empty to guess.
        shapes: ``ours``, ``own`` (then ``rules`` holds them) or ``data`` (they stand in ``data``).
        rules: the shapes, as text.
        rules_syntax: short name of their format; empty to guess.
        context: ``release``, ``none``, or empty for what is usual with these shapes.
    """

    data: str = ""
    syntax: str = ""
    shapes: str = "ours"
    rules: str = ""
    rules_syntax: str = ""
    context: str = ""

    @property
    def wanted(self) -> dict[str, Any]:
        """The request to the lane of validations."""
        usual = "release" if self.shapes == "ours" else "none"
        return {
            "data": self.data,
            "syntax": self.syntax,
            "shapes": self.shapes,
            "rules": self.rules,
            "rules_syntax": self.rules_syntax,
            "context": (self.context or usual) == "release",
        }


async def posting(request: Request, limit: int) -> Posting:
    """Return what ``request`` posts.

    Raises:
        Problem: 400 for wrong parameters or a broken form, 413, 415.
    """
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity"}:
        detail = f"Send the body as it is, not compressed (“{encoding}”)."
        raise Problem(415, detail, "encoding", {"Accept-Encoding": "identity"})
    form.check_charset(request)
    kind = form.media_type(request)
    media = named(kind, GRAPHS) if kind not in {"text/plain", "application/json"} else None
    if kind != MULTIPART and media is None and kind not in {"text/plain", "application/json"}:
        detail = f"“{kind}” is no format of RDF here; send one of: {', '.join(ACCEPTED)}."
        raise Problem(415, detail, "media-type", {"Accept-Post": ", ".join(ACCEPTED)})
    body = await form.body(request, limit)
    if kind == MULTIPART:
        return await _form(request, body, limit)
    guessed = "jsonld" if kind == "application/json" else ""
    asked: Mapping[str, Any] = request.query_params
    made = _made(asked, form.text(body), "", media.name if media else guessed, "")
    if made.shapes == "own":
        detail = (
            "Shapes of your own are sent beside the data: in the form (multipart/form-data) as "
            "`rules` or `rules_file`; or send them in the data, with `shapes=data`."
        )
        raise Problem(400, detail, "parameter")
    return made


async def _form(request: Request, body: bytes, limit: int) -> Posting:
    async def whole() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        parser = MultiPartParser(
            request.headers,
            whole(),
            max_files=2,
            max_fields=20,
            max_part_size=limit,
        )
        fields = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise Problem(400, f"The form is not well-formed {MULTIPART}.", "encoding") from error
    try:
        data, syntax = await _text(fields, "data", "file", "syntax")
        rules, rules_syntax = await _text(fields, "rules", "rules_file", "rules_syntax")
    finally:
        await fields.close()
    made = _made({**request.query_params, **_plain(fields)}, data, rules, syntax, rules_syntax)
    if made.shapes == "own" and not rules.strip():
        detail = "There are no shapes: send them as `rules` or `rules_file`, or choose ours."
        raise Problem(400, detail, "parameter")
    return made


def _plain(fields: FormData) -> dict[str, str]:
    return {name: value for name, value in fields.items() if isinstance(value, str)}


async def _text(fields: FormData, typed: str, uploaded: str, syntax: str) -> tuple[str, str]:
    """Return a text of the form and its format: the uploaded file, else what was typed."""
    upload, said = fields.get(uploaded), fields.get(syntax)
    name = said if isinstance(said, str) else ""
    if isinstance(upload, UploadFile) and upload.filename:
        media = named(upload.filename.rpartition(".")[2].lower(), GRAPHS)
        return form.text(await upload.read()), name or (media.name if media else "")
    text = fields.get(typed)
    if isinstance(text, UploadFile):  # some clients send every field as a file
        media = named((text.content_type or "").partition(";")[0], GRAPHS)
        return form.text(await text.read()), name or (media.name if media else "")
    return text or "", name


def _made(
    asked: Mapping[str, Any], data: str, rules: str, syntax: str, rules_syntax: str
) -> Posting:
    """Return the posting with the parameters of the address or the form.

    Raises:
        Problem: 400 for a value that is not known.
    """
    for name in (syntax, rules_syntax):
        if name and named(name, GRAPHS) is None:
            known = ", ".join(media.name for media in GRAPHS)
            raise Problem(400, f"“{name[:40]}” is no format of RDF: one of {known}.", "parameter")
    shapes, context = str(asked.get("shapes") or "ours"), str(asked.get("context") or "")
    for field, value, choices in (("shapes", shapes, SHAPES), ("context", context, CONTEXTS)):
        if value and value not in choices:
            detail = f"`{field}`: “{value[:40]}” is none of {', '.join(choices)}."
            raise Problem(400, detail, "parameter")
    return Posting(data, syntax, shapes, rules, rules_syntax, context)
