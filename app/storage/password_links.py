"""Links that set a password, once."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from app.domain.events import Actor
from app.domain.members import Member
from app.domain.passes import PasswordLink
from app.storage.tables import password_link


def replace(
    db: Connection, who: Member, *, token_hash: bytes, made_by: Actor, reason: str, now: datetime, expires_at: datetime
) -> None:
    """Make one, and void those before."""
    void_all(db, who.id, now)
    db.execute(
        insert(password_link).values(
            public_id=uuid4(),
            member_id=who.id,
            organization_id=who.organization_id,
            token_hash=token_hash,
            made_by=made_by.kind,
            made_by_member_id=made_by.member_id,
            reason=reason,
            made_at=now,
            expires_at=expires_at,
        )
    )


def find_by_token(db: Connection, token_hash: bytes, now: datetime) -> PasswordLink | None:
    link = password_link.c
    wanted = link.token_hash == token_hash, link.used_at.is_(None), link.voided_at.is_(None), link.expires_at > now
    row = db.execute(select(password_link).where(*wanted)).one_or_none()
    return PasswordLink(row.id, row.member_id, row.expires_at) if row else None


def use(db: Connection, link_id: int, now: datetime) -> bool:
    link = password_link.c
    unused = update(password_link).where(link.id == link_id, link.used_at.is_(None), link.voided_at.is_(None))
    return db.execute(unused.values(used_at=now)).rowcount == 1


def void_all(db: Connection, member_id: int, now: datetime) -> None:
    link = password_link.c
    unused = update(password_link).where(link.member_id == member_id, link.used_at.is_(None), link.voided_at.is_(None))
    db.execute(unused.values(voided_at=now))
