"""Recovery codes: their state, showing them again, acknowledging them, proving them, and making new ones."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import recovery_codes as codes
from app.domain.events import Act, Origin
from app.domain.members import Member
from app.domain.recovery_codes import PROOF_TRIES, CodeSet
from app.domain.refusals import Refused, Why
from app.domain.sessions import Scope, Session
from app.domain.tokens import hash_of, new_token
from app.portal import Portal, Transaction
from app.steps import step_up
from app.steps.events import record
from app.steps.recovery_codes import (
    ShownCodes,
    State,
    acknowledge_live,
    hidden_now,
    just_made,
    make,
    may_show,
    open_to,
    recognized,
    shown,
    shown_as_made,
    state_of,
    unsealed,
)
from app.steps.sessions import end_others, hold
from app.storage import members, recovery_codes, sessions


@dataclass(frozen=True, slots=True)
class Shown:
    """`token` is the session's new one where the act stepped it up."""

    codes: ShownCodes
    token: str | None


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """`token` is the session's new one where it became an ordinary one; `first` says that it was the first set."""

    token: str | None
    first: bool


def state(portal: Portal, session: Session) -> State:
    with portal.reading() as tx:
        return state_of(tx, session)


def show(portal: Portal, session: Session, *, proof: str, act: Act, origin: Origin) -> Shown | Refused:
    """The codes of the live set; `act` says for what. Raises SessionEndedError.

    Takes a session fresh by TOTP, but for a pending set that was made in this very session, where any proof will do.
    """
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        who, held = hold(tx, session, enrolling=True)
        live = recovery_codes.find_live(tx.db, who.id)
        if live is None:
            return Refused(Why.OUTDATED)
        if not may_show(held, live) or hidden_now(tx, who, live):
            return Refused(Why.NOT_SHOWABLE)
        fresh = step_up.require(tx, who, held, typed, by_totp=not just_made(held, live))
        if isinstance(fresh, Refused):
            return fresh
        record(tx, act, who, generation=live.generation)
        return Shown(shown(tx, who, fresh.session), fresh.token)


def repeat(
    portal: Portal, session: Session, *, generation: int, given: Sequence[str], proof: str, act: Act, origin: Origin
) -> Shown | Refused:
    """The set of which no copy was ever kept, on paper or in a file, to whoever gives all of its codes back.

    `given` are the codes in canonical form, as the page has them that showed them once. The session is looked at as for
    showing, and before the codes are. The answer is one for the whole set, and yes to nothing but all of it: who tries
    codes here has to hit the 75 random bits of each in the same request, at a session that has just proved a second
    factor, and learns by it what they sent. So no try is counted here. Raises SessionEndedError.
    """
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        who, held = hold(tx, session, enrolling=True)
        live = recovery_codes.find_live(tx.db, who.id)
        if live is None or live.generation != generation:
            return Refused(Why.OUTDATED)
        if not may_show(held, live) or not live.never_kept:
            return Refused(Why.NOT_SHOWABLE)
        fresh = step_up.require(tx, who, held, typed, by_totp=not just_made(held, live))
        if isinstance(fresh, Refused):
            return fresh
        repeated = recognized(tx, who, fresh.session, live, given)
        if repeated is None:
            return Refused(Why.NOT_SHOWABLE)
        record(tx, act, who, generation=live.generation)
        return Shown(repeated, fresh.token)


def regenerate(portal: Portal, session: Session, *, generation: int, proof: str, origin: Origin) -> Shown | Refused:
    """A new set in place of the one of that generation; 0 where there is none. Raises SessionEndedError.

    Naming the generation makes it safe to repeat: the second time it is not the live one, and nothing changes.
    """
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        who, held = hold(tx, session, enrolling=True)
        live = recovery_codes.find_live(tx.db, who.id)
        if generation != (live.generation if live else 0):
            return Refused(Why.OUTDATED)
        if not who.enrolled or not open_to(held, live):
            return Refused(Why.NOT_OPEN)
        fresh = step_up.require(tx, who, held, typed)
        if isinstance(fresh, Refused):
            return fresh
        if live and not recovery_codes.void_live(tx.db, who.id, generation=generation, now=tx.now):
            return Refused(Why.OUTDATED)
        made = make(tx, who, session_id=held.id)
        members.factors_changed(tx.db, who.id)
        members.refresh_counts(tx.db, who.id)
        end_others(tx, who, keep=held)
        record(tx, Act.CODES_REGENERATED, who, old=generation, count=len(made))
        return Shown(shown_as_made(tx, who, fresh.session, made), fresh.token)


def acknowledge(portal: Portal, session: Session, *, generation: int, origin: Origin) -> Acknowledged | Refused:
    """The member says that the codes are saved; refused for any but the live set. Raises SessionEndedError.

    Where copies are kept no longer than that, they end here.
    """
    with portal.writing(origin) as tx:
        who, held = hold(tx, session, enrolling=True)
        live = recovery_codes.find_live(tx.db, who.id)
        if live is None or live.generation != generation:
            return Refused(Why.OUTDATED)
        if not open_to(held, live):
            return Refused(Why.NOT_OPEN)
        acknowledge_live(tx, who, live)
        return Acknowledged(_ordinary_from_now(tx, held), first=generation == 1)


def prove(portal: Portal, session: Session, *, generation: int, group: str, origin: Origin) -> State | Refused:
    """Type the last group of the code that is asked for: shows that the codes are at hand, and spends nothing.

    Raises SessionEndedError.
    """
    with portal.writing(origin) as tx:
        who, held = hold(tx, session, enrolling=True)
        live = recovery_codes.find_live(tx.db, who.id)
        if live is None or live.generation != generation:
            return Refused(Why.OUTDATED)
        if not open_to(held, live):
            return Refused(Why.NOT_OPEN)
        asked = None if hidden_now(tx, who, live) else _asked_for(tx, who, live)
        if asked is None or not recovery_codes.take_proof_try(tx.db, live.id, limit=PROOF_TRIES):
            return Refused(Why.EXPIRED)
        typed = codes.read_group(group, live.form)
        if not hmac.compare_digest(codes.last_group(asked).encode(), typed.encode("utf-8", "surrogatepass")):
            record(tx, Act.CODES_PROOF_FAILED, who, generation=generation)
            return Refused(Why.WRONG_CODE if live.proof_tries + 1 < PROOF_TRIES else Why.EXPIRED)
        recovery_codes.proved(tx.db, live.id, tx.now)
        record(tx, Act.CODES_PROVED, who, generation=generation)
        return state_of(tx, held)


def _asked_for(tx: Transaction, who: Member, live: CodeSet) -> str | None:
    kept = recovery_codes.all_codes(tx.db, live.id)
    return next((unsealed(tx, who, live.generation, code) for code in kept if code.number == live.proof_number), None)


def _ordinary_from_now(tx: Transaction, session: Session) -> str | None:
    if session.scope is not Scope.ENROL:
        return None
    token = new_token()
    sessions.become_ordinary(tx.db, session.id, token_hash=hash_of(token))
    return token
