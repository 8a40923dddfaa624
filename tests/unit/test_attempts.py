"""The arithmetic of tries, locks and waits."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.attempts import Budget, Lock, LockReason, password_wait

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("before", "hours"), [(0, 1), (1, 2), (2, 4), (6, 64), (7, 128), (8, 168), (9, 168), (64, 168), (10**9, 168)]
)
def test_each_lock_doubles_and_none_is_longer_than_a_week(before: int, hours: int) -> None:
    assert Budget(10, HOUR).lock_length(before) == hours * HOUR


def test_the_longest_first_lock_is_not_doubled() -> None:
    week = timedelta(days=7)
    assert Budget(10, week).lock_length(0) == Budget(10, week).lock_length(5) == week


@pytest.mark.parametrize(("failures", "stop"), [(1, 5), (10, 50), (20, 100), (21, 100), (100, 100)])
def test_the_hard_stop_is_five_times_the_budget_and_at_most_a_hundred(failures: int, stop: int) -> None:
    assert Budget(failures, HOUR).hard_stop == stop


def test_a_lock_by_attempts_ends_at_its_moment() -> None:
    lock = Lock(LockReason.ATTEMPTS, NOON)
    assert lock.holds_at(NOON - timedelta(microseconds=1))
    assert not lock.holds_at(NOON)


def test_a_lock_without_an_end_holds() -> None:
    assert Lock(LockReason.PANIC, None).holds_at(NOON + timedelta(days=10_000))


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (14, 512), (15, 900), (100, 900), (10**6, 900)]
)
def test_waits_double_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert password_wait(failures) == timedelta(seconds=seconds)


def test_the_number_of_free_tries_can_be_set() -> None:
    assert password_wait(19, 20) == timedelta(0)
    assert password_wait(20, 20) == timedelta(seconds=1)
