"""Passes: at most one of a member is live."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, insert, or_, select, update

from app.domain.events import Actor, ActorKind
from app.domain.keyring import Index
from app.domain.members import Member
from app.domain.passes import Pass, PassMade
from app.storage.tables import enrolment_pass, member

_live = and_(enrolment_pass.c.spent_at.is_(None), enrolment_pass.c.voided_at.is_(None))


def replace(
    db: Connection, who: Member, *, index: Index, made_by: Actor, reason: str, now: datetime, expires_at: datetime
) -> None:
    """Make one, and void the one before."""
    void_live(db, who.id, now)
    db.execute(
        insert(enrolment_pass).values(
            public_id=uuid4(),
            member_id=who.id,
            organization_id=who.organization_id,
            code_index=index.digest,
            index_key_id=index.key_id,
            made_by=made_by.kind,
            made_by_member_id=made_by.member_id,
            reason=reason,
            made_at=now,
            expires_at=expires_at,
            tries=0,
        )
    )


def find_live(db: Connection, member_id: int, now: datetime | None) -> Pass | None:
    """The one that is neither spent nor void, nor expired at `now`; None asks for it whether or not it has."""
    wanted = select(enrolment_pass).where(enrolment_pass.c.member_id == member_id, _live)
    row = db.execute(wanted if now is None else wanted.where(enrolment_pass.c.expires_at > now)).one_or_none()
    return _pass(row) if row else None


def made_for(db: Connection, member_id: int, *, since: datetime) -> list[PassMade]:
    """Newest first."""
    made = (
        select(enrolment_pass, member.c.name)
        .select_from(enrolment_pass.outerjoin(member, member.c.id == enrolment_pass.c.made_by_member_id))
        .where(enrolment_pass.c.member_id == member_id, enrolment_pass.c.made_at > since)
        .order_by(enrolment_pass.c.made_at.desc())
    )
    return [
        PassMade(
            made_at=row.made_at,
            expires_at=row.expires_at,
            spent_at=row.spent_at,
            voided_at=row.voided_at,
            by_operator=row.made_by == ActorKind.OPERATOR,
            maker=row.name or "",
        )
        for row in db.execute(made)
    ]


def find_held_by(db: Connection, session_id: int) -> Pass | None:
    row = db.execute(select(enrolment_pass).where(enrolment_pass.c.session_id == session_id, _live)).one_or_none()
    return _pass(row) if row else None


def take_try(db: Connection, pass_id: int, *, limit: int) -> bool:
    tries = enrolment_pass.c.tries
    taken = update(enrolment_pass).where(enrolment_pass.c.id == pass_id, _live, tries < limit)
    return db.execute(taken.values(tries=tries + 1)).rowcount == 1


def matches(db: Connection, pass_id: int, indexes: list[Index]) -> bool:
    code = enrolment_pass.c
    same = or_(*(and_(code.index_key_id == index.key_id, code.code_index == index.digest) for index in indexes))
    return db.execute(select(code.id).where(code.id == pass_id, same)).one_or_none() is not None


def index_key_of(db: Connection, pass_id: int) -> int:
    """By which key it can be recognized."""
    key_id: int = db.execute(select(enrolment_pass.c.index_key_id).where(enrolment_pass.c.id == pass_id)).scalar_one()
    return key_id


def hold(db: Connection, pass_id: int, *, holder_hash: bytes, session_id: int) -> bool:
    """Give the pass to the browser that used it first. False when another browser holds it."""
    code = enrolment_pass.c
    free = or_(code.holder_hash.is_(None), code.holder_hash == holder_hash)
    held = update(enrolment_pass).where(code.id == pass_id, _live, free)
    return db.execute(held.values(holder_hash=holder_hash, session_id=session_id, tries=0)).rowcount == 1


def spend(db: Connection, pass_id: int, now: datetime) -> bool:
    return (
        db.execute(update(enrolment_pass).where(enrolment_pass.c.id == pass_id, _live).values(spent_at=now)).rowcount
        == 1
    )


def void_live(db: Connection, member_id: int, now: datetime) -> None:
    db.execute(update(enrolment_pass).where(enrolment_pass.c.member_id == member_id, _live).values(voided_at=now))


def _pass(row: Row[Any]) -> Pass:
    return Pass(
        id=row.id,
        public_id=row.public_id,
        member_id=row.member_id,
        expires_at=row.expires_at,
        tries=row.tries,
        holder_hash=row.holder_hash,
        session_id=row.session_id,
    )
