"""Rows that are over: nobody who asks for what is valid would be told of them any more."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, delete, exists, func, or_, select

from app.domain.attempts import FORGOTTEN_AFTER, KNOWN_BROWSERS_ONLY_AFTER, PASSWORD_WINDOW
from app.storage.tables import (
    enrolment,
    enrolment_pass,
    event,
    event_origin,
    invitation,
    known_browser,
    member,
    password_link,
    password_wait,
    project_visit,
    second_factor_failure,
    session,
    setup_link,
    sign_in,
)

_GRACE = timedelta(days=1)
"""For clocks that differ, and so long that no session of the portal is left in which what is over is still told of."""

_EVIDENCE = timedelta(days=365)
"""So long those who decide about a member see what was made for them."""

_WRONG_PASSWORDS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of one table, and when they are over. `of_members`: whoever changes such a row holds its member first."""

    name: str
    table: Table
    over: Callable[[datetime], ColumnElement[bool]]
    of_members: bool = True


def _enrolments_of(column: ColumnElement[int], owner: Table, now: datetime) -> ColumnElement[bool]:
    """What is being set up goes with the session or sign-in that began it: not before its own time is over."""
    return exists().where(column == owner.c.id, enrolment.c.expires_at > now - _GRACE)


def _sessions(now: datetime) -> ColumnElement[bool]:
    return and_(session.c.expires_at <= now - _GRACE, ~_enrolments_of(enrolment.c.session_id, session, now))


def _sign_ins(now: datetime) -> ColumnElement[bool]:
    return and_(sign_in.c.expires_at <= now - _GRACE, ~_enrolments_of(enrolment.c.sign_in_id, sign_in, now))


def _failures(now: datetime) -> ColumnElement[bool]:
    """Beyond the window they only tell the member, at the next sign-in, what happened since the last one."""
    to_tell = exists().where(
        member.c.id == second_factor_failure.c.member_id, member.c.last_sign_in_at < second_factor_failure.c.failed_at
    )
    return and_(second_factor_failure.c.failed_at <= now - PASSWORD_WINDOW, ~to_tell)


def _waits(now: datetime) -> ColumnElement[bool]:
    """Rows that wait, or count nothing, are of a place and forgotten after a day.

    The others may be those of a person, which count failures in a row however long that takes; from so many on that
    only known browsers get in, they stay until somebody gets in.
    """
    wait = password_wait.c
    of_a_place = and_(wait.last_at < now - FORGOTTEN_AFTER - _GRACE, or_(wait.failures == 0, wait.wait_until <= now))
    of_a_person = and_(
        wait.last_at < now - _WRONG_PASSWORDS, wait.wait_until.is_(None), wait.failures < KNOWN_BROWSERS_ONLY_AFTER
    )
    return or_(of_a_place, of_a_person)


def _passes(now: datetime) -> ColumnElement[bool]:
    made = enrolment_pass.c
    return func.coalesce(made.spent_at, made.voided_at, made.expires_at) <= now - _EVIDENCE


def _password_links(now: datetime) -> ColumnElement[bool]:
    made = password_link.c
    return func.coalesce(made.used_at, made.voided_at, made.expires_at) <= now - _EVIDENCE


def _invitations(now: datetime) -> ColumnElement[bool]:
    """One that was never answered stays with whom it invited: it is still to be renewed or revoked."""
    return func.coalesce(invitation.c.used_at, invitation.c.voided_at) <= now - _EVIDENCE


KINDS = (
    Kind("sessions", session, _sessions),
    Kind("sign-ins in progress", sign_in, _sign_ins),
    Kind("pending authenticators", enrolment, lambda now: enrolment.c.expires_at <= now - _GRACE),
    Kind("setup links", setup_link, lambda now: setup_link.c.expires_at <= now - _GRACE, of_members=False),
    Kind("known browsers", known_browser, lambda now: known_browser.c.expires_at <= now - _GRACE),
    Kind("wrong passwords", password_wait, _waits, of_members=False),
    Kind(
        "calls of browsers", project_visit, lambda now: project_visit.c.window_began_at < now - _GRACE, of_members=False
    ),
    Kind("wrong codes", second_factor_failure, _failures),
    Kind("passes", enrolment_pass, _passes),
    Kind("password links", password_link, _password_links),
    Kind("invitations", invitation, _invitations),
)


def count(db: Connection, kind: Kind, now: datetime) -> int:
    number: int = db.execute(select(func.count()).select_from(kind.table).where(kind.over(now))).scalar_one()
    return number


def remove(db: Connection, kind: Kind, now: datetime, *, at_most: int) -> int:
    """How many went.

    Rows that somebody has in hand are left for another time, so that nobody waits for this and this for nobody: a
    session takes along what points to it, and its member may be about to change just that.
    """
    (key,) = kind.table.primary_key.columns
    over = kind.over(now)
    if not kind.of_members:
        free = select(key).where(over).limit(at_most).with_for_update(skip_locked=True)
        return _delete(db, kind.table, key, db.execute(free).scalars().all(), over)
    found = db.execute(select(key.label("key"), kind.table.c.member_id).where(over).limit(at_most)).all()
    held = _held(db, {row.member_id for row in found})
    return _delete(db, kind.table, key, [row.key for row in found if row.member_id in held], over)


def count_origins(db: Connection, before: datetime) -> int:
    number: int = db.execute(select(func.count()).select_from(_old_origins(before).subquery())).scalar_one()
    return number


def remove_origins(db: Connection, before: datetime, *, at_most: int) -> int:
    """Network addresses and browsers of what happened before that moment. What happened stays."""
    old = db.execute(_old_origins(before).order_by(event_origin.c.event_id).limit(at_most)).scalars().all()
    return db.execute(delete(event_origin).where(event_origin.c.event_id.in_(old))).rowcount if old else 0


def _old_origins(before: datetime) -> Select[tuple[int]]:
    return select(event_origin.c.event_id).join(event, event.c.id == event_origin.c.event_id).where(event.c.at < before)


def _held(db: Connection, member_ids: Collection[int]) -> set[int]:
    free = select(member.c.id).where(member.c.id.in_(member_ids)).order_by(member.c.id)
    return set(db.execute(free.with_for_update(skip_locked=True, key_share=True)).scalars())


def _delete(db: Connection, table: Table, key: Column[Any], keys: Collection[Any], over: ColumnElement[bool]) -> int:
    return db.execute(delete(table).where(key.in_(keys), over)).rowcount if keys else 0
