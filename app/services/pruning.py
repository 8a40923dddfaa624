"""Deleting what is over: sessions and links long past, and the network addresses of what happened long ago.

Each step is one short transaction over a bounded number of rows, can be done by several at once and broken off at any
point. No rule waits for it, since nobody asks for these rows any more. Events are never deleted.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.portal import Portal, Transaction
from app.storage import leftovers

BATCH = 200
ORIGINS = "network addresses in the log"

NAMES = [*(kind.name for kind in leftovers.KINDS), ORIGINS]

Step = tuple[str, int]
"""What was deleted, and how many rows of it."""


def expired(portal: Portal) -> Iterator[Step]:
    for kind in leftovers.KINDS:
        while True:
            with portal.writing() as tx:
                removed = leftovers.remove(tx.db, kind, tx.now, at_most=BATCH)
            if not removed:
                break
            yield kind.name, removed


def old_origins(portal: Portal) -> Iterator[Step]:
    while True:
        with portal.writing() as tx:
            before = _origins_before(tx)
            removed = leftovers.remove_origins(tx.db, before, at_most=BATCH) if before else 0
        if not removed:
            return
        yield ORIGINS, removed


def rehearse(portal: Portal) -> list[Step]:
    """What would go now."""
    with portal.reading() as tx:
        found = [(kind.name, leftovers.count(tx.db, kind, tx.now)) for kind in leftovers.KINDS]
        before = _origins_before(tx)
        return [*found, (ORIGINS, leftovers.count_origins(tx.db, before) if before else 0)]


def _origins_before(tx: Transaction) -> datetime | None:
    days = tx.settings.keep_origins_days
    return tx.now - timedelta(days=days) if days else None
