"""Sessions of an application: looked at, used for another while, ended."""

from dataclasses import dataclass, replace
from uuid import UUID

from app.domain.application_sessions import Own, Presented, Wish
from app.domain.events import Act, Origin
from app.domain.members import Status
from app.domain.projects import Project
from app.domain.refusals import Refused, Why
from app.domain.users import User, UserRef
from app.portal import Portal
from app.steps import application_sessions, own_sessions, users
from app.steps.application_sessions import Shown
from app.steps.events import record
from app.storage import organizations, sessions


@dataclass(frozen=True, slots=True)
class InUse:
    session: Shown
    user: User


def all_of(portal: Portal, project: Project, named: UserRef) -> list[Shown] | Refused:
    """Those alive, the newest first; without their tokens."""
    with portal.reading() as tx:
        who = users.find(tx, project, named)
        return who if isinstance(who, Refused) else application_sessions.show(tx, project, who)


def use(portal: Portal, project: Project, wish: Wish, *, origin: Origin) -> InUse | Refused:
    """Note that it is in use, and let it live from now on for as long as is wished."""
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        found = application_sessions.hold(tx, project, wish.presented)
        if isinstance(found, Refused):
            return found
        who, held = found
        refused = application_sessions.go_on(tx, held, wish)
        if refused:
            return refused
        shown = application_sessions.show(tx, project, who, [held.public_id])[0]
        if isinstance(wish.presented, str):
            shown = replace(shown, token=wish.presented)
        return InUse(shown, users.view(tx, project, who))


def look(portal: Portal, project: Project, own: Own) -> InUse | Refused:
    """As it is, for whoever it is of; that somebody looked is not noted."""
    with portal.reading() as tx:
        who, held = own_sessions.member_of(tx, project, own), own_sessions.held(tx, project, own)
        if isinstance(who, Refused):
            return who
        alive = [held.public_id] if held and who.status is Status.ACTIVE else []
        shown = application_sessions.show(tx, project, who, alive)
        return InUse(shown[0], users.view(tx, project, who)) if shown else Refused(Why.UNKNOWN_SESSION)


def is_fresh(portal: Portal, project: Project, own: Own) -> bool | Refused:
    """Whether whoever asks may change their factors now, without showing one again."""
    with portal.reading() as tx:
        who = own_sessions.member_of(tx, project, own)
        if isinstance(who, Refused):
            return who
        trusted = users.may_touch_secrets(tx, project)
        return own_sessions.objection(tx, project, who, own, showing=False, trusted=trusted) is None


def where(portal: Portal, project: Project, own: Own) -> UUID | Refused:
    """Which of an application's organizations whoever asks is in, by the public id."""
    with portal.reading() as tx:
        owner = own_sessions.member_of(tx, project, own)
        return owner if isinstance(owner, Refused) else organizations.find(tx.db, owner.organization_id).public_id


def end(portal: Portal, project: Project, presented: Presented | UUID, *, origin: Origin) -> Refused | None:
    """By what was presented of it, or by its id."""
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        found = application_sessions.hold(tx, project, presented)
        if isinstance(found, Refused):
            return found
        who, held = found
        sessions.end(tx.db, held.id)
        record(tx, Act.SESSION_ENDED, who, reason="by_application")
        return None


def end_all(portal: Portal, project: Project, named: UserRef, *, origin: Origin) -> Refused | None:
    """All that the member has in this application."""
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold(tx, project, named)
        if isinstance(who, Refused):
            return who
        for one in sessions.all_in_project(tx.db, who.id, audience=project.audience, now=tx.now):
            sessions.end(tx.db, one.id)
            record(tx, Act.SESSION_ENDED, who, reason="by_application")
        return None
