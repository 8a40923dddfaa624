"""Organizations through Stytch's own client: made, named, changed and removed, and what a key may not decide."""

from typing import Any

import pytest
import stytch

from app.domain.members import Role, Status
from app.portal import Portal
from app.storage import organizations
from tests.support.applications import Application, StytchMember, made, told
from tests.support.clock import TestClock
from tests.support.people import People

NOT_FOUND = (404, "organization_not_found")
REFUSED = (403, "unauthorized_action")
RESTRICTED = "operation_restricted_by_organization_auth_methods"
NO_ID = "organization-live-00000000-0000-4000-8000-000000000000"


def _required(portal: Portal, slug: str) -> bool:
    """Whether the portal asks for a second factor there."""
    with portal.reading() as tx:
        found = organizations.find_by_slug(tx.db, slug)
        assert found
        return found.requires_second_factor(tx.now)


def test_an_organization_is_named_by_its_id_its_slug_or_what_the_application_calls_it(b2b: stytch.B2BClient) -> None:
    acme = b2b.organizations.create(organization_name="Acme Works", organization_external_id="A.1|x").organization
    for named in (acme.organization_id, "acme-works", "A.1|x", acme.organization_id.replace("-live-", "-test-")):
        assert b2b.organizations.get(organization_id=named).organization == acme
    for named in (NO_ID, "nobody", "Acme-Works"):
        assert told(b2b.organizations.get, organization_id=named) == NOT_FOUND
    for named in ("organization-live-17", "with space", "x" * 129, "\N{LATIN SMALL LETTER E WITH ACUTE}"):
        assert told(b2b.organizations.get, organization_id=named) == (400, "invalid_organization_id"), named
        assert told(b2b.organizations.delete, organization_id=named) == (400, "invalid_organization_id"), named
    assert b2b.organizations.search().organizations == [acme]


def test_slugs_are_made_of_names_where_none_is_given(b2b: stytch.B2BClient) -> None:
    for name, slug in [
        ("Acme Works", "acme-works"),
        ("ACME  works!", "acme-works-2"),
        ("Caf\N{LATIN SMALL LETTER E WITH ACUTE}", "cafe"),
        ("\N{CJK UNIFIED IDEOGRAPH-6E2F}", "organization"),
    ]:
        assert b2b.organizations.create(organization_name=name).organization.organization_slug == slug


def test_a_change_leaves_alone_what_it_does_not_name(b2b: stytch.B2BClient, acme: str, portal: Portal) -> None:
    def change(**asked: Any) -> dict[str, Any]:
        """What is other than before."""
        before = b2b.organizations.get(organization_id=acme).organization
        after = b2b.organizations.update(organization_id=acme, **asked).organization
        assert b2b.organizations.get(organization_id=acme).organization == after
        return {name: value for name, value in after.model_dump().items() if before.model_dump()[name] != value}

    changes: list[dict[str, Any]] = [
        {"organization_name": "Acme & Daughters"},
        {"organization_slug": "acme"},
        {"organization_logo_url": "https://acme.example/logo.png"},
        {"organization_external_id": "A-1"},
        {"trusted_metadata": {"plan": "gold", "seats": 3}},
    ]
    for asked in changes:
        assert change(**asked) == asked
    assert change(trusted_metadata={"plan": None, "since": 2020}) == {"trusted_metadata": {"seats": 3, "since": 2020}}
    assert change(organization_logo_url="") == {"organization_logo_url": ""}
    assert change() == {}

    for policy, required in [("REQUIRED_FOR_ALL", True), ("OPTIONAL", False)]:
        assert change(mfa_policy=policy) == {"mfa_policy": policy}
        assert _required(portal, "acme") is required
    without = b2b.organizations.delete_external_id(organization_id="A-1").organization
    assert (without.organization_id, without.organization_external_id) == (acme, None)
    assert told(b2b.organizations.get, organization_id="A-1") == NOT_FOUND
    assert b2b.organizations.delete_external_id(organization_id="acme").organization == without


def test_what_owners_have_decided_stands_in_the_organization(b2b: stytch.B2BClient, people: People) -> None:
    assert b2b.organizations.get(organization_id="harbour").organization.mfa_policy == "REQUIRED_FOR_ALL"
    people.require_second_factor(None)
    assert b2b.organizations.get(organization_id="harbour").organization.mfa_policy == "OPTIONAL"


def test_an_organization_that_does_not_fit_is_told_why(b2b: stytch.B2BClient, acme: str) -> None:
    b2b.organizations.create(organization_name="Zenith", organization_slug="top", organization_external_id="z-1")
    unfit: list[tuple[dict[str, Any], str]] = [
        ({"organization_name": ""}, "invalid_organization_name"),
        ({"organization_name": " \t"}, "invalid_organization_name"),
        ({"organization_name": "x" * 121}, "invalid_organization_name"),
        ({"organization_slug": "top"}, "organization_slug_already_used"),
        ({"organization_slug": "Top"}, "invalid_organization_slug"),
        ({"organization_slug": "-top"}, "invalid_organization_slug"),
        ({"organization_slug": "x" * 41}, "invalid_organization_slug"),
        ({"organization_slug": "a_b"}, "invalid_organization_slug"),
        ({"organization_slug": "z-1"}, "organization_slug_already_used"),
        ({"organization_external_id": "z-1"}, "organization_external_id_already_used"),
        ({"organization_external_id": "top"}, "organization_external_id_already_used"),
        ({"organization_external_id": "with space"}, "invalid_organization_external_id"),
        ({"organization_logo_url": "javascript:alert(1)"}, "bad_request"),
        ({"organization_logo_url": "https://" + "x" * 2048}, "bad_request"),
        ({"trusted_metadata": {"note": "x" * 4096}}, "metadata_too_large"),
        ({"trusted_metadata": ["gold"]}, "metadata_invalid_format"),
        ({"mfa_policy": "SOMETIMES"}, "invalid_organization_mfa_policy"),
        ({"mfa_methods": "SOME"}, "operation_restricted_by_organization_mfa_methods"),
        ({"allowed_mfa_methods": ["sms_otp"]}, "operation_restricted_by_organization_mfa_methods"),
        ({"sso_jit_provisioning": "ALL_ALLOWED"}, RESTRICTED),
        ({"email_allowed_domains": ["example.org"]}, RESTRICTED),
        ({"email_jit_provisioning": "RESTRICTED"}, RESTRICTED),
        ({"email_invites": "ALL_ALLOWED"}, RESTRICTED),
        ({"auth_methods": "NONE"}, RESTRICTED),
        ({"allowed_auth_methods": ["password", "magic_link"]}, RESTRICTED),
        ({"rbac_email_implicit_role_assignments": [{"domain": "example.org", "role_id": "x"}]}, RESTRICTED),
        ({"oauth_tenant_jit_provisioning": "RESTRICTED"}, RESTRICTED),
        ({"allowed_oauth_tenants": {"slack": ["T1"]}}, RESTRICTED),
        ({"claimed_email_domains": ["example.org"]}, RESTRICTED),
        ({"first_party_connected_apps_allowed_type": "ALL_ALLOWED"}, RESTRICTED),
        ({"allowed_first_party_connected_apps": ["app"]}, RESTRICTED),
        ({"third_party_connected_apps_allowed_type": "ALL_ALLOWED"}, RESTRICTED),
        ({"allowed_third_party_connected_apps": ["app"]}, RESTRICTED),
    ]
    before = b2b.organizations.search().organizations
    for asked, kind in unfit:
        assert told(b2b.organizations.create, **{"organization_name": "New", **asked}) == (400, kind), asked
        assert told(b2b.organizations.update, organization_id=acme, **asked) == (400, kind), asked
    for asked in ({"sso_default_connection_id": "saml-1"}, {"sso_jit_provisioning_allowed_connections": ["saml-1"]}):
        assert told(b2b.organizations.update, organization_id=acme, **asked) == (400, RESTRICTED), asked
    assert b2b.organizations.search().organizations == before


def test_what_is_true_of_all_organizations_may_be_said_of_one(b2b: stytch.B2BClient, acme: str) -> None:
    present = b2b.organizations.get(organization_id=acme).organization
    kept = {"organization_id", "created_at", "updated_at", "custom_roles", "scim_active_connection"}
    said = present.model_dump(exclude=kept | {"sso_active_connections"}, exclude_none=True)
    assert b2b.organizations.update(organization_id=acme, **said).organization == present
    more: dict[str, Any] = {"auth_methods": "ALL_ALLOWED", "mfa_methods": "ALL_ALLOWED"}
    assert b2b.organizations.update(organization_id=acme, **more).organization == present


@pytest.mark.parametrize("who", ["with a password", "in a role", "invited"])
def test_where_people_sit_at_the_portal_a_key_decides_neither_names_nor_policy(
    b2b: stytch.B2BClient, people: People, who: str
) -> None:
    person = people.newcomer(role=Role.ADMIN if who == "in a role" else Role.MEMBER)
    if who != "with a password":
        person.set(password_hash=None, status=(Status.INVITED if who == "invited" else Status.ACTIVE).value)
    update = b2b.organizations.update
    before = b2b.organizations.get(organization_id="harbour").organization
    for asked in ({"organization_name": "X"}, {"organization_slug": "x"}, {"mfa_policy": "OPTIONAL"}):
        assert told(update, organization_id="harbour", trusted_metadata={"a": 1}, **asked) == REFUSED
    assert told(b2b.organizations.delete, organization_id="harbour") == REFUSED
    assert b2b.organizations.get(organization_id="harbour").organization == before
    noted = update(
        organization_id="harbour",
        organization_name="Harbour",
        mfa_policy="REQUIRED_FOR_ALL",
        organization_external_id="H-1",
        trusted_metadata={"a": 1},
    ).organization
    assert noted == before.model_copy(update={"organization_external_id": "H-1", "trusted_metadata": {"a": 1}})


def test_an_organization_that_was_deleted_is_gone_with_all_that_was_in_it(
    b2b: stytch.B2BClient, acme: str, portal: Portal, clock: TestClock
) -> None:
    own = made(portal, "Counter", organization="acme-works").stytch_b2b()
    ada = StytchMember.enrolled(b2b, clock, acme, external_id="17")
    opened = ada.shows()
    b2b.organizations.update(organization_id=acme, organization_external_id="A-1")
    assert own.organizations.get(organization_id=acme)
    assert b2b.organizations.delete(organization_id="A-1").organization_id == acme
    for named in (acme, "acme-works", "A-1"):
        assert told(b2b.organizations.get, organization_id=named) == NOT_FOUND
        assert told(b2b.organizations.delete, organization_id=named) == NOT_FOUND
    assert told(ada.looked_at) == told(ada.shows) == told(ada.recovers) == NOT_FOUND
    assert told(b2b.sessions.authenticate, session_token=opened.session_token) == (404, "session_not_found")
    assert told(b2b.sessions.authenticate, session_jwt=opened.session_jwt) == (404, "session_not_found")
    assert told(b2b.sessions.revoke, member_id=ada.member_id) == (404, "member_not_found")
    assert told(own.organizations.search) == (401, "unauthorized_credentials")
    again = b2b.organizations.create(organization_name="Acme Works", organization_external_id="A-1").organization
    assert (again.organization_slug, again.organization_id == acme) == ("acme-works", False)
    assert b2b.organizations.members.search(organization_ids=["A-1"]).members == []


def test_an_application_of_one_organization_looks_after_that_one_alone(
    b2b: stytch.B2BClient, shop: Application, acme: str
) -> None:
    own = shop.stytch_b2b()
    b2b.organizations.update(organization_id="harbour", organization_external_id="H-1", trusted_metadata={"a": 1})
    harbour = own.organizations.get(organization_id="harbour").organization
    assert (harbour.organization_external_id, harbour.trusted_metadata) == (None, {}), "notes are an application's own"
    noted = own.organizations.update(
        organization_id=harbour.organization_id, organization_external_id="H-1", organization_name="New Harbour"
    ).organization
    assert b2b.organizations.get(organization_id="H-1").organization.organization_name == "New Harbour"
    assert own.organizations.search().organizations == [noted]
    assert told(own.organizations.create, organization_name="Another") == REFUSED
    assert told(own.organizations.delete, organization_id="H-1") == REFUSED
    assert told(own.organizations.get, organization_id=acme) == NOT_FOUND
    assert len(b2b.organizations.search().organizations) == 2
