"""Whether a member could lose the phone today."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.readiness import readiness
from app.domain.recovery_codes import CodeSet, Form, Visibility

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ACKNOWLEDGED = CodeSet(
    id=1, member_id=1, generation=1, form=Form.SPAREKEY, visibility=Visibility.VIEWABLE, made_at=NOON,
    made_in_session_id=None, acknowledged_at=NOON, handed_at=None, copies_erased_at=None, total=10, left=10,
    proof_number=1, proof_tries=0, proved_at=None,
)  # fmt: skip
PENDING = replace(ACKNOWLEDGED, acknowledged_at=None)


@pytest.mark.parametrize(
    ("authenticators", "code_set", "ready"),
    [
        (1, ACKNOWLEDGED, True),
        (5, replace(ACKNOWLEDGED, left=1), True),
        (0, ACKNOWLEDGED, False),
        (1, None, False),
        (1, PENDING, False),
        (1, replace(ACKNOWLEDGED, left=0), False),
    ],
)
def test_ready_is_an_authenticator_and_saved_codes(authenticators: int, code_set: CodeSet | None, ready: bool) -> None:  # noqa: FBT001
    assert readiness(authenticators, code_set).ready is ready


@pytest.mark.parametrize(("left", "low"), [(10, False), (4, False), (3, True), (1, True), (0, True)])
def test_three_left_are_low(left: int, low: bool) -> None:  # noqa: FBT001
    assert readiness(1, replace(ACKNOWLEDGED, left=left)).low is low


def test_without_codes_nothing_is_low() -> None:
    assert not readiness(0, None).low


def test_who_has_two_of_everything_gets_no_advice() -> None:
    assert readiness(2, ACKNOWLEDGED).advice == []


@pytest.mark.parametrize(
    ("authenticators", "code_set", "first"),
    [
        (0, None, "Set up an authenticator app."),
        (1, PENDING, "Save your recovery codes"),
        (2, replace(ACKNOWLEDGED, left=0), "You have no recovery codes left"),
        (2, replace(ACKNOWLEDGED, left=2), "Few recovery codes are left"),
        (1, ACKNOWLEDGED, "Add a second authenticator"),
    ],
)
def test_the_most_urgent_advice_comes_first(authenticators: int, code_set: CodeSet | None, first: str) -> None:
    assert readiness(authenticators, code_set).advice[0].startswith(first)
