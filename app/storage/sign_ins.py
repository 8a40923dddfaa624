"""Sign-ins in progress."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, insert, select

from app.domain.events import Origin
from app.domain.members import Member
from app.domain.sessions import SignIn
from app.storage.tables import sign_in


def add(
    db: Connection,
    who: Member,
    *,
    token_hash: bytes,
    audience: str,
    next_path: str | None,
    origin: Origin,
    now: datetime,
    expires_at: datetime,
) -> SignIn:
    statement = insert(sign_in).values(
        public_id=uuid4(),
        member_id=who.id,
        organization_id=who.organization_id,
        token_hash=token_hash,
        audience=audience,
        begun_at=now,
        expires_at=expires_at,
        next_path=next_path,
        browser=origin.browser,
        address=origin.address,
    )
    return _sign_in(db.execute(statement.returning(sign_in)).one())


def find_by_token(db: Connection, token_hash: bytes, *, audience: str, now: datetime) -> SignIn | None:
    wanted = select(sign_in).where(
        sign_in.c.token_hash == token_hash, sign_in.c.audience == audience, sign_in.c.expires_at > now
    )
    row = db.execute(wanted).one_or_none()
    return _sign_in(row) if row else None


def find_and_hold(db: Connection, seen: SignIn, now: datetime) -> SignIn | None:
    """The sign-in as it is now; None where it was completed or left since it was seen."""
    same = sign_in.c.id == seen.id, sign_in.c.public_id == seen.public_id
    wanted = select(sign_in).where(*same, sign_in.c.expires_at > now).with_for_update()
    row = db.execute(wanted).one_or_none()
    return _sign_in(row) if row else None


def claim(db: Connection, sign_in_id: int) -> bool:
    """Take the sign-in to make a session of it. False when that was done, or it was left."""
    return db.execute(delete(sign_in).where(sign_in.c.id == sign_in_id)).rowcount == 1


def end_all(db: Connection, member_id: int) -> None:
    db.execute(delete(sign_in).where(sign_in.c.member_id == member_id))


def _sign_in(row: Row[Any]) -> SignIn:
    return SignIn(
        id=row.id,
        public_id=row.public_id,
        member_id=row.member_id,
        organization_id=row.organization_id,
        begun_at=row.begun_at,
        expires_at=row.expires_at,
        next_path=row.next_path,
        browser=row.browser,
        address=row.address,
    )
