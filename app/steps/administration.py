"""Acting on other members: who may, with all the rows held that the act is about, and fresh."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from app.domain.events import Act, Actor, ActorKind
from app.domain.members import Member, Role, Status
from app.domain.passes import ADDRESS_SETTLES_IN, ONE_FACTOR_FOR
from app.domain.refusals import Refused, Why
from app.domain.rights import administers, may_act_on
from app.domain.sessions import Session
from app.portal import Transaction
from app.steps import step_up
from app.steps.events import record
from app.steps.sessions import end_others, hold
from app.steps.step_up import Fresh, Typed
from app.storage import enrolments, events, members, organizations, passes
from app.storage.links import invitations, password_links

Made = TypeVar("Made")

_PAYS_FOR_SECOND_FACTOR = {Act.PASS_MADE}
_PAYS_FOR_PASSWORD = {Act.PASSWORD_LINK_MADE, Act.EMAIL_CHANGED}


class NotAnAdministratorError(Exception):
    """Somebody whose role opens no administration."""


@dataclass(frozen=True, slots=True)
class Acting:
    """An administrator at a session, and the member to act on. In an act both rows and the session are held."""

    admin: Member
    session: Session
    who: Member

    @property
    def by(self) -> Actor:
        return Actor(ActorKind.MEMBER, self.admin.id)


@dataclass(frozen=True, slots=True)
class ActingOnSeveral:
    """Likewise on several; `others` are those of the chosen whom this administrator may not act on."""

    admin: Member
    session: Session
    people: list[Member]
    others: list[Member]

    @property
    def by(self) -> Actor:
        return Actor(ActorKind.MEMBER, self.admin.id)


def _nothing(_tx: Transaction, _acting: Acting) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Deed(Generic[Made]):
    """What an act on a member is, apart from who does it to whom.

    `objection` says why it cannot be done as things are, `change` does it. `did` is None where that writes the event
    itself. `whole` deeds are about roles and about who is in: the rules for these look at the organization's other
    owners, so it is held as well.
    """

    change: Callable[[Transaction, Acting], Made]
    did: Act | None = None
    objection: Callable[[Transaction, Acting], Refused | None] = _nothing
    details: Callable[[Acting], dict[str, str]] = lambda _acting: {}
    ends_sessions: bool = True
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Done(Generic[Made]):
    """What an act came to; `token` is the acting session's new one, where it was stepped up."""

    name: str
    made: Made
    token: str | None
    sessions_ended: int = 0


@dataclass(frozen=True, slots=True)
class SeveralDone:
    """Names of those it was done to, and of those it was not open to."""

    names: list[str]
    left_alone: list[str]
    sessions_ended: int
    token: str | None


def looking(tx: Transaction, session: Session, *, least: Role = Role.ADMIN) -> Member:
    """The administrator who looks. Raises NotAnAdministratorError."""
    admin = members.find(tx.db, session.member_id)
    if not administers(admin.role) or (least is Role.OWNER and admin.role is not Role.OWNER):
        raise NotAnAdministratorError
    return admin


def hold_admin(tx: Transaction, session: Session, *, least: Role = Role.ADMIN) -> tuple[Member, Session]:
    """For acts on the organization: it is held first. Raises SessionEndedError and NotAnAdministratorError."""
    organizations.find_and_hold(tx.db, session.organization_id)
    admin, held = hold(tx, session)
    looking(tx, held, least=least)
    return admin, held


def hold_several(tx: Transaction, session: Session, chosen: list[UUID]) -> ActingOnSeveral:
    """The organization, then everybody chosen. Raises SessionEndedError and NotAnAdministratorError."""
    organizations.find_and_hold(tx.db, session.organization_id)
    found = [members.find_in(tx.db, session.organization_id, member) for member in dict.fromkeys(chosen)]
    rows = members.hold_all(tx.db, {session.member_id, *(who.id for who in found if who)})
    admin, held = hold(tx, session)
    looking(tx, held)
    people = [rows[who.id] for who in found if who]
    return ActingOnSeveral(
        admin,
        held,
        [who for who in people if may_act_on(admin, who)],
        [who for who in people if not may_act_on(admin, who)],
    )


def prove(tx: Transaction, acting: ActingOnSeveral, typed: Typed) -> Fresh | Refused:
    """The last thing to ask for, since it may spend a code."""
    return step_up.require(tx, acting.admin, acting.session, typed)


def act(
    tx: Transaction, session: Session, member: UUID, typed: Typed, deed: Deed[Made], *, reason: str
) -> Done[Made] | Refused:
    """Held, allowed, proved, done, written down. Raises SessionEndedError and NotAnAdministratorError."""
    acting = _hold_with(tx, session, member, whole=deed.whole)
    if isinstance(acting, Refused):
        return acting
    if refused := deed.objection(tx, acting):
        return refused
    fresh = step_up.require(tx, acting.admin, acting.session, typed)  # last, since it may spend a code
    if isinstance(fresh, Refused):
        return fresh
    made = deed.change(tx, acting)
    ended = end_others(tx, acting.who, keep=None) if deed.ends_sessions else 0
    if deed.did:
        record(tx, deed.did, acting.who, by=acting.by, reason=reason, **deed.details(acting))
    return Done(members.find(tx.db, acting.who.id).name, made, fresh.token, ended)


def _hold_with(tx: Transaction, session: Session, member: UUID, *, whole: bool) -> Acting | Refused:
    """Hold both members, in the order of their ids, and the session; before them the organization, if need be."""
    if whole:
        organizations.find_and_hold(tx.db, session.organization_id)
    found = members.find_in(tx.db, session.organization_id, member)
    if found is None:
        looking(tx, session)
        return Refused(Why.UNKNOWN_MEMBER)
    rows = members.hold_all(tx.db, {session.member_id, found.id})
    admin, held = hold(tx, session)
    looking(tx, held)
    who = rows[found.id]
    return Acting(admin, held, who) if may_act_on(admin, who) else Refused(Why.NOT_YOURS)


def void_ways_in(tx: Transaction, who: Member) -> None:
    """What others hold for the member, or the member has begun: none of it works after this."""
    passes.void_live(tx.db, who.id, tx.now)
    password_links.void_all(tx.db, who.id, tx.now)
    invitations.void_all(tx.db, who.id, tx.now)
    enrolments.cancel(tx.db, who.id)


def is_last_owner(tx: Transaction, who: Member) -> bool:
    """The last owner with an authenticator stays: without one nobody could help the others. Hold the organization."""
    counts = who.role is Role.OWNER and who.status is Status.ACTIVE and who.enrolled
    return counts and not members.another_owner_is_enrolled(tx.db, who)


def objection_to_pass(tx: Transaction, acting: Acting) -> Refused | None:
    return _helpless(acting.who) or address_settles(tx, acting.who) or _pays_for_both(tx, acting, _PAYS_FOR_PASSWORD)


def objection_to_password_link(tx: Transaction, acting: Acting) -> Refused | None:
    return (
        _helpless(acting.who) or address_settles(tx, acting.who) or _pays_for_both(tx, acting, _PAYS_FOR_SECOND_FACTOR)
    )


def objection_to_new_address(tx: Transaction, acting: Acting) -> Refused | None:
    """Who is only invited has no factor yet that anybody could have paid for."""
    if acting.who.status is Status.INVITED:
        return None
    return (
        Refused(Why.OUTDATED)
        if acting.who.status is Status.REMOVED
        else _pays_for_both(tx, acting, _PAYS_FOR_SECOND_FACTOR)
    )


def _helpless(who: Member) -> Refused | None:
    return None if who.status is Status.ACTIVE else Refused(Why.OUTDATED)


def _pays_for_both(tx: Transaction, acting: Acting, other: set[Act]) -> Refused | None:
    """No person pays for both factors of another within thirty days; `other` are the acts that pay for the other."""
    before = events.latest_by(tx.db, acting.who.id, acting.admin.id, other, since=tx.now - ONE_FACTOR_FOR)
    return Refused(Why.PAID_BEFORE, until=before + ONE_FACTOR_FOR) if before else None


def address_settles(tx: Transaction, who: Member) -> Refused | None:
    """After a change of address nobody gets a pass or a password link for a while: the new one may be a thief's."""
    if who.email_changed_at is None or tx.now >= who.email_changed_at + ADDRESS_SETTLES_IN:
        return None
    return Refused(Why.ADDRESS_NEW, until=who.email_changed_at + ADDRESS_SETTLES_IN)
