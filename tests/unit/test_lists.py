"""What a line of a list says of somebody's second factor."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.domain.attempts import Lock, LockReason
from app.domain.lists import Factor, Line, Wanted
from app.domain.members import Role, Status

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
READY = Line(
    id=1,
    public_id=UUID(int=1),
    name="Ada",
    email="ada@example.org",
    role=Role.MEMBER,
    status=Status.ACTIVE,
    lock=None,
    door_closed=False,
    authenticator_count=1,
    codes_left=10,
    codes_pending=False,
    ready=True,
    last_sign_in_at=None,
    made_at=NOON,
    search_text="ada",
)


def test_who_lacks_nothing_is_ready() -> None:
    assert READY.factor(NOON) is Factor.READY


@pytest.mark.parametrize(("left", "factor"), [(4, Factor.READY), (3, Factor.FEW_CODES), (0, Factor.FEW_CODES)])
def test_three_codes_are_few(left: int, factor: Factor) -> None:
    assert replace(READY, codes_left=left).factor(NOON) is factor


def test_of_several_things_the_worst_is_said() -> None:
    few = replace(READY, codes_left=1)
    pending = replace(few, codes_pending=True)
    without = replace(pending, authenticator_count=0)
    locked = replace(without, lock=Lock(LockReason.ADMIN, None))
    said = [line.factor(NOON) for line in (few, pending, without, locked)]
    assert said == [Factor.FEW_CODES, Factor.UNACKNOWLEDGED, Factor.NO_AUTHENTICATOR, Factor.LOCKED]


def test_a_lock_is_said_while_it_holds() -> None:
    line = replace(READY, lock=Lock(LockReason.ATTEMPTS, NOON))
    assert line.factor(NOON - timedelta(microseconds=1)) is Factor.LOCKED
    assert line.factor(NOON) is Factor.READY


def test_who_is_shut_out_of_the_portal_counts_as_locked() -> None:
    assert replace(READY, door_closed=True).factor(NOON) is Factor.LOCKED


@pytest.mark.parametrize(
    "wanted", [Wanted("ada"), Wanted(role=Role.OWNER), Wanted(status=Status.ACTIVE), Wanted(factor=Factor.READY)]
)
def test_anything_asked_for_narrows_a_list(wanted: Wanted) -> None:
    assert wanted.narrowed
    assert not Wanted(sort=wanted.sort).narrowed
