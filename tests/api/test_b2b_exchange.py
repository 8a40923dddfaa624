"""Going from one organization into another through Stytch's own client, all the way in or halfway."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import stytch

from app.domain.members import Status
from app.portal import Portal
from app.services import locks
from tests.support.applications import App, Application, StytchMember, known_to_be_theirs, made, told
from tests.support.clock import TestClock
from tests.support.people import People, granted

pytestmark = pytest.mark.usefixtures("clients_look_at_our_clock")

SESSION_GONE = (404, "session_not_found")
HALFWAY_GONE = (404, "intermediate_session_not_found")
NO_MEMBER = (404, "member_not_found")
ADA = "ada@example.org"


@pytest.fixture
def zenith(b2b: stytch.B2BClient) -> str:
    """The id of another organization that the suite has made."""
    return b2b.organizations.create(organization_name="Zenith").organization.organization_id


@pytest.fixture
def here(b2b: stytch.B2BClient, clock: TestClock, acme: str) -> StytchMember:
    """Ada in Acme Works, with an authenticator."""
    return StytchMember.enrolled(b2b, clock, acme)


@pytest.fixture
def there(b2b: stytch.B2BClient, clock: TestClock, zenith: str) -> StytchMember:
    """Ada in Zenith, where she has another authenticator."""
    return StytchMember.enrolled(b2b, clock, zenith)


@pytest.fixture
def verified(portal: Portal, here: StytchMember, there: StytchMember) -> None:
    """That the address is hers is known in both."""
    known_to_be_theirs(portal, ADA)


def _nothing_opened(exchanged: Any) -> bool:
    opened = (exchanged.session_token, exchanged.session_jwt, exchanged.member_session)
    return exchanged.member_authenticated is False and opened == ("", "", None)


def _assert_halfway(exchanged: Any, now: datetime, totp_id: str | None) -> None:
    assert _nothing_opened(exchanged)
    assert exchanged.intermediate_session_token
    assert exchanged.intermediate_session_token_expires_at == now + timedelta(minutes=10)
    assert exchanged.primary_required is None
    assert exchanged.mfa_required.secondary_auth_initiated is None
    options = exchanged.mfa_required.member_options
    said = options and options.model_dump()
    assert said == (totp_id and {"mfa_phone_number": "", "totp_registration_id": totp_id})


def test_until_the_address_is_known_to_be_theirs_nobody_gets_anywhere(
    b2b: stytch.B2BClient, here: StytchMember, there: StytchMember, portal: Portal
) -> None:
    token = here.shows().session_token
    exchanged = b2b.sessions.exchange(organization_id=there.organization_id, session_token=token)
    assert exchanged.status_code == 200
    assert _nothing_opened(exchanged)
    assert (exchanged.intermediate_session_token, exchanged.intermediate_session_token_expires_at) == ("", None)
    assert exchanged.mfa_required is None
    assert exchanged.primary_required
    assert exchanged.primary_required.allowed_auth_methods == ["password"]
    assert (exchanged.member_id, exchanged.organization.organization_name) == (there.member_id, "Zenith")
    sessions = b2b.sessions.get(**there.named).member_sessions
    for side in (here, there):
        known_to_be_theirs(portal, ADA, only=side.uuid)
        again = b2b.sessions.exchange(organization_id="zenith", session_token=token)
        assert _nothing_opened(again)
        assert again.primary_required, "one side alone is not enough"
        assert again.intermediate_session_token == ""
    assert b2b.sessions.get(**there.named).member_sessions == sessions
    assert b2b.sessions.authenticate(session_token=token)


@pytest.mark.usefixtures("verified")
@pytest.mark.parametrize("by", ["totp", "recovery code"])
def test_whoever_is_known_in_both_shows_the_second_factor_of_the_other(
    b2b: stytch.B2BClient, here: StytchMember, there: StytchMember, clock: TestClock, by: str
) -> None:
    opened = here.shows()
    halfway = b2b.sessions.exchange(
        organization_id="zenith", session_jwt=opened.session_jwt, session_duration_minutes=30, locale="en"
    )
    _assert_halfway(halfway, clock.now(), there.totp_id)
    assert halfway.member == there.looked_at()
    passed_on: dict[str, Any] = {"intermediate_session_token": halfway.intermediate_session_token}
    assert told(there.shows, code=there.phone.wrong_code(), **passed_on) == (401, "unable_to_authenticate_totp")
    assert told(here.shows, code=here.phone.next_code(), **passed_on) == HALFWAY_GONE, "it is of another member"
    done = there.shows(**passed_on) if by == "totp" else there.recovers(**passed_on)
    assert done.member_session
    assert done.member_session.organization_slug == "zenith"
    code, paper = there.phone.next_code(), there.codes[0]
    assert told(there.shows, code=code, **passed_on) == HALFWAY_GONE, "it opens once"
    assert told(there.recovers, code=paper, **passed_on) == HALFWAY_GONE
    there.shows(code)
    there.recovers(paper)
    assert b2b.sessions.authenticate(session_token=opened.session_token), "the first one goes on"


@pytest.mark.usefixtures("verified")
def test_what_is_halfway_ends_after_ten_minutes(
    b2b: stytch.B2BClient, here: StytchMember, there: StytchMember, clock: TestClock
) -> None:
    token = here.shows().session_token

    def halfway() -> dict[str, Any]:
        exchanged = b2b.sessions.exchange(organization_id="zenith", session_token=token)
        return {"intermediate_session_token": exchanged.intermediate_session_token}

    first = halfway()
    assert told(b2b.sessions.authenticate, session_token=first["intermediate_session_token"]) == SESSION_GONE
    clock.advance(minutes=9, seconds=59)
    there.shows(there.phone.code(), **first)
    second = halfway()
    clock.advance(minutes=10)
    assert told(there.shows, **second) == told(there.recovers, code=there.codes[0], **second) == HALFWAY_GONE
    onward: dict[str, Any] = {"organization_id": here.organization_id, **second}
    assert told(b2b.discovery.intermediate_sessions.exchange, **onward) == HALFWAY_GONE


@pytest.mark.usefixtures("verified")
def test_who_is_halfway_goes_on_into_a_third_organization(
    b2b: stytch.B2BClient, here: StytchMember, there: StytchMember, portal: Portal, clock: TestClock
) -> None:
    token, began = here.shows().session_token, clock.now()
    b2b.organizations.create(organization_name="Third")
    b2b.organizations.members.create(organization_id="third", email_address=ADA)
    exchange = b2b.discovery.intermediate_sessions.exchange

    def halfway() -> dict[str, Any]:
        exchanged = b2b.sessions.exchange(organization_id="zenith", session_token=token)
        return {"intermediate_session_token": exchanged.intermediate_session_token}

    first = halfway()
    unknown = exchange(organization_id="third", **first)
    assert _nothing_opened(unknown)
    assert unknown.primary_required
    known_to_be_theirs(portal, ADA)
    too_much = {"organization_id": "third", **first, "session_custom_claims": {"note": "x" * 4096}}
    assert told(exchange, **too_much) == (400, "custom_claims_too_large")
    arrived = exchange(organization_id="third", **first, session_custom_claims={"cart": 3})
    assert arrived.member_authenticated is True
    rest = (arrived.mfa_required, arrived.primary_required, arrived.intermediate_session_token)
    assert rest == (None, None, "")
    assert arrived.member_session
    assert arrived.member_session.custom_claims == {"cart": 3}
    assert arrived.member_session.expires_at == began + timedelta(minutes=60)
    assert told(exchange, organization_id="third", **first) == HALFWAY_GONE, "it is used up"

    b2b.organizations.update(organization_id="third", mfa_policy="REQUIRED_FOR_ALL")
    second = halfway()
    clock.advance(minutes=4)
    further = exchange(organization_id="third", **second)
    _assert_halfway(further, began, None)
    assert told(there.shows, code=there.phone.code(), **second) == HALFWAY_GONE
    onward: dict[str, Any] = {"intermediate_session_token": further.intermediate_session_token}
    assert told(exchange, organization_id="nowhere", **onward) == (404, "organization_not_found")
    assert told(exchange, organization_id="third", intermediate_session_token="of-nobody") == HALFWAY_GONE
    back = exchange(organization_id="zenith", **onward)
    _assert_halfway(back, began, there.totp_id)
    clock.advance(minutes=6)
    passed_on: dict[str, Any] = {"intermediate_session_token": back.intermediate_session_token}
    assert told(there.shows, code=there.phone.code(), **passed_on) == HALFWAY_GONE, "going on gives no more time"


def test_where_no_second_factor_is_asked_for_the_first_is_enough(
    b2b: stytch.B2BClient, here: StytchMember, zenith: str, portal: Portal, clock: TestClock
) -> None:
    member_id = b2b.organizations.members.create(organization_id=zenith, email_address="ADA@example.org").member_id
    known_to_be_theirs(portal, ADA, "ADA@example.org")
    token, before = here.shows().session_token, len(b2b.sessions.get(**here.named).member_sessions)
    exchanged = b2b.sessions.exchange(
        organization_id="zenith", session_token=token, session_duration_minutes=30, session_custom_claims={"cart": 3}
    )
    assert (exchanged.member_authenticated, exchanged.member_id) == (True, member_id)
    rest = (exchanged.mfa_required, exchanged.primary_required, exchanged.intermediate_session_token)
    assert rest == (None, None, "")
    session = exchanged.member_session
    assert session
    assert (session.organization_id, session.custom_claims) == (zenith, {"cart": 3})
    assert session.expires_at == clock.now() + timedelta(minutes=30)
    assert [one.type.value for one in session.authentication_factors] == ["trusted_auth_token"]
    assert b2b.sessions.authenticate_jwt_local(exchanged.session_jwt) == session
    assert b2b.sessions.authenticate(session_token=exchanged.session_token).member.member_id == member_id
    assert len(b2b.sessions.get(**here.named).member_sessions) == before
    b2b.organizations.members.update(organization_id=zenith, member_id=member_id, mfa_enrolled=True)
    _assert_halfway(b2b.sessions.exchange(organization_id="zenith", session_token=token), clock.now(), None)


def test_who_is_halfway_without_an_authenticator_sets_one_up(
    b2b: stytch.B2BClient, here: StytchMember, zenith: str, portal: Portal, clock: TestClock
) -> None:
    b2b.organizations.update(organization_id=zenith, mfa_policy="REQUIRED_FOR_ALL")
    b2b.organizations.members.create(organization_id=zenith, email_address=ADA, external_id="17")
    known_to_be_theirs(portal, ADA)
    halfway = b2b.sessions.exchange(organization_id=zenith, session_token=here.shows().session_token)
    _assert_halfway(halfway, clock.now(), None)
    passed_on: dict[str, Any] = {"intermediate_session_token": halfway.intermediate_session_token}
    named: dict[str, Any] = {"organization_id": zenith, "member_id": "17"}
    begun = b2b.totps.create(**named, **passed_on)
    phone = App(begun.secret, clock)
    done = b2b.totps.authenticate(**named, **passed_on, code=phone.code())
    assert done.member_session
    assert told(b2b.totps.authenticate, **named, **passed_on, code=phone.next_code()) == HALFWAY_GONE


def test_an_exchange_into_the_same_organization_is_the_same_session(
    b2b: stytch.B2BClient, here: StytchMember, clock: TestClock
) -> None:
    opened = here.shows()
    assert opened.member_session
    clock.advance(minutes=5)
    same = b2b.sessions.exchange(
        organization_id="acme-works", session_token=opened.session_token, session_duration_minutes=120
    )
    assert same.member_authenticated is True
    assert same.member_session
    assert same.member_session.member_session_id == opened.member_session.member_session_id
    assert same.member_session.expires_at == clock.now() + timedelta(minutes=120)
    assert same.session_token == opened.session_token


@pytest.mark.usefixtures("verified")
def test_who_may_not_come_in_is_not_brought_in(
    b2b: stytch.B2BClient, here: StytchMember, there: StytchMember, people: People, shop: Application
) -> None:
    token = here.shows().session_token
    assert told(b2b.sessions.exchange, organization_id="harbour", session_token=token) == NO_MEMBER
    assert told(b2b.sessions.exchange, organization_id="nowhere", session_token=token)[1] == "organization_not_found"
    assert told(b2b.sessions.exchange, organization_id="no id", session_token=token)[1] == "invalid_organization_id"
    assert told(b2b.sessions.exchange, organization_id="zenith", session_token="of-nobody") == SESSION_GONE
    ours = people.ready(ADA)
    ours.set(email_verified=True)
    halfway = b2b.sessions.exchange(organization_id="harbour", session_token=token)
    assert halfway.mfa_required
    grace = people.admin()
    granted(grace.does(locks.lock, ours, proof=grace.next_totp()))
    locked = (429, "user_lock_limit_reached")
    assert told(b2b.sessions.exchange, organization_id="harbour", session_token=token) == locked
    ours.set(locked_at=None, lock_reason=None, status=Status.SUSPENDED.value)
    inactive = (400, "action_available_only_for_active_members")
    assert told(b2b.sessions.exchange, organization_id="harbour", session_token=token) == inactive

    in_one = shop.stytch_b2b()
    assert told(in_one.sessions.exchange, organization_id="zenith", session_token=token)[0] == 404
    second = made(shop.portal, "Second Suite", installation=True).stytch_b2b()
    assert told(second.sessions.exchange, organization_id="zenith", session_token=token) == SESSION_GONE
    passed_on: dict[str, Any] = {"intermediate_session_token": halfway.intermediate_session_token}
    onward: dict[str, Any] = {"organization_id": "zenith", **passed_on}
    assert told(second.discovery.intermediate_sessions.exchange, **onward) == HALFWAY_GONE
    assert told(b2b.discovery.intermediate_sessions.exchange, **onward) == HALFWAY_GONE, "the lock ended it"
    there.shows()


@pytest.mark.usefixtures("verified")
def test_whoever_is_locked_by_attempts_is_halfway_and_no_further(
    b2b: stytch.B2BClient, here: StytchMember, there: StytchMember, clock: TestClock
) -> None:
    there.fails(10)
    halfway = b2b.sessions.exchange(organization_id="zenith", session_token=here.shows().session_token)
    _assert_halfway(halfway, clock.now(), there.totp_id)
    passed_on: dict[str, Any] = {"intermediate_session_token": halfway.intermediate_session_token}
    assert told(there.shows, **passed_on) == (429, "user_lock_limit_reached")
