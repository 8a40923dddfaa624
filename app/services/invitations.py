"""Inviting people, and taking an invitation up."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.domain.events import Act, Actor, ActorKind, Origin
from app.domain.invitations import Flaw, Row
from app.domain.members import Member, Role, Status
from app.domain.passes import INVITATION_LIFE
from app.domain.passwords import objection
from app.domain.refusals import Refused, Why
from app.domain.rights import grantable
from app.domain.sessions import Session
from app.domain.tokens import hash_of, new_token
from app.portal import Portal, Transaction
from app.steps import administration, step_up
from app.steps.administration import Acting, Deed, Done
from app.steps.enrolment import begin
from app.steps.events import record
from app.steps.passwords import set_password
from app.steps.sessions import Begun, begin_sign_in
from app.storage import members, organizations
from app.storage.links import invitations


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as it is to be handed on: `token`, the last part of its link, is shown once, here."""

    token: str
    member: UUID
    name: str
    email: str
    role: Role
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Invited:
    """`left_out` are the rows for which nothing was done, each with its flaw."""

    made: list[Invitation]
    left_out: list[Row]
    token: str | None


@dataclass(frozen=True, slots=True)
class InvitationFor:
    """Whom the link is for."""

    name: str
    email: str
    role: Role
    organization: str
    valid_until: datetime


def preview(portal: Portal, session: Session, rows: list[Row]) -> list[Row]:
    """The rows, each with the flaw that inviting would find now. Raises NotAnAdministratorError."""
    with portal.reading() as tx:
        admin = administration.looking(tx, session)
        return [_judged(tx, admin, row) for row in rows]


def invite(portal: Portal, session: Session, rows: list[Row], *, proof: str, origin: Origin) -> Invited | Refused:
    """Whoever can be invited is. Raises SessionEndedError and NotAnAdministratorError."""
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        admin, held = administration.hold_admin(tx, session)
        judged = [_judged(tx, admin, row) for row in rows]
        if all(row.flaw for row in judged):
            return Invited([], judged, None)
        fresh = step_up.require(tx, admin, held, typed)
        if isinstance(fresh, Refused):
            return fresh
        made = [_invite(tx, admin, row) for row in judged if row.flaw is None]
        return Invited(made, [row for row in judged if row.flaw], fresh.token)


def renew(
    portal: Portal, session: Session, member: UUID, *, reason: str, proof: str, origin: Origin
) -> Done[Invitation] | Refused:
    """A new link for somebody who was invited; the one before works no more. Raises likewise."""

    def make(tx: Transaction, acting: Acting) -> Invitation:
        return _link(tx, acting.who, acting.by, reason)

    typed = step_up.prepared(portal, session, proof)
    deed = Deed(make, Act.INVITATION_RENEWED, _not_invited, ends_sessions=False)
    with portal.writing(origin) as tx:
        return administration.act(tx, session, member, typed, deed, reason=reason)


def revoke(
    portal: Portal, session: Session, member: UUID, *, reason: str, proof: str, origin: Origin
) -> Done[None] | Refused:
    """The link works no more; the member stays in the list as invited. Raises likewise."""
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        return administration.act(tx, session, member, typed, _REVOCATION, reason=reason)


def look(portal: Portal, token: str) -> InvitationFor | None:
    with portal.reading() as tx:
        link = invitations.find_by_token(tx.db, hash_of(token), tx.now)
        if link is None:
            return None
        who = members.find(tx.db, link.member_id)
        organization = organizations.find(tx.db, who.organization_id)
        return InvitationFor(who.name, who.email or "", who.role, organization.name, link.expires_at)


def accept(portal: Portal, token: str, *, name: str, password: str, origin: Origin) -> Begun | Refused:
    """Set the password and begin the enrolment, for which the link vouches. Raises TooBusyError."""
    whose = look(portal, token)
    if whose is None:
        return Refused(Why.EXPIRED)
    if sentence := objection(password, [name, whose.email, whose.organization]):
        return Refused(Why.UNFIT_PASSWORD, sentence=sentence)
    password_hash = portal.hasher.hash(password)
    with portal.writing(origin) as tx:
        link = invitations.find_by_token(tx.db, hash_of(token), tx.now)
        if link is None:
            return Refused(Why.EXPIRED)
        who = members.find_and_hold(tx.db, link.member_id)
        if who.status is not Status.INVITED or not invitations.use(tx.db, link.id, tx.now):
            return Refused(Why.EXPIRED)
        if name != who.name:
            members.rename(tx.db, who, name)
            record(tx, Act.NAME_CHANGED, who)
        members.change_status(tx.db, who.id, Status.ACTIVE)
        set_password(tx, who, password_hash)
        record(tx, Act.INVITATION_ACCEPTED, who)
        begun = begin_sign_in(tx, who, next_path=None)
        begin(tx, who, sign_in=begun.sign_in, vouched=True)
        return begun


def _judged(tx: Transaction, admin: Member, row: Row) -> Row:
    if row.flaw:
        return row
    if row.role not in grantable(admin.role):
        return replace(row, flaw=Flaw.ROLE_TOO_HIGH)
    there = members.find_by_email(tx.db, admin.organization_id, row.email)
    if there is None:
        return row
    return replace(row, flaw=Flaw.INVITED_ALREADY if there.status is Status.INVITED else Flaw.MEMBER_ALREADY)


def _invite(tx: Transaction, admin: Member, row: Row) -> Invitation:
    who = members.add(
        tx.db,
        organization_id=admin.organization_id,
        role=row.role,
        name=row.name,
        email=row.email,
        password_hash=None,
        status=Status.INVITED,
        now=tx.now,
    )
    by = Actor(ActorKind.MEMBER, admin.id)
    record(tx, Act.INVITED, who, by=by, role=row.role)
    return _link(tx, who, by, "")


def _link(tx: Transaction, who: Member, by: Actor, reason: str) -> Invitation:
    token, valid_until = new_token(), tx.now + INVITATION_LIFE
    invitations.replace(
        tx.db, who, token_hash=hash_of(token), made_by=by, reason=reason, now=tx.now, expires_at=valid_until
    )
    return Invitation(token, who.public_id, who.name, who.email or "", who.role, valid_until)


def _not_invited(_tx: Transaction, acting: Acting) -> Refused | None:
    return None if acting.who.status is Status.INVITED else Refused(Why.OUTDATED)


def _nothing_open(tx: Transaction, acting: Acting) -> Refused | None:
    return None if invitations.find_open(tx.db, acting.who.id) else Refused(Why.OUTDATED)


def _revoke(tx: Transaction, acting: Acting) -> None:
    invitations.void_all(tx.db, acting.who.id, tx.now)


_REVOCATION = Deed(_revoke, Act.INVITATION_REVOKED, _nothing_open, ends_sessions=False)
