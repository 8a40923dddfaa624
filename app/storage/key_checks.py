"""A sealed word for each key ever used, by which a missing or wrong key shows at start."""

from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.keyring import Sealed
from app.storage.tables import key_check
from app.storage.upserts import upsert


def all_kept(db: Connection) -> list[Sealed]:
    return [Sealed(row.key_id, row.sealed) for row in db.execute(select(key_check).order_by(key_check.c.key_id))]


def add(db: Connection, sealed: Sealed, now: datetime) -> None:
    """Nothing where another node, starting at the same moment, has added the key's word before us."""
    word = upsert(db, key_check).values(key_id=sealed.key_id, sealed=sealed.blob, added_at=now)
    db.execute(word.on_conflict_do_nothing())
