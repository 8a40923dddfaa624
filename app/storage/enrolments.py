"""Secrets waiting to be confirmed: at most one a member."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, insert, select, update

from app.domain.authenticators import Enrolment
from app.domain.keyring import Sealed
from app.domain.members import Member
from app.storage.tables import enrolment


def replace(
    db: Connection,
    who: Member,
    *,
    public_id: UUID,
    name: str,
    sealed_secret: Sealed,
    session_id: int | None,
    sign_in_id: int | None,
    replaces_id: int | None,
    vouched: bool,
    now: datetime,
    expires_at: datetime,
) -> int:
    """Begin one, and with it end the one before. Returns its id."""
    cancel(db, who.id)
    begun = (
        insert(enrolment)
        .values(
            public_id=public_id,
            member_id=who.id,
            organization_id=who.organization_id,
            name=name,
            sealed_secret=sealed_secret.blob,
            seal_key_id=sealed_secret.key_id,
            session_id=session_id,
            sign_in_id=sign_in_id,
            replaces_id=replaces_id,
            vouched=vouched,
            tries=0,
            begun_at=now,
            expires_at=expires_at,
        )
        .returning(enrolment.c.id)
    )
    enrolment_id: int = db.execute(begun).scalar_one()
    return enrolment_id


def find_for(db: Connection, member_id: int) -> Enrolment | None:
    row = db.execute(select(enrolment).where(enrolment.c.member_id == member_id)).one_or_none()
    return _enrolment(row) if row else None


def find_in(db: Connection, organization_id: int, public_id: UUID) -> Enrolment | None:
    wanted = enrolment.c.organization_id == organization_id, enrolment.c.public_id == public_id
    row = db.execute(select(enrolment).where(*wanted)).one_or_none()
    return _enrolment(row) if row else None


def take_try(db: Connection, enrolment_id: int, *, limit: int, now: datetime) -> bool:
    open_still = update(enrolment).where(
        enrolment.c.id == enrolment_id, enrolment.c.tries < limit, enrolment.c.expires_at > now
    )
    return db.execute(open_still.values(tries=enrolment.c.tries + 1)).rowcount == 1


def claim(db: Connection, enrolment_id: int) -> bool:
    """Take the enrolment to make an authenticator of it. False when somebody else did, or it was begun anew."""
    return db.execute(delete(enrolment).where(enrolment.c.id == enrolment_id)).rowcount == 1


def cancel(db: Connection, member_id: int) -> None:
    db.execute(delete(enrolment).where(enrolment.c.member_id == member_id))


def _enrolment(row: Row[Any]) -> Enrolment:
    return Enrolment(
        id=row.id,
        public_id=row.public_id,
        member_id=row.member_id,
        session_id=row.session_id,
        sign_in_id=row.sign_in_id,
        replaces_id=row.replaces_id,
        vouched=row.vouched,
        name=row.name,
        sealed_secret=Sealed(row.seal_key_id, row.sealed_secret),
        tries=row.tries,
        begun_at=row.begun_at,
        expires_at=row.expires_at,
    )
