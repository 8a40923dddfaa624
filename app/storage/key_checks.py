"""A sealed word for each key ever used, by which a missing or wrong key shows at start."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from app.domain.keyring import Sealed
from app.storage.tables import key_check


def all_kept(db: Connection) -> list[Sealed]:
    return [Sealed(row.key_id, row.sealed) for row in db.execute(select(key_check).order_by(key_check.c.key_id))]


def add(db: Connection, sealed: Sealed, now: datetime) -> None:
    db.execute(insert(key_check).values(key_id=sealed.key_id, sealed=sealed.blob, added_at=now))
