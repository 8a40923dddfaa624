"""Confirmed authenticators."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, insert, select, update

from app.domain.authenticators import Authenticator
from app.domain.keyring import Sealed
from app.domain.members import Member
from app.storage.tables import authenticator


def add(
    db: Connection, who: Member, *, public_id: UUID, name: str, sealed_secret: Sealed, last_step: int, now: datetime
) -> None:
    db.execute(
        insert(authenticator).values(
            public_id=public_id,
            member_id=who.id,
            organization_id=who.organization_id,
            name=name,
            sealed_secret=sealed_secret.blob,
            seal_key_id=sealed_secret.key_id,
            last_step=last_step,
            added_at=now,
        )
    )


def all_for(db: Connection, member_id: int) -> list[Authenticator]:
    """Oldest first."""
    rows = db.execute(select(authenticator).where(authenticator.c.member_id == member_id).order_by(authenticator.c.id))
    return [_authenticator(row) for row in rows]


def find(db: Connection, member_id: int, public_id: UUID) -> Authenticator | None:
    wanted = select(authenticator).where(authenticator.c.member_id == member_id, authenticator.c.public_id == public_id)
    row = db.execute(wanted).one_or_none()
    return _authenticator(row) if row else None


def find_in(db: Connection, organization_id: int, public_id: UUID) -> Authenticator | None:
    """Whoever's it is."""
    wanted = authenticator.c.organization_id == organization_id, authenticator.c.public_id == public_id
    row = db.execute(select(authenticator).where(*wanted)).one_or_none()
    return _authenticator(row) if row else None


def ids_of(db: Connection, member_ids: Collection[int]) -> dict[int, list[tuple[UUID, datetime]]]:
    """The public ids of each member's, with when they were added; oldest first."""
    found: dict[int, list[tuple[UUID, datetime]]] = {member_id: [] for member_id in member_ids}
    wanted = select(authenticator.c.member_id, authenticator.c.public_id, authenticator.c.added_at)
    for row in db.execute(wanted.where(authenticator.c.member_id.in_(member_ids)).order_by(authenticator.c.id)):
        found[row.member_id].append((row.public_id, row.added_at))
    return found


def spend_step(db: Connection, authenticator_id: int, step: int, now: datetime) -> bool:
    """Spend the step and all before it. False when it was spent already: the row count is the verdict."""
    unspent = update(authenticator).where(authenticator.c.id == authenticator_id, authenticator.c.last_step < step)
    return db.execute(unspent.values(last_step=step, last_used_at=now)).rowcount == 1


def rename(db: Connection, authenticator_id: int, name: str) -> None:
    db.execute(update(authenticator).where(authenticator.c.id == authenticator_id).values(name=name))


def remove(db: Connection, authenticator_id: int) -> bool:
    return db.execute(delete(authenticator).where(authenticator.c.id == authenticator_id)).rowcount == 1


def remove_all(db: Connection, member_id: int) -> int:
    return db.execute(delete(authenticator).where(authenticator.c.member_id == member_id)).rowcount


def _authenticator(row: Row[Any]) -> Authenticator:
    return Authenticator(
        id=row.id,
        public_id=row.public_id,
        member_id=row.member_id,
        name=row.name,
        sealed_secret=Sealed(row.seal_key_id, row.sealed_secret),
        last_step=row.last_step,
        added_at=row.added_at,
        last_used_at=row.last_used_at,
    )
