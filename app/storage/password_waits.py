"""Rows of wrong passwords, by keyed digests of whom they were typed for and where they came from."""

from datetime import datetime

from sqlalchemy import Connection, case, delete, select, update

from app.domain.attempts import LONGEST_WAIT
from app.storage.tables import password_wait
from app.storage.upserts import upsert


def longest_wait(db: Connection, keys: list[bytes], now: datetime) -> datetime | None:
    """Until when the longest of these waits lasts, if any lasts still.

    What reaches further ahead than any wait does was made before the clock was put back.
    """
    waiting = select(password_wait.c.wait_until).where(
        password_wait.c.key.in_(keys),
        password_wait.c.wait_until > now,
        password_wait.c.wait_until <= now + LONGEST_WAIT,
    )
    return max(db.execute(waiting).scalars(), default=None)


def count(db: Connection, key: bytes) -> int:
    return db.execute(select(password_wait.c.failures).where(password_wait.c.key == key)).scalar_one_or_none() or 0


def add_failure(db: Connection, key: bytes, *, forget_before: datetime, now: datetime) -> int:
    """One more failure under the key, counted anew when the last one is long past; how many there are now."""
    forgotten = password_wait.c.last_at < forget_before
    statement = upsert(db, password_wait).values(key=key, failures=1, wait_until=None, last_at=now)
    statement = statement.on_conflict_do_update(
        index_elements=["key"],
        set_={"failures": case((forgotten, 1), else_=password_wait.c.failures + 1), "last_at": now},
    )
    failures: int = db.execute(statement.returning(password_wait.c.failures)).scalar_one()
    return failures


def wait(db: Connection, key: bytes, until: datetime) -> None:
    db.execute(update(password_wait).where(password_wait.c.key == key).values(wait_until=until))


def give_back(db: Connection, key: bytes) -> None:
    """One failure less: it was counted before the password was found right."""
    counted = update(password_wait).where(password_wait.c.key == key, password_wait.c.failures > 0)
    db.execute(counted.values(failures=password_wait.c.failures - 1))


def clear(db: Connection, keys: list[bytes]) -> None:
    db.execute(delete(password_wait).where(password_wait.c.key.in_(keys)))
