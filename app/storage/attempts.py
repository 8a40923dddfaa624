"""Failures of second factors: counted at each door, and kept for thirty days."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, and_, delete, exists, func, insert, select, update

from app.domain.members import Member
from app.storage.tables import door, second_factor_failure


def is_closed(db: Connection, member_id: int, at_door: str) -> bool:
    closed = select(door.c.closed_at).where(door.c.member_id == member_id, door.c.door == at_door)
    return db.execute(closed).scalar_one_or_none() is not None


def closed_at(db: Connection, member_ids: Collection[int], at_door: str) -> dict[int, datetime]:
    """For whom it is closed, and since when."""
    closed = door.c.member_id.in_(member_ids), door.c.door == at_door, door.c.closed_at.is_not(None)
    return {
        row.member_id: row.closed_at for row in db.execute(select(door.c.member_id, door.c.closed_at).where(*closed))
    }


def is_any_closed(db: Connection, member_id: int) -> bool:
    closed = exists().where(door.c.member_id == member_id, door.c.closed_at.is_not(None))
    return bool(db.execute(select(closed)).scalar_one())


def count_at_door(db: Connection, who: Member, at_door: str) -> int:
    """One more failure at the door. The member's row is held already, so nobody counts beside us."""
    here = and_(door.c.member_id == who.id, door.c.door == at_door)
    counted = update(door).where(here).values(failures_in_row=door.c.failures_in_row + 1)
    failures: int | None = db.execute(counted.returning(door.c.failures_in_row)).scalar_one_or_none()
    if failures is None:
        first = {"member_id": who.id, "organization_id": who.organization_id, "door": at_door, "failures_in_row": 1}
        db.execute(insert(door).values(first))
        return 1
    return failures


def close_door(db: Connection, member_id: int, at_door: str, now: datetime) -> None:
    db.execute(update(door).where(door.c.member_id == member_id, door.c.door == at_door).values(closed_at=now))


def clear_door(db: Connection, member_id: int, at_door: str) -> None:
    """Begin the count anew; a door that was closed over it stays closed."""
    mine = delete(door).where(door.c.member_id == member_id, door.c.door == at_door)
    db.execute(mine.where(door.c.closed_at.is_(None)))


def open_all_doors(db: Connection, member_id: int) -> int:
    """How many of them were closed."""
    closed = select(func.count()).where(door.c.member_id == member_id, door.c.closed_at.is_not(None))
    count: int = db.execute(closed).scalar_one()
    db.execute(delete(door).where(door.c.member_id == member_id))
    return count


def add_failure(db: Connection, who: Member, at_door: str, now: datetime) -> None:
    failure = {"member_id": who.id, "organization_id": who.organization_id, "door": at_door, "failed_at": now}
    db.execute(insert(second_factor_failure).values(failure))


def count_failures(db: Connection, member_id: int, since: datetime, *, at_door: str) -> int:
    failed = second_factor_failure.c
    wanted = failed.member_id == member_id, failed.failed_at > since, failed.door == at_door
    return db.execute(select(func.count()).where(*wanted)).scalar_one()
