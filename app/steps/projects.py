"""What becomes of projects, whether the operator or an owner sees to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.events import Act, Actor
from app.domain.projects import SECRETS_AT_MOST, Permission, Profile, Project, Secret, new_secret
from app.domain.refusals import Refused, Why
from app.domain.signing_keys import NewKey
from app.domain.tokens import hash_of
from app.portal import Transaction
from app.steps import signing
from app.steps.events import record_of_nobody
from app.storage import organizations, project_origins, project_profiles, project_secrets, projects, sessions

_HINT = 4


@dataclass(frozen=True, slots=True)
class Look:
    """A project as those see it who look after it. `organization` is empty for one of the whole installation."""

    project: Project
    secrets: list[Secret]
    profiles: list[Profile]
    origins: list[str]
    organization: str
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class MadeSecret:
    """`secret` is shown once, here."""

    project: Project
    secret: str


def look(tx: Transaction, project: Project) -> Look:
    organization_id = project.organization_id
    return Look(
        project,
        project_secrets.all_live(tx.db, project.id, tx.now),
        project_profiles.all_for(tx.db, project.id),
        project_origins.all_for(tx.db, project.id),
        organizations.find(tx.db, organization_id).name if organization_id is not None else "",
        project_secrets.last_used_at(tx.db, [project.id]).get(project.id),
    )


def create(
    tx: Transaction,
    *,
    name: str,
    organization_id: int | None,
    permissions: frozenset[Permission],
    by: Actor,
    first_key: NewKey,
) -> MadeSecret:
    project = projects.add(tx.db, organization_id=organization_id, name=name, permissions=permissions, now=tx.now)
    signing.keep_first(tx, project, first_key)
    note(tx, Act.PROJECT_CREATED, project, by, permissions=sorted(permissions))
    return _add_secret(tx, project)


def rotate_secret(tx: Transaction, project: Project, *, overlap: timedelta, by: Actor) -> MadeSecret | Refused:
    """Another secret; those there are work on for as long as `overlap`. The project must be held."""
    if len(project_secrets.all_live(tx.db, project.id, tx.now)) >= SECRETS_AT_MOST:
        return Refused(Why.TOO_MANY)
    project_secrets.let_expire(tx.db, project.id, at=tx.now + overlap, now=tx.now)
    note(tx, Act.PROJECT_SECRET_MADE, project, by)
    return _add_secret(tx, project)


def revoke_secret(tx: Transaction, project: Project, secret: UUID, by: Actor) -> bool:
    """It opens nothing from this moment on. False where it was over already."""
    revoked = project_secrets.revoke(tx.db, project.id, secret, tx.now)
    if revoked:
        note(tx, Act.PROJECT_SECRET_REVOKED, project, by, hint=revoked.hint)
    return revoked is not None


def end(tx: Transaction, project: Project, by: Actor) -> int:
    """With its secrets, profiles and sessions; how many sessions these were. What it was called stays in the log."""
    project_secrets.revoke_all(tx.db, project.id)
    project_profiles.remove_all(tx.db, project.id)
    project_origins.remove_all(tx.db, project.id)
    ended = sessions.end_audience(tx.db, project.audience)
    projects.end(tx.db, project.id, tx.now)
    note(tx, Act.PROJECT_REMOVED, project, by)
    return ended


def note(tx: Transaction, act: Act, project: Project, by: Actor, **details: object) -> None:
    """In the log of its organization; of all there are for one of the whole installation."""
    about = (
        [project.organization_id]
        if project.organization_id is not None
        else [one.id for one in organizations.all_of_them(tx.db)]
    )
    for organization_id in about:
        record_of_nobody(tx, act, organization_id, by=by, project=project.name, **details)


def _add_secret(tx: Transaction, project: Project) -> MadeSecret:
    secret = new_secret()
    project_secrets.add(tx.db, project.id, secret_hash=hash_of(secret), hint=secret[-_HINT:], now=tx.now)
    return MadeSecret(project, secret)
