"""Browsers from which a member has signed in completely: one cookie a browser, a row a member."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, delete, select

from app.domain.members import Member
from app.domain.sessions import KnownBrowser
from app.storage.tables import known_browser
from app.storage.upserts import upsert


def remember(
    db: Connection, who: Member, *, token_hash: bytes, browser: str, now: datetime, expires_at: datetime
) -> None:
    statement = upsert(db, known_browser).values(
        public_id=uuid4(),
        member_id=who.id,
        organization_id=who.organization_id,
        token_hash=token_hash,
        browser=browser,
        known_since=now,
        last_seen_at=now,
        expires_at=expires_at,
    )
    seen_again = {"browser": browser, "last_seen_at": now, "expires_at": expires_at}
    db.execute(statement.on_conflict_do_update(index_elements=["member_id", "token_hash"], set_=seen_again))


def is_ours(db: Connection, token_hash: bytes) -> bool:
    """Whether we gave the token to some browser, for whichever member."""
    wanted = select(known_browser.c.id).where(known_browser.c.token_hash == token_hash).limit(1)
    return db.execute(wanted).first() is not None


def is_known(db: Connection, member_id: int, token_hash: bytes, now: datetime) -> bool:
    return find(db, member_id, token_hash, now) is not None


def find(db: Connection, member_id: int, token_hash: bytes, now: datetime) -> KnownBrowser | None:
    known = known_browser.c
    wanted = known.member_id == member_id, known.token_hash == token_hash, known.expires_at > now
    row = db.execute(select(known_browser).where(*wanted)).one_or_none()
    return _known_browser(row) if row else None


def all_for(db: Connection, member_id: int, now: datetime) -> list[KnownBrowser]:
    known = known_browser.c
    wanted = select(known_browser).where(known.member_id == member_id, known.expires_at > now)
    return [_known_browser(row) for row in db.execute(wanted.order_by(known.last_seen_at.desc()))]


def forget(db: Connection, member_id: int, public_id: UUID) -> bool:
    known = known_browser.c
    mine = delete(known_browser).where(known.member_id == member_id, known.public_id == public_id)
    return db.execute(mine).rowcount == 1


def forget_all(db: Connection, member_id: int) -> None:
    db.execute(delete(known_browser).where(known_browser.c.member_id == member_id))


def _known_browser(row: Row[Any]) -> KnownBrowser:
    return KnownBrowser(
        id=row.id,
        public_id=row.public_id,
        member_id=row.member_id,
        browser=row.browser,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
    )
