"""Sessions of an application: looked at, used for another while, ended."""

from dataclasses import dataclass, replace
from uuid import UUID

from app.domain.application_sessions import Presented, Wish
from app.domain.events import Act, Origin
from app.domain.members import Status
from app.domain.projects import Project
from app.domain.refusals import Refused, Why
from app.domain.sessions import Session
from app.domain.users import User, UserRef
from app.portal import Portal, Transaction
from app.steps import application_sessions, users
from app.steps.application_sessions import Shown
from app.steps.events import record
from app.storage import members, sessions


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
        held = _hold(tx, project, wish.presented)
        if isinstance(held, Refused):
            return held
        refused = application_sessions.go_on(tx, held, wish)
        if refused:
            return refused
        who = members.find(tx.db, held.member_id)
        shown = application_sessions.show(tx, project, who, [held.public_id])[0]
        if isinstance(wish.presented, str):
            shown = replace(shown, token=wish.presented)
        return InUse(shown, users.view(tx, project, who))


def end(portal: Portal, project: Project, presented: Presented | UUID, *, origin: Origin) -> Refused | None:
    """By what was presented of it, or by its id."""
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        held = _hold(tx, project, presented)
        if isinstance(held, Refused):
            return held
        sessions.end(tx.db, held.id)
        record(tx, Act.SESSION_ENDED, members.find(tx.db, held.member_id), reason="by_application")
        return None


def _hold(tx: Transaction, project: Project, presented: Presented | UUID) -> Session | Refused:
    """Its member first, then the session. Whoever is not in any more has none."""
    if isinstance(presented, UUID):
        found = sessions.find_in_project(tx.db, audience=project.audience, now=tx.now, public_id=presented)
    else:
        looked_for = application_sessions.find(tx, project, presented)
        found = looked_for if isinstance(looked_for, Session) else None
    if found is None:
        return Refused(Why.UNKNOWN_SESSION)
    who = members.find_and_hold(tx.db, found.member_id)
    held = sessions.find_and_hold(tx.db, found, tx.now)
    return held if held and who.status is Status.ACTIVE else Refused(Why.UNKNOWN_SESSION)
