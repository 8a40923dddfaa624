"""A member's own part of the log."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.events import Act, Event
from app.domain.sessions import Session
from app.portal import Portal, Transaction
from app.storage import events

_TOLD_ONCE = {Act.CODES_READ_AGAIN}
"""What the log has each time, and the history once: an application may read codes with every request."""


@dataclass(frozen=True, slots=True)
class Page:
    """`older` is the event to go on from, where there are older ones."""

    events: list[Event]
    older: UUID | None


def page(portal: Portal, session: Session, *, before: UUID | None = None, length: int = 25) -> Page:
    """Newest first. An event that is not this member's begins from the top."""
    with portal.reading() as tx:
        start = _id_of(tx, session, before) if before else None
        found = events.page_for(tx.db, session.member_id, before=start, count=length + 1, without=_TOLD_ONCE)
        return Page(found[:length], found[length - 1].public_id if len(found) > length else None)


def _id_of(tx: Transaction, session: Session, event: UUID) -> int | None:
    return events.id_of(tx.db, event, organization_id=session.organization_id, member_id=session.member_id)
