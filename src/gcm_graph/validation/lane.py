"""The lane of validations: a warm process that forks a worker for each, to be killed at will.

It runs as a process of its own (``python -m gcm_graph.validation.lane RELEASE MEMORY``), like
`gcm_graph.store.zygote`. A worker answers one request and ends, so that nothing of what was
posted outlives its report.
"""

import dataclasses
import json
import logging
import sys
import warnings
from functools import partial
from pathlib import Path
from typing import Any

import rdflib
from rdflib.term import _toPythonMapping

from gcm_graph.settings import settings
from gcm_graph.store import embedded, zygote
from gcm_graph.store.frame import FrameWriter, Pipe, TooLarge, pack, receive
from gcm_graph.validation.contribution import Known
from gcm_graph.validation.posted import Posted, Unreadable, read
from gcm_graph.validation.report import Report
from gcm_graph.validation.shacl import Unusable
from gcm_graph.validation.validator import Validator

_WARMING = '''
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <http://warm.invalid/> .
:S a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property [ sh:path [ sh:inversePath :p ] ;
  sh:minCount 1 ; sh:pattern "x" ] ; sh:sparql [ sh:message "m" ; sh:select
  """SELECT $this (COUNT(*) AS ?n) WHERE { $this ?p ?value OPTIONAL { ?value ?q ?r }
     FILTER(REGEX(STR(?value), 'a')) } GROUP BY $this""" ] .
:a :p "a"@en .
'''


def warm(validator: Validator) -> None:
    """Do everything once, so that a worker loads no module: it can open no file."""
    for datatype in _toPythonMapping:
        rdflib.Literal("1", datatype=datatype)
    validator.warm()
    sample = read(_WARMING)
    validator.others(sample, sample, context=False)
    validator.ours(Posted(), context=False)
    known = read("<http://warm.invalid/a> a <https://w3id.org/gcm-graph/def#Body> .")
    validator.ours(known, context=False)


def answer(validator: Validator, request: dict[str, Any]) -> Report:
    """Return the report that ``request`` asks for.

    Args:
        validator: does the work.
        request: ``data`` and ``syntax``; ``shapes`` (``ours``, ``own`` or ``data``), for ``own``
            the ``rules`` and their ``rules_syntax``; ``context`` (true or false).

    Raises:
        Unreadable: when a text is not RDF.
        Unusable: when the shapes are no shapes.
    """
    data = read(request["data"], request["syntax"])
    shapes, context = request["shapes"], bool(request["context"])
    if shapes == "ours":
        return validator.ours(data, context=context)
    rules = data if shapes == "data" else read(request["rules"], request["rules_syntax"], "shapes")
    return validator.others(data, rules, context=context, name=shapes)


def run(validator: Validator, pipe: Pipe) -> None:
    """Answer requests from ``pipe`` until the other side closes it."""
    pipe.sendall(pack(b"R"))
    while (frame := receive(pipe)) is not None:
        request = json.loads(frame[1])
        try:
            report = answer(validator, request)
            pipe.sendall(pack(b"M", b"report"))
            writer = FrameWriter(pipe, request["bytes"])
            writer.write(json.dumps(dataclasses.asdict(report)).encode())
            writer.flush()
        except Unreadable as error:
            place = {"line": error.line, "column": error.column} if error.line else {}
            _fail(pipe, "unreadable", str(error), part=error.part, **place)
        except Unusable as error:
            _fail(pipe, "shapes", str(error))
        except TooLarge:
            said = f"The report is over the limit of {request['bytes']:,} bytes (`answer_bytes`)."
            _fail(pipe, "answer-too-large", said)
        except (MemoryError, RecursionError):
            _fail(pipe, "memory", "This validation needs more memory than one may use.")
        except Exception as error:  # the service says that it made a mistake, and lives on
            _fail(pipe, "mistake", f"The validation failed unexpectedly ({type(error).__name__}).")
        else:
            pipe.sendall(pack(b"F"))


def _fail(pipe: Pipe, reason: str, detail: str, **more: Any) -> None:
    pipe.sendall(pack(b"E", json.dumps({"reason": reason, "detail": detail, **more}).encode()))


def main(arguments: list[str]) -> None:
    """Make a validator beside the release named by the arguments and serve standard input."""
    control = zygote.begin()
    warnings.simplefilter("ignore")
    logging.disable()  # the libraries would log what was posted
    release, root = Path(arguments[0]), settings().root
    known = Known(embedded.load(release), root, embedded.digest_of(release))
    validator = Validator(root, known)
    warm(validator)
    zygote.serve(partial(run, validator), control, int(arguments[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
