"""The mark that a backup carries: what was restored is known by it, until somebody has looked after it."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, inspect, select

from app.storage.tables import backup_mark


def find(db: Connection) -> datetime | None:
    """When the backup was taken that this database came out of; None where it is nobody's copy, or looked after."""
    if not inspect(db).has_table(backup_mark.name):  # a database from before there were backups
        return None
    return db.execute(select(backup_mark.c.taken_at).order_by(backup_mark.c.taken_at).limit(1)).scalar_one_or_none()


def put(db: Connection, taken_at: datetime) -> None:
    """In place of whatever mark there is."""
    clear(db)
    db.execute(insert(backup_mark).values(taken_at=taken_at))


def clear(db: Connection) -> bool:
    """Whether there was one."""
    return db.execute(delete(backup_mark)).rowcount > 0
