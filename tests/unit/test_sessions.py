"""When a session is fresh."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.domain.sessions import Proof, Scope, Session

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SESSION = Session(
    id=1, public_id=UUID(int=1), member_id=1, organization_id=1, audience="portal", scope=Scope.ORDINARY,
    opened_by=Proof.TOTP, opened_at=NOON, last_seen_at=NOON, expires_at=NOON + timedelta(hours=12),
    proved_by=Proof.TOTP, proved_at=NOON, password_proved_at=NOON, step_up_failures=0, next_path=None,
    browser="", address="",
)  # fmt: skip


@pytest.mark.parametrize(("minutes", "fresh"), [(0, True), (4.99, True), (5, False), (60, False)])
def test_fresh_is_five_minutes(minutes: float, fresh: bool) -> None:  # noqa: FBT001
    now = NOON + minutes * MINUTE
    assert SESSION.fresh(now, enrolled=True) is fresh
    assert SESSION.fresh_by_totp(now) is fresh
    assert SESSION.fresh(now, enrolled=False) is fresh


def test_the_password_does_not_count_for_who_has_an_authenticator() -> None:
    only_password = replace(SESSION, proved_at=None, proved_by=None)
    assert not only_password.fresh(NOON, enrolled=True)
    assert only_password.fresh(NOON, enrolled=False)


@pytest.mark.parametrize("proof", [Proof.RECOVERY_CODE, Proof.PASS])
def test_another_proof_is_not_fresh_by_totp(proof: Proof) -> None:
    session = replace(SESSION, proved_by=proof)
    assert session.fresh(NOON, enrolled=True)
    assert not session.fresh_by_totp(NOON)
