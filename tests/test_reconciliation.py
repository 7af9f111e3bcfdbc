"""Reconciliation: the API 0.2 as its schemas say, and dirty names matched safely."""

import csv
import json
import os
import re
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from gcm_graph.namespaces import DEF, ID
from gcm_graph.terms import expand

ROOT = Path(__file__).resolve().parent.parent
CONFORMANCE = ROOT / os.environ.get("GCM_CONFORMANCE", "../shared/conformance") / "reconciliation"
SHEET = list(csv.DictReader((ROOT / "tests/reconciliation.csv").open(encoding="utf-8")))


def conforms(answer: Any, schema: str) -> None:
    """Check ``answer`` against a schema of the specification, where the schemas are at hand."""
    folder = CONFORMANCE / "schemas"
    if not folder.is_dir():
        pytest.skip(f"no schemas in {folder}: set GCM_CONFORMANCE to the conformance data")
    held = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    swagger = {"definitions": {"securityDefinitions": {"additionalProperties": {}}}}
    resources = [
        (one["$id"], Resource.from_contents(one, DRAFT7)) for one in held.values() if "$id" in one
    ]
    resources.append(("http://swagger.io/v2/schema.json", Resource.from_contents(swagger, DRAFT7)))
    registry: Registry[Any] = Registry().with_resources(resources)
    chosen = {key: value for key, value in held[schema].items() if key != "$schema"}
    jsonschema.Draft7Validator(chosen, registry=registry).validate(answer)


def ask(client: httpx.Client, queries: Any, **more: str) -> httpx.Response:
    return client.post("/reconcile", data={"queries": json.dumps(queries), **more})


def found(client: httpx.Client, query: Any) -> list[dict[str, Any]]:
    answer = ask(client, {"q": query})
    assert answer.status_code == 200, answer.text
    result: list[dict[str, Any]] = answer.json()["q"]["result"]
    return result


def test_the_sheet_is_matched_and_nothing_is_matched_wrongly(client: httpx.Client) -> None:
    batch = {
        str(i): {"query": row["name"], **({"type": row["class"]} if row["class"] else {})}
        for i, row in enumerate(SHEET)
    }
    answer = ask(client, batch).json()
    conforms(answer, "reconciliation-result-batch.json")
    right, wrong, sought = 0, [], 0
    for i, row in enumerate(SHEET):
        result = answer[str(i)]["result"]
        thing = expand(row["thing"]) if row["thing"] else ""
        first = result[0] if result else {"id": "", "match": False}
        sought += bool(thing)
        right += bool(thing) and first["id"] == thing
        wrong += [row["name"] for one in result if one["match"] and one["id"] != thing]
        assert all(0 <= one["score"] <= 100 for one in result)
        assert not any(one["match"] for one in result[1:])
    assert wrong == []
    assert sought >= 60
    assert right / sought >= 0.95


def test_the_manifest_says_what_is_offered(client: httpx.Client) -> None:
    manifest = client.get("/reconcile").json()
    conforms(manifest, "manifest.json")
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"] == ID
    for what in ("entity", "type", "property"):
        offered = manifest["suggest"][what]
        answer = client.get(
            offered["service_url"] + offered["service_path"], params={"prefix": "m"}
        )
        assert answer.json()["result"]
    page = client.get(manifest["view"]["url"].replace("{{id}}", ID + "body/iom"))
    assert page.status_code == 303
    assert client.get(str(page.url.join(page.headers["location"]))).status_code == 200


def test_every_origin_may_read_and_a_query_in_the_address_is_decoded_once(
    client: httpx.Client,
) -> None:
    batch = json.dumps({"a%2Fb+c": {"query": "A/RES/73/195"}})
    answer = client.get("/reconcile", params={"queries": batch}, headers={"Origin": "http://a.b"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert list(answer.json()) == ["a%2Fb+c"]
    assert answer.json()["a%2Fb+c"]["result"][0]["match"]


def test_classes_restrict_as_they_are_told_to(client: httpx.Client) -> None:
    everything = found(client, {"query": "International Migration Review Forum"})
    assert everything[0]["id"] == ID + "forum/imrf"
    only = found(client, {"query": "IMRF", "type": "gcm:Session", "limit": 3})
    assert len(only) <= 3
    assert all({"id": DEF + "Session", "name": "session"} in one["type"] for one in only)
    both = {"query": "IMRF", "type": ["gcm:Forum", "gcm:State"]}
    assert found(client, {**both, "type_strict": "any"})[0]["id"] == ID + "forum/imrf"
    assert found(client, {**both, "type_strict": "all"}) == []
    should = found(client, {"query": "IMRF", "type": "gcm:State", "type_strict": "should"})
    assert should[0]["id"] == ID + "forum/imrf"
    assert should[0]["score"] == 80
    assert not should[0]["match"]


def test_properties_restrict_and_explain(client: httpx.Client) -> None:
    code = {"pid": "gcm:isoAlpha3", "v": "TUR"}
    alone = found(client, {"properties": [code]})
    assert [(one["id"], one["match"]) for one in alone] == [(ID + "state/turkiye", True)]
    good = found(client, {"query": "Turkiye", "properties": [code]})[0]
    bad = found(client, {"query": "Turkiye", "properties": [{**code, "v": "MAR"}]})[0]
    assert good["match"]
    assert not bad["match"]
    assert good["score"] > bad["score"]
    assert {"id": f"property {DEF}isoAlpha3", "value": 1.0} in good["features"]
    region = {"pid": "gcm:region", "v": [{"id": "region/africa", "name": "Africa"}, "nowhere"]}
    assert found(client, {"query": "Ghana", "properties": [region]})[0]["match"]
    named = {"pid": "gcm:partOf", "v": "Global Compact for Migration"}
    assert found(client, {"query": "Objective 3", "properties": [named]})[0]["match"]
    year = {"pid": "gcm:date", "v": 2018}
    assert found(client, {"query": "Global Compact for Migration", "properties": [year]})[0][
        "match"
    ]
    assert found(client, {"properties": [{**code, "v": True}]}) == []
    assert found(client, {"query": ""}) == []


def test_columns_are_added(client: httpx.Client) -> None:
    asked = {
        "ids": ["body/iom", ID + "state/turkiye", "body/no-such-body"],
        "properties": [
            {"id": "skos:altLabel", "settings": {"limit": "1"}},
            {"id": "dcterms:title", "settings": {"language": "fr"}},
            {"id": "gcm:region"},
            {"id": "gcm:earliest"},
        ],
    }
    answer = client.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    conforms(answer, "data-extension-response.json")
    rows = answer["rows"]
    assert list(rows) == asked["ids"]
    assert len(rows["body/iom"][expand("skos:altLabel")]) == 1
    french = rows["body/iom"][expand("dcterms:title")]
    assert french == [{"str": "Organisation internationale pour les migrations"}]
    assert {"id", "name"} == set(rows[ID + "state/turkiye"][DEF + "region"][0])
    assert rows["body/no-such-body"][DEF + "region"] == []
    events = {"ids": ["event/imrf-2022"], "properties": [{"id": "gcm:earliest"}]}
    dates = client.get("/reconcile", params={"extend": json.dumps(events)}).json()
    conforms(dates, "data-extension-response.json")
    assert "date" in dates["rows"]["event/imrf-2022"][DEF + "earliest"][0]


def test_suggestions_have_words_to_tell_them_apart(client: httpx.Client) -> None:
    things = client.get("/reconcile/suggest/entity", params={"prefix": "global comp"}).json()
    conforms(things, "suggest-entities-response.json")
    assert things["result"][0]["id"] == ID + "instrument/gcm"
    states = {"prefix": "mor", "type": "gcm:State"}
    narrowed = client.get("/reconcile/suggest/entity", params=states).json()["result"]
    assert narrowed[0]["id"] == ID + "state/morocco"
    classes = client.get("/reconcile/suggest/type", params={"prefix": "forum"}).json()
    conforms(classes, "suggest-types-response.json")
    assert classes["result"][0]["id"] == DEF + "Forum"
    properties = client.get("/reconcile/suggest/property", params={"prefix": "gcm:iso"}).json()
    conforms(properties, "suggest-properties-response.json")
    assert {one["id"] for one in properties["result"]} == {DEF + "isoAlpha2", DEF + "isoAlpha3"}
    asked = {"type": "gcm:State", "limit": "5"}
    proposed = client.get("/reconcile/properties", params=asked).json()
    conforms(proposed, "data-extension-property-proposal.json")
    assert len(proposed["properties"]) == 5
    later = client.get("/reconcile/suggest/type", params={"prefix": "", "cursor": "1"}).json()
    first = client.get("/reconcile/suggest/type", params={"prefix": ""}).json()
    assert later["result"][0] == first["result"][1]


def test_flyouts_and_previews_are_small_pages(client: httpx.Client) -> None:
    flyout = client.get("/reconcile/flyout/entity", params={"id": ID + "body/iom"}).json()
    assert flyout["id"] == ID + "body/iom"
    assert "<strong>International Organization for Migration</strong>" in flyout["html"]
    for what, name in (("type", "gcm:Forum"), ("property", "gcm:region")):
        assert client.get(f"/reconcile/flyout/{what}", params={"id": name}).json()["html"]
    preview = client.get("/reconcile/preview", params={"id": "body/iom"})
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    assert "<h1>International Organization for Migration</h1>" in preview.text
    assert len(preview.content) < 4000


@pytest.mark.parametrize(
    ("batch", "said"),
    [
        ("{", "not JSON"),
        ("[]", "not an object"),
        ('{"q0": 1}', "q0: 1 is not an object"),
        ('{"q0": {"limit": 1}}', "give `query`"),
        ('{"q0": {"query": 1}}', "not text"),
        ('{"q0": {"query": "a", "limit": 0}}', "less than 1"),
        ('{"q0": {"query": "a", "limit": 1.5}}', "whole number"),
        ('{"q0": {"query": "a", "limit": true}}', "whole number"),
        ('{"q0": {"query": "a", "type": "gcm:Nothing"}}', "suggest/type"),
        ('{"q0": {"query": "a", "type": "what"}}', "known prefix:name"),
        ('{"q0": {"query": "a", "type": 5}}', "not an identifier"),
        ('{"q0": {"query": "a", "type_strict": "some"}}', "`any`, `should` and `all`"),
        ('{"q0": {"query": "a", "props": []}}', "not a member of a query"),
        ('{"q0": {"query": "a", "properties": {}}}', "a list"),
        ('{"q0": {"query": "a", "properties": [{"pid": "gcm:date"}]}}', "`v`"),
        ('{"q0": {"query": "a", "properties": [{"pid": "gcm:none", "v": 1}]}}', "suggest/property"),
        ('{"q0": {"query": "a", "properties": [{"pid": "gcm:date", "v": null}]}}', "give text"),
        (json.dumps({str(i): {"query": "a"} for i in range(201)}), "at most 200"),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(
    client: httpx.Client, batch: str, said: str
) -> None:
    answer = client.post("/reconcile", data={"queries": batch})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    "extend",
    [
        "{}",
        '{"ids": [1], "properties": []}',
        '{"ids": [], "properties": [{}]}',
        '{"ids": [], "properties": [{"id": "gcm:none"}]}',
        '{"ids": [], "properties": [{"id": "gcm:date", "settings": {"limit": -1}}]}',
        '{"ids": [], "properties": [{"id": "gcm:date", "settings": {"language": 1}}]}',
        json.dumps({"ids": ["a/b"] * 1001, "properties": []}),
    ],
)
def test_a_wrong_extension_is_explained(client: httpx.Client, extend: str) -> None:
    assert client.post("/reconcile", data={"extend": extend}).status_code == 400


def test_other_requests_are_refused_with_the_reason(client: httpx.Client) -> None:
    one = json.dumps({"q": {"query": "IOM"}})
    assert "JSONP" in client.get("/reconcile", params={"callback": "f"}).json()["detail"]
    twice = client.get("/reconcile", params=[("queries", one), ("queries", one)])
    assert twice.status_code == 400
    assert ask(client, {}, extend="{}").status_code == 400
    assert client.post("/reconcile", data={"other": "1"}).status_code == 400
    assert client.post("/reconcile", json={"q": {"query": "IOM"}}).status_code == 415
    for path in (
        "preview", "preview?id=x", "suggest/type?cursor=x", "properties?limit=0", "view",
        "properties?type=x", "suggest/entity?type=x",
    ):  # fmt: skip
        assert client.get(f"/reconcile/{path}").status_code == 400, path
    for path in (
        "preview?id=body/none", "view?id=body/none", "flyout/entity?id=body/none",
        "suggest/other", "flyout/other?id=body/iom",
    ):  # fmt: skip
        assert client.get(f"/reconcile/{path}").status_code == 404, path


ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
QUERY = st.fixed_dictionaries(
    {},
    optional={
        "query": st.text(max_size=60) | ANY,
        "type": st.sampled_from(["gcm:Forum", ["gcm:State", "gcm:Body"], "rdf:nil"]) | ANY,
        "type_strict": st.sampled_from(["any", "all", "should"]) | ANY,
        "limit": st.integers(1, 5) | ANY,
        "properties": st.lists(
            st.fixed_dictionaries(
                {"pid": st.sampled_from(["gcm:region", "gcm:isoAlpha3", "rdf:type", "x"]), "v": ANY}
            ),
            max_size=2,
        )
        | ANY,
    },
)


@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(batch=st.dictionaries(st.text(max_size=4), QUERY | ANY, max_size=3) | ANY)
def test_any_batch_is_answered_or_explained(client: httpx.Client, batch: Any) -> None:
    answer = ask(client, batch)
    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        assert list(answer.json()) == list(batch)


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=st.binary(max_size=60))
def test_any_form_is_answered_or_explained(client: httpx.Client, body: bytes) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    for start in (b"", b"queries="):
        assert client.post("/reconcile", content=start + body, headers=kind).status_code == 400


def test_the_examples_of_the_specification_are_understood_or_refused(client: httpx.Client) -> None:
    folder = CONFORMANCE / "examples/reconciliation-query-batch"
    if not folder.is_dir():
        pytest.skip(f"no examples in {folder}: set GCM_CONFORMANCE to the conformance data")
    for path in sorted(folder.glob("invalid/*.json")):
        assert ask(client, json.loads(path.read_text())).status_code == 400, path.name
    assert (
        ask(client, json.loads((folder / "valid/example-min.json").read_text())).status_code == 200
    )


def test_the_requests_of_the_document_are_answered_as_it_says(client: httpx.Client) -> None:
    text = (ROOT / "docs/reconciliation.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    answers = []
    for command in re.findall(r"curl .*?(?='\n|\"\n)['\"]", "\n".join(blocks), re.DOTALL):
        path = re.search(r"\$SERVICE([^\"]*)", command)
        assert path
        form = re.search(r"--data-urlencode '(\w+)=(.*)'", command, re.DOTALL)
        answer = client.post(path[1], data={form[1]: form[2]}) if form else client.get(path[1])
        assert answer.status_code == 200, command
        answers.append(answer)
    assert len(answers) == 6
    told = re.search(r"<!-- first results: (.*?) -->", text)
    assert told
    results = [one["result"] for one in answers[1].json().values()]
    assert [result[0]["id"] for result in results] == [ID + name for name in told[1].split()]
    assert [sum(one["match"] for one in result) for result in results] == [1, 1, 1, 1]
    assert answers[2].json()["rows"]["body/iom"][expand("skos:altLabel")] == [{"str": "IOM"}]
