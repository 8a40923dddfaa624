"""Erasing the sealed copies of recovery codes that may be kept no longer, a bounded number at a time.

No rule waits for it: what is due here is shown to nobody any more.
"""

from app.portal import Portal, UnavailableError
from app.storage import code_copies, members

BATCH = 200
_BATCHES_AT_ONCE = 10


def sweep(portal: Portal, batch: int = BATCH) -> int:
    """Look after up to so many sets: how many these were, 0 when nothing is left.

    Can be called by several at once and killed at any point: what one has not done is found by the next.
    """
    with portal.reading() as tx:
        due = code_copies.all_due(tx.db, tx.now, count=batch)
    if not due:
        return 0
    set_ids = [one.set_id for one in due]
    with portal.writing() as tx:
        members.hold_all(tx.db, {one.member_id for one in due})
        code_copies.align(tx.db, set_ids)
        code_copies.erase_due(tx.db, set_ids, tx.now)
    return len(due)


def sweep_at_once(portal: Portal) -> bool:
    """Right after a change, up to some thousands: False where the rest is left to whoever sweeps next."""
    try:
        return any(sweep(portal) == 0 for _ in range(_BATCHES_AT_ONCE))
    except UnavailableError:
        return False  # the change itself is made, and must not look as if it were not
