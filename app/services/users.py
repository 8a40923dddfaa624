"""Users: the members of an organization, as an application makes, changes, finds and removes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.domain.application_sessions import Own
from app.domain.events import Act, Origin
from app.domain.members import Member, Role, Status
from app.domain.projects import Project
from app.domain.refusals import Refused, Why
from app.domain.text import NAME_AT_MOST, email_key
from app.domain.users import NameParts, Notes, Search, User, UserRef, Whose, name_without_parts, with_changes
from app.portal import Portal, Transaction
from app.steps import leaving, own_sessions, users
from app.steps.events import record
from app.steps.sessions import end_others
from app.storage import members, organizations, project_users, projects, user_search
from app.storage.erasing import is_erased


@dataclass(frozen=True, slots=True)
class Changes:
    """None leaves a field as it is."""

    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    external_id: str | None = None
    labels: tuple[str, ...] | None = None
    trusted_metadata: Mapping[str, Any] | None = None
    untrusted_metadata: Mapping[str, Any] | None = None
    breakglass: bool | None = None
    wants_second_factor: bool | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """`after` is the user to go on from, where there are more."""

    users: list[User]
    total: int
    after: UUID | None


def create(
    portal: Portal, project: Project, *, email: str | None, notes: Changes, pending: bool, origin: Origin
) -> User | Refused:
    """A member without password and factor, in no role; the address, if there is one, is not verified."""
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        if project.organization_id is None:
            return Refused(Why.UNKNOWN_MEMBER)
        gone = organizations.find_and_hold(tx.db, project.organization_id).ended_at
        if gone or projects.find_and_share(tx.db, project.public_id) is None:
            return Refused(Why.UNKNOWN_MEMBER)
        if email and members.find_by_email(tx.db, project.organization_id, email):
            return Refused(Why.ADDRESS_TAKEN)
        if _is_taken(tx, project, None, notes.external_id):
            return Refused(Why.EXTERNAL_ID_TAKEN)
        fitted = _fitted(Notes(pending=pending), notes)
        if isinstance(fitted, Refused):
            return fitted
        who = members.add(
            tx.db,
            organization_id=project.organization_id,
            role=Role.MEMBER,
            name=fitted.name.whole or name_without_parts(email, notes.external_id),
            email=email,
            password_hash=None,
            now=tx.now,
        )
        project_users.note(tx.db, project.id, who, fitted)
        record(tx, Act.USER_CREATED, who)
        return users.view(tx, project, who)


def look(portal: Portal, project: Project, named: UserRef) -> User | Refused:
    with portal.reading() as tx:
        who = users.find(tx, project, named)
        return who if isinstance(who, Refused) else users.view(tx, project, who)


def look_at_own(portal: Portal, project: Project, own: Own) -> User | Refused:
    """Whoever asks, as the application sees them."""
    with portal.reading() as tx:
        who = own_sessions.member_of(tx, project, own)
        if isinstance(who, Refused):
            return who
        return users.view(tx, project, who) if who.status is Status.ACTIVE else Refused(Why.UNKNOWN_SESSION)


def look_up(portal: Portal, project: Project, email: str) -> User | Refused:
    """By the address, of which the organization has each once."""
    with portal.reading() as tx:
        who = members.find_by_email(tx.db, project.organization_id or 0, email)
        return users.view(tx, project, who) if who else Refused(Why.UNKNOWN_MEMBER)


def look_at_removed(portal: Portal, project: Project, user: UUID) -> User | Refused:
    """Whoever was taken out, for as long as nobody has them erased; or is still there."""
    with portal.reading() as tx:
        who = members.find_in(tx.db, project.organization_id or 0, user)
        return users.view(tx, project, who) if who and not is_erased(who) else Refused(Why.UNKNOWN_MEMBER)


def change(portal: Portal, project: Project, whose: Whose, changes: Changes, *, origin: Origin) -> User | Refused:
    """What the application notes for itself, and the name; who has a role in the portal is left alone.

    Whoever has a second factor says so of themselves once they have shown it: the name is theirs everywhere.
    """
    with portal.writing(origin, by=users.actor_of(project, whose)) as tx:
        if (changes.external_id or changes.email) and project.organization_id is not None:
            organizations.find_and_hold(tx.db, project.organization_id)  # so that nobody else is given it meanwhile
        who = users.hold_to_change(tx, project, whose)
        if isinstance(who, Refused):
            return who
        if isinstance(whose, Own) and own_sessions.is_halfway(tx, project, who, whose):
            return Refused(Why.FACTOR_MISSING)
        before = users.view(tx, project, who).notes
        after = _fitted(before, changes)
        if isinstance(after, Refused):
            return after
        if refused := _objection(tx, project, who, before, changes):
            return refused
        if changes.email and (refused := _give_email(tx, who, changes.email)):
            return refused
        _keep(tx, project, who, before, after, by_member=isinstance(whose, Own))
        return users.view(tx, project, members.find(tx.db, who.id))


def forget_external_id(portal: Portal, project: Project, named: UserRef, *, origin: Origin) -> User | Refused:
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_to_change(tx, project, named)
        if isinstance(who, Refused):
            return who
        if refused := _is_kept_out(who):
            return refused
        before = users.view(tx, project, who).notes
        _keep(tx, project, who, before, replace(before, external_id=None))
        return users.view(tx, project, members.find(tx.db, who.id))


def forget_email(portal: Portal, project: Project, user: UUID, *, origin: Origin) -> User | Refused:
    """The address is free for others then. Who signs in to the portal with it keeps it."""
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_to_change(tx, project, user)
        if isinstance(who, Refused) or who.email is None:
            return Refused(Why.UNKNOWN_ADDRESS) if isinstance(who, Member) or who.why is Why.UNKNOWN_MEMBER else who
        if who.password_hash or who.status is Status.INVITED:
            return Refused(Why.NOT_OPEN)
        if refused := _is_kept_out(who):
            return refused
        notes = users.view(tx, project, who).notes
        members.forget_email(tx.db, who, changed_at=tx.now)
        record(tx, Act.EMAIL_CHANGED, who)
        _keep(tx, project, who, notes, notes)
        return users.view(tx, project, members.find(tx.db, who.id))


def remove(portal: Portal, project: Project, named: UserRef, *, origin: Origin) -> UUID | Refused:
    """For good, with all that they had, in the portal too."""
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        if project.organization_id is not None:
            organizations.find_and_hold(tx.db, project.organization_id)
        who = users.hold_to_change(tx, project, named)
        if isinstance(who, Refused):
            return who
        if refused := _may_not_be_removed(tx, project, who):
            return refused
        end_others(tx, who)
        leaving.remove(tx, who)
        record(tx, Act.REMOVED, who)
        return who.public_id


def _may_not_be_removed(tx: Transaction, project: Project, who: Member) -> Refused | None:
    """Or making the same user again would take factors away without being let."""
    if refused := _is_kept_out(who):
        return refused
    return Refused(Why.NOT_PERMITTED) if who.enrolled and not users.may_touch_secrets(tx, project) else None


def take_back(portal: Portal, project: Project, user: UUID, *, origin: Origin) -> User | Refused:
    """Somebody who was removed is in again, with the name and the address, and with nothing of what they had."""
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        if project.organization_id is not None and organizations.find_and_hold(tx.db, project.organization_id).ended_at:
            return Refused(Why.UNKNOWN_MEMBER)
        who = users.hold_removed(tx, project, user)
        if isinstance(who, Refused):
            return who
        if who.email and members.find_by_email(tx.db, who.organization_id, who.email):
            return Refused(Why.ADDRESS_TAKEN)
        members.take_back(tx.db, who)
        record(tx, Act.REACTIVATED, who)
        return users.view(tx, project, members.find(tx.db, who.id))


def search(portal: Portal, within: Sequence[Project], wanted: Search, *, after: UUID | None, limit: int) -> Found:
    """Of the project's people in one organization or in several, in the order in which they were made.

    `within` is the project as it acts in each of these. A user to go on from who is not there begins from the first.
    """
    project, ids = within[0], [one.organization_id or 0 for one in within]
    with portal.reading() as tx:
        start = members.find_sole(tx.db, after) if after else None
        beyond = start.id if start and start.organization_id in ids else 0
        page = user_search.page(tx.db, project, ids, wanted, after=beyond, count=limit + 1, now=tx.now)
        found = users.views(tx, project, members.find_several(tx.db, page[:limit]))
        total = user_search.count(tx.db, project, ids, wanted, now=tx.now)
        return Found(found, total, found[-1].id if len(page) > limit else None)


def _objection(tx: Transaction, project: Project, who: Member, before: Notes, changes: Changes) -> Refused | None:
    if changes.wants_second_factor is False and who.enrolled:
        return Refused(Why.STAYS_ENROLLED)
    if _is_taken(tx, project, who, changes.external_id):
        return Refused(Why.EXTERNAL_ID_TAKEN)
    return _is_kept_out(who) if _gives_up(who, before, changes) else None


def _is_kept_out(who: Member) -> Refused | None:
    """Who was suspended, or locked by a person, is not made anew under what they were known by."""
    if who.status is Status.SUSPENDED:
        return Refused(Why.NOT_ACTIVE)
    return Refused(Why.LOCKED, lock=who.lock.reason) if who.lock and who.locked_by_person else None


def _gives_up(who: Member, before: Notes, changes: Changes) -> bool:
    """Whether an address or an external id would be free for somebody else."""
    other_email = changes.email and who.email and email_key(changes.email) != email_key(who.email)
    other_id = changes.external_id and before.external_id and changes.external_id != before.external_id
    return bool(other_email or other_id)


def _give_email(tx: Transaction, who: Member, email: str) -> Refused | None:
    """Or another one. Whoever signs in to the portal with theirs changes it there, where that has to settle."""
    if who.email is not None and email_key(who.email) == email_key(email):
        return None
    if who.email is not None and (who.password_hash or who.status is Status.INVITED):
        return Refused(Why.ADDRESS_KEPT)
    if members.find_by_email(tx.db, who.organization_id, email):
        return Refused(Why.ADDRESS_TAKEN)
    # It has to settle like any other, and so has the first: to forget an address and give another is to change it.
    members.change_email(tx.db, who, email, changed_at=tx.now)
    record(tx, Act.EMAIL_CHANGED, who)
    return None


def _is_taken(tx: Transaction, project: Project, who: Member | None, external_id: str | None) -> bool:
    if external_id is None or project.organization_id is None:
        return False
    has_it = project_users.member_with(tx.db, project.id, project.organization_id, external_id)
    return has_it not in {None, who.id if who else None}


def _fitted(before: Notes, changes: Changes) -> Notes | Refused:
    """What is noted after the changes; refused where that is too much to keep."""
    trusted = with_changes(before.trusted_metadata, changes.trusted_metadata or {})
    untrusted = with_changes(before.untrusted_metadata, changes.untrusted_metadata or {})
    if trusted is None or untrusted is None:
        return Refused(Why.TOO_MANY)
    name = NameParts(
        before.name.first if changes.first_name is None else changes.first_name,
        before.name.middle if changes.middle_name is None else changes.middle_name,
        before.name.last if changes.last_name is None else changes.last_name,
    )
    if len(name.whole) > NAME_AT_MOST:
        return Refused(Why.LONG_NAME)
    return Notes(
        external_id=changes.external_id or before.external_id,
        name=name,
        labels=before.labels if changes.labels is None else changes.labels,
        trusted_metadata=trusted,
        untrusted_metadata=untrusted,
        pending=before.pending,
        breakglass=before.breakglass if changes.breakglass is None else changes.breakglass,
        wants_second_factor=(
            before.wants_second_factor if changes.wants_second_factor is None else changes.wants_second_factor
        ),
        preferred=before.preferred,
    )


def _keep(
    tx: Transaction, project: Project, who: Member, before: Notes, after: Notes, *, by_member: bool = False
) -> None:
    project_users.note(tx.db, project.id, who, after)
    present = members.find(tx.db, who.id)
    name = after.name.whole or name_without_parts(present.email, after.external_id)
    renamed = after.name != before.name and name != present.name
    if renamed and by_member:
        record(tx, Act.NAME_CHANGED, who)
    elif renamed:
        record(tx, Act.NAME_CORRECTED, who, old=present.name, name=name)
    if renamed or not (before.name.whole or after.name.whole):  # nobody's name goes by what else is known of them
        members.rename(tx.db, present, name)
    if (replace(after, name=before.name) if renamed else after) != before:
        record(tx, Act.USER_CHANGED, who)
