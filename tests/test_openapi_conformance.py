"""The service keeps to its own OpenAPI document, whatever is asked of it.

Schemathesis makes the requests: for each operation valid ones and invalid ones, always the same.
The operations are dealt out to parts; each takes about a quarter of a minute.
"""

from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Err
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from conftest import Service

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = {GenerationMode.POSITIVE: 10, GenerationMode.NEGATIVE: 6}
LEAST = 2000
"""Requests that are made at least, in all parts together."""
PARTS = 8
"""Parts that the operations are dealt out to, so that a run shows how far it is."""
LONGEST = 8000
"""Bytes of an address that every HTTP server takes (RFC 9110, section 4.1)."""


@pytest.mark.parametrize("part", range(PARTS))
def test_no_request_finds_an_answer_that_is_not_described(part: int, service: Service) -> None:
    schema = schemathesis.openapi.from_url(f"{service.address}/openapi.json")
    asked: Counter[int] = Counter()
    faults: dict[tuple[str, int], str] = {}

    def check(case: Case[Any]) -> None:
        if case.query and asked.total() % 4:
            # A digest made up names no release: left in, nearly every answer would be 404.
            case.query.pop("release", None)
        assume(len(case.as_transport_kwargs(base_url=service.address)["url"]) < LONGEST)
        response = case.call(base_url=service.address, timeout=60)
        asked[response.status_code] += 1
        try:
            case.validate_response(response, checks=CHECKS)
        except (Failure, FailureGroup) as failure:
            faults.setdefault((case.operation.label, response.status_code), str(failure))

    for number, found in enumerate(schema.get_all_operations()):
        assert not isinstance(found, Err), found
        if number % PARTS != part:
            continue
        for mode, count in EXAMPLES.items():
            _ask(found.ok(), mode, count, check)
    assert not faults, "\n\n".join(f"{where}\n{what}" for where, what in faults.items())
    assert asked.total() >= LEAST / PARTS
    assert {200, 400, 404, 406} <= asked.keys()


def _ask(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, count: int, check: Any
) -> None:
    """Make ``count`` requests; fewer where an operation has fewer, as one without parameters."""
    bounded = settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    strategy = operation.as_strategy(generation_mode=mode)
    try:
        seed(20181210)(bounded(given(strategy)(check)))()
    except Unsatisfiable:  # nothing about this operation can be asked wrongly
        assert mode is GenerationMode.NEGATIVE
