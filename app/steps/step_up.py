"""Freshness: who sits at a session shows again who they are, in the same request as the act it is for."""

from dataclasses import dataclass, replace

from app.domain.attempts import PORTAL_DOOR, STEP_UP_TRIES
from app.domain.events import Act
from app.domain.happenings import Happening
from app.domain.members import Member
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof, Session
from app.domain.tokens import hash_of, new_token
from app.portal import Portal, Transaction
from app.steps import attempts, second_factor
from app.steps.events import record
from app.steps.second_factor import Reading
from app.storage import members, sessions


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed to step up: a code, or the password of a member without an authenticator, looked at already."""

    text: str
    right_password: bool = False


@dataclass(frozen=True, slots=True)
class Fresh:
    """The session as it is now, and its new token where stepping up changed it."""

    session: Session
    token: str | None


def prepared(portal: Portal, session: Session, text: str) -> Typed:
    """Look at the password, if it can be one: hashing takes too long to do it inside a write transaction."""
    if not text:
        return Typed("")
    with portal.reading() as tx:
        who = members.find(tx.db, session.member_id)
    if who.enrolled:
        return Typed(text)
    return Typed(text, portal.hasher.verify(who.password_hash, text))


def require(tx: Transaction, who: Member, session: Session, typed: Typed, *, by_totp: bool = False) -> Fresh | Refused:
    """The session must be fresh, or what was typed make it so; `by_totp`: a recovery code won't do, and isn't spent."""
    if session.fresh_by_totp(tx.now) if by_totp else session.fresh(tx.now, enrolled=who.enrolled):
        return Fresh(session, None)
    if not typed.text.strip():
        return Refused(Why.NEEDS_PROOF)
    if not who.enrolled:
        return _by_password(tx, who, session, typed)
    reading = second_factor.read(tx, who, typed.text)
    if isinstance(reading, Refused):
        return reading
    if by_totp and reading.proof is not Proof.TOTP:
        return Refused(Why.NEEDS_TOTP)
    return _by_code(tx, who, session, reading)


def _by_code(tx: Transaction, who: Member, session: Session, reading: Reading) -> Fresh | Refused:
    if not (tries := sessions.take_step_up_try(tx.db, session.id, limit=STEP_UP_TRIES)):
        return _end(tx, who, session)
    shown = second_factor.spend(tx, who, reading)
    if isinstance(shown, Refused):
        return _failed(tx, who, session, tries, shown)
    attempts.succeeded(tx, who, PORTAL_DOOR)
    return _proved(tx, who, session, shown.proof)


def _by_password(tx: Transaction, who: Member, session: Session, typed: Typed) -> Fresh | Refused:
    if not (tries := sessions.take_step_up_try(tx.db, session.id, limit=STEP_UP_TRIES)):
        return _end(tx, who, session)
    tx.note(Happening(Proof.PASSWORD, "right" if typed.right_password else Why.NOT_YOUR_PASSWORD))
    if not typed.right_password:
        return _failed(tx, who, session, tries, Refused(Why.NOT_YOUR_PASSWORD))
    return _proved(tx, who, session, Proof.PASSWORD)


def _proved(tx: Transaction, who: Member, session: Session, proof: Proof) -> Fresh:
    token = new_token()
    sessions.prove(tx.db, session.id, proof, token_hash=hash_of(token), now=tx.now)
    record(tx, Act.STEPPED_UP, who, proof=proof)
    if proof is Proof.PASSWORD:
        return Fresh(replace(session, password_proved_at=tx.now, step_up_failures=0), token)
    return Fresh(replace(session, proved_by=proof, proved_at=tx.now, step_up_failures=0), token)


def _failed(tx: Transaction, who: Member, session: Session, tries: int, refused: Refused) -> Refused:
    record(tx, Act.STEP_UP_FAILED, who)
    return refused if tries < STEP_UP_TRIES else _end(tx, who, session)


def _end(tx: Transaction, who: Member, session: Session) -> Refused:
    sessions.end(tx.db, session.id)
    record(tx, Act.SESSION_ENDED, who, reason="step_up_failures")
    return Refused(Why.SESSION_ENDED)
