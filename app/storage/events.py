"""The log of events: rows are added and read, never changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Row, func, insert, or_, select

from app.domain.events import Act, Actor, ActorKind, Event, Named, Origin
from app.storage.tables import event, event_origin, member, project

_subject, _actor = member.alias("subject"), member.alias("actor")
_told = select(
    event,
    event_origin.c.address,
    event_origin.c.browser,
    _subject.c.public_id.label("about_id"),
    _subject.c.name.label("about_name"),
    _actor.c.public_id.label("by_id"),
    _actor.c.name.label("by_name"),
    project.c.name.label("project_name"),
).select_from(
    event.outerjoin(event_origin)
    .outerjoin(_subject, _subject.c.id == event.c.member_id)
    .outerjoin(_actor, _actor.c.id == event.c.actor_member_id)
    .outerjoin(project, project.c.id == event.c.actor_project_id)
)


@dataclass(frozen=True, slots=True)
class Search:
    """What the log is narrowed to. `people` are about whom it is, or who did it; empty means that nobody fits."""

    people: Collection[int] | None = None
    acts: Collection[Act] | None = None
    since: datetime | None = None
    until: datetime | None = None


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
        actor_project_id=actor.project_id,
        act=act,
        at=now,
        details=details,
    )
    event_id = db.execute(statement.returning(event.c.id)).scalar_one()
    if origin.address or origin.browser:
        db.execute(
            insert(event_origin).values(
                event_id=event_id,
                member_id=actor.member_id or member_id,
                address=origin.address,
                browser=origin.browser,
            )
        )


def page_for(
    db: Connection,
    member_id: int,
    *,
    before: int | None,
    count: int,
    acts: Collection[Act] | None = None,
    without: Collection[Act] = (),
) -> list[Event]:
    """The member's own history, newest first, from before the event with that id."""
    wanted = [event.c.member_id == member_id, event.c.act.not_in(without)]
    if acts is not None:
        wanted.append(event.c.act.in_(acts))
    return _page(db, wanted, before=before, count=count)


def page_of(db: Connection, organization_id: int, search: Search, *, before: int | None, count: int) -> list[Event]:
    """The organization's log, newest first, from before the event with that id."""
    return _page(db, [event.c.organization_id == organization_id, *_searched(search)], before=before, count=count)


def id_of(db: Connection, public_id: UUID, *, organization_id: int, member_id: int | None = None) -> int | None:
    """Of the organization, or only of that member."""
    wanted = [event.c.public_id == public_id, event.c.organization_id == organization_id]
    if member_id is not None:
        wanted.append(event.c.member_id == member_id)
    return db.execute(select(event.c.id).where(*wanted)).scalar_one_or_none()


def latest_by(
    db: Connection, member_id: int, actor_member_id: int, acts: Collection[Act], *, since: datetime
) -> datetime | None:
    """When that actor last did one of these to the member."""
    done = select(func.max(event.c.at)).where(
        event.c.member_id == member_id,
        event.c.actor_member_id == actor_member_id,
        event.c.act.in_(acts),
        event.c.at > since,
    )
    return db.execute(done).scalar_one_or_none()


def was_done_by_project(db: Connection, member_id: int, project_id: int, act: Act, *, since: datetime) -> bool:
    done = event.c.member_id == member_id, event.c.actor_project_id == project_id, event.c.act == act
    return db.execute(select(event.c.id).where(*done, event.c.at >= since).limit(1)).first() is not None


def _page(db: Connection, wanted: list[ColumnElement[bool]], *, before: int | None, count: int) -> list[Event]:
    if before is not None:
        wanted = [*wanted, event.c.id < before]
    return [_event(row) for row in db.execute(_told.where(*wanted).order_by(event.c.id.desc()).limit(count))]


def _searched(search: Search) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if search.people is not None:
        conditions.append(or_(event.c.member_id.in_(search.people), event.c.actor_member_id.in_(search.people)))
    if search.acts is not None:
        conditions.append(event.c.act.in_(search.acts))
    if search.since is not None:
        conditions.append(event.c.at >= search.since)
    if search.until is not None:
        conditions.append(event.c.at < search.until)
    return conditions


def _event(row: Row[Any]) -> Event:
    return Event(
        id=row.id,
        public_id=row.public_id,
        act=Act(row.act),
        at=row.at,
        actor_kind=ActorKind(row.actor_kind),
        about=Named(row.about_id, row.about_name) if row.about_id else None,
        by=Named(row.by_id, row.by_name) if row.by_id else None,
        details=row.details,
        origin=Origin(row.address or "", row.browser or ""),
        project=row.project_name or "",
    )
