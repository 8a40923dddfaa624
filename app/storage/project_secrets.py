"""Secrets of projects, of which only the hash is kept; and how many requests a project has made of late."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, update

from app.domain.projects import Project, Secret
from app.storage import request_windows
from app.storage.projects import project_of
from app.storage.tables import project, project_secret, project_use


def add(db: Connection, project_id: int, *, secret_hash: bytes, hint: str, now: datetime) -> Secret:
    statement = insert(project_secret).values(
        public_id=uuid4(), project_id=project_id, secret_hash=secret_hash, hint=hint, made_at=now
    )
    return _secret(db.execute(statement.returning(project_secret)).one())


def find_by_hash(db: Connection, secret_hash: bytes, now: datetime) -> tuple[Project, Secret] | None:
    """The live project that the live secret is of."""
    wanted = project_secret.c.secret_hash == secret_hash, _live_at(now), project.c.ended_at.is_(None)
    secret = db.execute(select(project_secret).join(project).where(*wanted)).one_or_none()
    if secret is None:
        return None
    owner = db.execute(select(project).where(project.c.id == secret.project_id)).one()
    return project_of(owner), _secret(secret)


def all_live(db: Connection, project_id: int, now: datetime) -> list[Secret]:
    """Oldest first."""
    wanted = select(project_secret).where(project_secret.c.project_id == project_id, _live_at(now))
    return [_secret(row) for row in db.execute(wanted.order_by(project_secret.c.id))]


def let_expire(db: Connection, project_id: int, *, at: datetime, now: datetime) -> None:
    """All that live beyond that moment end with it. The project must be held."""
    later = or_(project_secret.c.expires_at.is_(None), project_secret.c.expires_at > at)
    live = project_secret.c.project_id == project_id, _live_at(now), later
    db.execute(update(project_secret).where(*live).values(expires_at=at))


def revoke(db: Connection, project_id: int, public_id: UUID, now: datetime) -> Secret | None:
    """None where it was over already."""
    mine = project_secret.c.project_id == project_id, project_secret.c.public_id == public_id, _live_at(now)
    row = db.execute(delete(project_secret).where(*mine).returning(project_secret)).one_or_none()
    return _secret(row) if row else None


def revoke_all(db: Connection, project_id: int) -> None:
    db.execute(delete(project_secret).where(project_secret.c.project_id == project_id))


def used(db: Connection, secret_id: int, now: datetime) -> None:
    db.execute(update(project_secret).where(project_secret.c.id == secret_id).values(last_used_at=now))


def take_requests(db: Connection, project_id: int, *, count: int, limit: int, window_began_at: datetime) -> bool:
    """Set so many requests aside in the window, unless that is more than there may be."""
    of = {"project_id": project_id}
    return request_windows.take(db, project_use, of, count=count, limit=limit, window_began_at=window_began_at)


def last_used_at(db: Connection, project_ids: list[int]) -> dict[int, datetime]:
    latest = select(project_secret.c.project_id, func.max(project_secret.c.last_used_at).label("at"))
    of_these = latest.where(project_secret.c.project_id.in_(project_ids)).group_by(project_secret.c.project_id)
    return {row.project_id: row.at for row in db.execute(of_these) if row.at}


def _live_at(now: datetime) -> ColumnElement[bool]:
    return or_(project_secret.c.expires_at.is_(None), project_secret.c.expires_at > now)


def _secret(row: Row[Any]) -> Secret:
    return Secret(
        id=row.id,
        public_id=row.public_id,
        project_id=row.project_id,
        hint=row.hint,
        made_at=row.made_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
    )
