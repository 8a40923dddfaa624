"""Authenticators in the hands of their members, as applications let them: beyond what a key does for them."""

from dataclasses import replace
from uuid import UUID

from app.domain import totp
from app.domain.application_sessions import Own
from app.domain.events import Act, Origin
from app.domain.projects import Project
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.domain.users import Notes, User
from app.portal import Portal
from app.steps import user_authenticators, users
from app.steps.events import record
from app.storage import authenticators, members, project_users


def confirm(portal: Portal, project: Project, own: Own, code: str, *, origin: Origin) -> User | Refused:
    """The first code of an authenticator, and nothing beyond it: the session stays as it was, with its token."""
    digits = totp.read(code)
    if digits is None:
        return Refused(Why.MISTYPED_CODE, proof=Proof.TOTP)
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_to_check(tx, project, own)
        if isinstance(who, Refused):
            return who
        if who.enrolled:
            return Refused(Why.ENROLLED)
        door = user_authenticators.door_of(tx, project, own)
        right = user_authenticators.confirm(tx, door, who, digits)
        if isinstance(right, Refused):
            return right
        record(tx, Act.USER_VERIFIED, who, proof=right.proof)
        return users.view(tx, project, members.find(tx.db, who.id))


def prefer(portal: Portal, project: Project, own: Own, authenticator: UUID, *, origin: Origin) -> User | Refused:
    """Which of them the application is to show first: a code is looked for in all of them."""
    with portal.writing(origin, by=users.actor_of(project)) as tx:
        who = users.hold_to_change(tx, project, own)
        if isinstance(who, Refused):
            return who
        if authenticators.find(tx.db, who.id, authenticator) is None:
            return Refused(Why.UNKNOWN_AUTHENTICATOR)
        noted = project_users.notes_of(tx.db, project.id, [who.id]).get(who.id, Notes())
        project_users.note(tx.db, project.id, who, replace(noted, preferred=authenticator))
        return users.view(tx, project, who)
