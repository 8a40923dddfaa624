"""Whole lives of an organization and of a member through Stytch's own client, one call at a time and many at once."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest
import stytch
from stytch.core.response_base import StytchError

from tests.support import coroutines
from tests.support.applications import App, Application, StytchMember, told
from tests.support.clock import TestClock

QUIET_ABOUT_ITSELF = pytest.mark.filterwarnings("ignore:The 'auth' parameter is deprecated")
NO_ORGANIZATION = (404, "organization_not_found")
NO_MEMBER = (404, "member_not_found")


def _organization(organization_id: str, now: datetime, **but: Any) -> dict[str, Any]:
    """Every field of an organization of which nothing but its name is known."""
    return {
        "organization_id": organization_id,
        "organization_name": "Acme Works",
        "organization_logo_url": "",
        "organization_slug": "acme-works",
        "sso_jit_provisioning": "NOT_ALLOWED",
        "sso_jit_provisioning_allowed_connections": [],
        "sso_active_connections": [],
        "email_allowed_domains": [],
        "email_jit_provisioning": "NOT_ALLOWED",
        "email_invites": "NOT_ALLOWED",
        "auth_methods": "RESTRICTED",
        "allowed_auth_methods": ["password"],
        "mfa_policy": "OPTIONAL",
        "rbac_email_implicit_role_assignments": [],
        "mfa_methods": "RESTRICTED",
        "allowed_mfa_methods": ["totp"],
        "oauth_tenant_jit_provisioning": "NOT_ALLOWED",
        "claimed_email_domains": [],
        "first_party_connected_apps_allowed_type": "NOT_ALLOWED",
        "allowed_first_party_connected_apps": [],
        "third_party_connected_apps_allowed_type": "NOT_ALLOWED",
        "allowed_third_party_connected_apps": [],
        "custom_roles": [],
        "trusted_metadata": {},
        "created_at": now,
        "updated_at": None,
        "organization_external_id": None,
        "sso_default_connection_id": None,
        "scim_active_connection": None,
        "allowed_oauth_tenants": {},
        **but,
    }


def _member(organization_id: str, member_id: str, now: datetime, **but: Any) -> dict[str, Any]:
    """Every field of a member of whom nothing but the address is known."""
    return {
        "organization_id": organization_id,
        "member_id": member_id,
        "email_address": "ada@example.org",
        "status": "active",
        "name": "",
        "sso_registrations": [],
        "is_breakglass": False,
        "member_password_id": "",
        "oauth_registrations": [],
        "email_address_verified": False,
        "mfa_phone_number_verified": False,
        "is_admin": False,
        "totp_registration_id": "",
        "retired_email_addresses": [],
        "is_locked": False,
        "mfa_enrolled": False,
        "mfa_phone_number": "",
        "default_mfa_method": "",
        "roles": [],
        "trusted_metadata": {},
        "untrusted_metadata": {},
        "created_at": now,
        "updated_at": None,
        "scim_registration": None,
        "external_id": None,
        "lock_created_at": None,
        "lock_expires_at": None,
        **but,
    }


def _role(name: str) -> dict[str, Any]:
    return {"role_id": name, "sources": [{"type": "direct_assignment", "details": {}}]}


def test_an_organization_and_a_member_live_a_whole_life(b2b: stytch.B2BClient, clock: TestClock) -> None:
    began = clock.now()
    made = b2b.organizations.create(organization_name="Acme Works")
    assert made.status_code == 200
    assert made.request_id.startswith("request-id-live-")
    acme = made.organization.organization_id
    assert acme.startswith("organization-live-")
    assert made.organization.model_dump() == _organization(acme, began)
    told_all = b2b.organizations.create(
        organization_name="Zenith",
        organization_slug="top",
        organization_logo_url="https://zenith.example/logo.png",
        organization_external_id="z-1",
        trusted_metadata={"plan": "gold"},
        mfa_policy="REQUIRED_FOR_ALL",
    ).organization
    assert told_all.model_dump() == _organization(
        told_all.organization_id,
        began,
        organization_name="Zenith",
        organization_slug="top",
        organization_logo_url="https://zenith.example/logo.png",
        organization_external_id="z-1",
        trusted_metadata={"plan": "gold"},
        mfa_policy="REQUIRED_FOR_ALL",
    )

    clock.advance(minutes=5)
    joined = b2b.organizations.members.create(organization_id=acme, email_address="ada@example.org")
    ada, since = joined.member_id, clock.now()
    assert ada.startswith("member-live-")
    assert joined.member.model_dump() == _member(acme, ada, since)
    assert joined.organization == made.organization
    changed = b2b.organizations.members.update(
        organization_id=acme,
        member_id=ada,
        name="Ada Lovelace",
        external_id="17",
        is_breakglass=True,
        roles=["editor", "stytch_admin"],
        trusted_metadata={"level": 3},
        untrusted_metadata={"theme": "dark"},
    )
    as_known: dict[str, Any] = {
        "name": "Ada Lovelace",
        "external_id": "17",
        "is_breakglass": True,
        "is_admin": True,
        "roles": [_role("editor"), _role("stytch_admin")],
        "trusted_metadata": {"level": 3},
        "untrusted_metadata": {"theme": "dark"},
    }
    assert changed.member.model_dump() == _member(acme, ada, since, **as_known)

    begun = b2b.totps.create(organization_id="acme-works", member_id="17")
    assert begun.member == changed.member, "nothing is confirmed yet"
    phone = App(begun.secret, clock)
    opened = b2b.totps.authenticate(organization_id="acme-works", member_id="17", code=phone.code())
    with_totp = {
        **as_known,
        "totp_registration_id": begun.totp_registration_id,
        "mfa_enrolled": True,
        "default_mfa_method": "totp",
    }
    assert opened.member.model_dump() == _member(acme, ada, since, **with_totp)
    assert opened.member_session
    assert b2b.sessions.authenticate(session_token=opened.session_token).member == opened.member

    who = StytchMember(b2b, acme, ada, begun.totp_registration_id, phone, begun.recovery_codes)
    who.fails(10)
    locked: dict[str, Any] = {
        "is_locked": True,
        "lock_created_at": clock.now(),
        "lock_expires_at": clock.now() + timedelta(minutes=60),
    }
    assert who.looked_at().model_dump() == _member(acme, ada, since, **with_totp, **locked)
    clock.advance(minutes=60)
    assert who.looked_at().model_dump() == _member(acme, ada, since, **with_totp)
    assert who.recovers().recovery_codes_remaining == 9

    without = b2b.organizations.members.delete_totp(organization_id=acme, member_id=ada)
    assert without.member.model_dump() == _member(acme, ada, since, **as_known)
    assert b2b.organizations.members.delete(organization_id=acme, member_id=ada).member_id == ada
    assert told(b2b.organizations.members.get, organization_id=acme, member_id=ada) == NO_MEMBER
    gone = b2b.organizations.members.dangerously_get(member_id=ada, include_deleted=True).member
    assert gone.model_dump() == _member(acme, ada, since, status="deleted", name="Ada Lovelace")
    back = b2b.organizations.members.reactivate(organization_id=acme, member_id=ada).member
    assert back.model_dump() == _member(acme, ada, since, name="Ada Lovelace")

    assert b2b.organizations.delete(organization_id=acme).organization_id == acme
    assert told(b2b.organizations.get, organization_id=acme) == NO_ORGANIZATION
    assert told(b2b.organizations.members.dangerously_get, member_id=ada, include_deleted=True) == NO_MEMBER
    assert [one.organization_slug for one in b2b.organizations.search().organizations] == ["top"]


@QUIET_ABOUT_ITSELF
@pytest.mark.usefixtures("clients_look_at_our_clock")
def test_others_live_theirs_without_anybody_waiting(
    b2b: stytch.B2BClient, suite: Application, clock: TestClock
) -> None:
    coroutines.run(_life(b2b, suite, clock))


async def _life(client: stytch.B2BClient, suite: Application, clock: TestClock) -> None:
    async with client:
        organizations, members = client.organizations, client.organizations.members
        await organizations.create_async(organization_name="Acme Works", organization_external_id="a-1")
        changed = await organizations.update_async(organization_id="a-1", trusted_metadata={"plan": "gold"})
        assert (await organizations.get_async(organization_id="acme-works")).organization == changed.organization
        assert (await organizations.search_async()).organizations == [changed.organization]
        assert (await organizations.delete_external_id_async(organization_id="a-1")).organization
        acme: dict[str, Any] = {"organization_id": "acme-works"}
        await members.create_async(**acme, email_address="ada@example.org", external_id="17")
        ada = {**acme, "member_id": "17"}
        named = await members.update_async(**ada, name="Ada")
        assert (await members.get_async(**acme, email_address="ADA@example.org")).member == named.member
        assert (await members.search_async(organization_ids=["acme-works"])).members == [named.member]
        codes = await _enrols(client, ada, clock)
        await _comes_and_goes(client, suite, ada, codes)
        assert (await members.delete_totp_async(**ada)).member == named.member
        old = await client.totps.migrate_async(**ada, secret=pyotp.random_base32(), recovery_codes=["ABCD-EFGH"])
        assert old.recovery_codes == ["abcd-efgh"]
        assert (await members.delete_external_id_async(**ada)).member.external_id is None
        by_id = {**acme, "member_id": named.member_id}
        await members.delete_async(**by_id)
        assert (await members.reactivate_async(**by_id)).member.totp_registration_id == ""
        found = await members.dangerously_get_async(member_id=named.member_id)
        assert found.member.status == "active"
        await organizations.delete_async(**acme)
        assert (await organizations.search_async()).results_metadata.total == 0


async def _enrols(client: stytch.B2BClient, ada: dict[str, Any], clock: TestClock) -> list[str]:
    begun = await client.totps.create_async(**ada)
    code = App(begun.secret, clock).code()
    tries = await asyncio.gather(
        *(client.totps.authenticate_async(**ada, code=code) for _ in range(5)), return_exceptions=True
    )
    assert len([one for one in tries if not isinstance(one, BaseException)]) == 1
    refused = {one.details.error_type for one in tries if isinstance(one, StytchError)}
    assert refused == {"totp_code_already_authenticated"}
    assert (await client.recovery_codes.get_async(**ada)).recovery_codes == begun.recovery_codes
    return begun.recovery_codes


async def _comes_and_goes(client: stytch.B2BClient, suite: Application, ada: dict[str, Any], codes: list[str]) -> None:
    sessions = client.sessions
    recovered = await client.recovery_codes.recover_async(**ada, recovery_code=codes[0])
    assert recovered.recovery_codes_remaining == 9
    assert recovered.member_session
    used = await sessions.authenticate_async(session_token=recovered.session_token)
    local = await sessions.authenticate_jwt_local_async(used.session_jwt)
    assert local == used.member_session
    assert (await sessions.authenticate_jwt_async(used.session_jwt)).member_session == local
    stayed = await sessions.exchange_async(
        organization_id=ada["organization_id"], session_token=recovered.session_token
    )
    assert stayed.member_authenticated is True
    assert len((await sessions.get_async(**ada)).member_sessions) == 2
    await sessions.revoke_async(member_session_id=recovered.member_session.member_session_id)
    with pytest.raises(StytchError, match="session_not_found"):
        await sessions.authenticate_jwt_async(used.session_jwt, max_token_age_seconds=0)
    assert len((await client.recovery_codes.rotate_async(**ada)).recovery_codes) == 10
    assert len((await sessions.get_jwks_async(project_id=suite.id)).keys) == 1
