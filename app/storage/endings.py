"""Ending, for many members at once, whatever a lost piece of time may have used up or taken back."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from app.storage.tables import (
    authenticator,
    enrolment,
    enrolment_pass,
    invitation,
    known_browser,
    member,
    password_link,
    recovery_code,
    recovery_code_set,
    session,
    sign_in,
)

_USED = {
    enrolment_pass: enrolment_pass.c.spent_at,
    password_link: password_link.c.used_at,
    invitation: invitation.c.used_at,
}


def next_ids(db: Connection, *, beyond: int, count: int) -> list[int]:
    """The next members, whatever their organization and status, in the order of their ids."""
    return list(
        db.execute(select(member.c.id).where(member.c.id > beyond).order_by(member.c.id).limit(count)).scalars()
    )


def void_code_sets(db: Connection, member_ids: Collection[int], now: datetime) -> list[int]:
    """Whose live set that ended, in the order of their ids; the codes are erased."""
    live = recovery_code_set.c.member_id.in_(member_ids), recovery_code_set.c.voided_at.is_(None)
    ended = update(recovery_code_set).where(*live).values(voided_at=now).returning(recovery_code_set.c.member_id)
    whose = sorted(db.execute(ended).scalars())
    db.execute(delete(recovery_code).where(recovery_code.c.member_id.in_(member_ids)))
    return whose


def end_ways_in(db: Connection, member_ids: Collection[int], now: datetime) -> int:
    """Whatever lets somebody in, or is on the way to it; how many sessions there were."""
    for table in (enrolment, sign_in, known_browser):
        db.execute(delete(table).where(table.c.member_id.in_(member_ids)))
    for table, used_at in _USED.items():
        still_open = table.c.member_id.in_(member_ids), used_at.is_(None), table.c.voided_at.is_(None)
        db.execute(update(table).where(*still_open).values(voided_at=now))
    return db.execute(delete(session).where(session.c.member_id.in_(member_ids))).rowcount


def spend_steps(db: Connection, member_ids: Collection[int], up_to: int) -> None:
    """No code of a step until this one is accepted any more, whether or not it was used."""
    unspent = authenticator.c.member_id.in_(member_ids), authenticator.c.last_step < up_to
    db.execute(update(authenticator).where(*unspent).values(last_step=up_to))
