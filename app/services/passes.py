"""Passes: for a member who has neither phone nor codes, a code that opens nothing but a new enrolment."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.domain import recovery_codes as codes
from app.domain.attempts import PASS_TRIES
from app.domain.authenticators import ENROLMENT_LIFE
from app.domain.events import Act, Actor, Origin
from app.domain.members import Member
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof, Scope, Session, SignIn
from app.domain.tokens import hash_of, new_token
from app.portal import Portal, Transaction
from app.steps import administration, people, step_up
from app.steps.administration import Acting, Deed, Done
from app.steps.events import record
from app.steps.sessions import Opened, end_others, hold_sign_in, open_session
from app.steps.ways_back import MadePass, make_pass, pass_context
from app.storage import members, passes


@dataclass(frozen=True, slots=True)
class PassUsed:
    opened: Opened
    holder_token: str


def make(portal: Portal, email: str, *, organization: str | None, life: timedelta, reason: str, by: Actor) -> MadePass:
    """A new pass for the member, which voids the one before. Raises NoSuchMemberError."""
    with portal.writing() as tx:
        who = members.find_and_hold(tx.db, people.named(tx, email, organization).id)
        return make_pass(tx, who, life=life, reason=reason, by=by)


def make_for(
    portal: Portal, session: Session, member: UUID, *, life: timedelta, reason: str, proof: str, origin: Origin
) -> Done[MadePass] | Refused:
    """An administrator makes one. Raises SessionEndedError and NotAnAdministratorError."""

    def make(tx: Transaction, acting: Acting) -> MadePass:
        return make_pass(tx, acting.who, life=life, reason=reason, by=acting.by)

    typed = step_up.prepared(portal, session, proof)
    deed = Deed(make, objection=administration.objection_to_pass, ends_sessions=False)
    with portal.writing(origin) as tx:
        return administration.act(tx, session, member, typed, deed, reason=reason)


def use(portal: Portal, sign_in: SignIn, typed: str, *, holder_token: str | None, origin: Origin) -> PassUsed | Refused:
    """Open a session that can only enrol. The browser that used a pass first keeps it. Raises SessionEndedError."""
    with portal.writing(origin) as tx:
        who, held = hold_sign_in(tx, sign_in, locked_too=True)
        if who.lock and who.locked_by_person:
            return Refused(Why.LOCKED, lock=who.lock.reason)
        code = codes.read(typed)
        if code is None:
            return Refused(Why.MISTYPED_CODE)
        live = passes.find_live(tx.db, who.id, tx.now)
        if live is None or not passes.take_try(tx.db, live.id, limit=PASS_TRIES):
            return Refused(Why.WRONG_PASS)  # nothing was tried, so nothing is written down however often it is typed
        if not passes.matches(tx.db, live.id, tx.keys.indexes(code, pass_context(who))):
            tx.keys.require([passes.index_key_of(tx.db, live.id)])  # or nobody can tell here
            return _refused(tx, who, Why.WRONG_PASS)
        holder = holder_token or new_token()
        if live.holder_hash not in {None, hash_of(holder)}:
            return _refused(tx, who, Why.PASS_ELSEWHERE)
        end_others(tx, who, keep=None)
        ends = max(live.expires_at, tx.now + ENROLMENT_LIFE)  # used in time, a pass leaves the time to enrol
        opened = open_session(tx, who, held, Proof.PASS, scope=Scope.ENROL, expires_at=ends)
        passes.hold(tx.db, live.id, holder_hash=hash_of(holder), session_id=opened.session.id)
        record(tx, Act.PASS_USED, who)
        return PassUsed(opened, holder)


def _refused(tx: Transaction, who: Member, why: Why) -> Refused:
    record(tx, Act.PASS_REFUSED, who, why=why)
    return Refused(why)
