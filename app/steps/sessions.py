"""Opening, holding and ending sessions."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.members import Member, Status
from app.domain.sessions import KNOWN_BROWSER_LIFE, PORTAL, SIGN_IN_LIFE, Proof, Scope, Session, SignIn
from app.domain.tokens import hash_of, new_token
from app.portal import Transaction
from app.storage import known_browsers, members, sessions, sign_ins


class SessionEndedError(Exception):
    """The session, or the sign-in in progress, ended while the request was on its way."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in in progress, and the token that its browser is to hold."""

    token: str
    sign_in: SignIn


@dataclass(frozen=True, slots=True)
class Opened:
    """A session, and the tokens that its browser is to hold; `browser_token` is None where it is not to be known."""

    token: str
    session: Session
    browser_token: str | None = None


def begin_sign_in(tx: Transaction, who: Member, *, next_path: str | None) -> Begun:
    token = new_token()
    sign_in = sign_ins.add(
        tx.db,
        who,
        token_hash=hash_of(token),
        audience=PORTAL,
        next_path=next_path,
        origin=tx.origin,
        now=tx.now,
        expires_at=tx.now + SIGN_IN_LIFE,
    )
    return Begun(token, sign_in)


def complete(tx: Transaction, who: Member, sign_in: SignIn, by: Proof, *, browser_token: str | None) -> Opened:
    """Make a session of a sign-in in progress. A browser is known from then on, unless the password alone let it in.

    Raises SessionEndedError where that was done already.
    """
    if not sign_ins.claim(tx.db, sign_in.id):
        raise SessionEndedError
    opened = open_session(tx, who, sign_in, by, scope=Scope.ORDINARY)
    members.signed_in(tx.db, who.id, tx.now)
    known_as = None if by is Proof.PASSWORD else _remember(tx, who, browser_token)
    return Opened(opened.token, opened.session, known_as)


def open_session(
    tx: Transaction, who: Member, sign_in: SignIn, by: Proof, *, scope: Scope, expires_at: datetime | None = None
) -> Opened:
    token = new_token()
    session = sessions.add(
        tx.db,
        who,
        token_hash=hash_of(token),
        audience=PORTAL,
        scope=scope,
        opened_by=by,
        next_path=sign_in.next_path,
        origin=tx.origin,
        now=tx.now,
        expires_at=expires_at or tx.now + tx.settings.session_life,
        password_proved_at=sign_in.begun_at,
    )
    return Opened(token, session)


def hold(tx: Transaction, session: Session, *, enrolling: bool = False) -> tuple[Member, Session]:
    """Member and session as they are now, both held until the transaction ends. Raises SessionEndedError.

    Only acts that are `enrolling`, or harmless, are open to the session that a pass opened.
    """
    who = members.find_and_hold(tx.db, session.member_id)
    held = sessions.find_and_hold(tx.db, session, tx.now)
    if held is None or who.status is not Status.ACTIVE or (held.scope is Scope.ENROL and not enrolling):
        raise SessionEndedError
    return who, held


def hold_sign_in(tx: Transaction, sign_in: SignIn, *, locked_too: bool = False) -> tuple[Member, SignIn]:
    """Likewise for a sign-in in progress. Raises SessionEndedError.

    A lock that only a person opens closes every way in. `locked_too` is for acts that say so themselves.
    """
    who = members.find_and_hold(tx.db, sign_in.member_id)
    held = sign_ins.find_and_hold(tx.db, sign_in, tx.now)
    if held is None or not who.may_sign_in or who.password_stopped_at:
        raise SessionEndedError
    if who.locked_by_person and not locked_too:
        raise SessionEndedError
    return who, held


def end_others(tx: Transaction, who: Member, *, keep: Session | None = None, keep_audience: str | None = None) -> int:
    """What follows every change of a factor or a password: whoever else was in, or coming in, is out.

    `keep_audience` leaves the sessions of one application alone, where it is the one that changed the factor.
    Returns how many sessions that ended; those that had run out are swept away with them, and not counted.
    """
    seen_after = tx.now - tx.settings.session_idle
    alive = sessions.all_for(tx.db, who.id, seen_after=seen_after, now=tx.now)
    sign_ins.end_all(tx.db, who.id)
    sessions.end_all(tx.db, who.id, keep=keep.id if keep else None, keep_audience=keep_audience)
    return sum(1 for one in alive if (keep is None or one.id != keep.id) and one.audience != keep_audience)


def _remember(tx: Transaction, who: Member, presented: str | None) -> str:
    """One cookie a browser: the one it has, if it is one of ours, and else a new one."""
    known_as = presented if presented and known_browsers.is_ours(tx.db, hash_of(presented)) else new_token()
    known_browsers.remember(
        tx.db,
        who,
        token_hash=hash_of(known_as),
        browser=tx.origin.browser,
        now=tx.now,
        expires_at=tx.now + KNOWN_BROWSER_LIFE,
    )
    return known_as
