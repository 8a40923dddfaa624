"""The server's clock is put back, or forward: no code works twice, and nothing lives by the time that was gained."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.refusals import Refused, Why
from app.domain.sessions import FRESH_FOR
from app.portal import Portal
from app.steps.sessions import SessionEndedError
from tests.support.clock import TestClock
from tests.support.people import People, Person, granted, refusal

AN_HOUR = {"hours": -1}


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's own zone, which no rule may depend on."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


# put back


def test_a_code_that_was_used_is_refused_an_hour_earlier(ada: Person) -> None:
    used = ada.next_totp()
    ada.sign_in(used)
    ada.clock.advance(**AN_HOUR)
    assert refusal(ada.try_code(ada.begin(), used)) is Why.WRONG_CODE


@pytest.mark.parametrize("seconds", [1, 30, 31, 60, 90, 600, 3600])
def test_no_code_of_a_time_that_was_lived_through_before_is_accepted(ada: Person, seconds: int) -> None:
    """Whoever looked over a shoulder then has them all."""
    ada.sign_in()
    ada.clock.advance(seconds=-seconds)
    begun = ada.elsewhere().begin()
    for steps in (-1, 0, 1) if seconds > 30 else (-1, 0):
        assert refusal(ada.elsewhere().try_code(begun, ada.totp(steps=steps))) in {Why.USED_CODE, Why.WRONG_CODE}


def test_meanwhile_a_recovery_code_works_and_once(ada: Person) -> None:
    ada.sign_in()
    ada.clock.advance(**AN_HOUR)
    ada.elsewhere().sign_in(ada.codes[0])
    assert refusal(ada.try_code(ada.begin(), ada.codes[0])) is Why.USED_CODE


def test_once_the_clock_has_caught_up_totp_works_again(ada: Person) -> None:
    ada.sign_in()
    ada.clock.advance(**AN_HOUR)
    ada.clock.advance(hours=1, seconds=30)
    ada.sign_in()


def test_a_session_does_not_live_by_the_time_that_was_gained(ada: Person) -> None:
    ada.sign_in()
    ada.clock.advance(**AN_HOUR)
    assert ada.visitor() is None


def test_a_small_correction_ends_no_session(ada: Person) -> None:
    """As time services make them."""
    ada.sign_in()
    ada.clock.advance(seconds=-20)
    assert ada.visitor() is not None


def test_a_proof_is_not_fresh_for_the_time_that_was_gained(ada: Person) -> None:
    ada.sign_in()
    ada.clock.advance(minutes=-10)
    visitor = ada.visitor()
    assert visitor is not None
    assert not visitor.fresh
    ada.clock.advance(minutes=10)
    assert ada.session.fresh(ada.clock.now() + FRESH_FOR - timedelta(seconds=1), enrolled=True)


def test_a_lock_holds_an_hour_earlier(ada: Person) -> None:
    ada.fail(10)
    ada.clock.advance(**AN_HOUR)
    assert refusal(ada.try_code(ada.begin(), ada.codes[0])) is Why.LOCKED


def test_no_lock_lasts_longer_than_the_longest(ada: Person) -> None:
    """A clock that ran a year ahead and was put right must not close somebody out for that year."""
    ada.fail(10)
    ada.clock.advance(days=-365)
    ada.elsewhere().sign_in(ada.codes[0])
    assert ada.row.lock is None


def test_no_wait_after_wrong_passwords_lasts_longer_than_the_longest(ada: Person) -> None:
    for _ in range(8):
        ada.try_password("not the right one at all")
    waiting = ada.try_password()
    assert isinstance(waiting, Refused)
    assert waiting.why is Why.WAIT
    ada.clock.advance(days=-1)
    granted(ada.try_password())


# put forward


@pytest.mark.parametrize("seconds", [90, 3600, 86400])
def test_no_code_of_before_is_accepted_later(ada: Person, seconds: int) -> None:
    unused = ada.next_totp()
    ada.clock.advance(seconds=seconds)
    assert refusal(ada.try_code(ada.begin(), unused)) is Why.WRONG_CODE


def test_a_session_ends_with_its_time(ada: Person) -> None:
    ada.sign_in()
    ada.clock.advance(hours=1)
    assert ada.visitor() is None


def test_codes_work_an_hour_ahead_and_none_of_them_after_the_clock_was_put_right(ada: Person) -> None:
    ada.clock.advance(hours=1)
    ahead = ada.next_totp()
    ada.sign_in(ahead)
    ada.clock.advance(**AN_HOUR)
    begun = ada.elsewhere().begin()
    assert refusal(ada.elsewhere().try_code(begun, ahead)) is Why.WRONG_CODE
    assert refusal(ada.elsewhere().try_code(begun, ada.totp())) is Why.USED_CODE
    ada.elsewhere().sign_in(ada.codes[0])


def test_a_sign_in_that_was_begun_before_is_over(ada: Person) -> None:
    begun = ada.begin()
    ada.clock.advance(hours=1)
    with pytest.raises(SessionEndedError):
        ada.try_code(begun, ada.codes[0])


# days on which clocks do odd things


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # half past two in Berlin, for the first time
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # and for the second
        datetime(2027, 3, 28, 0, 59, 45, tzinfo=UTC),  # before the hour that is not there
        datetime(2028, 2, 29, 23, 59, 45, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC),  # 2^31 seconds since 1970
    ],
    ids=lambda moment: f"{moment:%Y-%m-%d-%H%M}",
)
def test_codes_work_and_are_spent_whatever_the_calendar_does(
    portal: Portal, clock: TestClock, moment: datetime, in_berlin: None
) -> None:
    clock.set(moment - timedelta(minutes=2))
    ada = People(portal, clock).ready("berta@example.org")
    clock.set(moment)
    code = ada.totp()
    ada.sign_in(code)
    assert refusal(ada.elsewhere().try_code(ada.elsewhere().begin(), code)) is Why.USED_CODE
    clock.advance(seconds=31)
    ada.sign_in(ada.totp())
    ada.elsewhere().sign_in(ada.codes[0])
