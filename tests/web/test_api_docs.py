"""The API for readers: every operation and every field of the OpenAPI document stands on a page, and nothing else."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from app.api import application as api
from app.config import Settings
from app.web.api_docs.reference import Field, Shape, read
from tests.support.client import PageCheckingClient
from tests.support.markup import Element, Page
from tests.support.members_web import Browser, Person
from tests.support.offices import Office

HEAVIEST = 15_000
KEYWORDS = {
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "default",
    "description",
    "enum",
    "exclusiveMaximum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "not",
    "oneOf",
    "pattern",
    "prefixItems",
    "properties",
    "propertyNames",
    "required",
    "title",
    "type",
}
"""What the pages have words for, or what needs none: the title repeats the name, and names of free fields are keys."""

Schema = dict[str, Any]


@cache
def _document() -> Schema:
    return api.description(Settings())


def _operations() -> list[tuple[str, str, Schema]]:
    return [(method.upper(), path, one) for path, item in _document()["paths"].items() for method, one in item.items()]


def _address(described: Schema) -> str:
    tag = described["tags"][0]
    noun = described["operationId"].removeprefix(f"{tag}_").replace("_", "-")
    return f"/api/docs/{tag.replace('_', '-')}/{noun}"


def _resolved(schema: Schema) -> Schema:
    if "$ref" not in schema:
        return schema
    found: Schema = _document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _under(schema: Schema, *, rules: bool = True) -> Iterator[Schema]:
    """All that a schema is made of, itself first; with the `rules` that say which of its fields go together."""
    yield schema
    inside = [*schema.get("anyOf", []), *schema.get("properties", {}).values()]
    inside += schema.get("prefixItems", [])
    inside += [one for name in ("items", "additionalProperties") if isinstance(one := schema.get(name), dict)]
    if rules:
        inside += [*schema.get("allOf", []), *schema.get("oneOf", [])]
    if "$ref" in schema:
        inside.append(_resolved(schema))
    for one in inside:
        yield from _under(one, rules=rules)


def _content(holder: Schema) -> Schema:
    found: Schema = holder["content"]["application/json"]["schema"]
    return found


def _schemas(described: Schema, *, asked: bool, given: bool) -> Iterator[Schema]:
    """Those that an operation's own page shows."""
    if asked:
        for parameter in described.get("parameters", []):
            yield {"properties": {parameter["name"]: parameter["schema"]}}
        if "requestBody" in described:
            yield _content(described["requestBody"])
    if given:
        yield _content(described["responses"]["200"])


def _main(page: Page) -> list[Element]:
    return [element for element in page.elements if element.inside("main")]


def _words(browser: Browser) -> str:
    return browser.told.partition("Skip to content")[2]


# every operation


def test_from_the_first_page_every_operation_is_two_links_away(stranger: Browser) -> None:
    stranger.open("/api/docs")
    wires = [link["href"] for link in Page(stranger.text).every("a") if link["href"].startswith("/api/docs/")]
    assert len(wires) == len(_document()["tags"])
    reached = set()
    for wire in wires:
        stranger.open(wire)
        reached |= {one["href"] for one in Page(stranger.text).every("a") if one["href"].startswith(f"{wire}/")}
    assert reached == {_address(described) for _, _, described in _operations()}


def test_each_wire_lists_its_operations_with_what_they_need(stranger: Browser) -> None:
    for tag in _document()["tags"]:
        stranger.open(f"/api/docs/{tag['name'].replace('_', '-')}")
        assert tag["description"] in stranger.told
        scheme = _document()["components"]["securitySchemes"][tag["name"]]
        assert scheme["description"] in stranger.told
        assert f"HTTP {scheme['scheme']} authentication" in stranger.told
        for method, path, described in _operations():
            if tag["name"] in described["tags"]:
                marked = " factor_secrets" if "factor_secrets" in described.get("description", "") else ""
                assert f"{described['summary']}{marked} {method} {path}" in stranger.told


def test_an_operation_says_what_it_is_and_needs(stranger: Browser) -> None:
    for method, path, described in _operations():
        stranger.open(_address(described))
        assert f"{described['summary']} {method} {path}" in stranger.told
        needs = described.get("description", "").replace("`", "")
        assert (needs or ("Any secret" if described["security"] else "Needs no key")) in stranger.told, path
        for status, answer in described["responses"].items():
            assert status == "200" or f"{status} {answer['description'].lower()}" in stranger.told, path


def test_what_browsers_ask_is_not_said_to_take_a_secret(stranger: Browser) -> None:
    for _, path, described in _operations():
        if path.startswith(("/sdk/", "/api/v0/sdk/")):
            stranger.open(_address(described))
            assert "secret of a project" not in stranger.told, path
            assert "factor_secrets" not in stranger.told, path


# every field


def test_every_field_that_it_takes_or_gives_is_there(stranger: Browser) -> None:
    for _, path, described in _operations():
        stranger.open(_address(described))
        shown = {one.text for one in Page(stranger.text).every("code") if one.inside("dt")}
        schemas = [one for start in _schemas(described, asked=True, given=True) for one in _under(start)]
        assert shown == {name for one in schemas for name in one.get("properties", {})}, path


def test_every_bound_value_and_remark_is_there(stranger: Browser) -> None:
    for _, path, described in _operations():
        stranger.open(_address(described))
        told = _words(stranger)
        for start in _schemas(described, asked=True, given=True):
            for one in _under(start):
                assert [words for words in _said_of(one) if words not in told] == [], path


def _said_of(schema: Schema) -> Iterator[str]:
    for name in ("minimum", "maximum", "exclusiveMaximum"):
        if name in schema:
            yield str(schema[name])
    if schema.get("maxLength"):
        yield str(schema["maxLength"])
    for value in (*schema.get("enum", []), *([schema["const"]] if "const" in schema else [])):
        yield f"“{value}”" if isinstance(value, str) else json.dumps(value)
    yield " ".join(schema.get("description", "").replace("`", "").split())


def test_what_may_not_be_left_out_is_marked(stranger: Browser) -> None:
    for _, path, described in _operations():
        stranger.open(_address(described))
        marked = [one for one in Page(stranger.text).every("b") if one.text == "required"]
        required = [parameter["name"] for parameter in described.get("parameters", []) if parameter["required"]]
        if "requestBody" in described:
            required += [
                name
                for one in _under(_resolved(_content(described["requestBody"])), rules=False)
                for name in one.get("required", [])
            ]
        assert len(marked) == len(required), path


def test_what_goes_together_is_there(stranger: Browser) -> None:
    for _, path, described in _operations():
        stranger.open(_address(described))
        told = _words(stranger)
        schemas = [one for start in _schemas(described, asked=True, given=True) for one in _under(start, rules=False)]
        for part in [part for one in schemas for part in one.get("allOf", [])]:
            assert [words for words in _said_of_several(part) if words not in told] == [], path


def _said_of_several(part: Schema) -> Iterator[str]:
    if together := part.get("not", {}).get("required"):
        yield f"Not both {' and '.join(together)}."
    for case in part.get("oneOf", []):
        for name, one in case.get("properties", {}).items():
            if "const" in one:
                yield f"{name} string always “{one['const']}”"
            elif "type" in one and one.get("minLength") != 1:
                yield f"{name} {one['type'].replace('array', 'list')}"


def test_the_form_of_errors_is_on_the_page_of_each_wire(stranger: Browser) -> None:
    pages = {_address(described).rpartition("/")[0]: described for _, _, described in _operations()}
    for page, described in pages.items():
        stranger.open(page)
        shown = {one.text for one in Page(stranger.text).every("code") if one.inside("dt")}
        assert shown == set(_resolved(_content(described["responses"]["4XX"]))["properties"])


def test_every_schema_of_the_document_is_reached_by_some_operation() -> None:
    reached = {
        one["$ref"].rpartition("/")[2]
        for _, _, described in _operations()
        for start in (
            *_schemas(described, asked=True, given=True),
            *(_content(answer) for answer in described["responses"].values()),
        )
        for one in _under(start)
        if "$ref" in one
    }
    unreached = _document()["components"]["schemas"].keys() - reached
    # What a GET takes stands among the parameters, and its model in the document besides.
    assert {name for name in unreached if not name.endswith("Asked")} == set()


def test_there_is_no_keyword_in_it_that_the_pages_have_no_words_for() -> None:
    starts = [
        *_document()["components"]["schemas"].values(),
        *(one for _, _, described in _operations() for one in _schemas(described, asked=True, given=True)),
    ]
    assert {name for start in starts for one in _under(start) for name in one} <= KEYWORDS


# how fields are worded


def _field(schema: Schema, **schemas: Schema) -> Field:
    """The field `x` of what an operation gives."""
    answer = {"content": {"application/json": {"schema": {"type": "object", "properties": {"x": schema}}}}}
    document = {
        "info": {"description": ""},
        "servers": [{"url": ""}],
        "tags": [{"name": "wire", "description": ""}],
        "paths": {
            "/x": {
                "get": {
                    "tags": ["wire"],
                    "operationId": "wire_x",
                    "summary": "X",
                    "security": [],
                    "responses": {"200": {"description": "", **answer}},
                }
            }
        },
        "components": {"schemas": schemas, "securitySchemes": {"wire": {"scheme": "", "description": ""}}},
    }
    shape: Shape = read(document).wires[0].operations[0].gives
    return shape.fields[0]


@pytest.mark.parametrize(
    ("schema", "kind", "remarks"),
    [
        ({"type": "string"}, "string", []),
        ({}, "anything", []),
        ({"anyOf": [{"type": "string", "maxLength": 9}, {"type": "null"}]}, "string or null", ["at most 9 characters"]),
        ({"type": "string", "minLength": 1, "maxLength": 9}, "string", ["1 to 9 characters"]),
        ({"type": "string", "minLength": 1}, "string", ["at least 1 characters"]),
        ({"type": "integer", "minimum": 5, "maximum": 9}, "integer", ["5 to 9"]),
        ({"type": "integer", "minimum": 0}, "integer", ["at least 0"]),
        ({"type": "integer", "minimum": 0, "exclusiveMaximum": 9}, "integer", ["at least 0", "below 9"]),
        ({"type": "string", "enum": ["a", "b", "c"]}, "string", ["“a”, “b” or “c”"]),
        ({"type": "string", "enum": ["a"]}, "string", ["always “a”"]),
        ({"type": "string", "const": "a"}, "string", ["always “a”"]),
        ({"type": "boolean", "const": False}, "boolean", ["always false"]),
        ({"type": "string", "format": "date-time"}, "string", ["a date and time"]),
        ({"type": "string", "format": "uri"}, "string", ["uri"]),
        ({"type": "string", "pattern": "^a$"}, "string", ["of the form ^a$"]),
        ({"type": "array", "minItems": 0, "maxItems": 0}, "list", ["always empty"]),
        ({"type": "array", "items": {"type": "string"}, "maxItems": 9}, "list of strings", ["at most 9 of them"]),
        ({"type": "array", "items": {"type": "integer", "minimum": 1}}, "list of integers", ["each at least 1"]),
        ({"type": "array", "items": {}}, "list of values of any kind", []),
        ({"type": "array", "minItems": 2, "maxItems": 2}, "list", ["2 of them"]),
        ({"type": "object", "maxProperties": 0}, "object", ["empty"]),
        (
            {"type": "array", "prefixItems": [{"type": "string", "const": "a"}], "minItems": 1, "maxItems": 1},
            "list of strings",
            ["1 of them", "each always “a”"],
        ),
        ({"not": {"type": "null"}}, "anything", ["not null"]),
        (
            {"type": "string", "allOf": [{"anyOf": [{"format": "ipv4"}, {"format": "ipv6"}, {"maxLength": 0}]}]},
            "string",
            ["ipv4, ipv6 or empty"],
        ),
        ({"type": "string", "description": "Its name", "maxLength": 9}, "string", ["Its name", "at most 9 characters"]),
    ],
)
def test_each_kind_of_field_has_its_words(schema: Schema, kind: str, remarks: list[str]) -> None:
    found = _field(schema)
    assert (found.kind, found.remarks) == (kind, remarks)


def _together(part: Schema) -> Shape:
    (found,) = _field({"properties": {"a": {"type": "string"}}, "allOf": [part]}).objects
    return found


@pytest.mark.parametrize(
    ("part", "rules"),
    [
        ({"not": {"required": ["a", "b"], "properties": {}}}, ["Not both a and b."]),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}, {"required": ["c"]}]}, ["Just one of a, b and c."]),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, ["At least one of a and b."]),
    ],
)
def test_fields_that_go_together_are_said_to(part: Schema, rules: list[str]) -> None:
    found = _together(part)
    assert (found.rules, found.cases) == (rules, [])


def test_forms_that_some_fields_can_have_are_told_apart() -> None:
    number = {"properties": {"kind": {"const": "age"}, "value": {"type": "integer"}}, "required": ["value"]}
    text = {"properties": {"kind": {"enum": ["name", "town"]}, "value": {"type": "string"}}}
    found = _together({"oneOf": [number, text]})
    assert found.rules == []
    assert [[(one.name, one.kind, one.remarks) for one in case.fields] for case in found.cases] == [
        [("kind", "string", ["always “age”"]), ("value", "integer", [])],
        [("kind", "string", ["“name” or “town”"]), ("value", "string", [])],
    ]


def test_neighbours_of_one_kind_stand_together_and_so_do_fields_that_say_the_same_always() -> None:
    fixed, free = {"type": "string", "const": "NONE"}, {"type": "string"}
    several = {
        "properties": {"a": fixed, "b": free, "c": {"type": "null"}, "d": free, "e": fixed, "f": free, "g": free}
    }
    (shape,) = _field(several).objects
    assert [[one.name for one in row] for row in shape.rows] == [["a", "e"], ["b"], ["c"], ["d", "f", "g"]]
    assert shape.singly == [[one] for one in shape.fields]


def test_the_fields_of_objects_at_places_of_their_own_are_told() -> None:
    one = {"type": "object", "properties": {"name": {"type": "string"}}}
    found = _field({"type": "array", "prefixItems": [one], "minItems": 1, "maxItems": 1})
    assert (found.kind, [[inner.name for inner in shape.fields] for shape in found.objects]) == (
        "list of objects",
        [["name"]],
    )


def test_an_object_that_holds_its_own_kind_is_not_followed_for_ever() -> None:
    one = {"$ref": "#/components/schemas/Node"}
    node = {"type": "object", "properties": {"name": {"type": "string"}, "parent": one}}
    found = _field({"type": "array", "items": one}, Node=node)
    assert found.kind == "list of objects"
    (shape,) = found.objects
    assert [(inner.name, inner.kind, inner.objects) for inner in shape.fields] == [
        ("name", "string", []),
        ("parent", "object", []),
    ]


# the pages themselves


def test_the_first_page_leads_to_the_document_itself(client: PageCheckingClient, stranger: Browser) -> None:
    stranger.open("/api/docs")
    assert 'href="/api/openapi.json"' in stranger.text
    served = client.get("/api/openapi.json", base_url=stranger.origin)
    assert served.status_code == 200
    assert json.loads(served.data) == api.description(stranger.client.application.extensions["sparekey"].settings)
    assert _document()["info"]["description"] in stranger.told


def test_whoever_is_in_or_on_the_way_in_reads_it_as_well(office: Office, ada: Person, olgas: Browser) -> None:
    pending = office.signed_in(office.person("Paul Pending", acknowledged=False))
    for browser in (office.past_the_password(ada), office.signed_in(ada), pending, olgas):
        for path in ("/api/docs", "/api/docs/stytch", "/api/docs/stytch/create-totp"):
            assert browser.open(path).status_code == 200
    assert "Olga Owner" in olgas.told


def test_no_page_of_it_is_heavy_for_anybody(stranger: Browser, olgas: Browser) -> None:
    for browser in (stranger, olgas):
        paths = {_address(described) for _, _, described in _operations()}
        for path in {"/api/docs", *paths, *(path.rpartition("/")[0] for path in paths)}:
            assert len(browser.open(path).data) < HEAVIEST, path


@pytest.mark.parametrize("path", ["/api/docs/", "/api/docs/auth0", "/api/docs/stytch/", "/api/docs/stytch/no-such"])
def test_what_is_not_there_is_not_found(stranger: Browser, path: str) -> None:
    assert stranger.open(path).status_code == 404


def test_nothing_comes_from_elsewhere_and_nothing_is_inline(stranger: Browser) -> None:
    stranger.open("/api/docs/stytch/authenticate-totp")
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", stranger.text)
    assert all(one["src"].startswith("/assets/") for one in Page(stranger.text).every("script"))
    assert len(_main(Page(stranger.text))) > 100
