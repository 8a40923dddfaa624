"""Bringing a database to the newest form: once, under a lock, with a backup of a SQLite file first."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.domain.operating import NotDoneError
from app.storage.backups import copy_out, faults_said, publish, unfinished
from app.storage.database import BrokenReferencesError, Database

_FOLDER = Path(__file__).parent
_ADVISORY_LOCK = 0x5350_4152_454B_4559  # any number, the same for all nodes


class UnfitDatabaseError(Exception):
    """The database is not in the form this code was written for. Its text is the plain sentence to show."""


def upgrade(database: Database, now: datetime, *, keep_copy: bool = True) -> None:
    """Raises UnfitDatabaseError, and UnavailableError where the database is away.

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
        try:
            with database.migrating() as connection:
                command.upgrade(config_for(connection), "head")
        except (DBAPIError, BrokenReferencesError) as problem:
            raise UnfitDatabaseError(
                f"The database cannot be brought to its newest form: {_said(problem)}."
            ) from problem


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


def serves(connection: Connection) -> bool:
    """Whether this code can work with the database as it is: in the form it was written for, or in a newer one.

    While nodes are upgraded one after the other the older ones go on, since migrations only add to what is there.
    """
    current, scripts = MigrationContext.configure(connection).get_current_revision(), _scripts()
    older = {script.revision for script in scripts.walk_revisions()} - {scripts.get_current_head()}
    return current is not None and current not in older


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
    """Whole and on the disk, or not there at all. Raises UnfitDatabaseError."""
    kept = path.with_name(f"{path.stem}-before-migration-{now:%Y%m%dT%H%M%SZ}{path.suffix}")
    if kept.exists():  # whole, from a migration that was killed in this very second
        return
    try:
        with unfinished(kept) as copy, faults_said(f"There is no copy {kept} of the database, so it is not migrated"):
            copy_out(path, copy)
            publish(copy, kept)
    except NotDoneError as problem:
        raise UnfitDatabaseError(str(problem)) from problem


def _said(problem: Exception) -> str:
    """In the database's own words, without the statement: it may be long."""
    words = problem.orig if isinstance(problem, DBAPIError) else problem
    return str(words).splitlines()[0]
