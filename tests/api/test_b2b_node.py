"""Stytch's own client for Node, for B2B: every method that it has for what is here, over lives of organizations."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.portal import Portal
from tests.support.applications import App, Application, known_to_be_theirs, mistyped, wrong_recovery_code
from tests.support.clock import TestClock
from tests.support.node_client import NodeClient, node_client
from tests.support.node_client import refusal_of as consumer_refusal_of
from tests.support.raised import raised_by
from tests.support.site import Site
from tests.support.wires import Login

FOREIGN_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ORGANIZATION, MEMBER = "organizations", "organizations.members"

Client = Callable[[Application], NodeClient]


@pytest.fixture
def client_of(site: Site, tmp_path: Path) -> Iterator[Client]:
    """The official client, for whichever application."""
    with ExitStack() as running:
        yield lambda application: running.enter_context(node_client(application, tmp_path, "B2BClient"))


@pytest.fixture
def node(client_of: Client, suite: Application) -> NodeClient:
    return client_of(suite)


@pytest.fixture
def acme(node: NodeClient) -> str:
    made = node.call(f"{ORGANIZATION}.create", organization_name="Acme Works", organization_external_id="acme|1")
    return str(made["organization"]["organization_id"])


@pytest.fixture
def ada(node: NodeClient, acme: str) -> dict[str, Any]:
    """As most calls name her."""
    made = node.call(f"{MEMBER}.create", organization_id=acme, email_address="ada@example.org", external_id="ada|1")
    return {"organization_id": acme, "member_id": made["member_id"]}


def refusal_of(call: Callable[[], Any]) -> tuple[int | None, str | None]:
    return consumer_refusal_of(call, "https://stytch.com/docs/b2b/api/errors")


# lives


def test_an_organization_is_made_found_changed_and_removed(node: NodeClient) -> None:
    made = node.call(
        f"{ORGANIZATION}.create",
        organization_name="Acme Works",
        organization_logo_url="https://acme.example/logo.svg",
        organization_external_id="acme|1",
        trusted_metadata={"plan": "gold"},
    )["organization"]
    acme = made["organization_id"]
    assert (made["organization_slug"], made["mfa_policy"], made["allowed_mfa_methods"]) == (
        "acme-works",
        "OPTIONAL",
        ["totp"],
    )
    for name in (acme, "acme-works", "acme|1"):
        assert node.call(f"{ORGANIZATION}.get", organization_id=name)["organization"] == made

    changed = node.call(
        f"{ORGANIZATION}.update",
        organization_id=acme,
        organization_name="Acme",
        organization_slug="acme",
        mfa_policy="REQUIRED_FOR_ALL",
        trusted_metadata={"plan": None, "seats": 5},
    )["organization"]
    assert (changed["organization_name"], changed["organization_slug"]) == ("Acme", "acme")
    assert (changed["mfa_policy"], changed["trusted_metadata"]) == ("REQUIRED_FOR_ALL", {"seats": 5})
    without = node.call(f"{ORGANIZATION}.deleteExternalId", organization_id="acme|1")["organization"]
    assert without == {**changed, "organization_external_id": None}

    others = [f"Branch {number}" for number in (1, 2)]
    for name in others:
        node.call(f"{ORGANIZATION}.create", organization_name=name)
    query = {"operator": "AND", "operands": [{"filter_name": "organization_name_fuzzy", "filter_value": "branch"}]}
    first = node.call(f"{ORGANIZATION}.search", query=query, limit=1)
    cursor = first["results_metadata"]["next_cursor"]
    second = node.call(f"{ORGANIZATION}.search", query=query, limit=1, cursor=cursor)
    found = [one["organization_name"] for page in (first, second) for one in page["organizations"]]
    assert (found, first["results_metadata"]["total"]) == (others, 2)
    assert second["results_metadata"]["next_cursor"] is None

    gone = node.call(f"{ORGANIZATION}.delete", organization_id=acme)
    assert (gone["organization_id"], gone["status_code"]) == (acme, 200)
    assert refusal_of(lambda: node.call(f"{ORGANIZATION}.get", organization_id=acme)) == (404, "organization_not_found")


def test_a_member_is_made_found_changed_removed_and_taken_back(node: NodeClient, acme: str) -> None:
    made = node.call(
        f"{MEMBER}.create",
        organization_id="acme|1",
        email_address="ada@example.org",
        name="Ada Lovelace",
        external_id="ada|1",
        roles=["editor"],
        is_breakglass=True,
        untrusted_metadata={"theme": "dark"},
    )
    ada = {"organization_id": acme, "member_id": made["member_id"]}
    member = made["member"]
    assert made["organization"]["organization_id"] == member["organization_id"] == acme
    assert (member["status"], member["is_breakglass"], member["email_address_verified"]) == ("active", True, False)
    assert [role["role_id"] for role in member["roles"]] == ["editor"]
    for named in ({"member_id": ada["member_id"]}, {"member_id": "ada|1"}, {"email_address": "ADA@example.org"}):
        assert node.call(f"{MEMBER}.get", organization_id=acme, **named)["member"] == member
    assert node.call(f"{MEMBER}.dangerouslyGet", member_id=ada["member_id"])["member"] == member

    changed = node.call(f"{MEMBER}.update", **ada, name="Ada King", roles=[], mfa_enrolled=True)["member"]
    assert (changed["name"], changed["roles"], changed["mfa_enrolled"]) == ("Ada King", [], True)
    assert node.call(f"{MEMBER}.deleteExternalId", **ada)["member"]["external_id"] is None
    found = node.call(
        f"{MEMBER}.search",
        organization_ids=[acme],
        query={"operator": "AND", "operands": [{"filter_name": "member_email_fuzzy", "filter_value": "ada@"}]},
    )
    assert [one["member_id"] for one in found["members"]] == [ada["member_id"]]
    assert found["organizations"].keys() == {acme}
    for method in ("deleteMFAPhoneNumber", "unlinkRetiredEmail"):
        asked = {**ada, **({"email_address": "old@example.org"} if method == "unlinkRetiredEmail" else {})}
        assert refusal_of(lambda: node.call(f"{MEMBER}.{method}", **asked))[0] == 404  # noqa: B023 -- called at once

    assert node.call(f"{MEMBER}.delete", **ada)["member_id"] == ada["member_id"]
    assert refusal_of(lambda: node.call(f"{MEMBER}.get", **ada)) == (404, "member_not_found")
    deleted = node.call(f"{MEMBER}.dangerouslyGet", member_id=ada["member_id"], include_deleted=True)
    assert deleted["member"]["status"] == "deleted"
    back = node.call(f"{MEMBER}.reactivate", **ada)["member"]
    assert (back["status"], back["email_address"], back["totp_registration_id"]) == ("active", "ada@example.org", "")


def test_somebody_enrols_comes_in_recovers_and_starts_anew(
    node: NodeClient, clock: TestClock, ada: dict[str, Any]
) -> None:
    begun = node.call("totps.create", **ada, expiration_minutes=30)
    assert begun["member"]["totp_registration_id"] == ""
    assert begun["qr_code"].startswith("data:image/png;base64,")
    phone, codes = App(begun["secret"], clock), begun["recovery_codes"]
    done = node.call("totps.authenticate", **ada, code=phone.code(), session_custom_claims={"basket": [1]})
    assert done["member"]["totp_registration_id"] == begun["totp_registration_id"]
    assert done["member"]["default_mfa_method"] == "totp"
    (factor,) = done["member_session"]["authentication_factors"]
    assert factor["authenticator_app_factor"] == {"totp_id": begun["totp_registration_id"]}
    assert done["member_session"]["custom_claims"] == {"basket": [1]}

    assert node.call("recoveryCodes.get", **ada)["recovery_codes"] == codes
    recovered = node.call("recoveryCodes.recover", **ada, recovery_code=codes[0], session_token=done["session_token"])
    assert (recovered["recovery_codes_remaining"], len(codes)) == (9, 10)
    assert recovered["member_session"]["member_session_id"] == done["member_session"]["member_session_id"]
    spent = refusal_of(lambda: node.call("recoveryCodes.recover", **ada, recovery_code=codes[0]))
    assert spent == (401, "unable_to_authenticate_recovery_code")
    renewed = node.call("recoveryCodes.rotate", **ada)["recovery_codes"]
    assert len({*renewed, *codes}) == 20
    void = refusal_of(lambda: node.call("recoveryCodes.recover", **ada, recovery_code=codes[1]))
    assert void == (401, "unable_to_authenticate_recovery_code")

    assert refusal_of(lambda: node.call("totps.create", **ada)) == (400, "active_totp_exists")
    assert node.call(f"{MEMBER}.deleteTOTP", **ada)["member"]["totp_registration_id"] == ""
    taken = node.call("totps.migrate", **ada, secret=FOREIGN_SECRET, recovery_codes=["ABCD-efgh-1234", "zzzz yyyy"])
    assert taken["member"]["totp_registration_id"] == taken["totp_registration_id"]
    assert len(taken["recovery_codes"]) == 2
    old_phone = App(FOREIGN_SECRET, clock)
    assert node.call("totps.authenticate", **ada, code=old_phone.code())["status_code"] == 200
    last = node.call("recoveryCodes.recover", **ada, recovery_code="abcdefgh1234")
    assert last["recovery_codes_remaining"] == 1


def test_a_session_is_used_listed_verified_and_revoked(
    node: NodeClient, client_of: Client, suite: Application, clock: TestClock, ada: dict[str, Any]
) -> None:
    phone = App(node.call("totps.create", **ada)["secret"], clock)
    opened = node.call("totps.authenticate", **ada, code=phone.code(), session_duration_minutes=60)
    session_id, token, jwt = (
        opened["member_session"]["member_session_id"],
        opened["session_token"],
        opened["session_jwt"],
    )
    listed = node.call("sessions.get", **ada)["member_sessions"]
    assert [one["member_session_id"] for one in listed] == [session_id]
    used = node.call("sessions.authenticate", session_token=token, session_duration_minutes=120)
    assert used["member"]["member_id"] == ada["member_id"]
    assert datetime.fromisoformat(used["member_session"]["expires_at"]) - clock.now() == timedelta(minutes=120)

    now = clock.now().isoformat()
    seen = node.call("sessions.authenticateJwtLocal", session_jwt=jwt, current_date=now)
    assert {name: seen[name] for name in ("member_session_id", "member_id", "organization_id")} == {
        "member_session_id": session_id,
        **ada,
    }
    assert (seen["organization_slug"], seen["roles"], seen["custom_claims"]) == ("acme-works", [], {})
    assert "request_id" not in node.call("sessions.authenticateJwt", session_jwt=jwt, current_date=now)
    clock.advance(minutes=5)
    now = clock.now().isoformat()
    over = raised_by(lambda: node.call("sessions.authenticateJwtLocal", session_jwt=jwt, current_date=now))
    assert (over.kind, over.code) == ("ClientError", "jwt_invalid")
    asked = node.call("sessions.authenticateJwt", session_jwt=jwt, current_date=now)
    assert asked["request_id"]
    assert asked["session_jwt"] != jwt
    nobody = client_of(replace(suite, secret="sk_live_of_nobody"))
    (key,) = nobody.call("sessions.getJWKS", project_id=suite.id)["keys"]
    assert (key["kty"], key["alg"], key["use"]) == ("RSA", "RS256", "sig")

    for by in ({"session_jwt": asked["session_jwt"]}, {"member_id": ada["member_id"]}):
        assert node.call("sessions.revoke", **by)["status_code"] == 200
        assert node.call("sessions.get", **ada)["member_sessions"] == []
        phone.next_code()
        node.call("totps.authenticate", **ada, code=phone.code())
    gone = refusal_of(lambda: node.call("sessions.authenticate", session_token=token))
    assert gone == (404, "session_not_found")


def test_somebody_known_in_two_organizations_goes_from_one_into_the_other(
    node: NodeClient, portal: Portal, suite: Application, clock: TestClock, ada: dict[str, Any]
) -> None:
    """By a token of the application, and then by the second factor of where they go."""
    node.call(f"{ORGANIZATION}.create", organization_name="Other", mfa_policy="REQUIRED_FOR_ALL")
    there = {"organization_id": "other", "member_id": "ada-there"}
    created = {"organization_id": "other", "email_address": "ada@example.org", "external_id": "ada-there"}
    node.call(f"{MEMBER}.create", **created)
    login = Login.trusted_by(suite)
    opened = node.call(
        "sessions.attest",
        organization_id=ada["organization_id"],
        profile_id=login.profile_id,
        token=login.token(ada["member_id"], clock),
    )
    assert [one["type"] for one in opened["member_session"]["authentication_factors"]] == ["trusted_auth_token"]
    into = {"session_token": opened["session_token"], "organization_id": "other"}
    stranger = node.call("sessions.exchange", **into)
    assert (stranger["member_authenticated"], stranger["intermediate_session_token"]) == (False, "")
    assert stranger["primary_required"] == {"allowed_auth_methods": ["password"]}

    known_to_be_theirs(portal, "ada@example.org")
    halfway = node.call("sessions.exchange", **into)
    assert (halfway["member_authenticated"], halfway["session_token"]) == (False, "")
    assert halfway["mfa_required"] == {"member_options": None, "secondary_auth_initiated": None}
    again = node.call(
        "discovery.intermediateSessions.exchange",
        intermediate_session_token=halfway["intermediate_session_token"],
        organization_id="other",
    )
    on_the_way = {"intermediate_session_token": again["intermediate_session_token"]}
    phone = App(node.call("totps.create", **there, **on_the_way)["secret"], clock)
    arrived = node.call("totps.authenticate", **there, **on_the_way, code=phone.code())
    assert arrived["organization"]["organization_slug"] == "other"
    assert {one["type"] for one in arrived["member_session"]["authentication_factors"]} >= {"totp"}
    used_up = refusal_of(
        lambda: node.call("discovery.intermediateSessions.exchange", **on_the_way, organization_id="other")
    )
    assert used_up == (404, "intermediate_session_not_found")


# refusals, by their type


def test_refusals_are_told_by_their_type(node: NodeClient, clock: TestClock, ada: dict[str, Any]) -> None:
    acme = ada["organization_id"]

    def told(method: str, **asked: Any) -> tuple[int | None, str | None]:
        return refusal_of(lambda: node.call(method, **asked))

    begun = node.call("totps.create", **ada)
    phone, (code, *_) = App(begun["secret"], clock), begun["recovery_codes"]
    assert told("totps.authenticate", **ada, code=phone.wrong_code()) == (401, "unable_to_authenticate_totp")
    shown = phone.code()
    node.call("totps.authenticate", **ada, code=shown)
    assert told("totps.authenticate", **ada, code=shown) == (401, "totp_code_already_authenticated")
    assert told("totps.authenticate", **ada, code="12345") == (400, "invalid_totp_code")
    assert told("totps.authenticate", **ada, code=code) == (400, "recovery_code_used_as_totp_code")
    assert told("recoveryCodes.recover", **ada, recovery_code=mistyped(code)) == (400, "invalid_recovery_code")
    assert told("recoveryCodes.recover", **ada, recovery_code="123456") == (400, "totp_code_used_as_recovery_code")
    assert told("totps.migrate", **ada, secret="JBSWY3DP", recovery_codes=[]) == (400, "invalid_totp_secret")
    assert told(f"{MEMBER}.create", organization_id=acme, email_address="ada") == (400, "invalid_email")
    taken = {"organization_id": acme, "email_address": "ada@example.org"}
    assert told(f"{MEMBER}.create", **taken) == (400, "duplicate_member_email")
    assert told(f"{MEMBER}.get", organization_id="nowhere", member_id="x") == (404, "organization_not_found")
    slug = {"organization_name": "Acme", "organization_slug": "acme-works"}
    assert told(f"{ORGANIZATION}.create", **slug) == (400, "organization_slug_already_used")
    sso = told(f"{ORGANIZATION}.update", organization_id=acme, sso_jit_provisioning="ALL_ALLOWED")
    assert sso == (400, "operation_restricted_by_organization_auth_methods")
    sms = told(f"{MEMBER}.update", **ada, mfa_phone_number="+15005550006")
    assert sms == (400, "operation_restricted_by_organization_mfa_methods")
    assert told("sso.getConnections", organization_id=acme) == (404, "unavailable_endpoint")
    assert told("otps.sms.send", **ada) == (404, "unavailable_endpoint")
    for _ in range(10):
        told("recoveryCodes.recover", **ada, recovery_code=wrong_recovery_code())
    assert told("recoveryCodes.recover", **ada, recovery_code=code) == (429, "user_lock_limit_reached")
    locked = node.call(f"{MEMBER}.get", **ada)["member"]
    assert (locked["is_locked"], datetime.fromisoformat(locked["lock_created_at"])) == (True, clock.now())


def test_what_a_key_may_not_do_is_told_by_its_type(
    node: NodeClient, client_of: Client, suite: Application, shop: Application, ada: dict[str, Any]
) -> None:
    stranger = client_of(replace(suite, secret="sk_live_of_nobody"))
    assert refusal_of(lambda: stranger.call(f"{ORGANIZATION}.search")) == (401, "unauthorized_credentials")
    of_harbour = client_of(shop)
    assert [one["organization_slug"] for one in of_harbour.call(f"{ORGANIZATION}.search")["organizations"]] == [
        "harbour"
    ]
    assert refusal_of(lambda: of_harbour.call(f"{MEMBER}.get", **ada)) == (404, "organization_not_found")
    refused = refusal_of(lambda: of_harbour.call(f"{ORGANIZATION}.create", organization_name="Mine"))
    assert refused == (403, "unauthorized_action")
    herself = {"session_token": "of hers"}
    refused = refusal_of(lambda: node.call_as(herself, f"{MEMBER}.update", **ada, name="Me"))
    assert refused == (403, "session_authorization_error")
