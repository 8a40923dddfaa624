"""Projects of an organization, looked after by its owners."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from app.domain import signing_keys
from app.domain.events import Actor, ActorKind, Origin
from app.domain.members import Role
from app.domain.projects import OVERLAP, SECRETS_AT_MOST, Project
from app.domain.refusals import Refused, Why
from app.domain.sessions import Session
from app.portal import Portal, Transaction
from app.steps import administration, step_up
from app.steps import projects as steps
from app.steps.projects import Look, MadeSecret
from app.storage import project_secrets, projects

Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Made:
    """`secret` is shown once, here; `token` is the acting session's new one, where it was stepped up."""

    project: Project
    secret: str
    token: str | None


@dataclass(frozen=True, slots=True)
class Done:
    project: Project
    token: str | None
    sessions_ended: int = 0


def listing(portal: Portal, session: Session) -> list[Look]:
    """Raises NotAnAdministratorError, as everything here does."""
    with portal.reading() as tx:
        administration.looking(tx, session, least=Role.OWNER)
        return [steps.look(tx, one) for one in projects.all_live(tx.db, of=session.organization_id)]


def look(portal: Portal, session: Session, project: UUID) -> Look | None:
    with portal.reading() as tx:
        administration.looking(tx, session, least=Role.OWNER)
        found = projects.find(tx.db, project)
        mine = found is not None and found.organization_id == session.organization_id
        return steps.look(tx, found) if found and mine else None


def create(portal: Portal, session: Session, *, name: str, proof: str, origin: Origin) -> Made | Refused:
    """Without permissions, which only the operator gives. Raises SessionEndedError, as all acts here do."""
    typed, first_key = step_up.prepared(portal, session, proof), signing_keys.make(portal.clock.now())
    with portal.writing(origin) as tx:
        owner, held = administration.hold_admin(tx, session, least=Role.OWNER)
        fresh = step_up.require(tx, owner, held, typed)
        if isinstance(fresh, Refused):
            return fresh
        made = steps.create(
            tx,
            name=name,
            organization_id=owner.organization_id,
            permissions=frozenset(),
            by=Actor(ActorKind.MEMBER, owner.id),
            first_key=first_key,
        )
        return Made(made.project, made.secret, fresh.token)


def rotate_secret(portal: Portal, session: Session, project: UUID, *, proof: str, origin: Origin) -> Made | Refused:
    """The older ones work on for a day."""

    def objection(tx: Transaction, found: Project) -> Refused | None:
        full = len(project_secrets.all_live(tx.db, found.id, tx.now)) >= SECRETS_AT_MOST
        return Refused(Why.TOO_MANY) if full else None

    def change(tx: Transaction, found: Project, by: Actor, token: str | None) -> Made | Refused:
        made = steps.rotate_secret(tx, found, overlap=OVERLAP, by=by)
        return Made(made.project, made.secret, token) if isinstance(made, MadeSecret) else made

    return _act(portal, session, project, objection, change, proof=proof, origin=origin)


def revoke_secret(
    portal: Portal, session: Session, project: UUID, secret: UUID, *, proof: str, origin: Origin
) -> Done | Refused:
    """It opens nothing from this moment on."""

    def objection(tx: Transaction, found: Project) -> Refused | None:
        live = {one.public_id for one in project_secrets.all_live(tx.db, found.id, tx.now)}
        return None if secret in live else Refused(Why.OUTDATED)

    def change(tx: Transaction, found: Project, by: Actor, token: str | None) -> Done:
        steps.revoke_secret(tx, found, secret, by)
        return Done(found, token)

    return _act(portal, session, project, objection, change, proof=proof, origin=origin)


def remove(portal: Portal, session: Session, project: UUID, *, proof: str, origin: Origin) -> Done | Refused:
    """With its secrets, profiles and sessions."""

    def change(tx: Transaction, found: Project, by: Actor, token: str | None) -> Done:
        return Done(found, token, steps.end(tx, found, by))

    return _act(portal, session, project, lambda _tx, _found: None, change, proof=proof, origin=origin)


def _act(
    portal: Portal,
    session: Session,
    project: UUID,
    objection: Callable[[Transaction, Project], Refused | None],
    change: Callable[[Transaction, Project, Actor, str | None], Outcome],
    *,
    proof: str,
    origin: Origin,
) -> Outcome | Refused:
    """Held, allowed, proved, done; what is not this organization's is as unknown as what is not there."""
    typed = step_up.prepared(portal, session, proof)
    with portal.writing(origin) as tx:
        owner, held = administration.hold_admin(tx, session, least=Role.OWNER)
        found = projects.find_and_hold(tx.db, project)
        if found is None or found.organization_id != owner.organization_id:
            return Refused(Why.OUTDATED)
        if refused := objection(tx, found):
            return refused
        fresh = step_up.require(tx, owner, held, typed)  # last, since it may spend a code
        if isinstance(fresh, Refused):
            return fresh
        return change(tx, found, Actor(ActorKind.MEMBER, owner.id), fresh.token)
