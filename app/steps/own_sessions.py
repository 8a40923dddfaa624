"""Whoever asks for themselves, by the session that their browser has in an application, and what it must have shown."""

from app.domain.application_sessions import Own
from app.domain.members import Member
from app.domain.projects import Project
from app.domain.refusals import Refused, Why
from app.domain.sessions import FRESH_FOR, Factor, Proof, Session, SignIn
from app.domain.tokens import hash_of
from app.portal import Transaction
from app.steps import application_sessions
from app.steps.recovery_codes import just_made
from app.storage import members, recovery_codes, session_factors, sign_ins


def member_of(tx: Transaction, project: Project, own: Own) -> Member | Refused:
    """Whose session, or sign-in in progress, was presented."""
    came_by = _came_by(tx, project, own)
    if isinstance(came_by, Refused):
        return came_by
    who = members.find(tx.db, came_by.member_id)
    return Refused(Why.UNKNOWN_MEMBER) if own.meant is not None and own.meant != who.public_id else who


def held(tx: Transaction, project: Project, own: Own) -> Session | None:
    """The session as it is now, once its member is held; None where it was a sign-in in progress, or is over."""
    found = application_sessions.find(tx, project, own.presented)
    return found if isinstance(found, Session) else None


def objection(
    tx: Transaction, project: Project, who: Member, own: Own, *, showing: bool, trusted: bool
) -> Refused | None:
    """Why nothing is shown to whoever asks, nor changed for them: the member was not shown to be there within minutes.

    By a second factor; by the first where the member has no other. Where the last authenticator was taken away, what is
    left is the first one, which does not do by itself but for an application that is `trusted` with secrets. `showing`
    is for codes that are there already: who came in by one of them, perhaps found, is not to learn the others.
    """
    came_by = _came_by(tx, project, own)
    if isinstance(came_by, Refused):
        return came_by
    if isinstance(came_by, SignIn):
        return _of_sign_in(tx, who, came_by, trusted=trusted)
    if not who.enrolled:
        return _of_first_factor(tx, who, came_by, trusted=trusted)
    if came_by.proved_at is None:
        return Refused(Why.FACTOR_MISSING)
    if not came_by.fresh(tx.now, enrolled=True):
        return Refused(Why.FACTOR_STALE)
    return _objection_to_showing(tx, who, came_by) if showing else None


def is_halfway(tx: Transaction, project: Project, who: Member, own: Own) -> bool:
    """A second factor is there, and was not shown yet."""
    came_by = _came_by(tx, project, own)
    return who.enrolled and not (isinstance(came_by, Session) and came_by.proved_at is not None)


def _came_by(tx: Transaction, project: Project, own: Own) -> Session | SignIn | Refused:
    if own.intermediate is not None:
        begun = sign_ins.find_by_token(tx.db, hash_of(own.intermediate), audience=project.audience, now=tx.now)
        return begun or Refused(Why.UNKNOWN_INTERMEDIATE)
    return application_sessions.find(tx, project, own.presented) or Refused(Why.NO_SESSION)


def _of_sign_in(tx: Transaction, who: Member, begun: SignIn, *, trusted: bool) -> Refused | None:
    """It opens enrolment to whoever has no authenticator, and nothing else of this."""
    if who.enrolled or (who.enrols_with_pass and not trusted):
        return Refused(Why.FACTOR_MISSING)
    return None if abs(tx.now - begun.begun_at) < FRESH_FOR else Refused(Why.FACTOR_STALE)


def _of_first_factor(tx: Transaction, who: Member, session: Session, *, trusted: bool) -> Refused | None:
    if session.fresh(tx.now, enrolled=True):  # as of an authenticator that was taken away in this very session
        return None
    if who.enrols_with_pass and not trusted:
        return Refused(Why.FACTOR_MISSING)
    if session.password_proved_at is None:
        return Refused(Why.FACTOR_MISSING)
    return None if session.fresh(tx.now, enrolled=False) else Refused(Why.FACTOR_STALE)


def _objection_to_showing(tx: Transaction, who: Member, session: Session) -> Refused | None:
    live = recovery_codes.find_live(tx.db, who.id)
    if live is None or just_made(session, live) or live.made_in_session_id == session.id:
        return None
    shown = [one.proof for one in session_factors.all_for(tx.db, [session.id])[session.id] if _is_second(one)]
    by_code = session.opened_by is Proof.RECOVERY_CODE or shown[:1] == [Proof.RECOVERY_CODE]
    return None if session.fresh_by_totp(tx.now) and not by_code else Refused(Why.FACTOR_MISSING)


def _is_second(factor: Factor) -> bool:
    return factor.proof in {Proof.TOTP, Proof.RECOVERY_CODE}
