"""The portal: what every service is handed, and the transaction that every step is."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection

from app.config import Settings
from app.domain.attempts import Budget
from app.domain.events import NOWHERE, Actor, Origin
from app.domain.happenings import Happening
from app.domain.keyring import KeyRing
from app.domain.passwords import PasswordHasher
from app.storage.database import Database, UnavailableError
from app.storage.key_source import RingInFile
from app.storage.keys_in_use import KeysInUse

__all__ = ["Clock", "Portal", "SystemClock", "Transaction", "UnavailableError"]


class Clock(Protocol):
    def now(self) -> datetime: ...


class SystemClock:
    """The only place where the time is read."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Observer(Protocol):
    """Counts what happens, for monitoring."""

    def happened(self, happenings: Sequence[Happening]) -> None:
        """After the transaction in which it did: what was rolled back has not happened."""

    def answered(self, *, method: str, rule: str | None, status: int, seconds: float) -> None:
        """A request, by the rule of its route."""


class _Nobody:
    def happened(self, happenings: Sequence[Happening]) -> None:
        pass

    def answered(self, *, method: str, rule: str | None, status: int, seconds: float) -> None:
        pass


NOBODY: Observer = _Nobody()


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open transaction; `now` was read once, so that one act has one time, and `origin` is where it came from.

    `by` is whoever acts in all of it, where that is not the member it is about.
    """

    db: Connection
    now: datetime
    origin: Origin
    keys: KeysInUse
    settings: Settings
    by: Actor | None = None
    happenings: list[Happening] = field(default_factory=list)

    def note(self, happening: Happening) -> None:
        """For whoever counts, once this transaction is over."""
        self.happenings.append(happening)

    @property
    def budget(self) -> Budget:
        return Budget(self.settings.lock_after, timedelta(minutes=self.settings.lock_minutes))


@dataclass(frozen=True)
class Portal:
    """`ring_from` is the key ring itself, or the file which it is to be looked up in time and again."""

    settings: Settings
    database: Database
    ring_from: KeyRing | RingInFile
    clock: Clock
    hasher: PasswordHasher
    observer: Observer = NOBODY

    @property
    def keys(self) -> KeyRing:
        """The ring as it is in force now."""
        return self._newest_ring().at(self.clock.now())

    @contextmanager
    def reading(self, origin: Origin = NOWHERE) -> Iterator[Transaction]:
        ring = self._newest_ring()
        with self.database.reading() as db:
            yield (tx := self._transaction(db, ring, origin))
        self._tell(tx)

    @contextmanager
    def writing(self, origin: Origin = NOWHERE, *, by: Actor | None = None) -> Iterator[Transaction]:
        ring = self._newest_ring()
        with self.database.writing() as db:
            yield (tx := self._transaction(db, ring, origin, by))
        self._tell(tx)

    def _transaction(self, db: Connection, ring: KeyRing, origin: Origin, by: Actor | None = None) -> Transaction:
        now = self.clock.now()
        return Transaction(db, now, origin, KeysInUse(ring.at(now), db), self.settings, by)

    def _newest_ring(self) -> KeyRing:
        """Looked for before the transaction begins, since taking up another one is a transaction of its own."""
        held = self.ring_from
        return held if isinstance(held, KeyRing) else held.ring(self.clock.now())

    def _tell(self, tx: Transaction) -> None:
        if tx.happenings:
            self.observer.happened(tx.happenings)
