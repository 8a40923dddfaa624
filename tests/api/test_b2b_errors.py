"""What Stytch's client for B2B is told where a code is not right, where it may not call, and of what is not here."""

import inspect
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import stytch
from stytch.b2b.models.sessions import AuthorizationCheck
from stytch.shared.method_options import Authorization

from app.api.stytch.b2b import refusals, surface
from app.api.stytch.b2b.surface import STYTCH_B2B
from app.api.stytch.errors import KINDS, OF_RECOVERY, OF_TOTP, REFUSALS
from app.portal import UnavailableError
from tests.support.applications import (
    Application,
    StytchMember,
    mistyped,
    random_like,
    refusal,
    told,
    wrong_recovery_code,
)
from tests.support.clock import TestClock

STRANGERS = (401, "unauthorized_credentials")
ELSEWHERE = (404, "unavailable_endpoint")
TOO_MANY = (429, "too_many_requests")
IN_SOMEBODYS_NAME = (403, "session_authorization_error")
NO_ORGANIZATION = (404, "organization_not_found")
NOBODY = "organization-live-00000000-0000-4000-8000-000000000000"
PART = "x"
HERE = {
    "organizations": "create delete delete_external_id get search update",
    "organizations.members": "create dangerously_get delete delete_external_id delete_mfa_phone_number delete_totp get "
    "reactivate search unlink_retired_email update",
    "totps": "authenticate create migrate",
    "recovery_codes": "get recover rotate",
    "sessions": "attest authenticate exchange get get_jwks revoke",
    "discovery.intermediate_sessions": "exchange",
}
"""Of the client's methods those that Sparekey answers to."""

BY_ITSELF = {
    "sessions.authenticate_jwt",
    "sessions.authenticate_jwt_local",
    "rbac.organizations.validate_org_policy",
    "idp.introspect_access_token_local",
    "idp.introspect_token_network",
}
"""What the client does without asking, or asks of another part of the service than its API."""


def _methods(part: object, within: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """All that the client can do, but for doing the same without waiting."""
    for name, value in vars(part).items():
        if type(value).__module__.startswith("stytch.b2b.api."):
            for method, _ in inspect.getmembers(type(value), inspect.isfunction):
                if not method.startswith("_") and not method.endswith("_async"):
                    yield f"{within}{name}.{method}", getattr(value, method)
            yield from _methods(value, f"{within}{name}.")


def _answered() -> set[str]:
    return {f"{part}.{method}" for part, methods in HERE.items() for method in methods.split()}


def _made_up(call: Callable[..., Any]) -> dict[str, Any]:
    """Something of its kind for whatever the method must be given."""
    needed = {
        name: str(one.annotation)
        for name, one in inspect.signature(call).parameters.items()
        if one.default is one.empty
    }
    of_kind = {"bool": True, "List[str]": [PART]}
    return {name: {} if "Dict" in kind else of_kind.get(kind, PART) for name, kind in needed.items()}


def _in_the_name_of(call: Callable[..., Any], **session: str) -> Any:
    """Of the kind that the method takes, which is one of its own for each."""
    named = re.fullmatch(r"Optional\[(\w+)\]", str(inspect.signature(call).parameters["method_options"].annotation))
    assert named
    kinds = inspect.getmodule(call)
    return getattr(kinds, named[1])(authorization=Authorization(**session))


def test_the_client_is_answered_or_told_that_this_is_not_here(b2b: stytch.B2BClient) -> None:
    """SSO, SCIM, SMS, magic links, passwords, OAuth and all else that it can ask for."""
    methods = dict(_methods(b2b))
    assert len(_answered()) == len(STYTCH_B2B.operations)
    assert methods.keys() > _answered() | BY_ITSELF
    needing_nothing = {"organizations.create", "organizations.search"}
    for name in methods.keys() - BY_ITSELF - needing_nothing:
        said = told(methods[name], **_made_up(methods[name]))
        assert (said == ELSEWHERE) is (name not in _answered()), f"{name}: {said}"


def test_what_is_not_here_is_told_in_the_form_of_all_errors(b2b: stytch.B2BClient, acme: str) -> None:
    for call in (
        lambda: b2b.otps.sms.send(organization_id=acme, member_id=PART, mfa_phone_number="+15550100"),
        lambda: b2b.magic_links.email.invite(organization_id=acme, email_address="ada@example.org"),
        lambda: b2b.sso.get_connections(organization_id=acme),
        lambda: b2b.scim.connection.create(organization_id=acme, display_name="Okta"),
    ):
        refused = refusal(call)
        assert (refused.status_code, refused.error_type) == ELSEWHERE
        assert refused.error_url == "https://stytch.com/docs/b2b/api/errors/404#unavailable_endpoint"
        assert "not this" in refused.error_message


def test_what_is_wrong_with_a_code_is_told_by_its_type(member: StytchMember, clock: TestClock) -> None:
    late = StytchMember.made(member.client, clock, member.organization_id, email_address="late@example.org")
    first = member.phone.code()
    member.shows(first)
    spent = member.codes.pop()
    member.recovers(spent)
    for call, code, said in [
        (member.shows, member.phone.wrong_code(), (401, "unable_to_authenticate_totp")),
        (member.shows, first, (401, "totp_code_already_authenticated")),
        (member.shows, "12345", (400, "invalid_totp_code")),
        (member.shows, member.codes[0], (400, "recovery_code_used_as_totp_code")),
        (member.recovers, wrong_recovery_code(), (401, "unable_to_authenticate_recovery_code")),
        (member.recovers, spent, (401, "unable_to_authenticate_recovery_code")),
        (member.recovers, mistyped(member.codes[0]), (400, "invalid_recovery_code")),
        (member.recovers, "123456", (400, "totp_code_used_as_recovery_code")),
    ]:
        assert told(call, code=code) == said, code
    clock.advance(minutes=60)
    assert told(late.shows) == (401, "expired_totp")
    member.recovers()
    member.fails(10)
    until = clock.now() + timedelta(minutes=60)
    for call in (member.shows, member.recovers):
        locked = refusal(call, code=member.phone.code() if call == member.shows else member.codes[0])
        assert (locked.status_code, locked.error_type) == (429, "user_lock_limit_reached")
        assert f"The lock expires at {until:%Y-%m-%dT%H:%M:%SZ}." in locked.error_message
    clock.advance(minutes=60)
    member.recovers(member.codes[0])


def test_nobody_acts_in_a_members_name(enrolled_member: StytchMember) -> None:
    client, opened = enrolled_member.client, enrolled_member.shows()
    methods = dict(_methods(client))
    before = client.organizations.members.search(organization_ids=[enrolled_member.organization_id]).model_dump()
    by_proxy = {name for name in _answered() if "method_options" in inspect.signature(methods[name]).parameters}
    assert {"sessions.revoke", "organizations.update", "organizations.members.delete"} <= by_proxy
    named = {**enrolled_member.named, "organization_ids": [enrolled_member.organization_id]}
    for name in by_proxy:
        call = methods[name]
        asked = {**_made_up(call), **{one: named[one] for one in named if one in inspect.signature(call).parameters}}
        for session in opened.model_dump(include={"session_token", "session_jwt"}).items():
            options = _in_the_name_of(call, **dict([session]))
            assert told(call, **asked, method_options=options) == IN_SOMEBODYS_NAME, name
    after = client.organizations.members.search(organization_ids=[enrolled_member.organization_id]).model_dump()
    del before["request_id"], after["request_id"]
    assert after == before


def test_nobody_is_authorized_here(enrolled_member: StytchMember) -> None:
    sessions, opened = enrolled_member.client.sessions, enrolled_member.shows()
    check = AuthorizationCheck(organization_id=enrolled_member.organization_id, resource_id="documents", action="read")
    refused = told(sessions.authenticate, session_token=opened.session_token, authorization_check=check.model_dump())
    assert refused == IN_SOMEBODYS_NAME
    assert sessions.authenticate(session_token=opened.session_token)


def test_without_a_live_secret_nobody_is_answered(
    b2b: stytch.B2BClient, suite: Application, shop: Application, acme: str
) -> None:
    for project_id, secret in [
        (suite.id, "sk_live_wrong"),
        (suite.id, shop.secret),
        (shop.id, suite.secret),
        (random_like(suite.id), suite.secret),
        (suite.project.public_token, suite.secret),
    ]:
        client = stytch.B2BClient(project_id, secret, environment=suite.address)
        assert told(client.organizations.search) == STRANGERS
        assert told(client.organizations.get, organization_id=acme) == STRANGERS
        assert told(client.organizations.get, organization_id="no id") == STRANGERS


@pytest.mark.parametrize("changed_settings", [{"project_limit": 3}])
def test_an_application_has_so_many_requests_a_minute(b2b: stytch.B2BClient, clock: TestClock) -> None:
    clock.set(clock.now().replace(second=15, microsecond=0) + timedelta(minutes=1))
    for _ in range(3):
        assert told(b2b.organizations.get, organization_id=NOBODY) == NO_ORGANIZATION
    assert told(b2b.organizations.get, organization_id=NOBODY) == told(b2b.organizations.search) == TOO_MANY
    clock.advance(seconds=45)
    assert b2b.organizations.search().organizations == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (ZeroDivisionError(), (500, "internal_server_error")),
        (UnavailableError("others have been writing for too long"), (503, "server_unavailable")),
    ],
)
def test_a_fault_of_ours_is_told_as_one(
    b2b: stytch.B2BClient, monkeypatch: pytest.MonkeyPatch, fault: Exception, said: tuple[int, str]
) -> None:
    def fails(*_given: object, **_named: object) -> None:
        raise fault

    monkeypatch.setattr("app.services.tenants.tenants.view", fails)
    assert told(b2b.organizations.create, organization_name="Acme Works") == said
    monkeypatch.undo()
    assert b2b.organizations.search().organizations == []


def test_a_path_answers_to_its_methods_alone_and_others_to_none(b2b: stytch.B2BClient) -> None:
    reply = b2b.sync_client.delete(b2b.api_base.url_for("/v1/b2b/totp", {}))
    assert (reply.response.status_code, reply.json["error_type"]) == (405, "method_not_allowed")
    assert reply.response.headers["Allow"] == "POST"
    nowhere = b2b.sync_client.get(b2b.api_base.url_for("/v1/b2b/nowhere", {}), {}, {})
    assert (nowhere.response.status_code, nowhere.json["error_type"]) == (404, "route_not_found")


def test_every_error_of_the_wire_is_provoked_in_these_tests() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_b2b_*.py"))
    tables = (REFUSALS, OF_TOTP, OF_RECOVERY, refusals._WORDS, refusals._OF_TOTP, refusals._OF_RECOVERY)
    sources = "".join(path.read_text() for path in Path(surface.__file__).parent.glob("*.py"))
    known = {
        *(kind for table in tables for _, kind, _ in table.values()),
        *KINDS.values(),
        *STYTCH_B2B.unfit.values(),
        *re.findall(r'WireError\(\s*\d+,\s*"(\w+)"', sources),
    }
    assert len(known) > 60
    assert {kind for kind in known if f'"{kind}"' not in tests} == set()
