"""The portal: what every service is handed, and the transaction that every step is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection

from app.config import Settings
from app.domain.attempts import Budget
from app.domain.events import NOWHERE, Origin
from app.domain.keyring import KeyRing
from app.domain.passwords import PasswordHasher
from app.storage.database import Database, UnavailableError

__all__ = ["Clock", "Portal", "SystemClock", "Transaction", "UnavailableError"]


class Clock(Protocol):
    def now(self) -> datetime: ...


class SystemClock:
    """The only place where the time is read."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open transaction; `now` was read once, so that one act has one time, and `origin` is where it came from."""

    db: Connection
    now: datetime
    origin: Origin
    keys: KeyRing
    settings: Settings

    @property
    def budget(self) -> Budget:
        return Budget(self.settings.lock_after, timedelta(minutes=self.settings.lock_minutes))


@dataclass(frozen=True)
class Portal:
    settings: Settings
    database: Database
    keys: KeyRing
    clock: Clock
    hasher: PasswordHasher

    @contextmanager
    def reading(self, origin: Origin = NOWHERE) -> Iterator[Transaction]:
        with self.database.reading() as db:
            yield Transaction(db, self.clock.now(), origin, self.keys, self.settings)

    @contextmanager
    def writing(self, origin: Origin = NOWHERE) -> Iterator[Transaction]:
        with self.database.writing() as db:
            yield Transaction(db, self.clock.now(), origin, self.keys, self.settings)
