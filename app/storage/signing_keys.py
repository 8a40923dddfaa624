"""The keys that sign session tokens: the private half sealed, for as long as anything is signed with it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from app.domain.keyring import Sealed
from app.domain.signing_keys import NewKey, SigningKey
from app.storage.tables import signing_key


def add(
    db: Connection, project_id: int, key: NewKey, sealed_private: Sealed, *, now: datetime, signs_from: datetime
) -> None:
    db.execute(
        insert(signing_key).values(
            project_id=project_id,
            kid=key.kid,
            sealed_private=sealed_private.blob,
            seal_key_id=sealed_private.key_id,
            public=key.public,
            made_at=now,
            signs_from=signs_from,
        )
    )


def all_for(db: Connection, project_id: int) -> list[SigningKey]:
    """In the order in which they were made."""
    mine = select(signing_key).where(signing_key.c.project_id == project_id)
    return [_key(row) for row in db.execute(mine.order_by(signing_key.c.id))]


def all_sealed(db: Connection, *, without: int) -> list[SigningKey]:
    """Of all projects, those whose private half is sealed with another key of the ring than that one."""
    others = signing_key.c.sealed_private.is_not(None), signing_key.c.seal_key_id != without
    return [_key(row) for row in db.execute(select(signing_key).where(*others).order_by(signing_key.c.id))]


def erase_private(db: Connection, key_id: int) -> None:
    erased = {"sealed_private": None, "seal_key_id": None}
    db.execute(update(signing_key).where(signing_key.c.id == key_id).values(**erased))


def replace_sealed(db: Connection, key: SigningKey, sealed: Sealed) -> bool:
    """Only where it still is what was opened."""
    assert key.sealed_private is not None  # noqa: S101 -- it was opened
    same = signing_key.c.id == key.id, signing_key.c.sealed_private == key.sealed_private.blob
    changed = {"sealed_private": sealed.blob, "seal_key_id": sealed.key_id}
    return db.execute(update(signing_key).where(*same).values(**changed)).rowcount == 1


def _key(row: Row[Any]) -> SigningKey:
    return SigningKey(
        id=row.id,
        kid=row.kid,
        sealed_private=Sealed(row.seal_key_id, row.sealed_private) if row.sealed_private else None,
        public=row.public,
        made_at=row.made_at,
        signs_from=row.signs_from,
    )
