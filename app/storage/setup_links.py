"""The link that makes the first owner: one at a time."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from app.storage.tables import setup_link


def replace(db: Connection, *, token_hash: bytes, now: datetime, expires_at: datetime) -> None:
    db.execute(delete(setup_link))
    db.execute(insert(setup_link).values(token_hash=token_hash, made_at=now, expires_at=expires_at))


def is_open(db: Connection, token_hash: bytes, now: datetime) -> bool:
    wanted = select(setup_link.c.id).where(setup_link.c.token_hash == token_hash, setup_link.c.expires_at > now)
    return db.execute(wanted).one_or_none() is not None


def claim(db: Connection, token_hash: bytes, now: datetime) -> bool:
    """Use the link up. False when it was used, replaced or has expired."""
    open_still = delete(setup_link).where(setup_link.c.token_hash == token_hash, setup_link.c.expires_at > now)
    return db.execute(open_still).rowcount == 1
