"""Locking a second factor, and opening what too many attempts, an administrator or the panic button closed."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.attempts import LockReason
from app.domain.events import Act, Actor, Origin
from app.domain.members import Status
from app.domain.refusals import Refused, Why
from app.domain.sessions import Session
from app.portal import Portal, Transaction
from app.steps import administration, passwords, people, step_up
from app.steps.administration import Acting, Deed, Done
from app.steps.events import record
from app.storage import attempts, enrolments, members


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What there was to open. A stopped password stays stopped: it takes a new one."""

    name: str
    lock: LockReason | None
    doors: int
    password_stopped: bool


def unlock(portal: Portal, email: str, *, organization: str | None, reason: str, by: Actor) -> Unlocked:
    """Whatever the reason, and at every door. Raises NoSuchMemberError."""
    with portal.writing() as tx:
        who = members.find_and_hold(tx.db, people.named(tx, email, organization).id)
        lock = who.lock.reason if who.lock and who.lock.holds_at(tx.now) else None
        members.unlock(tx.db, who.id)
        doors = attempts.open_all_doors(tx.db, who.id)
        passwords.forgive(tx, who)
        record(tx, Act.UNLOCKED, who, by=by, reason=reason, lock=lock, doors=doors)
        return Unlocked(who.name, lock, doors, who.password_stopped_at is not None)


def lock(
    portal: Portal, session: Session, member: UUID, *, reason: str, proof: str, origin: Origin
) -> Done[None] | Refused:
    """An administrator locks it. Raises SessionEndedError and NotAnAdministratorError."""
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        return administration.act(tx, session, member, typed, _LOCK, reason=reason)


def open_for(
    portal: Portal, session: Session, member: UUID, *, reason: str, proof: str, origin: Origin
) -> Done[None] | Refused:
    """An administrator unlocks the second factor at every door, and leaves what was counted against the password.

    Raises SessionEndedError and NotAnAdministratorError.
    """
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        return administration.act(tx, session, member, typed, _UNLOCK, reason=reason)


def _may_not_be_locked(_tx: Transaction, acting: Acting) -> Refused | None:
    fit = acting.who.status is Status.ACTIVE and not acting.who.locked_by_person
    return None if fit else Refused(Why.OUTDATED)


def _lock(tx: Transaction, acting: Acting) -> None:
    members.lock(tx.db, acting.who.id, LockReason.ADMIN, tx.now)
    enrolments.cancel(tx.db, acting.who.id)


def _nothing_to_open(tx: Transaction, acting: Acting) -> Refused | None:
    holds = acting.who.lock is not None and acting.who.lock.holds_at(tx.now)
    closed = holds or attempts.is_any_closed(tx.db, acting.who.id)
    return None if closed and acting.who.status is not Status.REMOVED else Refused(Why.OUTDATED)


def _open(tx: Transaction, acting: Acting) -> None:
    members.unlock(tx.db, acting.who.id)
    attempts.open_all_doors(tx.db, acting.who.id)


_LOCK = Deed(_lock, Act.LOCKED_BY_ADMIN, _may_not_be_locked)
_UNLOCK = Deed(_open, Act.UNLOCKED, _nothing_to_open, ends_sessions=False)
