"""What the housekeepers of all nodes have to do: a row for each chore, leased by whoever does it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from app.storage.tables import chore
from app.storage.upserts import upsert

LEASE = timedelta(minutes=5)
"""Extended with every step, so that it only runs out on somebody who hangs or was killed."""


@dataclass(frozen=True, slots=True)
class Kept:
    name: str
    due_at: datetime
    done_at: datetime | None


def add_missing(db: Connection, names: list[str], now: datetime) -> None:
    """Due at once."""
    for name in names:
        db.execute(upsert(db, chore).values(name=name, due_at=now).on_conflict_do_nothing(index_elements=["name"]))


def all_kept(db: Connection) -> list[Kept]:
    return [Kept(row.name, row.due_at, row.done_at) for row in db.execute(select(chore).order_by(chore.c.name))]


def is_free(db: Connection, name: str, by: UUID, now: datetime, *, every: timedelta) -> bool:
    """Whether it is worth trying to claim it: looking bars nobody from writing."""
    return db.execute(select(chore.c.name).where(_free(name, by, now, every))).one_or_none() is not None


def claim(db: Connection, name: str, by: UUID, now: datetime, *, every: timedelta) -> bool:
    """Take the lease. False when it is not due, or somebody else holds it."""
    taken = update(chore).where(_free(name, by, now, every)).values(leased_by=by, leased_until=now + LEASE)
    return db.execute(taken).rowcount == 1


def extend(db: Connection, name: str, by: UUID, now: datetime) -> bool:
    """False when the lease ran out meanwhile, and somebody else has taken it."""
    mine = update(chore).where(_held(name, by))
    return db.execute(mine.values(leased_until=now + LEASE)).rowcount == 1


def finish(db: Connection, name: str, by: UUID, now: datetime, *, due_at: datetime) -> bool:
    """Done, and due again then."""
    mine = update(chore).where(_held(name, by))
    return db.execute(mine.values(due_at=due_at, done_at=now, leased_by=None, leased_until=None)).rowcount == 1


def give_up(db: Connection, name: str, by: UUID) -> None:
    """Not done, and free for whoever comes next: for one who is told to stop in the middle of it."""
    db.execute(update(chore).where(_held(name, by)).values(leased_by=None, leased_until=None))


def _held(name: str, by: UUID) -> ColumnElement[bool]:
    return and_(chore.c.name == name, chore.c.leased_by == by)


def _free(name: str, by: UUID, now: datetime, every: timedelta) -> ColumnElement[bool]:
    """Due, and leased by nobody else.

    What is due later than it ever should be, or leased for longer, was written by a clock that was ahead: it must not
    keep the chore from being done until the right clock gets there.
    """
    due = or_(chore.c.due_at <= now, chore.c.due_at > now + every + LEASE)
    ours = or_(chore.c.leased_until.is_(None), chore.c.leased_by == by)
    return and_(
        chore.c.name == name,
        due,
        or_(ours, chore.c.leased_until <= now, chore.c.leased_until > now + 2 * LEASE),
    )
