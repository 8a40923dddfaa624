"""SQLite's write-ahead log, which grows for as long as somebody always reads."""

import sqlite3
import time
from contextlib import closing

from app.storage.database import Database, UnavailableError

_PATIENCE_SECONDS = 0.5
_PAUSE_SECONDS = 1.0
_TRIES = 10


def emptied(database: Database) -> bool:
    """For whom it must be now: tried again and again for some seconds, with time between for those who write."""
    for _ in range(_TRIES):
        if empty(database):
            return True
        time.sleep(_PAUSE_SECONDS)
    return False


def empty(database: Database) -> bool:
    """Write it into the database file and cut it off. False where others were reading: next time, then."""
    if database.path is None or not database.path.exists():
        return True
    try:
        # On a connection of its own: the patience of the others would let writers wait for as long as readers read.
        with closing(sqlite3.connect(database.path, timeout=_PATIENCE_SECONDS)) as connection:
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as problem:
        raise UnavailableError(str(problem)) from problem
    return not busy
