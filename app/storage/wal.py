"""SQLite's write-ahead log, which grows for as long as somebody always reads."""

import sqlite3
from contextlib import closing

from app.storage.database import Database, UnavailableError

_PATIENCE_SECONDS = 0.5


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
