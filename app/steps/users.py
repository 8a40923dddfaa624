"""Members as an application sees them: finding the one that is named, and whom it may change."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from app.domain.application_sessions import Own
from app.domain.events import Act, Actor, ActorKind
from app.domain.members import Member, Role, Status
from app.domain.projects import Permission, Project
from app.domain.refusals import Refused, Why
from app.domain.users import NameParts, Notes, Totp, User, UserRef, Whose, name_without_parts
from app.portal import Transaction
from app.steps import own_sessions
from app.steps.events import record
from app.storage import attempts, authenticators, members, organizations, project_users, projects, staged_codes
from app.storage.erasing import is_erased


def actor_of(project: Project, whose: Whose | None = None) -> Actor:
    """The application, or whoever acts for themselves through it."""
    kind = ActorKind.MEMBER if isinstance(whose, Own) else ActorKind.PROJECT
    return Actor(kind, project_id=project.id)


def find(tx: Transaction, project: Project, named: UserRef) -> Member | Refused:
    """Of the project's own organization; the removed are nobody's users."""
    who = _find(tx, project, named)
    return who if who and who.status is not Status.REMOVED else Refused(Why.UNKNOWN_MEMBER)


def hold(tx: Transaction, project: Project, whose: Whose) -> Member | Refused:
    """Likewise, with the row held until the transaction ends. Who asks for themselves is whoever the session is of."""
    if isinstance(whose, Own):
        return _hold_owner(tx, project, whose)
    seen = find(tx, project, whose)
    if isinstance(seen, Refused):
        return seen
    who = members.find_and_hold(tx.db, seen.id)
    if who.status is Status.REMOVED or projects.find_and_share(tx.db, project.public_id) is None:
        return Refused(Why.UNKNOWN_MEMBER)
    return who


def _hold_owner(tx: Transaction, project: Project, own: Own) -> Member | Refused:
    """Asked again once the row is held: the session may have been ended while that was somebody else's."""
    owner = own_sessions.member_of(tx, project, own)
    who = owner if isinstance(owner, Refused) else hold(tx, project, owner.public_id)
    if isinstance(who, Refused):
        return who
    still = own_sessions.member_of(tx, project, own)
    return still if isinstance(still, Refused) else who


def may_touch_secrets(tx: Transaction, project: Project) -> bool:
    """As it is now: the permission may have been taken away while the request waited for somebody's row."""
    present = projects.find(tx.db, project.public_id)
    return present is not None and present.may(Permission.FACTOR_SECRETS)


def make(tx: Transaction, project: Project, *, external_id: str, name: NameParts) -> Member | Refused:
    """Somebody whom the project knows by that id, unless there is one by now."""
    assert project.organization_id is not None  # noqa: S101 -- it is looked at within the organization
    gone = organizations.find_and_hold(tx.db, project.organization_id).ended_at
    if gone or projects.find_and_share(tx.db, project.public_id) is None:
        return Refused(Why.UNKNOWN_MEMBER)
    there = find(tx, project, external_id)  # looked for again, now that nobody else makes one
    if isinstance(there, Member):
        return there
    who = members.add(
        tx.db,
        organization_id=project.organization_id,
        role=Role.MEMBER,
        name=name.whole or name_without_parts(None, external_id),
        email=None,
        password_hash=None,
        now=tx.now,
    )
    project_users.note(tx.db, project.id, who, Notes(external_id=external_id, name=name))
    record(tx, Act.USER_CREATED, who)
    return who


def hold_to_change(tx: Transaction, project: Project, whose: Whose) -> Member | Refused:
    """Of whatever the key may do, nothing reaches those who have a role in the portal, who do it there themselves."""
    who = hold(tx, project, whose)
    if isinstance(who, Member) and who.role is not Role.MEMBER:
        return Refused(Why.PORTAL_ROLE)
    return who


def hold_for_secrets(tx: Transaction, project: Project, whose: Whose, *, showing: bool = False) -> Member | Refused:
    """To hand out, plant or take away what only a member should have: for whoever is in, and not locked by a person.

    That takes a permission; or, where the member asks, a session in which the member was shown a moment ago. `showing`
    is for codes that are there already.
    """
    by_key = not isinstance(whose, Own)
    if by_key and not project.may(Permission.FACTOR_SECRETS):
        return Refused(Why.NOT_PERMITTED)
    who = hold_to_change(tx, project, whose)
    if isinstance(who, Refused):
        return who
    if by_key and not may_touch_secrets(tx, project):
        return Refused(Why.NOT_PERMITTED)
    return _shut_out(who) or _unshown(tx, project, who, whose, showing=showing) or who


def _shut_out(who: Member) -> Refused | None:
    if who.status is not Status.ACTIVE:
        return Refused(Why.NOT_ACTIVE)
    return Refused(Why.LOCKED, lock=who.lock.reason) if who.lock and who.locked_by_person else None


def _unshown(tx: Transaction, project: Project, who: Member, whose: Whose, *, showing: bool) -> Refused | None:
    if not isinstance(whose, Own):
        return None
    trusted = may_touch_secrets(tx, project)
    return own_sessions.objection(tx, project, who, whose, showing=showing, trusted=trusted)


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


def hold_to_check(tx: Transaction, project: Project, whose: Whose) -> Member | Refused:
    """For checking a code, which every key may, whatever the member's role."""
    who = hold(tx, project, whose)
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
            codes_left=who.codes_left,
            codes_pending=who.codes_pending,
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
