"""Projects of applications. One that was removed keeps its row, for the log to name it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, insert, select, update

from app.domain.projects import Permission, Project, new_public_token
from app.storage.tables import project

_live = project.c.ended_at.is_(None)


def add(
    db: Connection, *, organization_id: int | None, name: str, permissions: frozenset[Permission], now: datetime
) -> Project:
    statement = insert(project).values(
        public_id=uuid4(),
        environment_id=uuid4(),
        public_token=new_public_token(),
        organization_id=organization_id,
        name=name,
        factor_secrets=Permission.FACTOR_SECRETS in permissions,
        made_at=now,
    )
    return project_of(db.execute(statement.returning(project)).one())


def find(db: Connection, public_id: UUID) -> Project | None:
    """A live one."""
    row = db.execute(select(project).where(project.c.public_id == public_id, _live)).one_or_none()
    return project_of(row) if row else None


def find_by_public_token(db: Connection, token: str) -> Project | None:
    row = db.execute(select(project).where(project.c.public_token == token, _live)).one_or_none()
    return project_of(row) if row else None


def find_by_environment(db: Connection, environment_id: UUID) -> Project | None:
    row = db.execute(select(project).where(project.c.environment_id == environment_id, _live)).one_or_none()
    return project_of(row) if row else None


def find_and_hold(db: Connection, public_id: UUID) -> Project | None:
    """Held until the transaction ends: rules over its secrets, keys and profiles begin here.

    Without barring those who only refer to it, as whatever its application does may.
    """
    row = db.execute(
        select(project).where(project.c.public_id == public_id, _live).with_for_update(key_share=True)
    ).one_or_none()
    return project_of(row) if row else None


def find_and_share(db: Connection, public_id: UUID) -> Project | None:
    """Held against being removed or changed until the transaction ends; others may hold it so as well."""
    live = select(project).where(project.c.public_id == public_id, _live).with_for_update(read=True)
    row = db.execute(live).one_or_none()
    return project_of(row) if row else None


def all_live(db: Connection, *, of: int | None = None) -> list[Project]:
    """In the order in which they were made; only those of that organization where one is named."""
    wanted = select(project).where(_live).order_by(project.c.id)
    return [
        project_of(row) for row in db.execute(wanted if of is None else wanted.where(project.c.organization_id == of))
    ]


def names_by_audience(db: Connection, audiences: set[str]) -> dict[str, str]:
    """What the projects are called that sessions of these audiences belong to."""
    ids = [UUID(audience) for audience in audiences]
    rows = db.execute(select(project.c.public_id, project.c.name).where(project.c.public_id.in_(ids)))
    return {str(row.public_id): row.name for row in rows}


def permit(db: Connection, project_id: int, *, factor_secrets: bool) -> None:
    db.execute(update(project).where(project.c.id == project_id).values(factor_secrets=factor_secrets))


def end(db: Connection, project_id: int, now: datetime) -> None:
    db.execute(update(project).where(project.c.id == project_id, _live).values(ended_at=now))


def project_of(row: Row[Any]) -> Project:
    return Project(
        id=row.id,
        public_id=row.public_id,
        environment_id=row.environment_id,
        public_token=row.public_token,
        organization_id=row.organization_id,
        name=row.name,
        permissions=frozenset({Permission.FACTOR_SECRETS} if row.factor_secrets else ()),
        made_at=row.made_at,
        ended_at=row.ended_at,
    )
