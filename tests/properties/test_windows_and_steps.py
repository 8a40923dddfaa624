"""Time steps: which are accepted, and which are spent."""

from datetime import UTC, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain import totp
from app.domain.attempts import LONGEST_LOCK, Budget, password_wait
from tests.support.otp import AuthenticatorApp

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.timezones())  # noqa: DTZ001
SECRETS = st.binary(min_size=20, max_size=20)


@given(SECRETS, MOMENTS, st.integers(-40, 40))
def test_exactly_the_step_and_its_neighbours_are_accepted(secret: bytes, now: datetime, off: int) -> None:
    code = AuthenticatorApp(secret, "", "").code(now, steps=off)
    found = totp.matching_steps(secret, code, now)
    there = totp.step_at(now) + off
    assert (there in found) is (abs(off) <= 1)
    assert set(found) <= {totp.step_at(now) + step for step in (-1, 0, 1)}


@given(SECRETS, MOMENTS, st.integers(-40, 40))
def test_the_clock_doctor_says_the_distance_or_nothing(secret: bytes, now: datetime, off: int) -> None:
    app = AuthenticatorApp(secret, "", "")
    code = app.code(now, steps=off)
    assume(not totp.matching_steps(secret, code, now))
    distance = totp.clock_offset(secret, code, now)
    if 2 <= abs(off) <= 10:
        assert distance is not None
        assert abs(distance) <= abs(off)
    if distance is not None:
        assert app.code(now, steps=distance) == code
        assert 2 <= abs(distance) <= 10


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=1)))
def test_steps_never_go_back(now: datetime, later: timedelta) -> None:
    start = now.astimezone(UTC)
    assert totp.step_at(start) <= totp.step_at(start + later)
    assert totp.step_at(start + timedelta(seconds=30)) == totp.step_at(start) + 1


@given(st.integers(1, 100), st.integers(5, 10_080), st.integers(0, 100_000))
def test_locks_only_grow_and_end_within_a_week(failures: int, minutes: int, before: int) -> None:
    budget = Budget(failures, timedelta(minutes=minutes))
    assert budget.lock_length(before) <= budget.lock_length(before + 1) <= LONGEST_LOCK
    assert failures <= budget.hard_stop <= 100


@given(st.integers(0, 10**9), st.integers(1, 100_000))
def test_waits_only_grow_and_end_within_a_quarter_of_an_hour(failures: int, free: int) -> None:
    assert password_wait(failures, free) <= password_wait(failures + 1, free) <= timedelta(minutes=15)
    assert (password_wait(failures, free) == timedelta(0)) is (failures < free)
