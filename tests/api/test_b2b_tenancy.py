"""Whoever is beyond an application's reach is nobody: it learns no more by true ids than by made-up ones."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyotp
import pytest
import requests
import stytch
from cryptography.hazmat.primitives.asymmetric import ec
from stytch.core.response_base import StytchError

from app.api.stytch.b2b.surface import STYTCH_B2B
from tests.support.applications import (
    Application,
    Provider,
    StytchMember,
    known_to_be_theirs,
    made,
    random_like,
    wrong_recovery_code,
)
from tests.support.clock import TestClock
from tests.support.people import People


@dataclass
class Known:
    """What somebody knows of an organization and a member, or makes up."""

    organization_id: str
    organization_external_id: str
    member_id: str
    external_id: str
    email: str
    session_id: str
    session_token: str
    session_jwt: str
    intermediate: str
    profile_id: str
    token: str
    code: str
    recovery_code: str

    @property
    def member(self) -> dict[str, Any]:
        return {"organization_id": self.organization_id, "member_id": self.member_id}

    @property
    def by_external_ids(self) -> dict[str, Any]:
        return {"organization_id": self.organization_external_id, "member_id": self.external_id}

    def made_up(self) -> "Known":
        """All else than what is signed by the application that asks."""
        return Known(
            organization_id=random_like(self.organization_id),
            organization_external_id="nothing",
            member_id=random_like(self.member_id),
            external_id="nobody",
            email="nobody@example.org",
            session_id=random_like(self.session_id),
            session_token="of-nobody",
            session_jwt="of.no.body",
            intermediate="of-nobody",
            profile_id=random_like(self.profile_id),
            token=self.token,
            code="123456",
            recovery_code=wrong_recovery_code(),
        )


Calls = list[tuple[str, Callable[[stytch.B2BClient, Known], Any]]]

SECRET = pyotp.random_base32()
NAMING_A_MEMBER: Calls = [
    ("get_member", lambda client, of: client.organizations.members.get(**of.member)),
    ("update_member", lambda client, of: client.organizations.members.update(**of.member, roles=["theirs"])),
    ("delete_member", lambda client, of: client.organizations.members.delete(**of.member)),
    ("reactivate_member", lambda client, of: client.organizations.members.reactivate(**of.member)),
    ("delete_member_totp", lambda client, of: client.organizations.members.delete_totp(**of.member)),
    ("delete_member_external_id", lambda client, of: client.organizations.members.delete_external_id(**of.member)),
    (
        "delete_member_mfa_phone_number",
        lambda client, of: client.organizations.members.delete_mfa_phone_number(**of.member),
    ),
    (
        "unlink_retired_email",
        lambda client, of: client.organizations.members.unlink_retired_email(**of.member, email_address=of.email),
    ),
    ("create_member_totp", lambda client, of: client.totps.create(**of.member)),
    ("create_member_totp", lambda client, of: client.totps.create(**of.member, session_token=of.session_token)),
    ("authenticate_member_totp", lambda client, of: client.totps.authenticate(**of.member, code=of.code)),
    (
        "authenticate_member_totp",
        lambda client, of: client.totps.authenticate(
            **of.member, code=of.code, intermediate_session_token=of.intermediate
        ),
    ),
    ("migrate_member_totp", lambda client, of: client.totps.migrate(**of.member, secret=SECRET, recovery_codes=[])),
    ("get_member_recovery_codes", lambda client, of: client.recovery_codes.get(**of.member)),
    ("rotate_member_recovery_codes", lambda client, of: client.recovery_codes.rotate(**of.member)),
    ("recover_member", lambda client, of: client.recovery_codes.recover(**of.member, recovery_code=of.recovery_code)),
    ("get_member_sessions", lambda client, of: client.sessions.get(**of.member)),
]
NAMING_AN_ORGANIZATION: Calls = [
    ("get_organization", lambda client, of: client.organizations.get(of.organization_id)),
    (
        "update_organization",
        lambda client, of: client.organizations.update(of.organization_id, trusted_metadata={"a": 1}),
    ),
    ("delete_organization", lambda client, of: client.organizations.delete(of.organization_id)),
    ("delete_organization_external_id", lambda client, of: client.organizations.delete_external_id(of.organization_id)),
    ("create_member", lambda client, of: client.organizations.members.create(of.organization_id, "eve@example.org")),
    ("get_member", lambda client, of: client.organizations.members.get(of.organization_id, email_address=of.email)),
    ("search_members", lambda client, of: client.organizations.members.search([of.organization_id])),
    (
        "attest_member_session",
        lambda client, of: client.sessions.attest(of.profile_id, of.token, organization_id=of.organization_id),
    ),
]
NAMING_A_SOLE_MEMBER: Calls = [
    ("dangerously_get_member", lambda client, of: client.organizations.members.dangerously_get(of.member_id)),
    (
        "dangerously_get_member",
        lambda client, of: client.organizations.members.dangerously_get(of.member_id, include_deleted=True),
    ),
    ("revoke_member_session", lambda client, of: client.sessions.revoke(member_id=of.member_id)),
]
NAMING_WHAT_IS_A_PROJECTS_OWN: Calls = [
    ("get_organization", lambda client, of: client.organizations.get(of.organization_external_id)),
    ("get_member", lambda client, of: client.organizations.members.get(**of.by_external_ids)),
    ("authenticate_member_session", lambda client, of: client.sessions.authenticate(session_token=of.session_token)),
    ("authenticate_member_session", lambda client, of: client.sessions.authenticate(session_jwt=of.session_jwt)),
    ("revoke_member_session", lambda client, of: client.sessions.revoke(member_session_id=of.session_id)),
    ("revoke_member_session", lambda client, of: client.sessions.revoke(session_token=of.session_token)),
    ("revoke_member_session", lambda client, of: client.sessions.revoke(session_jwt=of.session_jwt)),
    ("exchange_member_session", lambda client, of: client.sessions.exchange("harbour", of.session_token)),
    ("exchange_member_session", lambda client, of: client.sessions.exchange("harbour", session_jwt=of.session_jwt)),
    (
        "exchange_intermediate_session",
        lambda client, of: client.discovery.intermediate_sessions.exchange(of.intermediate, "harbour"),
    ),
    ("attest_member_session", lambda client, of: client.sessions.attest(of.profile_id, of.token, "harbour")),
]
EVERYTHING = NAMING_A_MEMBER + NAMING_AN_ORGANIZATION + NAMING_A_SOLE_MEMBER + NAMING_WHAT_IS_A_PROJECTS_OWN


def test_every_call_that_names_somebody_or_something_is_tried() -> None:
    for_nobody = {"create_organization", "search_organizations"}
    assert {name for name, _ in EVERYTHING} == {one.name for one in STYTCH_B2B.operations if not one.open} - for_nobody


class Listening(requests.Session):
    """Keeps the last reply, byte for byte but for the id of the request."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = (0, b"")
        self.hooks["response"].append(self._hear)

    def refused(self, call: Callable[[], Any]) -> tuple[int, bytes]:
        self.heard = (0, b"")
        with pytest.raises(StytchError):
            call()
        return self.heard

    def _hear(self, reply: requests.Response, **_sent: Any) -> None:
        assert reply.status_code >= 400, reply.text
        request_id = reply.json()["request_id"].encode()
        self.heard = (reply.status_code, reply.content.replace(request_id, b""))


@dataclass
class Scene:
    """The suite knows all of Ada in Acme Works."""

    suite: Application
    ada: StytchMember
    known: Known

    def assert_nothing_is_learned(self, other: Application, calls: Calls, known: Known, made_up: Known) -> None:
        ears = Listening()
        theirs = other.stytch_b2b(ears)
        for name, call in calls:
            true = ears.refused(lambda call=call: call(theirs, known))  # type: ignore[misc]
            assert true == ears.refused(lambda call=call: call(theirs, made_up)), name  # type: ignore[misc]

    def assert_all_is_as_before(self) -> None:
        client, known = self.ada.client, self.known
        assert self.suite.member(self.ada.uuid).failures_in_row == 0
        assert client.sessions.authenticate(session_token=known.session_token).member == self.ada.looked_at()
        organization = client.organizations.get(organization_id=known.organization_external_id).organization
        assert (organization.organization_id, organization.trusted_metadata) == (known.organization_id, {})
        assert [one.external_id for one in client.organizations.members.search([known.organization_id]).members] == [
            "17"
        ]
        exchange = client.discovery.intermediate_sessions.exchange
        assert exchange(known.intermediate, known.organization_id).mfa_required
        self.ada.shows(known.code)
        self.ada.recovers(known.recovery_code)


@pytest.fixture
def scene(b2b: stytch.B2BClient, suite: Application, acme: str, clock: TestClock, people: People) -> Scene:
    b2b.organizations.update(organization_id=acme, organization_external_id="A-1")
    ada = StytchMember.enrolled(b2b, clock, acme, external_id="17")
    opened = ada.shows()
    assert opened.member_session
    second = b2b.organizations.create(organization_name="Zenith").organization.organization_id
    b2b.organizations.members.create(organization_id=second, email_address="ada@example.org", mfa_enrolled=True)
    known_to_be_theirs(suite.portal, "ada@example.org")
    halfway = b2b.sessions.exchange(organization_id=second, session_token=opened.session_token)
    provider = Provider(ec.generate_private_key(ec.SECP256R1()), "ES256", clock).trusted_by(suite)
    known = Known(
        organization_id=acme,
        organization_external_id="A-1",
        member_id=ada.member_id,
        external_id="17",
        email="ada@example.org",
        session_id=opened.member_session.member_session_id,
        session_token=opened.session_token,
        session_jwt=opened.session_jwt,
        intermediate=halfway.intermediate_session_token,
        profile_id=provider.profile_id,
        token=provider.token("17"),
        code=ada.phone.next_code(),
        recovery_code=ada.codes[0],
    )
    return Scene(suite, ada, known)


def test_an_application_of_another_organization_learns_no_more_than_by_guessing(
    scene: Scene, shop: Application, people: People
) -> None:
    people.newcomer()  # Ada is of that organization as well
    scene.assert_nothing_is_learned(shop, EVERYTHING, scene.known, scene.known.made_up())
    scene.assert_all_is_as_before()


def test_nor_by_its_own_organization_and_members_of_another(scene: Scene, shop: Application) -> None:
    here = shop.stytch_b2b().organizations.get(organization_id="harbour").organization.organization_id
    known, made_up = (_with(one, organization_id=here) for one in (scene.known, scene.known.made_up()))
    scene.assert_nothing_is_learned(shop, NAMING_A_MEMBER, known, made_up)
    scene.assert_nothing_is_learned(scene.suite, NAMING_A_MEMBER, known, made_up)
    scene.assert_all_is_as_before()


def test_another_application_of_the_installation_knows_nothing_of_what_is_the_suites_own(scene: Scene) -> None:
    other = made(scene.suite.portal, "Second Suite", installation=True)
    scene.assert_nothing_is_learned(other, NAMING_WHAT_IS_A_PROJECTS_OWN, scene.known, scene.known.made_up())
    assert other.stytch_b2b().organizations.members.get(**scene.known.member).member.external_id is None
    scene.assert_all_is_as_before()


def test_two_organizations_may_have_the_same_people_under_the_same_names(
    b2b: stytch.B2BClient, acme: str, clock: TestClock
) -> None:
    zenith = b2b.organizations.create(organization_name="Zenith").organization.organization_id
    here, there = (StytchMember.enrolled(b2b, clock, one, external_id="17") for one in (acme, zenith))
    for side in (here, there):
        named = {"organization_id": side.organization_id, "member_id": "17"}
        assert b2b.organizations.members.get(**named).member_id == side.member_id
        assert b2b.recovery_codes.get(**named).recovery_codes == side.codes
    b2b.organizations.members.delete(organization_id=acme, member_id="17")
    assert there.looked_at().totp_registration_id == there.totp_id
    there.shows()


def _with(known: Known, organization_id: str) -> Known:
    return Known(**{**vars(known), "organization_id": organization_id})
