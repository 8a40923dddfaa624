"""Putting a backup in the place of a SQLite database, which is put aside and never deleted."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, inspect

from app.domain.operating import NotDoneError
from app.storage import backup_marks, diagnosis
from app.storage.backups import faults_said
from app.storage.disk import synchronize
from app.storage.tables import key_check, member

_SUFFIXES = ("-wal", "-journal")  # what SQLite may need beside a file that was not closed in peace
_SMALLEST = 512  # bytes that a page has at least
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def stage(file: Path, staging: Path) -> None:
    """Copy the backup beside its future place, in one file; the backup itself is only read. Raises NotDoneError."""
    if not file.is_file():
        raise NotDoneError(f"There is no file {file}.")
    with faults_said(f"{file} cannot be read as a database"):
        source = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(staging, isolation_level=None)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")


def is_ours(db: Connection) -> bool:
    """Whether it is a database of Sparekey's at all, of whatever version."""
    there = inspect(db)
    return all(there.has_table(name) for name in ("alembic_version", key_check.name, member.name))


def mark(db: Connection, now: datetime) -> datetime:
    """See that it carries a mark, also where it was copied without us; as of when it is, as far as that is known."""
    taken_at = backup_marks.find(db)
    if taken_at is None:
        taken_at = diagnosis.newest_event(db) or now
        backup_marks.put(db, taken_at)
    return taken_at


def put_in_place(staging: Path, database: Path, now: datetime) -> Path | None:
    """Where the database before it was put; None where there was none. Nobody may serve or use it.

    At each moment there is a whole database under the name, first the old one and then the new one. Raises
    NotDoneError.
    """
    with faults_said("The backup could not be prepared"), closing(_opened(staging)) as db:
        db.execute("PRAGMA journal_mode=DELETE")  # all of it in the one file
    _hand_over(staging, (database if database.exists() else database.parent).stat())
    aside = _put_aside(database, now) if database.exists() else None
    synchronize(staging)
    for suffix in _SUFFIXES:  # of the old one, which the new one must not take for its own
        _beside(database, suffix).unlink(missing_ok=True)
    staging.replace(database)
    _beside(database, "-shm").unlink(missing_ok=True)
    synchronize(database.parent)
    return aside


def _hand_over(file: Path, owner: os.stat_result) -> None:
    """Done by root, it is the file of who serves all the same."""
    if os.geteuid() == 0:
        os.chown(file, owner.st_uid, owner.st_gid)


def _put_aside(database: Path, now: datetime) -> Path:
    aside = database.with_name(f"{database.stem}-before-restore-{now:%Y%m%dT%H%M%SZ}{database.suffix}")
    if aside.exists() and aside.samefile(database):  # a restore was killed in this very second
        return aside
    logs = {_beside(database, suffix): _beside(aside, suffix) for suffix in _SUFFIXES}
    for log, kept in logs.items():  # before anything is opened, since SQLite deletes what it cannot read
        if log.exists():
            _also_named(log, kept)
    damaged = False
    try:
        damaged = not _fold_in(database)
    finally:
        if not damaged:
            for kept in logs.values():
                kept.unlink(missing_ok=True)
    _also_named(database, aside)
    synchronize(database.parent)
    return aside


def _fold_in(database: Path) -> bool:
    """Bring the file and its log together, so that it can be put aside as one; False where it is damaged.

    Raises NotDoneError where somebody still uses it.
    """
    if database.stat().st_size < _SMALLEST:  # SQLite would take it for a new one
        return False
    try:
        with closing(_opened(database)) as db:
            db.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as problem:
        if problem.sqlite_errorcode & 0xFF in _LOCKED:
            raise NotDoneError(f"{database} is being used by another command. Let that finish first.") from None
        return False
    return True


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=1, isolation_level=None)


def _also_named(file: Path, name: Path) -> None:
    try:
        name.hardlink_to(file)
    except FileExistsError:
        raise NotDoneError(f"{name} exists already: wait a second, and restore again.") from None
    except OSError:  # some file systems know no second name for a file
        name.touch(mode=0o600)
        shutil.copyfile(file, name)
        synchronize(name)


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(os.fspath(file.name) + suffix)
