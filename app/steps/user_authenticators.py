"""What becomes of a member's authenticators through an application: confirmed when a code is right, and taken away."""

from dataclasses import dataclass

from app.domain import totp
from app.domain.application_sessions import Own
from app.domain.attempts import ENROLMENT_TRIES
from app.domain.events import Act
from app.domain.members import Member, Role
from app.domain.projects import Project
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof, Session
from app.domain.users import Whose
from app.portal import Transaction
from app.steps import attempts, own_sessions, users
from app.steps.application_sessions import Right
from app.steps.enrolment import add_confirmed, secret_of
from app.steps.events import record
from app.steps.recovery_codes import make, promote
from app.steps.sessions import end_others
from app.storage import enrolments, members, recovery_codes, staged_codes
from app.storage.staged_codes import NONE_STAGED


@dataclass(frozen=True, slots=True)
class Door:
    """Through which a factor changes: an application's own, or by the hand of the member, in that session if in any."""

    project: Project
    session: Session | None
    by_member: bool

    def end_others(self, tx: Transaction, who: Member) -> None:
        """All but those of the application that did it, or but the one of the member who did."""
        end_others(tx, who, keep=self.session, keep_audience=None if self.by_member else self.project.audience)


def door_of(tx: Transaction, project: Project, whose: Whose | None) -> Door:
    if isinstance(whose, Own):
        return Door(project, own_sessions.held(tx, project, whose), by_member=True)
    return Door(project, None, by_member=False)


def confirm(tx: Transaction, door: Door, who: Member, digits: str) -> Right | Refused:
    """With tries of its own, which touch nobody's budget; a wrong one leaves the secret as it is."""
    enrolment = enrolments.find_for(tx.db, who.id)
    generation = staged_codes.generation_for(tx.db, enrolment.id, door.project.id) if enrolment else None
    if enrolment is None or generation is None:
        return Refused(Why.NOT_ENROLLED, proof=Proof.TOTP)
    if refused := _objection(tx, door, who):
        return refused
    secret = secret_of(tx, who, enrolment)
    if secret is None or not enrolments.take_try(tx.db, enrolment.id, limit=ENROLMENT_TRIES, now=tx.now):
        return Refused(Why.EXPIRED)
    steps = totp.matching_steps(secret, digits, tx.now)
    if not steps:
        record(tx, Act.ENROLMENT_CODE_REFUSED, who)
        return Refused(Why.WRONG_CODE, proof=Proof.TOTP)
    staged = generation != NONE_STAGED
    count = promote(tx, who, enrolment, generation) if staged else _make(tx, who, door.session)
    enrolments.claim(tx.db, enrolment.id)
    add_confirmed(tx, who, public_id=enrolment.public_id, name=enrolment.name, secret=secret, step=steps[-1])
    members.refresh_counts(tx.db, who.id)
    door.end_others(tx, who)
    record(tx, Act.AUTHENTICATOR_ADDED, who, name=enrolment.name)
    record(tx, Act.CODES_MADE, who, count=count)
    return Right(Proof.TOTP, enrolment.public_id)


def _objection(tx: Transaction, door: Door, who: Member) -> Refused | None:
    """What may be new since it began: a role, a permission that was taken away, a lock."""
    if who.role is not Role.MEMBER:
        return Refused(Why.PORTAL_ROLE)
    if not door.by_member and not users.may_touch_secrets(tx, door.project):
        return Refused(Why.NOT_PERMITTED)
    return attempts.lock_of(tx, who, door.project.door)


def _make(tx: Transaction, who: Member, session: Session | None) -> int:
    recovery_codes.void_live(tx.db, who.id, generation=None, now=tx.now)
    return len(make(tx, who, session_id=session.id if session else None))


def without(tx: Transaction, door: Door, who: Member, *, last: bool) -> None:
    if last:
        members.lost_the_last(tx.db, who.id)
        if recovery_codes.void_live(tx.db, who.id, generation=None, now=tx.now):
            record(tx, Act.CODES_VOIDED, who)
    members.factors_changed(tx.db, who.id)
    members.refresh_counts(tx.db, who.id)
    door.end_others(tx, who)
