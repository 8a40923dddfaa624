"""The OpenAPI document: valid, complete, and true of everything that is sent and answered over a user's whole life."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from schemathesis.specs.openapi import definitions

from app.api.application import DESCRIPTION, DIALECTS, description
from app.api.wire import Dialect
from app.config import Settings
from app.portal import Portal
from tests.support.applications import Caller
from tests.support.wires import ALL, Route, Scene, content_of, in_order, named

Document = dict[str, Any]

each_wire = pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)


@pytest.fixture
def document(caller: Caller) -> Document:
    """As it is served."""
    served: Document = caller.open("GET", DESCRIPTION).get_json()
    return served


WIRES = f"({'|'.join(sorted((dialect.name for dialect in DIALECTS), reverse=True))})"


def described(document: Document, route: Route) -> Document:
    found: Document = document["paths"][route.operation.path][route.operation.method.lower()]
    return found


def faults(document: Document, schema: Document, value: Any) -> list[str]:
    """What is wrong with a value by a schema of the document."""
    validator = _validator(json.dumps(schema), json.dumps(document["components"]))
    return [f"{'/'.join(map(str, one.instance_path))}: {one.message}" for one in validator.iter_errors(value)]


@cache
def _validator(schema: str, components: str) -> jsonschema_rs.Draft202012Validator:
    whole = {**json.loads(schema), "components": json.loads(components)}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def nested(content: Any) -> Iterator[Document]:
    """Every object in it, at any depth."""
    if isinstance(content, dict):
        yield content
    for one in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        yield from nested(one)


# the document itself


def test_it_is_valid_openapi_and_so_is_every_schema_in_it(document: Document) -> None:
    assert document["openapi"] == "3.1.0"
    assert [one.message for one in definitions.OPENAPI_31_VALIDATOR.iter_errors(document)] == []
    for name, schema in document["components"]["schemas"].items():
        assert jsonschema_rs.meta.is_valid({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}), name


def test_what_it_refers_to_is_in_it_and_what_is_in_it_is_referred_to(document: Document) -> None:
    referred = {one["$ref"] for one in nested(document) if isinstance(one.get("$ref"), str)}
    there = {f"#/components/{kind}/{name}" for kind in ("schemas", "headers") for name in document["components"][kind]}
    assert referred <= there
    of_queries = {name for name in there - referred if not name.endswith("Asked")}
    assert of_queries == set()


def test_its_names_are_the_wires_words_and_tell_nothing_of_our_modules(document: Document) -> None:
    names = [
        *document["components"]["schemas"],
        *(one["operationId"] for one in nested(document) if "operationId" in one),
    ]
    assert [name for name in names if not re.fullmatch(WIRES + r"[._][A-Za-z_]+", name)] == []
    assert [name for name in names if "__" in name] == []
    assert len(names) == len(set(names))


def test_it_names_the_operations_that_are_served_and_no_others(document: Document) -> None:
    named = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert named == {(route.operation.method, route.operation.path) for route in ALL}
    assert len(named) == len(ALL)


def test_it_is_the_one_that_the_page_is_made_of(document: Document, portal: Portal) -> None:
    assert document == description(portal.settings)
    assert document["servers"] == [{"url": portal.settings.origin}]
    behind_a_proxy = Settings(instance=portal.settings.instance, public_url="https://keys.example.org", proxies=1)
    elsewhere = description(behind_a_proxy)
    assert elsewhere["servers"] == [{"url": "https://keys.example.org"}]


def test_it_says_of_each_operation_what_it_takes(document: Document) -> None:
    for route in ALL:
        one = described(document, route)
        in_path = re.findall(r"{(\w+)}", route.operation.path)
        stated = [parameter["name"] for parameter in one.get("parameters", []) if parameter["in"] == "path"]
        assert stated == in_path
        anybody = route.operation.open or route.operation.bare
        assert one["security"] == ([] if anybody else [{route.dialect.name: []}]), str(route)
        assert ("factor_secrets" in one.get("description", "")) is route.operation.secrets
        assert ("requestBody" in one) is route.has_body


# what is sent


def _asked(document: Document, route: Route) -> Document:
    found: Document = described(document, route)["requestBody"]["content"]["application/json"]["schema"]
    return found


def test_the_forms_of_all_operations_fit_what_it_says(document: Document, scene: Scene) -> None:
    for route in ALL:
        form = scene.form(route)
        if route.has_body:
            assert faults(document, _asked(document, route), form) == [], str(route)
        for parameter in described(document, route).get("parameters", []):
            values = {**form, **_in_path(scene, route)}
            assert faults(document, parameter["schema"], values[parameter["name"]]) == [], str(route)


def _in_path(scene: Scene, route: Route) -> dict[str, str]:
    pattern, path = route.operation.path.split("/"), scene.path(route).split("/")
    return {part.strip("{}"): one for part, one in zip(pattern, path, strict=True) if part.startswith("{")}


def test_a_body_may_be_left_out_just_where_it_says_so(document: Document, scene: Scene) -> None:
    for route in ALL:
        if route.has_body:
            stated = described(document, route)["requestBody"]["required"]
            reply = scene.caller.open(route.operation.method, scene.path(route), scene.key_of(route))
            assert (reply.status_code == 400) is stated, f"{route}: {reply.text}"
            assert (faults(document, _asked(document, route), {}) != []) is stated, str(route)


def _query(name: str, value: object) -> Document:
    return {"query": {"operator": "OR", "operands": [{"filter_name": name, "filter_value": value}]}}


def _field(name: str, operator: str, value: object) -> Document:
    return {"filters": {"fields": [{"field": name, "operator": operator, "value": value}]}}


RULED_OUT: list[tuple[str, Document]] = [
    ("stytch.authenticate_session", {"session_token": None}),
    ("stytch.authenticate_session", {"session_jwt": "a.b.c"}),
    ("stytch.revoke_session", {"session_id": "session-live-00000000-0000-0000-0000-000000000000"}),
    ("stytch.revoke_session", {"session_token": ""}),
    ("stytch.authenticate_totp", {"session_token": "x", "session_jwt": "a.b.c"}),
    ("stytch.authenticate_totp", {"totp_code": "12345"}),
    ("stytch.authenticate_totp", {"session_duration_minutes": 4}),
    ("stytch.authenticate_totp", {"session_duration_minutes": 60.5}),
    ("stytch.create_totp", {"user_id": "user-live-x"}),
    ("stytch.create_totp", {"user_id": "with spaces"}),
    ("stytch.create_user", {"phone_number": "+1"}),
    ("stytch.create_user", {"external_id": "with spaces"}),
    ("stytch.create_user", {"roles": [""]}),
    ("stytch.search_users", {"query": {"operator": "NOR", "operands": []}}),
    ("stytch.search_users", {"query": {"operator": "OR", "operands": [{"filter_name": "status"}]}}),
    ("stytch.search_users", _query("status", ["gone"])),
    ("stytch.search_users", _query("email_verified", ["x"])),
    ("stytch.search_users", _query("full_name_fuzzy", "xy")),
    ("stytch.search_users", _query("created_at_less_than", "x")),
    ("stytch.search_users", _query("created_at_between", {"greater_than": "2026-05-04T09:30:00Z"})),
    ("stytch.search_users", _query("phone_number", None)),
    ("stytch.search_users", _query("x", 1)),
    ("stytch.search_users", {"cursor": "x"}),
    ("stytch_b2b.create_organization", {"organization_name": ""}),
    ("stytch_b2b.create_organization", {"organization_slug": "x" * 41}),
    ("stytch_b2b.create_organization", {"organization_slug": "-works"}),
    ("stytch_b2b.create_organization", {"organization_logo_url": "javascript:alert(1)"}),
    ("stytch_b2b.create_organization", {"email_jit_provisioning": "RESTRICTED"}),
    ("stytch_b2b.create_organization", {"allowed_mfa_methods": ["sms_otp"]}),
    ("stytch_b2b.create_organization", {"allowed_oauth_tenants": {"slack": ["x"]}}),
    ("stytch_b2b.update_organization", {"mfa_policy": "REQUIRED"}),
    ("stytch_b2b.update_organization", {"email_allowed_domains": ["example.org"]}),
    ("stytch_b2b.search_organizations", _query("organization_name_fuzzy", "xy")),
    ("stytch_b2b.search_organizations", _query("has_active_sso_connection", "no")),
    ("stytch_b2b.search_organizations", {"limit": 1001}),
    ("stytch_b2b.create_member", {"mfa_phone_number": "+1"}),
    ("stytch_b2b.create_member", {"email_address": "nobody"}),
    ("stytch_b2b.update_member", {"default_mfa_method": "sms_otp"}),
    ("stytch_b2b.unlink_retired_email", {"email_address": ""}),
    ("stytch_b2b.search_members", {"organization_ids": []}),
    ("stytch_b2b.search_members", _query("statuses", ["gone"])),
    ("stytch_b2b.search_members", {"cursor": "x"}),
    ("stytch_b2b.create_member_totp", {"member_id": "member-live-x"}),
    ("stytch_b2b.create_member_totp", {"organization_id": "with spaces"}),
    ("stytch_b2b.create_member_totp", {"expiration_minutes": 4}),
    ("stytch_b2b.authenticate_member_totp", {"code": "12345"}),
    ("stytch_b2b.authenticate_member_totp", {"set_mfa_enrollment": "leave"}),
    ("stytch_b2b.authenticate_member_totp", {"session_token": "x", "intermediate_session_token": "y"}),
    ("stytch_b2b.authenticate_member_totp", {"session_jwt": "x", "intermediate_session_token": "y"}),
    ("stytch_b2b.migrate_member_totp", {"secret": "JBSWY3DPEHPK3PXP"}),
    ("stytch_b2b.migrate_member_totp", {"secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PX1"}),
    ("stytch_b2b.migrate_member_totp", {"recovery_codes": ["short"]}),
    ("stytch_b2b.migrate_member_totp", {"recovery_codes": [f"abcd-efgh-{number}" for number in range(100, 121)]}),
    ("stytch_b2b.revoke_member_session", {"session_token": None}),
    ("stytch_b2b.revoke_member_session", {"member_id": "member-live-00000000-0000-0000-0000-000000000000"}),
    ("stytch_b2b.revoke_member_session", {"session_token": "", "member_id": "ada-1"}),
    ("stytch_b2b.exchange_member_session", {"session_token": ""}),
    ("stytch_b2b.exchange_intermediate_session", {"session_duration_minutes": 4}),
    ("stytch_browsers.create_own_totp", {"expiration_minutes": 4}),
    ("stytch_browsers.create_own_totp", {"expiration_minutes": 1441}),
    ("stytch_browsers.authenticate_own_totp", {"totp_code": "12345"}),
    ("stytch_browsers.authenticate_own_totp", {"session_duration_minutes": 4}),
    ("stytch_browsers.authenticate_own_session", {"session_duration_minutes": 60.5}),
    ("stytch_browsers.recover_own_totp", {"recovery_code": None}),
    ("stytch_browsers.update_own_user", {"name": {"first_name": "x" * 121}}),
    ("stytch_browsers.update_own_user", {"untrusted_metadata": []}),
    ("stytch_browsers.attest_own_session", {"token": "x" * 8193}),
    ("stytch_b2b_browsers.create_own_member_totp", {"member_id": "member-live-x"}),
    ("stytch_b2b_browsers.create_own_member_totp", {"organization_id": "with spaces"}),
    ("stytch_b2b_browsers.authenticate_own_member_totp", {"code": "12345"}),
    ("stytch_b2b_browsers.authenticate_own_member_totp", {"set_mfa_enrollment": "unenroll"}),
    ("stytch_b2b_browsers.recover_own_member", {"intermediate_session_token": 5}),
    ("stytch_b2b_browsers.update_own_member", {"name": "x" * 121}),
    ("stytch_b2b_browsers.exchange_own_member_session", {"organization_id": None}),
    ("dynamic.sign_in_externally", {"jwt": None}),
    ("dynamic.update_own_user", {"mfaBackupCodeAcknowledgement": "pending"}),
    ("dynamic.update_own_user", {"firstName": "x" * 121}),
    ("dynamic.check_step_up", {"scope": ""}),
    ("dynamic.check_step_up", {"scope": "two scopes"}),
    ("dynamic.authenticate_own_totp", {"createMfaToken": {"singleUse": "yes"}}),
    ("dynamic.authenticate_own_totp", {"createMfaToken": {}}),
    ("dynamic.authenticate_own_totp", {"requestedScopes": ["two scopes"]}),
    ("dynamic.recover_own_session", {"requestedScopes": ["x"] * 21}),
    ("dynamic.confirm_own_totp", {"type": "sms"}),
    ("dynamic.prefer_own_device", {"default": False}),
    ("streambird.recover_totp", {"recovery_code": None}),
    ("streambird.verify_totp", {"device_fingerprint": {"ip": "somewhere"}}),
    ("streambird.update_user", {"phone_numbers": [{"phone_number": "+1"}]}),
    ("streambird.update_user", {"emails": [{"email": "nobody"}]}),
    ("streambird.delete_session", {"session_token": None}),
    ("streambird.search_users", _field("email", "gt", "a@example.org")),
    ("streambird.search_users", _field("email", "eq", 1)),
    ("streambird.search_users", _field("created_at", "gt", "a")),
    ("streambird.search_users", _field("created_at", "eq", 1)),
    ("streambird.search_users", _field("created_at", "between", [1])),
]
ALLOWED: list[tuple[str, Document]] = [
    ("stytch.authenticate_totp", {"session_duration_minutes": 60.0}),
    ("stytch.authenticate_totp", {"session_token": "", "session_jwt": None}),
    ("stytch.create_user", {"phone_number": "", "email": "\N{LATIN SMALL LETTER E WITH ACUTE}@example.org"}),
    ("stytch.search_users", {"query": None, "cursor": ""}),
    ("stytch.search_users", _query("full_name_fuzzy", ["xyz"])),
    ("stytch.search_users", _query("created_at_less_than", "2026-05-04T09:30:00+02:00")),
    ("stytch.search_users", _query("phone_number", ["+1"])),
    ("stytch_b2b.create_organization", {"organization_slug": "", "organization_logo_url": "", "mfa_methods": None}),
    ("stytch_b2b.update_organization", {"auth_methods": "ALL_ALLOWED", "mfa_methods": "ALL_ALLOWED"}),
    ("stytch_b2b.search_organizations", {"query": None, "cursor": "", "limit": 1000.0}),
    ("stytch_b2b.search_organizations", _query("claimed_email_domains", "whatever")),
    ("stytch_b2b.search_members", _query("statuses", ["deleted", "active"])),
    ("stytch_b2b.search_members", _query("member_mfa_phone_number_fuzzy", 5)),
    ("stytch_b2b.create_member_totp", {"expiration_minutes": 1440, "session_token": ""}),
    ("stytch_b2b.authenticate_member_totp", {"intermediate_session_token": "", "set_default_mfa": None}),
    ("stytch_browsers.create_own_totp", {"expiration_minutes": None}),
    ("stytch_browsers.authenticate_own_totp", {"session_duration_minutes": 60.0}),
    ("stytch_browsers.update_own_user", {"name": None, "untrusted_metadata": None}),
    ("stytch_b2b_browsers.create_own_member_totp", {"expiration_minutes": 1440.0, "intermediate_session_token": ""}),
    ("stytch_b2b_browsers.authenticate_own_member_totp", {"set_mfa_enrollment": ""}),
    ("stytch_b2b_browsers.exchange_own_member_session", {"session_duration_minutes": None}),
    ("dynamic.update_own_user", {"firstName": None, "metadata": None, "mfaBackupCodeAcknowledgement": None}),
    ("dynamic.check_step_up", {"scope": "wallet:sign"}),
    ("dynamic.authenticate_own_totp", {"id": None, "createMfaToken": None, "requestedScopes": None}),
    ("dynamic.recover_own_session", {"requestedScopes": []}),
    ("streambird.verify_totp", {"device_fingerprint": {"ip": "2001:db8::7"}}),
    ("streambird.verify_totp", {"device_fingerprint": {"ip": ""}}),
    ("streambird.recover_totp", {"totp": "passed over"}),
    ("streambird.search_users", _field("email", "eq", "a@example.org")),
    ("streambird.search_users", _field("created_at", "gt", 5.0)),
    ("streambird.search_users", _field("created_at", "between", [0, 2**32])),
]


def test_what_it_rules_out_is_refused(document: Document, scene: Scene) -> None:
    for name, changed in RULED_OUT:
        route = named(name)
        assert faults(document, _asked(document, route), {**scene.form(route), **changed}), f"{name}: {changed}"
        reply = scene.ask(route, **changed)
        assert reply.status_code == 400, f"{name}, {changed}: {reply.text}"


def test_what_it_allows_is_taken(document: Document, scene: Scene) -> None:
    for name, changed in ALLOWED:
        route = named(name)
        assert faults(document, _asked(document, route), {**scene.form(route), **changed}) == [], f"{name}: {changed}"
        reply = scene.ask(route, **changed)
        assert reply.status_code == 200, f"{name}, {changed}: {reply.text}"


# what is answered


def _answer(document: Document, route: Route, status: int) -> Document:
    answers = described(document, route)["responses"]
    found: Document = answers[str(status) if str(status) in answers else f"{status // 100}XX"]
    return found


@each_wire
def test_every_answer_of_a_life_is_as_it_says(document: Document, scene: Scene, dialect: Dialect) -> None:
    for route in in_order(dialect):
        replies = [scene.ask(route, {}), scene.ask(route), scene.ask(route), scene.ask(route, method="PATCH")]
        assert (200 in {reply.status_code for reply in replies}) is route.is_ours, str(route)
        for reply in replies:
            answer = _answer(document, route, reply.status_code)
            schema = answer["content"]["application/json"]["schema"]
            if reply.status_code == 200:
                assert content_of(reply).keys() == _named_in(document, schema), str(route)
            assert faults(document, schema, reply.get_json()) == [], str(route)
            named = {reference["$ref"].rpartition("/")[2] for reference in answer["headers"].values()}
            for name in named:
                header = document["components"]["headers"][name]
                sent = reply.headers.get(name)
                assert sent is not None or not header.get("required"), name
                assert sent is None or faults(document, header["schema"], _read(sent, header)) == [], name


def _named_in(document: Document, schema: Document) -> set[str]:
    """All that an answer says, in the object where clients look for it."""
    properties = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]].get("properties", {})
    return _named_in(document, properties["data"]) if properties.keys() == {"data"} else set(properties)


def _read(sent: str, header: Document) -> object:
    return int(sent) if header["schema"]["type"] == "integer" else sent
