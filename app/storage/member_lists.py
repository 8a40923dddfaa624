"""Lists of an organization's members, over the indexed columns of their rows."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    tuple_,
    union,
)

from app.domain.attempts import PORTAL_DOOR, Lock, LockReason
from app.domain.lists import COUNTED_AT_MOST, WORDS_AT_MOST, Counted, Factor, Line, Sort, Wanted
from app.domain.members import Role, Status
from app.domain.recovery_codes import LOW
from app.domain.text import clean_name, search_text
from app.storage.tables import door, member

_AT_ONCE = 1000
_door_closed = exists().where(
    door.c.member_id == member.c.id, door.c.door == PORTAL_DOOR, door.c.closed_at.is_not(None)
)
_lines = select(
    member.c.id, member.c.public_id, member.c.name, member.c.email, member.c.role, member.c.status,
    member.c.lock_reason, member.c.locked_until, member.c.authenticator_count, member.c.codes_left,
    member.c.codes_pending, member.c.ready, member.c.last_sign_in_at, member.c.made_at, member.c.search_text,
    _door_closed.label("door_closed"),
)  # fmt: skip
_SORTED_BY: dict[Sort, tuple[Column[Any] | None, bool]] = {
    Sort.NAME: (member.c.search_text, False),
    Sort.NAME_BACKWARDS: (member.c.search_text, True),
    Sort.SEEN_LAST: (member.c.last_sign_in_at, True),
    Sort.SEEN_LONG_AGO: (member.c.last_sign_in_at, False),
    Sort.NEWEST: (None, True),
}
"""By which column, besides the id; and whether backwards. Who never signed in counts as longest ago."""


def page(
    db: Connection,
    organization_id: int,
    wanted: Wanted,
    *,
    beyond: Line | None,
    backwards: bool,
    count: int,
    now: datetime,
) -> list[Line]:
    """Those after the line `beyond`, in the order of the list; or those before it, nearest first."""
    column, descending = _SORTED_BY[wanted.sort]
    descending = descending != backwards
    statement = _lines.where(member.c.organization_id == organization_id, *_narrowed(wanted, organization_id, now))
    if beyond:
        statement = statement.where(_beyond(column, beyond, descending=descending))
    return [_line(row) for row in db.execute(_ordered(statement, column, descending=descending).limit(count))]


def find(db: Connection, organization_id: int, public_ids: list[UUID]) -> list[Line]:
    """In the order of their names; whoever is not of the organization is left out."""
    wanted = member.c.organization_id == organization_id, member.c.public_id.in_(public_ids)
    rows = db.execute(_lines.where(*wanted).order_by(member.c.search_text, member.c.id))
    return [_line(row) for row in rows]


def everybody(db: Connection, organization_id: int, wanted: Wanted, *, now: datetime) -> Iterator[Line]:
    """The whole list, read in portions."""
    beyond: Line | None = None
    while lines := page(db, organization_id, wanted, beyond=beyond, backwards=False, count=_AT_ONCE, now=now):
        yield from lines
        beyond = lines[-1]


def count(
    db: Connection, organization_id: int, wanted: Wanted, *, now: datetime, at_most: int = COUNTED_AT_MOST
) -> Counted:
    some = select(member.c.id).where(
        member.c.organization_id == organization_id, *_narrowed(wanted, organization_id, now)
    )
    number: int = db.execute(select(func.count()).select_from(some.limit(at_most + 1).subquery())).scalar_one()
    return Counted(min(number, at_most), number > at_most)


def ids_matching(db: Connection, organization_id: int, search: str, *, at_most: int) -> list[int]:
    """Who fits the search, the removed too."""
    wanted = select(member.c.id).where(member.c.organization_id == organization_id, *_searched(search))
    return list(db.execute(wanted.order_by(member.c.search_text).limit(at_most)).scalars())


def _narrowed(wanted: Wanted, organization_id: int, now: datetime) -> list[ColumnElement[bool]]:
    conditions = _searched(wanted.search)
    if wanted.status:
        conditions.append(member.c.status == wanted.status)
    else:
        conditions.append(member.c.status != Status.REMOVED)
    if wanted.role:
        conditions.append(member.c.role == wanted.role)
    if wanted.factor:
        conditions.append(_with_factor(wanted.factor, organization_id, now))
    return conditions


def _searched(search: str) -> list[ColumnElement[bool]]:
    """Every word must occur, in any part of name or address."""
    words = search_text(clean_name(search)).split()[:WORDS_AT_MOST]
    return [member.c.search_text.contains(word, autoescape=True) for word in words]


def _with_factor(factor: Factor, organization_id: int, now: datetime) -> ColumnElement[bool]:
    enrolled = member.c.authenticator_count > 0
    return {
        Factor.READY: and_(member.c.ready.is_(True), member.c.id.not_in(_locked(organization_id, now))),
        Factor.NOT_READY: or_(member.c.ready.is_(False), member.c.id.in_(_locked(organization_id, now))),
        Factor.NO_AUTHENTICATOR: member.c.authenticator_count == 0,
        Factor.UNACKNOWLEDGED: member.c.codes_pending.is_(True),
        Factor.FEW_CODES: and_(enrolled, member.c.codes_pending.is_(False), member.c.codes_left <= LOW),
        Factor.LOCKED: member.c.id.in_(_locked(organization_id, now)),
    }[factor]


def _locked(organization_id: int, now: datetime) -> CompoundSelect[int]:
    """By their own index each, which an OR of both would keep the database from using."""
    who = member.alias("locked")
    holds = or_(who.c.locked_until.is_(None), who.c.locked_until > now)
    locked = select(who.c.id).where(who.c.organization_id == organization_id, who.c.lock_reason.is_not(None), holds)
    shut_out = select(door.c.member_id).where(
        door.c.organization_id == organization_id, door.c.door == PORTAL_DOOR, door.c.closed_at.is_not(None)
    )
    return union(locked, shut_out)


def _ordered(statement: Select[Any], column: Column[Any] | None, *, descending: bool) -> Select[Any]:
    if column is not None:
        # Said for PostgreSQL, which would have it the other way round; SQLite's index is in this order already.
        placed = column.desc().nulls_last() if descending else column.asc().nulls_first()
        statement = statement.order_by(placed)
    return statement.order_by(member.c.id.desc() if descending else member.c.id.asc())


def _beyond(column: Column[Any] | None, line: Line, *, descending: bool) -> ColumnElement[bool]:
    later = member.c.id < line.id if descending else member.c.id > line.id
    if column is None:
        return later
    value = getattr(line, column.name)
    if value is None:
        return and_(column.is_(None), later) if descending else or_(column.is_not(None), later)
    here = tuple_(column, member.c.id)
    there = tuple_(value, line.id, types=[column.type, member.c.id.type])  # else SQLite compares moments with text
    further = here < there if descending else here > there
    return or_(further, column.is_(None)) if descending and column.nullable else further


def _line(row: Any) -> Line:
    return Line(
        id=row.id,
        public_id=row.public_id,
        name=row.name,
        email=row.email,
        role=Role(row.role),
        status=Status(row.status),
        lock=Lock(LockReason(row.lock_reason), row.locked_until) if row.lock_reason else None,
        door_closed=bool(row.door_closed),
        authenticator_count=row.authenticator_count,
        codes_left=row.codes_left,
        codes_pending=row.codes_pending,
        ready=row.ready,
        last_sign_in_at=row.last_sign_in_at,
        made_at=row.made_at,
        search_text=row.search_text,
    )
