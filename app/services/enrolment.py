"""Enrolling an authenticator: begin, look at the QR, confirm with a code."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from app.domain import totp
from app.domain.attempts import ENROLMENT_TRIES
from app.domain.authenticators import AT_MOST, Authenticator, Enrolment
from app.domain.events import Act, Origin
from app.domain.members import Member
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof, Scope, Session, SignIn
from app.domain.tokens import hash_of, new_token
from app.portal import Portal, Transaction
from app.steps import step_up
from app.steps.enrolment import add_confirmed, begin, is_over, secret_of
from app.steps.events import record
from app.steps.recovery_codes import ShownCodes, make, shown_as_made
from app.steps.sessions import Opened, complete, end_others, hold, hold_sign_in
from app.steps.step_up import Fresh
from app.storage import (
    attempts,
    authenticators,
    enrolments,
    known_browsers,
    members,
    organizations,
    passes,
    recovery_codes,
    sessions,
)

Holder = Session | SignIn


@dataclass(frozen=True, slots=True)
class Begun:
    """`token` is the session's new one where the act stepped it up."""

    token: str | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """What an authenticator app needs to know, and until when it is valid."""

    key: str
    uri: str
    account: str
    name: str
    valid_until: datetime
    replacing: str | None
    first: bool


@dataclass(frozen=True, slots=True)
class Confirmed:
    """`shown` holds the codes that came with it, where the member had none; `opened` a session, if one was opened."""

    name: str
    replaced: str | None
    shown: ShownCodes | None
    opened: Opened | None
    token: str | None
    others_ended: int
    codes_left: int


@dataclass(frozen=True, slots=True)
class _Held:
    """Who enrols, and by what right: exactly one of session and sign-in is there."""

    who: Member
    session: Session | None
    sign_in: SignIn | None

    def began(self, enrolment: Enrolment) -> bool:
        mine = self.session.id if self.session else None, self.sign_in.id if self.sign_in else None
        return (enrolment.session_id, enrolment.sign_in_id) == mine

    @property
    def by_pass(self) -> bool:
        return self.session is not None and self.session.scope is Scope.ENROL

    @property
    def by_password(self) -> bool:
        """Nothing but a password has said so far who this is."""
        return self.session is None or (self.session.opened_by is Proof.PASSWORD and self.session.proved_by is None)


@dataclass(frozen=True, slots=True)
class _Proved:
    """The authenticator to be: its secret, and the time step of the code that confirmed it."""

    name: str
    secret: bytes
    step: int


def start(portal: Portal, holder: Holder, *, replace: UUID | None, proof: str, origin: Origin) -> Begun | Refused:
    """Begin, for somebody who may. Raises SessionEndedError."""
    typed = step_up.prepared(portal, holder, proof) if isinstance(holder, Session) else None
    with portal.writing(origin) as tx:
        held = _hold(tx, holder)
        replaced = authenticators.find(tx.db, held.who.id, replace) if replace else None
        if replace and replaced is None:
            return Refused(Why.OUTDATED)
        if not replaced and not held.by_pass and held.who.authenticator_count >= AT_MOST:
            return Refused(Why.TOO_MANY)
        fresh = _may_begin(tx, held, typed)  # last, since it may spend a code
        if isinstance(fresh, Refused):
            return fresh
        record(tx, Act.ENROLMENT_BEGUN, held.who)
        begin(tx, held.who, session=held.session, sign_in=held.sign_in, replaces=replaced)
        return Begun(fresh.token if fresh else None)


def show(portal: Portal, holder: Holder) -> Showing | Refused:
    """The same QR for as long as it is valid, to the session or sign-in that began it."""
    with portal.reading() as tx:
        who = members.find(tx.db, holder.member_id)
        held = _Held(who, *_parted(holder))
        enrolment = enrolments.find_for(tx.db, who.id)
        if enrolment is None or not held.began(enrolment):
            return Refused(Why.EXPIRED)
        replaced = _replaced(tx, enrolment)
        secret = secret_of(tx, who, enrolment)
        if secret is None or is_over(tx, enrolment):
            return Refused(Why.EXPIRED, about=replaced.public_id if replaced else None)
        organization = organizations.find(tx.db, who.organization_id)
        issuer, account = totp.labels(organization.name, who.email or who.name)
        return Showing(
            key=totp.key_of(secret),
            uri=totp.provisioning_uri(secret, issuer=issuer, account=account),
            account=f"{issuer}:{account}",
            name=enrolment.name,
            valid_until=enrolment.expires_at,
            replacing=replaced.name if replaced else None,
            first=not who.enrolled or held.by_pass,
        )


def confirm(
    portal: Portal, holder: Holder, *, code: str, name: str, browser_token: str | None, origin: Origin
) -> Confirmed | Refused:
    """Make an authenticator of it, with a set of recovery codes where there is none. Raises SessionEndedError."""
    with portal.writing(origin) as tx:
        held = _hold(tx, holder)
        enrolment = enrolments.find_for(tx.db, held.who.id)
        if enrolment is None or not held.began(enrolment):
            return Refused(Why.EXPIRED)
        digits = totp.read(code)
        if digits is None:
            return Refused(Why.MISTYPED_CODE) if not is_over(tx, enrolment) else Refused(Why.EXPIRED)
        if not enrolments.take_try(tx.db, enrolment.id, limit=ENROLMENT_TRIES, now=tx.now):
            return Refused(Why.EXPIRED)
        secret = secret_of(tx, held.who, enrolment)
        if secret is None:
            return Refused(Why.EXPIRED)
        steps = totp.matching_steps(secret, digits, tx.now)
        if not steps:
            record(tx, Act.ENROLMENT_CODE_REFUSED, held.who)
            return _clock_doctor(tx, secret, digits, enrolment)
        proved = _Proved(name or enrolment.name, secret, steps[-1])
        return _confirm(tx, held, enrolment, proved, browser_token)


def cancel(portal: Portal, holder: Holder, origin: Origin) -> None:
    """Raises SessionEndedError."""
    with portal.writing(origin) as tx:
        held = _hold(tx, holder)
        enrolment = enrolments.find_for(tx.db, held.who.id)
        if enrolment and held.began(enrolment):
            enrolments.cancel(tx.db, held.who.id)
            record(tx, Act.ENROLMENT_CANCELLED, held.who)


def _hold(tx: Transaction, holder: Holder) -> _Held:
    if isinstance(holder, Session):
        who, session = hold(tx, holder, enrolling=True)
        return _Held(who, session, None)
    who, sign_in = hold_sign_in(tx, holder)
    return _Held(who, None, sign_in)


def _parted(holder: Holder) -> tuple[Session | None, SignIn | None]:
    return (holder, None) if isinstance(holder, Session) else (None, holder)


def _may_begin(tx: Transaction, held: _Held, typed: step_up.Typed | None) -> Fresh | Refused | None:
    if held.session is None or typed is None:
        if held.who.enrolled:
            return Refused(Why.NOT_OPEN)
        return Refused(Why.NEEDS_PASS) if held.who.enrols_with_pass else None
    if held.by_pass:
        return None if passes.find_held_by(tx.db, held.session.id) else Refused(Why.NOT_OPEN)
    if held.who.enrols_with_pass:
        return Refused(Why.NEEDS_PASS)
    return step_up.require(tx, held.who, held.session, typed)


def _replaced(tx: Transaction, enrolment: Enrolment) -> Authenticator | None:
    mine = authenticators.all_for(tx.db, enrolment.member_id)
    return next((one for one in mine if one.id == enrolment.replaces_id), None)


def _clock_doctor(tx: Transaction, secret: bytes, digits: str, enrolment: Enrolment) -> Refused:
    if enrolment.tries + 1 >= ENROLMENT_TRIES:
        return Refused(Why.EXPIRED)
    offset = totp.clock_offset(secret, digits, tx.now)
    return Refused(Why.CLOCK_OFF, steps_off=offset) if offset else Refused(Why.WRONG_CODE)


def _confirm(
    tx: Transaction, held: _Held, enrolment: Enrolment, proved: _Proved, browser_token: str | None
) -> Confirmed | Refused:
    who, replaced = held.who, _replaced(tx, enrolment)
    unknown_browser = held.by_password and not (enrolment.vouched or _known(tx, who, browser_token))
    if refused := _make_room(tx, held, enrolment, replaced):
        return refused
    add_confirmed(tx, who, public_id=uuid4(), name=proved.name, secret=proved.secret, step=proved.step)
    opened, session, token = _session_after(tx, held, browser_token)
    codes = [] if recovery_codes.find_live(tx.db, who.id) else make(tx, who, session_id=session.id)
    members.refresh_counts(tx.db, who.id)
    ended = end_others(tx, who, keep=session)
    if replaced:
        record(tx, Act.AUTHENTICATOR_REPLACED, who, old=replaced.name, name=proved.name)
    else:
        record(tx, Act.AUTHENTICATOR_ADDED, who, name=proved.name, unknown_browser=unknown_browser)
    if codes:
        record(tx, Act.CODES_MADE, who, count=len(codes))
    return Confirmed(
        name=proved.name,
        replaced=replaced.name if replaced else None,
        shown=shown_as_made(tx, who, session, codes) if codes else None,
        opened=opened,
        token=token,
        others_ended=ended,
        codes_left=members.find(tx.db, who.id).codes_left,
    )


def _make_room(tx: Transaction, held: _Held, enrolment: Enrolment, replaced: Authenticator | None) -> Refused | None:
    """Take the enrolment, and take away what the new authenticator stands in for."""
    if not enrolments.claim(tx.db, enrolment.id):
        return Refused(Why.EXPIRED)
    if held.by_pass:
        return None if _spend_pass(tx, held) else Refused(Why.EXPIRED)
    if replaced:
        authenticators.remove(tx.db, replaced.id)
        return None
    return Refused(Why.TOO_MANY) if held.who.authenticator_count >= AT_MOST else None


def _known(tx: Transaction, who: Member, browser_token: str | None) -> bool:
    return bool(browser_token) and known_browsers.is_known(tx.db, who.id, hash_of(browser_token or ""), tx.now)


def _session_after(
    tx: Transaction, held: _Held, browser_token: str | None
) -> tuple[Opened | None, Session, str | None]:
    """The session as it is after confirming, which proves a second factor; with its new token."""
    if held.session is None:
        assert held.sign_in is not None  # noqa: S101 -- one of the two is there
        opened = complete(tx, held.who, held.sign_in, Proof.TOTP, browser_token=browser_token)
        record(tx, Act.SIGNED_IN, held.who, proof=Proof.TOTP)
        return opened, opened.session, None
    token = new_token()
    sessions.confirmed_here(tx.db, held.session.id, token_hash=hash_of(token), now=tx.now)
    return None, held.session, token


def _spend_pass(tx: Transaction, held: _Held) -> bool:
    """A pass makes everything before it void: what it replaces may be in somebody else's hands."""
    assert held.session is not None  # noqa: S101 -- only a session is opened by a pass
    who = held.who
    pass_ = passes.find_held_by(tx.db, held.session.id)
    if pass_ is None or not passes.spend(tx.db, pass_.id, tx.now):
        return False
    authenticators.remove_all(tx.db, who.id)
    recovery_codes.void_live(tx.db, who.id, generation=None, now=tx.now)
    known_browsers.forget_all(tx.db, who.id)
    members.unlock(tx.db, who.id)
    attempts.open_all_doors(tx.db, who.id)
    record(tx, Act.PASS_SPENT, who)
    return True
