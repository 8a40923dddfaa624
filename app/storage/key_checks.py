"""What the database knows of the keys: a sealed word for each, by which a missing or wrong key shows.

A key that was retired keeps its row, with the word erased, so that nobody can bring the key back: a process that was
not told of newer keys would go on sealing with it, and nobody else could open that. Therefore, whoever seals holds the
row of the key until the end of the transaction (`hold`); retiring waits for those who hold it, and whoever comes later
finds the word gone. What was found to depend on the key while its row is held for retiring is all that ever will.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, select, update

from app.domain.events import NOWHERE, OPERATOR, Act
from app.domain.keyring import BrokenSealError, KeyRing, Sealed
from app.storage import events
from app.storage.database import Database
from app.storage.key_file import UnfitKeysError
from app.storage.tables import key_check, organization
from app.storage.upserts import upsert

_WORD = b"Whoever reads this has the right key."
_ERASED = b""


@dataclass(frozen=True, slots=True)
class KnownKey:
    """`word` is None once the key is retired."""

    id: int
    word: Sealed | None
    added_at: datetime

    @property
    def retired(self) -> bool:
        return self.word is None


def all_known(db: Connection) -> list[KnownKey]:
    return [_known(row) for row in db.execute(select(key_check).order_by(key_check.c.key_id))]


def find(db: Connection, key_id: int) -> KnownKey | None:
    row = db.execute(select(key_check).where(key_check.c.key_id == key_id)).one_or_none()
    return _known(row) if row else None


def missing(db: Connection, ring: KeyRing) -> set[int]:
    """Keys that the database knows and this ring does not have."""
    return {key.id for key in all_known(db) if not key.retired} - set(ring.keys)


def hold(db: Connection, key_id: int, *, to_retire: bool = False) -> KnownKey | None:
    """The key, which until the transaction ends nobody retires; others may hold it as well, unless it is to retire."""
    wanted = select(key_check).where(key_check.c.key_id == key_id).with_for_update(read=not to_retire)
    row = db.execute(wanted).one_or_none()
    return _known(row) if row else None


def retire(db: Connection, key_id: int) -> bool:
    """Erase the word of a key that is held to retire. False where it was erased already."""
    known = update(key_check).where(key_check.c.key_id == key_id, key_check.c.sealed != _ERASED)
    return db.execute(known.values(sealed=_ERASED)).rowcount == 1


def admit(database: Database, ring: KeyRing, now: datetime) -> None:
    """See that the ring fits the database, which learns of keys that are new to it. Raises UnfitKeysError.

    The same at the start as when a running process finds a new ring: a wrong key must never get to seal anything.
    """
    with database.reading() as db:
        known = all_known(db)
    _require_fit(ring.at(now), known)
    if new := sorted(set(ring.keys) - {key.id for key in known}):
        with database.writing() as db:
            _require_fit(ring.at(now), all_known(db))
            for key_id in new:
                _add(db, ring, key_id, now, noted=bool(known))


def require_fit(db: Connection, ring: KeyRing) -> None:
    """That the ring opens what this database holds, which learns nothing of it. Raises UnfitKeysError."""
    _require_fit(ring, all_known(db))


def _require_fit(ring: KeyRing, known: list[KnownKey]) -> None:
    in_use = {ring.current, *([ring.next.id] if ring.next else [])}
    for key in known:
        if key.word is None:
            if key.id in in_use:
                raise UnfitKeysError(f"Key {key.id} was retired. This key ring is an older one: use the newest copy.")
            continue
        if key.id not in ring.keys:
            raise UnfitKeysError(
                f"Key {key.id} is missing from the key ring here, and the database knows it: it is in use, or soon is. "
                "Use the newest copy of the key ring; after restoring a backup, the one from when it was taken."
            )
        try:
            ring.open(key.word, _context(key.id))
        except BrokenSealError:
            raise UnfitKeysError(
                f"Key {key.id} of the key ring is not the one the database was sealed with. "
                "Is it the key ring of another database?"
            ) from None


def _add(db: Connection, ring: KeyRing, key_id: int, now: datetime, *, noted: bool) -> None:
    """Nothing where another process has added the key's word before us; else every organization's log has it."""
    word = KeyRing(key_id, ring.keys).seal(_WORD, _context(key_id))
    added = upsert(db, key_check).values(key_id=key_id, sealed=word.blob, added_at=now)
    if db.execute(added.on_conflict_do_nothing().returning(key_check.c.key_id)).first() and noted:
        note(db, Act.KEY_ROTATED, key_id, now)


def note(db: Connection, act: Act, key_id: int, now: datetime) -> None:
    """In the log of every organization, since the keys are everybody's."""
    live = select(organization.c.id).where(organization.c.ended_at.is_(None)).order_by(organization.c.id)
    for organization_id in db.execute(live).scalars().all():
        events.add(
            db,
            act,
            organization_id=organization_id,
            member_id=None,
            actor=OPERATOR,
            details={"key": key_id},
            origin=NOWHERE,
            now=now,
        )


def _known(row: Row[tuple[int, bytes, datetime]]) -> KnownKey:
    return KnownKey(row.key_id, Sealed(row.key_id, row.sealed) if row.sealed != _ERASED else None, row.added_at)


def _context(key_id: int) -> str:
    return f"key-check|{key_id}"
