"""Members of organizations through Stytch's own client: made, looked at, changed, removed and taken back."""

from collections.abc import Callable
from typing import Any

import pytest
import stytch

from app.domain.members import Role, Status
from app.services import locks
from tests.support.applications import Application, StytchMember, random_like, told
from tests.support.clock import TestClock
from tests.support.people import People, granted

NOT_FOUND = (404, "member_not_found")
REFUSED = (403, "unauthorized_action")


def _labels(member: Any) -> list[str]:
    return [role.role_id for role in member.roles]


def test_a_member_is_named_by_id_by_what_the_application_calls_them_or_by_address(
    b2b: stytch.B2BClient, acme: str
) -> None:
    members = b2b.organizations.members
    ada = members.create(organization_id=acme, email_address="Ada@Example.org", external_id="A.b|17").member
    assert ada.email_address == "Ada@Example.org"
    for named in (ada.member_id, ada.member_id.replace("-live-", "-test-"), "A.b|17"):
        assert members.get(organization_id="acme-works", member_id=named).member == ada
    assert members.get(organization_id=acme, email_address="ADA@example.org").member == ada
    assert members.dangerously_get(member_id=ada.member_id).member == ada
    assert told(members.get, organization_id=acme, email_address="eve@example.org") == NOT_FOUND
    assert told(members.get, organization_id=acme, email_address="no address") == (400, "invalid_email")
    unfit = (400, "invalid_member_get_fields")
    assert told(members.get, organization_id=acme) == unfit
    assert told(members.get, organization_id=acme, member_id="A.b|17", email_address="ada@example.org") == unfit
    for named in ("member-live-17", "with space", "x" * 129, "\N{LATIN SMALL LETTER E WITH ACUTE}"):
        assert told(members.get, organization_id=acme, member_id=named) == (400, "invalid_member_id"), named
        assert told(members.update, organization_id=acme, member_id=named) == (400, "invalid_member_id"), named
        assert told(members.delete, organization_id=acme, member_id=named) == (400, "invalid_member_id"), named
    assert told(members.dangerously_get, member_id="A.b|17") == (400, "invalid_member_id")


def test_a_change_leaves_alone_what_it_does_not_name(b2b: stytch.B2BClient, acme: str) -> None:
    members = b2b.organizations.members
    ada = members.create(
        organization_id=acme,
        email_address="ada@example.org",
        name="Ada",
        external_id="17",
        roles=["editor"],
        trusted_metadata={"level": 3},
        untrusted_metadata={"theme": "dark"},
        mfa_enrolled=True,
        is_breakglass=True,
        create_member_as_pending=True,
    ).member
    assert (ada.status, ada.mfa_enrolled, ada.default_mfa_method) == ("pending", True, "")

    def change(**asked: Any) -> dict[str, Any]:
        """What is other than before."""
        named: dict[str, Any] = {"organization_id": acme, "member_id": ada.member_id}
        before = members.get(**named).member.model_dump()
        after = members.update(**named, **asked).member
        assert members.get(**named).member == after
        return {name: value for name, value in after.model_dump().items() if before[name] != value}

    changes: list[dict[str, Any]] = [
        {"name": "Ada King"},
        {"external_id": "18"},
        {"is_breakglass": False},
        {"mfa_enrolled": False},
        {"email_address": "ada@example.com"},
    ]
    for asked in changes:
        assert change(**asked) == asked
    assert change(trusted_metadata={"level": None, "since": 2020}) == {"trusted_metadata": {"since": 2020}}
    assert change(untrusted_metadata={"size": 2}) == {"untrusted_metadata": {"theme": "dark", "size": 2}}
    assert change() == change(unlink_email=True, preserve_existing_sessions=True, mfa_phone_number="") == {}
    assert change(name="") == {"name": ""}
    assert change(roles=["stytch_admin"]).keys() == {"roles", "is_admin"}
    assert change(roles=[]) == {"roles": [], "is_admin": False}
    without = members.delete_external_id(organization_id=acme, member_id="18").member
    assert (without.member_id, without.external_id) == (ada.member_id, None)
    assert told(members.get, organization_id=acme, member_id="18") == NOT_FOUND


def test_who_does_not_fit_is_told_why(b2b: stytch.B2BClient, acme: str) -> None:
    members = b2b.organizations.members
    for email, external_id in [("ada@example.org", "17"), ("bob@example.org", "18")]:
        members.create(organization_id=acme, email_address=email, external_id=external_id)
    unfit: list[tuple[dict[str, Any], str]] = [
        ({"email_address": "no address"}, "invalid_email"),
        ({"email_address": ""}, "invalid_email"),
        ({"email_address": "ADA@example.org"}, "duplicate_member_email"),
        ({"external_id": "17"}, "duplicate_member_external_id"),
        ({"external_id": "with space"}, "bad_request"),
        ({"name": "x" * 121}, "bad_request"),
        ({"roles": ["x"] * 51}, "bad_request"),
        ({"roles": [17]}, "bad_request"),
        ({"trusted_metadata": {"note": "x" * 4096}}, "metadata_too_large"),
        ({"untrusted_metadata": {str(number): number for number in range(21)}}, "metadata_too_large"),
        ({"trusted_metadata": ["gold"]}, "metadata_invalid_format"),
        ({"untrusted_metadata": "gold"}, "metadata_invalid_format"),
        ({"mfa_phone_number": "+15550100"}, "operation_restricted_by_organization_mfa_methods"),
    ]
    before = members.search(organization_ids=[acme]).members
    for asked, kind in unfit:
        new = {"organization_id": acme, "email_address": "new@example.org", **asked}
        assert told(members.create, **new) == (400, kind), asked
        assert told(members.update, organization_id=acme, member_id="18", **asked) == (400, kind), asked
    for method, kind in [("sms_otp", "invalid_mfa_default_method"), ("totp", "default_mfa_member_missing_factor")]:
        asked = {"organization_id": acme, "member_id": "18", "default_mfa_method": method}
        assert told(members.update, **asked) == (400, kind)
    assert members.search(organization_ids=[acme]).members == before


def test_whoever_has_an_authenticator_is_enrolled_and_stays_so(enrolled_member: StytchMember) -> None:
    update, named = enrolled_member.client.organizations.members.update, enrolled_member.named
    assert told(update, **named, mfa_enrolled=False) == (400, "invalid_set_mfa_enrollment")
    same = update(**named, mfa_enrolled=True, default_mfa_method="totp").member
    assert same == enrolled_member.looked_at()


def test_somebody_yet_to_show_up_is_pending_until_then(b2b: stytch.B2BClient, clock: TestClock, acme: str) -> None:
    ada = StytchMember.made(b2b, clock, acme, create_member_as_pending=True)
    assert ada.looked_at().status == "pending"
    assert ada.shows().member.status == "active"


def test_who_is_deleted_leaves_the_address_and_comes_back_without_anything(
    b2b: stytch.B2BClient, clock: TestClock, acme: str
) -> None:
    members = b2b.organizations.members
    ada = StytchMember.enrolled(b2b, clock, acme, name="Ada", external_id="17", roles=["editor"])
    session, named = ada.shows().session_token, ada.named
    not_deleted = (400, "no_deleted_member_found_for_reactivation")
    assert told(members.reactivate, **named) == not_deleted
    assert members.delete(organization_id=acme, member_id="17").member_id == ada.member_id
    assert told(members.delete, **named) == told(members.dangerously_get, member_id=ada.member_id) == NOT_FOUND
    assert told(b2b.sessions.authenticate, session_token=session) == (404, "session_not_found")
    assert told(members.reactivate, organization_id=acme, member_id="17") == NOT_FOUND
    gone = members.dangerously_get(member_id=ada.member_id, include_deleted=True).member
    assert (gone.status, gone.email_address, gone.external_id) == ("deleted", "ada@example.org", None)

    other = members.create(organization_id=acme, email_address="ada@example.org", external_id="17").member
    assert told(members.reactivate, **named) == (400, "reactivation_email_belongs_to_another_member")
    members.update(organization_id=acme, member_id="17", email_address="other@example.org")
    back = members.reactivate(**named).member
    assert (back.member_id, back.status, back.email_address, back.name) == (
        ada.member_id,
        "active",
        "ada@example.org",
        "Ada",
    )
    assert (back.totp_registration_id, _labels(back), back.external_id) == ("", [], None)
    assert told(ada.shows) == (404, "totp_not_found")
    assert told(ada.recovers) == (404, "recovery_codes_not_found")
    assert told(members.reactivate, **named) == not_deleted
    assert members.get(organization_id=acme, member_id="17").member.member_id == other.member_id


def test_without_the_totp_sessions_live_on_and_codes_do_not(enrolled_member: StytchMember) -> None:
    client, named = enrolled_member.client, enrolled_member.named
    session = enrolled_member.shows().session_token
    without = client.organizations.members.delete_totp(**named).member
    assert (without.totp_registration_id, without.mfa_enrolled, without.default_mfa_method) == ("", False, "")
    assert client.sessions.authenticate(session_token=session).member == without
    assert told(client.recovery_codes.get, **named) == (404, "recovery_codes_not_found")
    assert told(client.organizations.members.delete_totp, **named) == (404, "totp_not_found")
    client.totps.create(**named)
    assert client.organizations.members.delete_totp(**named).member == without
    assert told(client.organizations.members.delete_totp, **named) == (404, "totp_not_found")


def test_what_nobody_has_cannot_be_taken_away(enrolled_member: StytchMember) -> None:
    members, named = enrolled_member.client.organizations.members, enrolled_member.named
    nobody = {**named, "member_id": random_like(enrolled_member.member_id)}
    assert told(members.delete_mfa_phone_number, **named) == (404, "member_phone_number_not_found")
    assert told(members.delete_mfa_phone_number, **nobody) == NOT_FOUND
    unlink = members.unlink_retired_email
    assert told(unlink, **named) == (400, "retired_email_missing_email_identifiers")
    assert told(unlink, **named, email_address="old@example.org") == (404, "email_not_found")
    assert told(unlink, **named, email_id="email-live-17") == (404, "email_not_found")
    assert told(unlink, **nobody, email_address="old@example.org") == NOT_FOUND


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OWNER])
def test_whoever_has_a_role_in_the_portal_is_changed_there_alone(
    b2b: stytch.B2BClient, people: People, role: Role
) -> None:
    boss = people.ready("grace@example.org", role=role)
    named: dict[str, Any] = {"organization_id": "harbour", "member_id": f"member-live-{boss.public_id}"}
    members = b2b.organizations.members
    before = members.get(**named).member
    assert (before.is_admin, before.roles) == (False, []), "roles of the portal are none of the application's"
    assert before.member_password_id == f"member-password-live-{boss.public_id}"
    calls: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (members.update, {"trusted_metadata": {"plan": "gold"}}),
        (members.delete, {}),
        (members.delete_totp, {}),
        (members.delete_external_id, {}),
        (b2b.totps.create, {}),
        (b2b.totps.migrate, {"secret": "A" * 32, "recovery_codes": []}),
        (b2b.recovery_codes.get, {}),
        (b2b.recovery_codes.rotate, {}),
    ]
    for call, asked in calls:
        assert told(call, **named, **asked) == REFUSED
    assert members.get(**named).member == before
    assert b2b.totps.authenticate(**named, code=boss.next_totp()).member_session
    assert b2b.recovery_codes.recover(**named, recovery_code=boss.codes[0]).recovery_codes_remaining == 9


def test_what_the_portal_decides_of_a_member_stands_in_theirs(b2b: stytch.B2BClient, people: People) -> None:
    bob, grace = people.ready("bob@example.org"), people.admin()
    named: dict[str, Any] = {"organization_id": "harbour", "member_id": f"member-live-{bob.public_id}"}
    members = b2b.organizations.members
    assert members.update(**named, roles=["stytch_admin"]).member.is_admin is True
    assert bob.row.role is Role.MEMBER
    kept = told(members.update, **named, email_address="new@example.org")
    assert kept == REFUSED, "the address is what Bob signs in with"
    granted(grace.does(locks.lock, bob, proof=grace.next_totp()))
    locked = members.get(**named).member
    assert (locked.is_locked, locked.lock_created_at, locked.lock_expires_at) == (True, people.clock.now(), None)
    assert told(b2b.totps.authenticate, **named, code=bob.next_totp()) == (429, "user_lock_limit_reached")
    assert told(members.delete, **named) == (429, "user_lock_limit_reached")
    for status, word in [(Status.INVITED, "invited"), (Status.SUSPENDED, "pending"), (Status.ACTIVE, "active")]:
        bob.set(status=status.value)
        assert members.get(**named).member.status == word


def test_an_application_calls_members_by_names_of_its_own(
    b2b: stytch.B2BClient, shop: Application, clock: TestClock
) -> None:
    own = shop.stytch_b2b()
    ada = StytchMember.enrolled(b2b, clock, "harbour", name="Ada", external_id="17", roles=["editor"])
    seen = own.organizations.members.get(organization_id="harbour", member_id=ada.member_id).member
    assert (seen.external_id, seen.roles, seen.name) == (None, [], "Ada")
    assert seen.totp_registration_id == ada.totp_id
    assert told(own.organizations.members.get, organization_id="harbour", member_id="17") == NOT_FOUND
    own.organizations.members.update(organization_id="harbour", member_id=ada.member_id, external_id="17")
    theirs = own.organizations.members.get(organization_id="harbour", member_id="17").member
    assert theirs.member_id == ada.member_id
    assert _labels(ada.looked_at()) == ["editor"]
