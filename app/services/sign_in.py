"""Signing in: the password, then the second factor."""

from dataclasses import dataclass

from app.domain.attempts import NOTICE_AFTER, PORTAL_DOOR
from app.domain.events import Act, Origin
from app.domain.members import Member
from app.domain.recovery_codes import LOW
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof, Session, SignIn
from app.domain.tokens import hash_of
from app.portal import Portal, Transaction
from app.steps import attempts, second_factor
from app.steps.events import record, record_of_nobody
from app.steps.passwords import Waits
from app.steps.sessions import Begun, Opened, begin_sign_in, complete, hold, hold_sign_in
from app.storage import known_browsers, members, organizations, sessions, sign_ins


@dataclass(frozen=True, slots=True)
class PasswordRight:
    """`to_code` says whether the code comes next, or else a first enrolment."""

    begun: Begun
    to_code: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`failures` counts those at the second factor since the last sign-in, where that is worth a word."""

    opened: Opened
    proof: Proof
    codes_left: int
    failures: int = 0

    @property
    def low(self) -> bool:
        return self.codes_left <= LOW


@dataclass(frozen=True, slots=True)
class _Password:
    """What came of looking at the password, before the transaction that acts on it."""

    right: bool
    newer_hash: str | None = None


def password(
    portal: Portal,
    organization_id: int,
    *,
    email: str,
    password: str,
    next_path: str | None,
    browser_token: str | None,
    origin: Origin,
) -> PasswordRight | Refused:
    """Unknown, invited, suspended and wrong-password people get the same answer after the same work.

    Raises TooBusyError.
    """
    with portal.reading(origin) as tx:
        who = members.find_by_email(tx.db, organization_id, email)
        known = _known(tx, who, browser_token)
        if refused := Waits(tx, organization_id, email).refusal(known_browser=known):
            return refused
    looked_at = _look_at(portal, who, password)
    with portal.writing(origin) as tx:
        unchanged = _held_unchanged(tx, who) if looked_at.right else None
        waits = Waits(tx, organization_id, email)
        if refused := waits.take(known_browser=known):
            return refused
        if unchanged is None:
            return _wrong_password(tx, organization_id, who, waits)
        waits.succeeded()
        return _right_password(tx, unchanged, looked_at, next_path)


def second(
    portal: Portal, sign_in: SignIn, typed: str, *, browser_token: str | None, origin: Origin
) -> SignedIn | Refused:
    """A TOTP code or a recovery code, whichever was typed. Raises SessionEndedError."""
    with portal.writing(origin) as tx:
        who, held = hold_sign_in(tx, sign_in, locked_too=True)
        if not who.enrolled and not who.locked_by_person:
            return Refused(Why.NOT_OPEN)
        shown = second_factor.check(tx, who, typed, door=PORTAL_DOOR)
        if isinstance(shown, Refused):
            return shown
        failures = attempts.failures_since(tx, who, who.last_sign_in_at)
        opened = complete(tx, who, held, shown.proof, browser_token=browser_token)
        record(tx, Act.SIGNED_IN, who, proof=shown.proof)
        left = members.find(tx.db, who.id).codes_left
        return SignedIn(opened, shown.proof, left, failures if failures >= NOTICE_AFTER else 0)


def postpone(portal: Portal, sign_in: SignIn, *, browser_token: str | None, origin: Origin) -> SignedIn | Refused:
    """Sign in by password alone, while the organization does not require more yet. Raises SessionEndedError."""
    with portal.writing(origin) as tx:
        who, held = hold_sign_in(tx, sign_in)
        if who.enrolled or organizations.find(tx.db, who.organization_id).requires_second_factor(tx.now):
            return Refused(Why.NOT_OPEN)
        opened = complete(tx, who, held, Proof.PASSWORD, browser_token=browser_token)
        record(tx, Act.SIGNED_IN_WITHOUT_SECOND_FACTOR, who)
        return SignedIn(opened, Proof.PASSWORD, who.codes_left)


def lock_at(portal: Portal, sign_in: SignIn) -> Refused | None:
    """Whether the second factor is locked for who signs in here, and until when."""
    with portal.reading() as tx:
        return attempts.lock_of(tx, members.find(tx.db, sign_in.member_id), PORTAL_DOOR)


def leave(portal: Portal, sign_in: SignIn) -> None:
    with portal.writing() as tx:
        members.find_and_hold(tx.db, sign_in.member_id)
        sign_ins.claim(tx.db, sign_in.id)


def sign_out(portal: Portal, session: Session, origin: Origin) -> None:
    """Raises SessionEndedError."""
    with portal.writing(origin) as tx:
        who, held = hold(tx, session, enrolling=True)
        sessions.end(tx.db, held.id)
        record(tx, Act.SIGNED_OUT, who)


def _known(tx: Transaction, who: Member | None, browser_token: str | None) -> bool:
    return bool(who and browser_token and known_browsers.is_known(tx.db, who.id, hash_of(browser_token), tx.now))


def _look_at(portal: Portal, who: Member | None, password: str) -> _Password:
    kept = who.password_hash if who and who.may_sign_in else None
    if not portal.hasher.verify(kept, password) or kept is None:
        return _Password(right=False)
    outdated = portal.hasher.outdated(kept)
    return _Password(right=True, newer_hash=portal.hasher.hash(password) if outdated else None)


def _held_unchanged(tx: Transaction, seen: Member | None) -> Member | None:
    """The member, held; None where password or status changed while the password was being looked at."""
    if seen is None:
        return None
    who = members.find_and_hold(tx.db, seen.id)
    return who if who.may_sign_in and who.password_hash == seen.password_hash else None


def _wrong_password(tx: Transaction, organization_id: int, who: Member | None, waits: Waits) -> Refused:
    waits.failed()
    if who:
        record(tx, Act.PASSWORD_REFUSED, who)
    else:
        record_of_nobody(tx, Act.PASSWORD_REFUSED, organization_id)
    return Refused(Why.WRONG_PASSWORD)


def _right_password(
    tx: Transaction, who: Member, looked_at: _Password, next_path: str | None
) -> PasswordRight | Refused:
    if who.password_stopped_at:
        return Refused(Why.PASSWORD_STOPPED)
    if looked_at.newer_hash and who.password_hash:
        members.rehash_password(tx.db, who.id, old=who.password_hash, new=looked_at.newer_hash)
    record(tx, Act.PASSWORD_ACCEPTED, who)
    return PasswordRight(begin_sign_in(tx, who, next_path=next_path), who.enrolled or who.locked_by_person)
