"""The OpenAPI document is well-formed, and nothing that the service answers is missing in it."""

import re
from collections import Counter
from typing import Any

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Route

from gcm_graph.service.app import create_app

LEFT_OUT = {
    "/favicon.ico": "where browsers look for the icon of the pages; a redirection",
    "/mcp": "JSON-RPC: its tools describe themselves (`tools/list`)",
    "/openapi.json": "the document itself",
    "/query/{name}": "each question of the library has a path of its own",
}
"""Routes that are not in the document, with the reason."""


@pytest.fixture(scope="module")
def document(service: Any) -> dict[str, Any]:
    answer = httpx.get(f"{service.address}/openapi.json", timeout=60)
    return dict(answer.json())


def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    faults = [str(fault.message)[:300] for fault in OpenAPIV31SpecValidator(document).iter_errors()]
    assert not faults


def test_every_public_route_is_described_or_left_out_for_a_reason(document: dict[str, Any]) -> None:
    described = {
        (path, method.upper()) for path, methods in document["paths"].items() for method in methods
    }
    missing = {
        (path, method)
        for route in create_app().routes
        if isinstance(route, Route)
        for method in (route.methods or {"GET"}) - {"HEAD", "OPTIONS"}
        if (path := re.sub(r":\w+}", "}", route.path)) not in LEFT_OUT
        and (path, method) not in described
    }
    assert not missing
    assert not LEFT_OUT.keys() & document["paths"].keys()


def test_every_question_has_a_path(document: dict[str, Any], service: Any) -> None:
    listed = httpx.get(f"{service.address}/api/queries?limit=1000", timeout=60).json()["items"]
    assert len(listed) > 100
    assert {f"/query/{one['name']}" for one in listed} <= document["paths"].keys()


def test_a_client_can_be_made_from_it(document: dict[str, Any]) -> None:
    operations = [
        one for methods in document["paths"].values() for one in methods.values()
    ]  # fmt: skip
    assert max(Counter(one["operationId"] for one in operations).values()) == 1
    for one in operations:
        assert one["summary"], one["operationId"]
        assert one["tags"], one["operationId"]
        for status, answer in one["responses"].items():
            if status.startswith("2") and status != "204":
                assert answer.get("content"), one["operationId"]


def test_the_example_of_each_operation_is_answered(service: Any) -> None:
    with service.client() as client:
        routes = client.get("/api", headers={"Accept": "application/json"}).json()["routes"]
        examples = [one["example"] for one in routes if one["example"]]
        answers = {one: client.get(f"/{one}").status_code for one in examples}
    assert len(answers) > 60
    assert not {one: status for one, status in answers.items() if status not in {200, 303}}
