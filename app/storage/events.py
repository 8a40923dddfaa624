"""The log of events: rows are added and read, never changed."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select

from app.domain.events import Act, Actor, ActorKind, Event, Origin
from app.storage.tables import event, event_origin


def add(
    db: Connection,
    act: Act,
    *,
    organization_id: int,
    member_id: int | None,
    actor: Actor,
    details: dict[str, Any],
    origin: Origin,
    now: datetime,
) -> None:
    statement = insert(event).values(
        public_id=uuid4(),
        organization_id=organization_id,
        member_id=member_id,
        actor_kind=actor.kind,
        actor_member_id=actor.member_id,
        act=act,
        at=now,
        details=details,
    )
    event_id = db.execute(statement.returning(event.c.id)).scalar_one()
    if origin.address or origin.browser:
        db.execute(
            insert(event_origin).values(
                event_id=event_id, member_id=member_id, address=origin.address, browser=origin.browser
            )
        )


def page_for(db: Connection, member_id: int, *, before: int | None, count: int) -> list[Event]:
    """The member's own history, newest first, from before the event with that id."""
    wanted = select(event, event_origin.c.address, event_origin.c.browser).select_from(event.outerjoin(event_origin))
    wanted = wanted.where(event.c.member_id == member_id)
    if before is not None:
        wanted = wanted.where(event.c.id < before)
    return [_event(row) for row in db.execute(wanted.order_by(event.c.id.desc()).limit(count))]


def id_of(db: Connection, member_id: int, public_id: Any) -> int | None:
    mine = select(event.c.id).where(event.c.member_id == member_id, event.c.public_id == public_id)
    return db.execute(mine).scalar_one_or_none()


def _event(row: Row[Any]) -> Event:
    return Event(
        id=row.id,
        public_id=row.public_id,
        act=Act(row.act),
        at=row.at,
        actor_kind=ActorKind(row.actor_kind),
        details=row.details,
        origin=Origin(row.address or "", row.browser or ""),
    )
