"""Days that come for an organization. No rule waits for it: what begins with a day has begun when it is asked for."""

from collections.abc import Iterator
from datetime import datetime

from app.domain.events import PORTAL, Act
from app.portal import Portal
from app.steps.events import record_of_nobody
from app.storage import passing_days


def note_requirements(portal: Portal) -> Iterator[int]:
    """Write down where the second factor is required from now on, once for each day that was set."""
    with portal.reading() as tx:
        due = passing_days.where_requirement_begins(tx.db, tx.now)
    for organization_id in due:
        with portal.writing() as tx:
            since = passing_days.begin_requirement(tx.db, organization_id, tx.now)
            if since:
                record_of_nobody(tx, Act.REQUIREMENT_BEGAN, organization_id, by=PORTAL, since=since.isoformat())
        yield int(since is not None)


def next_requirement(portal: Portal) -> datetime | None:
    with portal.reading() as tx:
        return passing_days.next_requirement(tx.db, tx.now)
