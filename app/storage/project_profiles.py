"""Whose signed tokens a project takes for a first factor."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, delete, insert, select

from app.domain.projects import Identifies, Profile
from app.storage.tables import project_profile


def add(
    db: Connection,
    project_id: int,
    *,
    name: str,
    issuer: str,
    audience: str,
    claim: str,
    identifies: Identifies,
    public_key: str,
    makes_users: bool,
    now: datetime,
) -> Profile:
    statement = insert(project_profile).values(
        public_id=uuid4(),
        project_id=project_id,
        name=name,
        issuer=issuer,
        audience=audience,
        claim=claim,
        identifies=identifies,
        public_key=public_key,
        makes_users=makes_users,
        made_at=now,
    )
    return _profile(db.execute(statement.returning(project_profile)).one())


def find(db: Connection, project_id: int, public_id: UUID) -> Profile | None:
    mine = project_profile.c.project_id == project_id, project_profile.c.public_id == public_id
    row = db.execute(select(project_profile).where(*mine)).one_or_none()
    return _profile(row) if row else None


def all_for(db: Connection, project_id: int) -> list[Profile]:
    mine = select(project_profile).where(project_profile.c.project_id == project_id)
    return [_profile(row) for row in db.execute(mine.order_by(project_profile.c.id))]


def remove(db: Connection, project_id: int, public_id: UUID) -> bool:
    mine = project_profile.c.project_id == project_id, project_profile.c.public_id == public_id
    return db.execute(delete(project_profile).where(*mine)).rowcount == 1


def remove_all(db: Connection, project_id: int) -> None:
    db.execute(delete(project_profile).where(project_profile.c.project_id == project_id))


def _profile(row: Row[Any]) -> Profile:
    return Profile(
        id=row.id,
        public_id=row.public_id,
        project_id=row.project_id,
        name=row.name,
        issuer=row.issuer,
        audience=row.audience,
        claim=row.claim,
        identifies=Identifies(row.identifies),
        public_key=row.public_key,
        makes_users=row.makes_users,
        made_at=row.made_at,
    )
