"""The key ring as it is in its file now: a running process follows the file, and is never brought down by it."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from app.domain.keyring import KeyRing
from app.storage import key_file
from app.storage.database import Database, UnavailableError
from app.storage.key_checks import admit
from app.storage.key_file import State, UnfitKeysError

_AGAIN_AFTER = timedelta(seconds=10)

_log = structlog.get_logger()


class RingInFile:
    """One a process. Looking whether the file is another one costs a microsecond or two, so each transaction does."""

    def __init__(self, path: Path, database: Database, now: datetime) -> None:
        """Raises UnfitKeysError."""
        self.path = path
        self._database = database
        self._turn = threading.Lock()
        found = key_file.find(path)
        admit(database, found.ring, now)
        self._ring = found.ring
        self._state: State | None = found.state
        self._refused: tuple[State | None, datetime] | None = None

    def ring(self, now: datetime) -> KeyRing:
        """The newest that fits the database. What does not leaves the last good one, with a warning in the log."""
        state = key_file.state_of(self.path)
        if state != self._state and not self._refused_lately(state, now) and self._turn.acquire(blocking=False):
            try:
                self._take_up(state, now)
            finally:
                self._turn.release()
        return self._ring

    def change(self, changed: Callable[[KeyRing], KeyRing], now: datetime) -> KeyRing:
        """Put a changed ring in place of this one, for all processes that follow the file.

        Raises UnfitKeysError where the new one does not fit the database; then the old one is back in its place.
        """
        before = key_file.read(self.path)
        after = key_file.change(self.path, changed)
        try:
            admit(self._database, after, now)
        except UnfitKeysError:
            key_file.change(self.path, lambda there: before if there == after else there)
            raise
        return after

    def _take_up(self, state: State | None, now: datetime) -> None:
        try:
            found = key_file.find(self.path)
            admit(self._database, found.ring, now)
        except UnfitKeysError as problem:
            if self._refused is None or self._refused[0] != state:
                _log.warning("keys_not_taken_up", problem=str(problem))
            self._refused = state, now
        except UnavailableError:
            self._refused = state, now
        else:
            self._ring, self._state, self._refused = found.ring, found.state, None
            _log.info("keys_taken_up", current=found.ring.at(now).current, keys=sorted(found.ring.keys))

    def _refused_lately(self, state: State | None, now: datetime) -> bool:
        """It may fit later all the same, as when the database was away, or learns that a missing key is retired."""
        return bool(self._refused and self._refused[0] == state and abs(now - self._refused[1]) < _AGAIN_AFTER)
