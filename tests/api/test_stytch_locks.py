"""Wrong codes through Stytch's own client: the one budget of attempts, its locks and doors, and who sends again."""

from datetime import timedelta

import pytest
import stytch
from sqlalchemy import func, select

from app.domain.attempts import Lock, LockReason
from app.services import account, locks
from app.storage import members
from app.storage.tables import second_factor_failure
from tests.support.applications import (
    Application,
    SendsAgain,
    StytchUser,
    mistyped,
    refusal,
    told,
    wrong_recovery_code,
)
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, People, Person, granted

WRONG = (401, "unable_to_authenticate_totp")
WRONG_RECOVERY = (401, "unable_to_authenticate_recovery_code")
LOCKED = (429, "user_lock_limit_reached")
EVERY_LOCK = pytest.mark.parametrize("reason", [LockReason.ADMIN, LockReason.PANIC])


def _counted(shop: Application, user: StytchUser) -> tuple[int, int, int, Lock | None]:
    """All that is kept of wrong codes: in the member's row, and as rows of their own."""
    member = shop.member(user.uuid)
    with shop.portal.reading() as tx:
        rows = select(func.count()).where(second_factor_failure.c.member_id == member.id)
        return member.failures_in_row, member.locks_in_row, tx.db.execute(rows).scalar_one(), member.lock


def _locked(person: Person, reason: LockReason, people: People) -> None:
    if reason is LockReason.PANIC:
        account.panic(people.portal, person.session, AT_HOME)
    else:
        granted(people.admin().does(locks.lock, person))


def test_ten_wrong_codes_lock_for_an_hour(enrolled: StytchUser, clock: TestClock) -> None:
    client = enrolled.client
    assert [told(enrolled.shows, code=enrolled.phone.wrong_code()) for _ in range(9)] == [WRONG] * 9
    assert client.users.get(user_id=enrolled.user_id).is_locked is False
    tenth = refusal(enrolled.shows, code=enrolled.phone.wrong_code())
    until = clock.now() + timedelta(minutes=60)
    assert (tenth.status_code, tenth.error_type) == LOCKED
    assert f"{until:%Y-%m-%dT%H:%M:%SZ}" in tenth.error_message
    user = client.users.get(user_id=enrolled.user_id)
    assert (user.is_locked, user.lock_created_at, user.lock_expires_at) == (True, clock.now(), until)
    assert client.users.search().results[0].model_dump() == user.model_dump(exclude={"status_code", "request_id"})

    clock.advance(minutes=59, seconds=29)
    assert told(enrolled.shows) == LOCKED
    assert told(enrolled.recovers, code=enrolled.codes[0]) == LOCKED
    clock.advance(seconds=1)
    done = enrolled.shows(enrolled.phone.code())
    assert (done.user.is_locked, done.user.lock_created_at, done.user.lock_expires_at) == (False, None, None)
    enrolled.recovers(enrolled.codes[0])


def test_the_wait_doubles_until_a_right_code_clears_it(
    enrolled: StytchUser, shop: Application, clock: TestClock
) -> None:
    for minutes in (60, 120, 240):
        enrolled.fails(10)
        expires = enrolled.client.users.get(user_id=enrolled.user_id).lock_expires_at
        assert expires == clock.now() + timedelta(minutes=minutes)
        clock.advance(minutes=minutes)
    enrolled.shows()
    assert shop.member(enrolled.uuid).locks_in_row == 0
    enrolled.fails(10)
    expires = enrolled.client.users.get(user_id=enrolled.user_id).lock_expires_at
    assert expires == clock.now() + timedelta(minutes=60)


def test_wrong_codes_of_every_kind_and_application_count_together(
    enrolled: StytchUser, shop: Application, kiosk: Application
) -> None:
    used, other = enrolled.phone.code(), kiosk.stytch().totps
    asked = {"user_id": enrolled.user_id}
    assert [told(enrolled.shows, code=used) for _ in range(3)] == [(401, "totp_code_already_authenticated")] * 3
    wrong = {**asked, "totp_code": enrolled.phone.wrong_code()}
    assert [told(other.authenticate, **wrong) for _ in range(3)] == [WRONG] * 3
    assert [told(enrolled.recovers, code=wrong_recovery_code()) for _ in range(3)] == [WRONG_RECOVERY] * 3
    for costs_nothing in (mistyped(enrolled.codes[0]), enrolled.phone.code(), ""):
        assert refusal(enrolled.recovers, code=costs_nothing).status_code == 400
    assert shop.member(enrolled.uuid).failures_in_row == 9
    assert told(other.recover, **asked, recovery_code=wrong_recovery_code()) == LOCKED
    assert told(enrolled.shows) == told(other.authenticate, **asked, totp_code=enrolled.phone.next_code()) == LOCKED


def test_a_right_code_clears_what_was_counted(enrolled: StytchUser, shop: Application) -> None:
    enrolled.fails(9)
    enrolled.shows()
    assert shop.member(enrolled.uuid).failures_in_row == 0
    enrolled.fails(9)
    enrolled.recovers()
    enrolled.fails(9)
    enrolled.shows()


@EVERY_LOCK
def test_what_a_person_locked_a_person_opens(client: stytch.Client, people: People, reason: LockReason) -> None:
    bob, user_id = (ready := people.ready("bob@example.org")), f"user-live-{ready.public_id}"
    locked_at = people.clock.now()
    _locked(bob, reason, people)
    user = client.users.get(user_id=user_id)
    assert (user.is_locked, user.lock_created_at, user.lock_expires_at) == (True, locked_at, None)
    people.clock.advance(days=30)
    assert told(client.totps.authenticate, user_id=user_id, totp_code=bob.totp()) == LOCKED
    assert told(client.totps.recover, user_id=user_id, recovery_code=bob.codes[0]) == LOCKED
    granted(people.owner().does(locks.open_for, bob))
    done = client.totps.authenticate(user_id=user_id, totp_code=bob.totp())
    assert (done.user.is_locked, done.user.lock_created_at) == (False, None)


@EVERY_LOCK
def test_of_whoever_a_person_locked_no_application_gets_or_takes_a_secret(
    client: stytch.Client, people: People, reason: LockReason
) -> None:
    bob, user_id = (ready := people.ready("bob@example.org")), f"user-live-{ready.public_id}"
    totp_id = client.users.get(user_id=user_id).totps[0].totp_id
    _locked(bob, reason, people)
    assert told(client.totps.recovery_codes, user_id=user_id) == LOCKED
    assert told(client.users.delete_totp, totp_id=totp_id) == LOCKED


@EVERY_LOCK
def test_nothing_is_begun_or_confirmed_for_whoever_a_person_locked(
    user: StytchUser, shop: Application, reason: LockReason
) -> None:
    member_id = shop.member(user.uuid).id
    with shop.portal.writing() as tx:
        members.lock(tx.db, member_id, reason, tx.now)
    assert told(user.confirms) == LOCKED
    assert told(user.client.totps.create, user_id=user.user_id) == LOCKED


# doors


@pytest.mark.parametrize("changed_settings", [{"lock_after": 2}])
def test_far_too_many_wrong_codes_close_one_door_for_good(
    enrolled: StytchUser, kiosk: Application, people: People, clock: TestClock
) -> None:
    client = enrolled.client
    for _ in range(5):
        enrolled.fails(2)
        closed_at = clock.now()
        clock.advance(days=7)
    user = client.users.get(user_id=enrolled.user_id)
    assert (user.is_locked, user.lock_created_at, user.lock_expires_at) == (True, closed_at, None)
    refused = refusal(enrolled.shows)
    assert (refused.status_code, refused.error_type) == LOCKED
    assert "expires" not in refused.error_message
    assert told(enrolled.recovers, code=enrolled.codes[0]) == LOCKED

    other = kiosk.stytch()
    assert other.users.get(user_id=enrolled.user_id).is_locked is False
    other.totps.authenticate(user_id=enrolled.user_id, totp_code=enrolled.phone.next_code())
    assert told(enrolled.shows) == LOCKED
    grace = people.admin()
    granted(locks.open_for(people.portal, grace.session, enrolled.uuid, reason="asked", proof="", origin=AT_HOME))
    assert enrolled.shows().user.is_locked is False


@pytest.mark.parametrize("changed_settings", [{"lock_after": 2}])
def test_the_wrong_codes_of_one_application_close_no_door_of_another(
    enrolled: StytchUser, kiosk: Application, clock: TestClock
) -> None:
    theirs = StytchUser(kiosk.stytch(), enrolled.user_id, enrolled.totp_id, enrolled.phone, enrolled.codes)
    for _ in range(4):
        for application in (enrolled, theirs):
            application.fails(1)
        clock.advance(days=7)
    enrolled.shows()
    theirs.shows()


# who does not take a refusal for an answer


def test_a_client_that_sends_a_lock_again_loses_no_second_attempt(enrolled: StytchUser, shop: Application) -> None:
    stubborn = SendsAgain()
    again = StytchUser(shop.stytch(stubborn), enrolled.user_id, enrolled.totp_id, enrolled.phone, enrolled.codes)
    enrolled.fails(8)
    assert told(again.shows, code=enrolled.phone.wrong_code()) == WRONG
    assert (stubborn.again, _counted(shop, enrolled)) == (0, (9, 0, 9, None))
    assert told(again.shows, code=enrolled.phone.wrong_code()) == LOCKED
    once = _counted(shop, enrolled)
    assert (stubborn.again, once[:3]) == (3, (0, 1, 10))
    assert told(again.recovers, code=wrong_recovery_code()) == LOCKED
    assert told(again.shows) == LOCKED
    assert told(again.recovers, code=enrolled.codes[0]) == LOCKED
    assert (stubborn.again, _counted(shop, enrolled)) == (12, once)
    enrolled.phone.clock.advance(minutes=60)
    again.recovers(enrolled.codes[0])
    again.shows()
    assert stubborn.again == 12


@pytest.mark.parametrize("changed_settings", [{"project_limit": 20}])
def test_a_client_that_sends_what_was_too_much_again_loses_no_attempt(
    enrolled: StytchUser, shop: Application, clock: TestClock
) -> None:
    stubborn = SendsAgain()
    again = StytchUser(shop.stytch(stubborn), enrolled.user_id, enrolled.totp_id, enrolled.phone, enrolled.codes)
    clock.set(clock.now().replace(second=0) + timedelta(minutes=1))
    enrolled.fails(1)
    for _ in range(19):
        enrolled.client.users.get(user_id=enrolled.user_id)
    before = _counted(shop, enrolled)
    for wrong in (again.phone.wrong_code(), again.phone.code()):
        assert told(again.shows, code=wrong) == (429, "too_many_requests")
    assert told(again.recovers, code=enrolled.codes[0]) == (429, "too_many_requests")
    assert (stubborn.again, _counted(shop, enrolled)) == (9, before)
    clock.advance(minutes=1)
    again.shows(again.phone.code())
    again.recovers(enrolled.codes[0])
