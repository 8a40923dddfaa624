"""Administrators locking a second factor, and opening what is locked."""

import pytest
from sqlalchemy import text

from app.domain.attempts import Lock, LockReason
from app.domain.events import Act
from app.domain.members import Status
from app.domain.refusals import Why
from app.portal import Portal
from app.services import locks, sign_in
from app.steps import passwords
from app.steps.sessions import SessionEndedError
from tests.support.clock import TestClock
from tests.support.people import People, Person, granted, refusal


@pytest.fixture
def shut_out(ada: Person, portal: Portal) -> Person:
    """After far too many wrong codes: the portal's door is closed, whatever the time."""
    door = (
        "INSERT INTO door (member_id, organization_id, door, failures_in_row, closed_at) "
        "SELECT id, organization_id, 'portal', 50, made_at FROM member WHERE id = :id"
    )
    with portal.writing() as tx:
        tx.db.execute(text(door), {"id": ada.id})
    return ada


def test_a_lock_by_an_administrator_ends_every_session_and_refuses_the_right_code(grace: Person, ada: Person) -> None:
    other = ada.elsewhere()
    begun = other.begin()
    done = granted(grace.does(locks.lock, ada, reason="phone found by a stranger"))
    assert (done.name, done.sessions_ended) == ("Ada", 1)
    assert ada.visitor() is None
    with pytest.raises(SessionEndedError):
        other.try_code(begun, other.next_totp())
    assert refusal(ada.try_code(ada.begin(), ada.next_totp())) is Why.LOCKED
    assert refusal(ada.try_code(ada.begin(), ada.codes[0])) is Why.LOCKED


def test_such_a_lock_does_not_expire(grace: Person, ada: Person, clock: TestClock) -> None:
    granted(grace.does(locks.lock, ada))
    clock.advance(days=365)
    assert ada.row.lock == Lock(LockReason.ADMIN, None)
    assert refusal(ada.try_code(ada.begin(), ada.next_totp())) is Why.LOCKED


def test_locking_and_unlocking_stand_in_the_history(grace: Person, ada: Person) -> None:
    granted(grace.does(locks.lock, ada, reason="stolen"))
    granted(grace.does(locks.open_for, ada, reason="found"))
    assert ada.done_by_others() == [(Act.LOCKED_BY_ADMIN, "Grace", "stolen"), (Act.UNLOCKED, "Grace", "found")]


@pytest.mark.parametrize("reason", ["admin", "panic"])
def test_what_a_person_locked_cannot_be_locked_again(grace: Person, ada: Person, reason: str) -> None:
    ada.set(lock_reason=reason, locked_until=None)
    assert refusal(grace.does(locks.lock, ada)) is Why.OUTDATED
    assert ada.row.lock == Lock(LockReason(reason), None)


def test_a_lock_by_attempts_can_be_made_one_that_does_not_expire(grace: Person, ada: Person, clock: TestClock) -> None:
    ada.fail(10)
    granted(grace.does(locks.lock, ada))
    clock.advance(hours=2)
    assert ada.row.lock == Lock(LockReason.ADMIN, None)


@pytest.mark.parametrize("status", [Status.INVITED, Status.SUSPENDED, Status.REMOVED])
def test_only_who_is_active_is_locked(people: People, grace: Person, status: Status) -> None:
    bob = people.with_status(status, "bob@example.org")
    assert refusal(grace.does(locks.lock, bob)) is Why.OUTDATED
    assert bob.row.lock is None


@pytest.mark.parametrize("reason", ["admin", "panic"])
def test_what_a_person_locked_an_administrator_opens(grace: Person, ada: Person, reason: str) -> None:
    ada.set(lock_reason=reason, locked_until=None, failures_in_row=4, locks_in_row=2)
    granted(grace.does(locks.open_for, ada))
    assert (ada.row.lock, ada.row.failures_in_row, ada.row.locks_in_row) == (None, 0, 0)
    ada.sign_in()


def test_a_lock_by_attempts_is_opened_before_its_time(grace: Person, ada: Person) -> None:
    ada.fail(10)
    granted(grace.does(locks.open_for, ada))
    ada.sign_in()


def test_a_lock_that_has_expired_needs_no_opening(grace: Person, ada: Person, clock: TestClock) -> None:
    ada.fail(10)
    clock.advance(minutes=60, seconds=-30)
    grace.sign_in()
    assert refusal(grace.does(locks.open_for, ada)) is Why.OUTDATED


def test_a_closed_door_is_opened(grace: Person, shut_out: Person) -> None:
    assert refusal(shut_out.try_code(shut_out.begin(), shut_out.next_totp())) is Why.LOCKED
    granted(grace.does(locks.open_for, shut_out))
    assert refusal(grace.does(locks.open_for, shut_out)) is Why.OUTDATED
    shut_out.sign_in()


def test_unlocking_ends_no_session(grace: Person, shut_out: Person) -> None:
    done = granted(grace.does(locks.open_for, shut_out))
    assert done.sessions_ended == 0
    assert shut_out.visitor()


def test_unlocking_leaves_what_was_counted_against_the_password(grace: Person, ada: Person, portal: Portal) -> None:
    ada.try_password("wrong password")
    ada.set(lock_reason="panic")
    ada.try_password("wrong password")
    granted(grace.does(locks.open_for, ada))
    with portal.reading() as tx:
        assert passwords.failures_for(tx, ada.row) == 2


def test_a_stopped_password_stays_stopped(grace: Person, ada: Person, portal: Portal) -> None:
    ada.set(lock_reason="panic")
    with portal.writing() as tx:
        tx.db.execute(text("UPDATE member SET password_stopped_at = made_at WHERE id = :id"), {"id": ada.id})
    granted(grace.does(locks.open_for, ada))
    assert refusal(ada.try_password()) is Why.PASSWORD_STOPPED


def test_the_removed_have_nothing_to_open(grace: Person, shut_out: Person) -> None:
    shut_out.set(status="removed")
    assert refusal(grace.does(locks.open_for, shut_out)) is Why.OUTDATED


def test_the_suspended_can_be_unlocked_and_stay_suspended(grace: Person, ada: Person) -> None:
    ada.set(status="suspended", lock_reason="panic")
    granted(grace.does(locks.open_for, ada))
    assert (ada.row.status, ada.row.lock) == (Status.SUSPENDED, None)


def test_a_locked_member_is_told_so_at_the_sign_in(grace: Person, ada: Person, portal: Portal) -> None:
    granted(grace.does(locks.lock, ada))
    told = sign_in.lock_at(portal, ada.begin())
    assert told
    assert (told.why, told.lock, told.until) == (Why.LOCKED, LockReason.ADMIN, None)
