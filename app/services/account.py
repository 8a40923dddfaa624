"""A member's own account: how ready it is, its name, its password, and the panic button."""

from dataclasses import dataclass

from app.domain.attempts import LockReason
from app.domain.events import Act, Origin
from app.domain.passwords import objection
from app.domain.readiness import Readiness, readiness
from app.domain.refusals import Refused, Why
from app.domain.sessions import Session
from app.portal import Portal
from app.steps import step_up
from app.steps.events import record
from app.steps.passwords import set_password
from app.steps.sessions import end_others, hold
from app.storage import enrolments, members, organizations, recovery_codes


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    token: str | None
    others_ended: int


def readiness_of(portal: Portal, session: Session) -> Readiness:
    with portal.reading() as tx:
        who = members.find(tx.db, session.member_id)
        return readiness(who.authenticator_count, recovery_codes.find_live(tx.db, who.id))


def rename(portal: Portal, session: Session, *, name: str, origin: Origin) -> None:
    """Raises SessionEndedError."""
    with portal.writing(origin) as tx:
        who, _ = hold(tx, session)
        if who.name != name:
            members.rename(tx.db, who, name)
            record(tx, Act.NAME_CHANGED, who)


def change_password(
    portal: Portal, session: Session, *, password: str, proof: str, origin: Origin
) -> PasswordChanged | Refused:
    """Takes a second factor instead of the old password, so that it also helps who forgot that one.

    Every other session of the member ends. Raises SessionEndedError and TooBusyError.
    """
    with portal.reading() as tx:
        who = members.find(tx.db, session.member_id)
        organization = organizations.find(tx.db, who.organization_id)
    if sentence := objection(password, [who.name, who.email or "", organization.name]):
        return Refused(Why.UNFIT_PASSWORD, sentence=sentence)
    typed = step_up.prepared(portal, session, proof)
    password_hash = portal.hasher.hash(password)
    with portal.writing(origin) as tx:
        who, held = hold(tx, session)
        fresh = step_up.require(tx, who, held, typed)
        if isinstance(fresh, Refused):
            return fresh
        set_password(tx, who, password_hash)
        ended = end_others(tx, who, keep=held)
        record(tx, Act.PASSWORD_CHANGED, who)
        return PasswordChanged(fresh.token, ended)


def panic(portal: Portal, session: Session, origin: Origin) -> None:
    """Something is wrong: every session ends, this one too, and the second factor is locked until a person opens it.

    Raises SessionEndedError.
    """
    with portal.writing(origin) as tx:
        who, _ = hold(tx, session, enrolling=True)
        members.lock(tx.db, who.id, LockReason.PANIC, tx.now)
        enrolments.cancel(tx.db, who.id)
        end_others(tx, who, keep=None)
        record(tx, Act.PANICKED, who)
