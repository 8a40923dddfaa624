"""The budget of attempts: one for all second factors, with its locks, its doors and its notices."""

from datetime import timedelta

import pytest

from app.config import Settings
from app.domain.attempts import LockReason
from app.domain.events import OPERATOR, Act
from app.domain.refusals import Refused, Why
from app.portal import Portal
from app.services import locks, recovery_codes, sign_in
from app.storage import attempts
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, People, Person, granted, refusal


def locked(person: Person) -> Refused:
    """Ten wrong codes in a row; what the tenth led to."""
    outcome = person.fail(10)[-1]
    assert isinstance(outcome, Refused)
    return outcome


def after_lock(person: Person) -> None:
    lock = person.row.lock
    assert lock
    assert lock.until
    person.clock.set(lock.until)


def test_nine_wrong_codes_lock_nothing(ada: Person) -> None:
    assert [refusal(outcome) for outcome in ada.fail(9)] == [Why.WRONG_CODE] * 9
    ada.sign_in()


def test_the_tenth_wrong_code_locks_for_an_hour(ada: Person) -> None:
    outcome = locked(ada)
    assert outcome == Refused(Why.LOCKED, until=ada.clock.now() + timedelta(hours=1), lock=LockReason.ATTEMPTS)
    assert ada.acts[-1] is Act.LOCKED


def test_while_locked_the_right_code_is_refused_too(ada: Person) -> None:
    locked(ada)
    begun = ada.begin()
    assert refusal(ada.try_code(begun, ada.next_totp())) is Why.LOCKED
    assert refusal(ada.try_code(begun, ada.codes[0])) is Why.LOCKED
    assert ada.row.codes_left == 10


def test_a_refused_right_code_is_not_spent(ada: Person) -> None:
    locked(ada)
    after_lock(ada)
    ada.clock.advance(seconds=-30)
    code = ada.totp()
    assert refusal(ada.try_code(ada.begin(), code)) is Why.LOCKED
    ada.clock.advance(seconds=30)
    ada.sign_in(code)


def test_a_lock_ends_when_it_said(ada: Person) -> None:
    locked(ada)
    ada.clock.advance(hours=1, seconds=-1)
    assert refusal(ada.try_code(ada.begin(), ada.totp())) is Why.LOCKED
    ada.clock.advance(seconds=1)
    ada.sign_in(ada.totp())


def test_tries_while_locked_do_not_lengthen_the_lock(ada: Person) -> None:
    until = locked(ada).until
    ada.clock.advance(minutes=30)
    outcomes = ada.fail(20)
    assert {outcome.until for outcome in outcomes if isinstance(outcome, Refused)} == {until}


def test_each_lock_in_a_row_doubles(ada: Person) -> None:
    lengths = []
    for _ in range(3):
        outcome = locked(ada)
        if refusal(outcome) is Why.PASSWORD_STOPPED:
            outcome = Refused(Why.LOCKED, until=ada.row.lock.until if ada.row.lock else None)
        assert outcome.until
        lengths.append(outcome.until - ada.clock.now())
        after_lock(ada)
    assert lengths == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=4)]


def test_no_lock_is_longer_than_a_week(ada: Person) -> None:
    ada.set(locks_in_row=12)
    assert locked(ada).until == ada.clock.now() + timedelta(days=7)


def test_a_right_second_factor_clears_the_row(ada: Person) -> None:
    for _ in range(2):
        ada.fail(9)
        ada.sign_in()
    assert ada.row.failures_in_row == 0


def test_a_right_second_factor_lets_locks_begin_short_again(ada: Person) -> None:
    locked(ada)
    after_lock(ada)
    ada.sign_in()
    assert locked(ada).until == ada.clock.now() + timedelta(hours=1)


def test_a_right_password_clears_nothing(ada: Person) -> None:
    ada.fail(9)
    ada.begin()
    assert ada.row.failures_in_row == 9
    assert refusal(ada.fail(1)[0]) is Why.LOCKED


def test_another_browser_and_another_address_clear_nothing(ada: Person) -> None:
    ada.fail(9)
    assert refusal(ada.elsewhere().fail(1)[0]) is Why.LOCKED


def test_a_new_password_opens_no_lock(ada: Person) -> None:
    locked(ada)
    ada.gets_new_password()
    assert refusal(ada.try_code(ada.begin(), ada.next_totp())) is Why.LOCKED


def test_wrong_recovery_codes_count_like_wrong_totp_codes(people: People, ada: Person) -> None:
    other = people.ready("bob@example.org").codes
    ada.fail(5)
    begun = ada.begin()
    assert [refusal(ada.try_code(begun, code)) for code in other[:5]] == [Why.WRONG_CODE] * 4 + [Why.LOCKED]


def test_a_spent_code_typed_again_counts(ada: Person) -> None:
    ada.sign_in(ada.codes[0])
    assert refusal(ada.try_code(ada.begin(), ada.codes[0])) is Why.USED_CODE
    assert ada.row.failures_in_row == 1
    assert ada.acts[-1] is Act.CODE_REPLAYED


def test_mistyped_codes_cost_nothing(ada: Person) -> None:
    begun = ada.begin()
    slip = ada.codes[0][:-1] + ("0" if ada.codes[0][-1] != "0" else "1")
    for _ in range(30):
        assert refusal(ada.try_code(begun, slip)) is Why.MISTYPED_CODE
    assert ada.row.failures_in_row == 0
    granted(ada.try_code(begun, ada.codes[0]))


def test_the_third_failure_in_a_row_is_one_notice(ada: Person) -> None:
    ada.fail(9)
    assert ada.acts.count(Act.FAILURES_NOTICED) == 1
    ada.sign_in()
    ada.fail(3)
    assert ada.acts.count(Act.FAILURES_NOTICED) == 2


def test_two_failures_in_a_row_are_no_notice(ada: Person) -> None:
    for _ in range(3):
        ada.fail(2)
        ada.sign_in()
    assert Act.FAILURES_NOTICED not in ada.acts


def test_the_lock_is_told_before_anything_is_typed(ada: Person, portal: Portal) -> None:
    begun = ada.begin()
    assert sign_in.lock_at(portal, begun) is None
    locked(ada)
    assert sign_in.lock_at(portal, begun) == Refused(
        Why.LOCKED, until=ada.clock.now() + timedelta(hours=1), lock=LockReason.ATTEMPTS
    )


def closed_door(person: Person) -> None:
    """Fifty failures in a row. The password would stop before; a new one is set each time."""
    for _ in range(5):
        person.fail(10)
        person.clock.advance(days=8)
        person.gets_new_password()


def test_fifty_failures_in_a_row_close_the_door(ada: Person) -> None:
    closed_door(ada)
    assert ada.acts.count(Act.DOOR_CLOSED) == 1
    outcome = ada.try_code(ada.begin(), ada.totp())
    assert outcome == Refused(Why.LOCKED)


def test_forty_nine_leave_the_door_open(ada: Person) -> None:
    for _ in range(4):
        ada.fail(10)
        ada.clock.advance(days=8)
        ada.gets_new_password()
    ada.fail(9)
    assert Act.DOOR_CLOSED not in ada.acts
    ada.sign_in()


def test_no_waiting_opens_a_closed_door(ada: Person, clock: TestClock) -> None:
    closed_door(ada)
    clock.advance(days=400)
    assert refusal(ada.try_code(ada.begin(), ada.totp())) is Why.LOCKED


def test_unlocking_opens_the_door(ada: Person, portal: Portal) -> None:
    closed_door(ada)
    opened = locks.unlock(portal, ada.email, organization=None, reason="asked", by=OPERATOR)
    assert (opened.doors, opened.lock) == (1, None)
    ada.sign_in()


def test_a_pass_opens_the_door(ada: Person) -> None:
    closed_door(ada)
    granted(ada.use_pass(ada.given_pass()))
    ada.apps.clear()
    ada.enrol(ada.session)
    ada.acknowledge()
    ada.sign_in()


def test_stepping_up_opens_no_closed_door(ada: Person, portal: Portal) -> None:
    """Only a person or a pass does: a session that was open before knows nothing of who stood at the door."""
    elsewhere = ada.elsewhere()
    elsewhere.sign_in()
    ada.fail(10)
    with portal.writing() as tx:
        attempts.close_door(tx.db, ada.id, "portal", tx.now)
    ada.clock.advance(minutes=6)
    shown = recovery_codes.show(portal, elsewhere.session, proof=ada.next_totp(), act=Act.CODES_SHOWN, origin=AT_HOME)
    granted(shown)
    ada.clock.advance(days=8)
    assert refusal(ada.try_code(ada.begin(), ada.next_totp())) is Why.LOCKED


def test_a_right_code_clears_the_count_of_the_door(ada: Person) -> None:
    for _ in range(7):
        ada.clock.advance(days=10)
        ada.fail(9)
        ada.sign_in()
    assert Act.DOOR_CLOSED not in ada.acts


def test_unlocking_opens_a_lock_by_attempts(ada: Person, portal: Portal) -> None:
    locked(ada)
    assert locks.unlock(portal, ada.email, organization=None, reason="asked", by=OPERATOR).lock is LockReason.ATTEMPTS
    ada.sign_in()
    assert locked(ada).until == ada.clock.now() + timedelta(hours=1)


def test_a_lock_never_closes_step_up(ada: Person, portal: Portal) -> None:
    ada.clock.advance(minutes=6)
    token = ada.token
    locked(ada.elsewhere())
    ada.token = token
    shown = recovery_codes.show(portal, ada.session, proof=ada.next_totp(), act=Act.CODES_SHOWN, origin=AT_HOME)
    granted(shown)
    assert ada.row.lock


def test_a_smaller_budget_locks_nobody_for_ever(ada: Person, portal: Portal, settings: Settings) -> None:
    """Seven failures under a budget of ten, then the operator sets five: whatever it means, it ends."""
    ada.fail(7)
    smaller = settings.model_copy(update={"lock_after": 5})
    ada.portal = Portal(smaller, portal.database, portal.keys, portal.clock, portal.hasher)
    ada.clock.advance(days=8)
    ada.sign_in()


@pytest.mark.parametrize("budget", [1, 3])
def test_the_settings_of_the_installation_hold(ada: Person, portal: Portal, settings: Settings, budget: int) -> None:
    changed = settings.model_copy(update={"lock_after": budget, "lock_minutes": 5})
    ada.portal = Portal(changed, portal.database, portal.keys, portal.clock, portal.hasher)
    outcomes = ada.fail(budget)
    assert outcomes[-1] == Refused(Why.LOCKED, until=ada.clock.now() + timedelta(minutes=5), lock=LockReason.ATTEMPTS)
    assert Why.LOCKED not in {refusal(outcome) for outcome in outcomes[:-1]}
