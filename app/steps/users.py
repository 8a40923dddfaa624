"""Members as an application sees them: finding the one that is named, and whom it may change."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from app.domain.events import Actor, ActorKind
from app.domain.members import Member, Role, Status
from app.domain.projects import Permission, Project
from app.domain.refusals import Refused, Why
from app.domain.users import NameParts, Notes, Totp, User, UserRef, name_without_parts
from app.portal import Transaction
from app.storage import attempts, authenticators, members, project_users, projects, staged_codes
from app.storage.erasing import is_erased


def actor_of(project: Project) -> Actor:
    return Actor(ActorKind.PROJECT, project_id=project.id)


def find(tx: Transaction, project: Project, named: UserRef) -> Member | Refused:
    """Of the project's own organization; the removed are nobody's users."""
    who = _find(tx, project, named)
    return who if who and who.status is not Status.REMOVED else Refused(Why.UNKNOWN_MEMBER)


def hold(tx: Transaction, project: Project, named: UserRef) -> Member | Refused:
    """Likewise, with the row held until the transaction ends."""
    seen = find(tx, project, named)
    if isinstance(seen, Refused):
        return seen
    who = members.find_and_hold(tx.db, seen.id)
    gone = who.status is Status.REMOVED or projects.find_and_share(tx.db, project.public_id) is None
    return Refused(Why.UNKNOWN_MEMBER) if gone else who


def may_touch_secrets(tx: Transaction, project: Project) -> bool:
    """As it is now: the permission may have been taken away while the request waited for somebody's row."""
    present = projects.find(tx.db, project.public_id)
    return present is not None and present.may(Permission.FACTOR_SECRETS)


def hold_to_change(tx: Transaction, project: Project, named: UserRef) -> Member | Refused:
    """Of whatever the key may do, nothing reaches those who have a role in the portal."""
    who = hold(tx, project, named)
    if isinstance(who, Member) and who.role is not Role.MEMBER:
        return Refused(Why.PORTAL_ROLE)
    return who


def hold_for_secrets(tx: Transaction, project: Project, named: UserRef) -> Member | Refused:
    """To hand out, plant or take away what only a member should have: for whoever is in, and not locked by a person."""
    if not project.may(Permission.FACTOR_SECRETS):
        return Refused(Why.NOT_PERMITTED)
    who = hold_to_change(tx, project, named)
    if isinstance(who, Member) and not may_touch_secrets(tx, project):
        return Refused(Why.NOT_PERMITTED)
    if isinstance(who, Member) and who.status is not Status.ACTIVE:
        return Refused(Why.NOT_ACTIVE)
    if isinstance(who, Member) and who.lock and who.locked_by_person:
        return Refused(Why.LOCKED, lock=who.lock.reason)
    return who


def hold_removed(tx: Transaction, project: Project, user: UUID) -> Member | Refused:
    """Somebody who was taken out, and not erased since; whoever had a role in the portal is left alone."""
    seen = members.find_in(tx.db, project.organization_id, user) if project.organization_id is not None else None
    if seen is None or projects.find_and_share(tx.db, project.public_id) is None:
        return Refused(Why.UNKNOWN_MEMBER)
    who = members.find_and_hold(tx.db, seen.id)
    if is_erased(who):
        return Refused(Why.UNKNOWN_MEMBER)
    if who.status is not Status.REMOVED:
        return Refused(Why.NOT_REMOVED)
    return who if who.role is Role.MEMBER else Refused(Why.PORTAL_ROLE)


def hold_to_check(tx: Transaction, project: Project, named: UserRef) -> Member | Refused:
    """For checking a code, which every key may, whatever the member's role."""
    who = hold(tx, project, named)
    if isinstance(who, Member) and who.status is not Status.ACTIVE:
        return Refused(Why.NOT_ACTIVE)
    return who


def view(tx: Transaction, project: Project, who: Member) -> User:
    return views(tx, project, [who])[0]


def views(tx: Transaction, project: Project, people: Sequence[Member]) -> list[User]:
    ids = [who.id for who in people]
    notes = project_users.notes_of(tx.db, project.id, ids)
    confirmed = authenticators.ids_of(tx.db, ids)
    pending = staged_codes.pending_of(tx.db, project.id, ids, tx.now)
    closed = attempts.closed_at(tx.db, ids, project.door)
    return [
        User(
            id=who.public_id,
            organization_id=who.organization_id,
            email=who.email,
            email_verified=who.email_verified,
            role=who.role,
            status=who.status,
            notes=_as_named(notes.get(who.id, Notes()), who),
            totps=(
                *(Totp(one, verified=True, begun_at=since) for one, since in confirmed[who.id]),
                *(Totp(one, verified=False, begun_at=since) for one, since in pending.get(who.id, ())),
            ),
            has_password=who.password_hash is not None,
            password_stopped=who.password_stopped_at is not None,
            lock=who.lock if who.lock and who.lock.holds_at(tx.now) else None,
            closed_at=closed.get(who.id),
            made_at=who.made_at,
        )
        for who in people
    ]


def _find(tx: Transaction, project: Project, named: UserRef) -> Member | None:
    if project.organization_id is None:
        return None
    if not isinstance(named, str):
        return members.find_in(tx.db, project.organization_id, named)
    member_id = project_users.member_with(tx.db, project.id, project.organization_id, named)
    return members.find(tx.db, member_id) if member_id else None


def _as_named(notes: Notes, who: Member) -> Notes:
    """With the parts of the name, unless the member has another one by now, or none that anybody gave."""
    if notes.name.whole == who.name:
        return notes
    unnamed = who.name == name_without_parts(who.email, notes.external_id)
    return replace(notes, name=NameParts() if unnamed else NameParts(first=who.name))
