"""Backups of a SQLite database: one file, taken while others write, that is whole or not there at all.

`VACUUM INTO` copies what one read transaction sees: writers go on meanwhile, and however much they write, it ends. (The
stepwise backup of SQLite begins anew whenever another process has written, so under load it never would.) It also
leaves out the free pages, in which deleted codes and erased people may linger.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from app.domain.members import Status
from app.domain.operating import NotDoneError
from app.storage import backup_marks
from app.storage.database import plainly
from app.storage.disk import synchronize
from app.storage.tables import member, organization


@dataclass(frozen=True, slots=True)
class Backup:
    """What is in a backup; `members` without those who were removed."""

    taken_at: datetime
    members: int
    organizations: int
    size: int


def take(database: Path, file: Path, now: datetime) -> Backup:
    """Raises NotDoneError, and then there is no such file."""
    if not file.parent.is_dir():
        raise NotDoneError(f"There is no folder {file.parent}: make it first.")
    if os.path.lexists(file):
        raise NotDoneError(f"{file} exists already, and a backup replaces nothing: choose another name.")
    with unfinished(file) as copy, faults_said(f"The backup could not be written to {file}"):
        copy_out(database, copy)
        with plainly(copy) as db:
            backup_marks.put(db, now)
        if damage := damage_in(copy):
            raise NotDoneError(f"There is damage in the database: {damage}. No backup was made of it.")
        backup = _looked_at(copy, now)
        publish(copy, file)
    return backup


def copy_out(database: Path, copy: Path) -> None:
    """What a reader of the database sees now, into an empty file. Raises sqlite3 errors."""
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)) as source:
        source.execute("VACUUM INTO ?", (str(copy),))


def damage_in(copy: Path) -> str | None:
    """In SQLite's words, or None for a file that is whole. Raises sqlite3 errors."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as db:
        (said,) = db.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            return str(said)
        nowhere = db.execute("PRAGMA foreign_key_check").fetchone()
        return f"a row of {nowhere[0]} points nowhere" if nowhere else None


@contextmanager
def unfinished(file: Path) -> Iterator[Path]:
    """An empty file beside the one to be made, and gone at the end whatever happens.

    It always has the same name, so that the next try clears away what a kill has left; a lock on it keeps two who want
    to make the same file apart.
    """
    path = file.with_name(f"{file.name}.unfinished")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        if not _ours_alone(descriptor, path):
            raise NotDoneError(f"{file} is being written by another command.")
        os.fchmod(descriptor, 0o600)
        os.ftruncate(descriptor, 0)
        _clear_beside(path)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)
            _clear_beside(path)
    finally:
        os.close(descriptor)


def publish(copy: Path, file: Path) -> None:
    """Give the finished copy its name, once it has reached the disk. Raises NotDoneError where the name is taken."""
    synchronize(copy)
    try:
        file.hardlink_to(copy)
    except FileExistsError:
        raise NotDoneError(f"{file} exists already, and a backup replaces nothing: choose another name.") from None
    except OSError:  # some file systems know no second name for a file
        copy.rename(file)
    synchronize(file.parent)


@contextmanager
def faults_said(what: str) -> Iterator[None]:
    """SQLite's errors as a sentence. Raises NotDoneError."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as problem:
        said = problem.orig if isinstance(problem, DBAPIError) else problem
        raise NotDoneError(f"{what}: {said}.") from problem


def _looked_at(copy: Path, taken_at: datetime) -> Backup:
    with plainly(copy) as db:
        present = select(func.count()).select_from(member).where(member.c.status != Status.REMOVED)
        live = select(func.count()).select_from(organization).where(organization.c.ended_at.is_(None))
        return Backup(
            taken_at=taken_at,
            members=db.execute(present).scalar_one(),
            organizations=db.execute(live).scalar_one(),
            size=copy.stat().st_size,
        )


def _ours_alone(descriptor: int, path: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.fstat(descriptor).st_ino == path.stat().st_ino  # not one that somebody has just finished with
    except (BlockingIOError, FileNotFoundError):
        return False


def _clear_beside(path: Path) -> None:
    for suffix in ("-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
