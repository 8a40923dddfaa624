"""Sharing the work of the housekeepers: each chore is done by one of them at a time, on whichever node."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.portal import Portal
from app.storage import chores


@dataclass(frozen=True, slots=True)
class Standing:
    """How late a chore is, and when it was last done."""

    name: str
    lag: timedelta
    done_at: datetime | None


def add_missing(portal: Portal, names: list[str]) -> None:
    """Each is due at once."""
    with portal.reading() as tx:
        missing = set(names) - {one.name for one in chores.all_kept(tx.db)}
    if missing:
        with portal.writing() as tx:
            chores.add_missing(tx.db, sorted(missing), tx.now)


def claim(portal: Portal, name: str, by: UUID, *, every: timedelta) -> bool:
    """False when it is not due, or somebody else does it."""
    with portal.reading() as tx:
        if not chores.is_free(tx.db, name, by, tx.now, every=every):
            return False
    with portal.writing() as tx:
        return chores.claim(tx.db, name, by, tx.now, every=every)


def go_on(portal: Portal, name: str, by: UUID) -> bool:
    """Keep the lease. False when it is somebody else's by now."""
    with portal.writing() as tx:
        return chores.extend(tx.db, name, by, tx.now)


def finish(portal: Portal, name: str, by: UUID, *, every: timedelta, before: datetime | None) -> None:
    """Due again after that time, or at the moment given where that comes first."""
    with portal.writing() as tx:
        due_at = tx.now + every
        chores.finish(tx.db, name, by, tx.now, due_at=min(due_at, before) if before else due_at)


def leave(portal: Portal, name: str, by: UUID) -> None:
    with portal.writing() as tx:
        chores.give_up(tx.db, name, by)


def standing(portal: Portal) -> list[Standing]:
    with portal.reading() as tx:
        return [
            Standing(one.name, max(tx.now - one.due_at, timedelta(0)), one.done_at) for one in chores.all_kept(tx.db)
        ]
