"""Administrators looking after a member: role, name, address, suspended or not, and removal."""

from uuid import UUID

from app.domain.events import Act, Origin
from app.domain.members import Member, Role, Status
from app.domain.refusals import Refused, Why
from app.domain.rights import grantable
from app.domain.sessions import Session
from app.portal import Portal, Transaction
from app.steps import administration, leaving, step_up
from app.steps.administration import Acting, Deed, Done, SeveralDone
from app.steps.events import record
from app.steps.sessions import end_others
from app.storage import members


def change_role(
    portal: Portal, session: Session, member: UUID, *, role: Role, reason: str, proof: str, origin: Origin
) -> Done[None] | Refused:
    """Raises SessionEndedError and NotAnAdministratorError, as everything here does."""

    def objection(tx: Transaction, acting: Acting) -> Refused | None:
        if acting.who.status is Status.REMOVED or acting.who.role is role:
            return Refused(Why.OUTDATED)
        return _last_owner(tx, acting) if role in grantable(acting.admin.role) else Refused(Why.NOT_GRANTABLE)

    def change(tx: Transaction, acting: Acting) -> None:
        members.change_role(tx.db, acting.who.id, role)
        # Who made a link for a member must not hold one for an owner.
        administration.void_ways_in(tx, acting.who)

    def details(acting: Acting) -> dict[str, str]:
        return {"old": acting.who.role, "new": role}

    typed = step_up.prepared(portal, session, proof)
    deed = Deed(change, Act.ROLE_CHANGED, objection, details, whole=True)
    with portal.writing(origin) as tx:
        return administration.act(tx, session, member, typed, deed, reason=reason)


def rename(
    portal: Portal, session: Session, member: UUID, *, name: str, reason: str, proof: str, origin: Origin
) -> Done[None] | Refused:
    def objection(_tx: Transaction, acting: Acting) -> Refused | None:
        same = acting.who.status is Status.REMOVED or acting.who.name == name
        return Refused(Why.OUTDATED) if same else None

    def change(tx: Transaction, acting: Acting) -> None:
        members.rename(tx.db, acting.who, name)

    typed = step_up.prepared(portal, session, proof)
    deed = Deed(change, Act.NAME_CORRECTED, objection, ends_sessions=False)
    with portal.writing(origin) as tx:
        return administration.act(tx, session, member, typed, deed, reason=reason)


def change_email(
    portal: Portal, session: Session, member: UUID, *, email: str, reason: str, proof: str, origin: Origin
) -> Done[None] | Refused:
    """The new address is not verified. Whatever was handed out for the member before works no more."""

    def objection(tx: Transaction, acting: Acting) -> Refused | None:
        taken = members.find_by_email(tx.db, acting.who.organization_id, email)
        if taken and taken.id != acting.who.id:
            return Refused(Why.ADDRESS_TAKEN)
        same = acting.who.email == email
        return Refused(Why.OUTDATED) if same else administration.objection_to_new_address(tx, acting)

    def change(tx: Transaction, acting: Acting) -> None:
        invited = acting.who.status is Status.INVITED
        members.change_email(tx.db, acting.who, email, changed_at=None if invited else tx.now)
        administration.void_ways_in(tx, acting.who)
        # To correct the address of an invitation is no help with a password: there is none yet.
        act = Act.INVITATION_READDRESSED if invited else Act.EMAIL_CHANGED
        record(tx, act, acting.who, by=acting.by, reason=reason)

    typed = step_up.prepared(portal, session, proof)
    deed = Deed(change, objection=objection, ends_sessions=False, whole=True)
    with portal.writing(origin) as tx:
        return administration.act(tx, session, member, typed, deed, reason=reason)


def suspend(
    portal: Portal, session: Session, member: UUID, *, reason: str, proof: str, origin: Origin
) -> Done[None] | Refused:
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        return administration.act(tx, session, member, typed, _SUSPENSION, reason=reason)


def suspend_several(
    portal: Portal, session: Session, chosen: list[UUID], *, reason: str, proof: str, origin: Origin
) -> SeveralDone | Refused:
    """Whom the act is not open to is left alone, and named."""
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        acting = administration.hold_several(tx, session, chosen)
        left_alone = [who.name for who in acting.others]
        if all(_may_not_be_suspended(tx, who) for who in acting.people):
            return SeveralDone([], left_alone + [who.name for who in acting.people], 0, None)
        fresh = administration.prove(tx, acting, typed)
        if isinstance(fresh, Refused):
            return fresh
        suspended, ended = [], 0
        for who in acting.people:
            if _may_not_be_suspended(tx, who):  # asked again: it may be the last owner by now
                left_alone.append(who.name)
                continue
            _suspend(tx, who)
            ended += end_others(tx, who, keep=None)
            record(tx, Act.SUSPENDED, who, by=acting.by, reason=reason)
            suspended.append(who.name)
        return SeveralDone(suspended, left_alone, ended, fresh.token)


def reactivate(
    portal: Portal, session: Session, member: UUID, *, reason: str, proof: str, origin: Origin
) -> Done[None] | Refused:
    """Nothing that the suspension ended comes back; password, authenticators and codes were never gone."""
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        return administration.act(tx, session, member, typed, _REACTIVATION, reason=reason)


def remove(
    portal: Portal, session: Session, member: UUID, *, reason: str, proof: str, origin: Origin
) -> Done[None] | Refused:
    """For good: factors, password and sessions are gone, and somebody else may have the address."""
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        return administration.act(tx, session, member, typed, _REMOVAL, reason=reason)


def _last_owner(tx: Transaction, acting: Acting) -> Refused | None:
    return Refused(Why.LAST_OWNER) if administration.is_last_owner(tx, acting.who) else None


def _may_not_be_suspended(tx: Transaction, who: Member) -> Refused | None:
    if who.status is not Status.ACTIVE:
        return Refused(Why.OUTDATED)
    return Refused(Why.LAST_OWNER) if administration.is_last_owner(tx, who) else None


def _suspend(tx: Transaction, who: Member) -> None:
    members.change_status(tx.db, who.id, Status.SUSPENDED)
    administration.void_ways_in(tx, who)


def _not_suspended(_tx: Transaction, acting: Acting) -> Refused | None:
    return None if acting.who.status is Status.SUSPENDED else Refused(Why.OUTDATED)


def _reactivate(tx: Transaction, acting: Acting) -> None:
    members.change_status(tx.db, acting.who.id, Status.ACTIVE)


def _may_not_be_removed(tx: Transaction, acting: Acting) -> Refused | None:
    return Refused(Why.OUTDATED) if acting.who.status is Status.REMOVED else _last_owner(tx, acting)


_SUSPENSION = Deed(
    lambda tx, acting: _suspend(tx, acting.who),
    Act.SUSPENDED,
    lambda tx, acting: _may_not_be_suspended(tx, acting.who),
    whole=True,
)
_REACTIVATION = Deed(_reactivate, Act.REACTIVATED, _not_suspended, whole=True)
_REMOVAL = Deed(lambda tx, acting: leaving.remove(tx, acting.who), Act.REMOVED, _may_not_be_removed, whole=True)
