"""Bringing a database to the newest form: once, under a lock, with a backup of a SQLite file first."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.storage.database import Database

_FOLDER = Path(__file__).parent
_ADVISORY_LOCK = 0x5350_4152_454B_4559  # any number, the same for all nodes


class UnfitDatabaseError(Exception):
    """The database is not in the form this code was written for. Its text is the plain sentence to show."""


def upgrade(database: Database, now: datetime, *, keep_copy: bool = True) -> None:
    """Raises UnfitDatabaseError, and sqlite3 or database errors when the database cannot be migrated.

    The copy of a SQLite file is for turning back; what is a copy itself can do without.
    """
    if database.path:
        database.path.parent.mkdir(parents=True, exist_ok=True)
    with alone(database):
        current = _current(database)
        if current == _scripts().get_current_head():
            return
        if database.path and current is not None and keep_copy:
            _back_up(database.path, now)
        with database.migrating() as connection:
            command.upgrade(config_for(connection), "head")


def require_current(database: Database) -> None:
    """Raises UnfitDatabaseError."""
    missing = database.path is not None and not database.path.exists()
    if missing or _current(database) != _scripts().get_current_head():
        raise UnfitDatabaseError(
            "The database is not ready for this version yet: `sparekey serve` makes it so at its start."
        )


def is_begun(database: Database) -> bool:
    """Whether there is anything of ours in the database yet."""
    return _current(database) is not None


def is_current(connection: Connection) -> bool:
    """Whether the database has the form this code was written for."""
    return MigrationContext.configure(connection).get_current_revision() == _scripts().get_current_head()


def config_for(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """One at a time, of all processes and nodes that want to give the database its form."""
    if database.path:
        with database.path.with_suffix(".migrating").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    with database.alone(_ADVISORY_LOCK):
        yield


def _current(database: Database) -> str | None:
    with database.reading() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in _scripts().walk_revisions()}
    if current is not None and current not in known:
        raise UnfitDatabaseError(
            "The database was written by a newer version of Sparekey. "
            "Start that version, or restore a backup from before it."
        )
    return current


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_FOLDER))


def _back_up(path: Path, now: datetime) -> None:
    kept = path.with_name(f"{path.stem}-before-migration-{now:%Y%m%dT%H%M%SZ}{path.suffix}")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(kept)) as copy:
        source.backup(copy)
    kept.chmod(0o600)
