"""The budget of attempts: a try is taken before a code is looked at, in the transaction that decides about it."""

from datetime import datetime

from app.domain.attempts import NOTICE_AFTER, PASSWORD_STOPS_AFTER, PASSWORD_WINDOW, PORTAL_DOOR, LockReason
from app.domain.events import Act
from app.domain.members import Member
from app.domain.refusals import Refused, Why
from app.portal import Transaction
from app.steps.events import record
from app.storage import attempts, members, sign_ins


def lock_of(tx: Transaction, who: Member, door: str) -> Refused | None:
    """Why no second factor of this member is accepted at this door now, the right one neither."""
    if who.lock and who.lock.holds_at(tx.now):
        return Refused(Why.LOCKED, until=who.lock.until, lock=who.lock.reason)
    if attempts.is_closed(tx.db, who.id, door):
        return Refused(Why.LOCKED)
    return None


def take(tx: Transaction, who: Member, door: str) -> Refused | None:
    """Take one try; `who` must be held."""
    if refused := lock_of(tx, who, door):
        return refused
    taken = members.take_attempt(tx.db, who.id, tx.now)
    return None if taken else Refused(Why.LOCKED)


def succeeded(tx: Transaction, who: Member, door: str) -> None:
    members.clear_failures(tx.db, who.id)
    attempts.clear_door(tx.db, who.id, door)


def failed(tx: Transaction, who: Member, door: str, act: Act) -> Refused | None:
    """Count the try that was taken as a failure; returns what it led to, if to anything."""
    attempts.add_failure(tx.db, who, door, tx.now)
    record(tx, act, who)
    failures = who.failures_in_row + 1
    if failures == NOTICE_AFTER and who.locks_in_row == 0:
        record(tx, Act.FAILURES_NOTICED, who, failures=failures)
    locked = _lock(tx, who, failures)
    closed = _close(tx, who, door)
    stopped = _stop_password(tx, who) if door == PORTAL_DOOR else None
    return stopped or closed or locked


def _lock(tx: Transaction, who: Member, failures: int) -> Refused | None:
    if failures < tx.budget.failures:
        return None
    until = tx.now + tx.budget.lock_length(who.locks_in_row)
    members.lock_by_attempts(tx.db, who.id, until, tx.now)
    record(tx, Act.LOCKED, who, reason="attempts", until=until.isoformat())
    return Refused(Why.LOCKED, until=until, lock=LockReason.ATTEMPTS)


def _close(tx: Transaction, who: Member, door: str) -> Refused | None:
    if attempts.count_at_door(tx.db, who, door) < tx.budget.hard_stop:
        return None
    attempts.close_door(tx.db, who.id, door, tx.now)
    record(tx, Act.DOOR_CLOSED, who, door=door)
    return Refused(Why.LOCKED)


def _stop_password(tx: Transaction, who: Member) -> Refused | None:
    since = max(filter(None, [tx.now - PASSWORD_WINDOW, who.password_changed_at]))
    if (
        who.password_stopped_at
        or attempts.count_failures(tx.db, who.id, since, at_door=PORTAL_DOOR) < PASSWORD_STOPS_AFTER
    ):
        return None
    members.stop_password(tx.db, who.id, tx.now)
    sign_ins.end_all(tx.db, who.id)
    record(tx, Act.PASSWORD_STOPPED, who)
    return Refused(Why.PASSWORD_STOPPED)


def failures_since(tx: Transaction, who: Member, since: datetime | None) -> int:
    """How often somebody who knew the password failed at the second factor, for telling the member."""
    return attempts.count_failures(tx.db, who.id, since, at_door=PORTAL_DOOR) if since else 0
