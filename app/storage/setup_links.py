"""The link that makes the first owner: one at a time."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from app.storage.tables import setup_link
from app.storage.upserts import upsert

_THE_ONLY = 1


def replace(db: Connection, *, token_hash: bytes, now: datetime, expires_at: datetime) -> None:
    """In one row that is always the same, so that of nodes that start at once only one link counts."""
    link = {"token_hash": token_hash, "made_at": now, "expires_at": expires_at}
    statement = upsert(db, setup_link).values(id=_THE_ONLY, **link)
    db.execute(statement.on_conflict_do_update(index_elements=["id"], set_=link))


def is_open(db: Connection, token_hash: bytes, now: datetime) -> bool:
    wanted = select(setup_link.c.id).where(setup_link.c.token_hash == token_hash, setup_link.c.expires_at > now)
    return db.execute(wanted).one_or_none() is not None


def claim(db: Connection, token_hash: bytes, now: datetime) -> bool:
    """Use the link up. False when it was used, replaced or has expired."""
    open_still = delete(setup_link).where(setup_link.c.token_hash == token_hash, setup_link.c.expires_at > now)
    return db.execute(open_still).rowcount == 1


def void(db: Connection) -> None:
    db.execute(delete(setup_link))
