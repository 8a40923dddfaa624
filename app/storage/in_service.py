"""Whether a database is being served: what is must not be put aside for another, or believed to stand still."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection

from app.storage.database import Database
from app.storage.diagnosis import others_connected

_LOOKS, _PAUSE_SECONDS = 5, 0.2


class InServiceError(Exception):
    """Its text is the plain sentence to show."""


def serving(database: Database) -> AbstractContextManager[None]:
    """For as long as a server runs. Raises InServiceError. PostgreSQL knows by itself who is connected."""
    said = "is being put in place or moved away by another command. Wait until that is done."
    return _locked(database.path, fcntl.LOCK_SH, said) if database.path else nullcontext()


def taken_out(database: Database) -> AbstractContextManager[None]:
    """While nobody serves it, and nobody can begin to. Raises InServiceError."""
    said = "is in use by a running server. Stop it first."
    return _locked(database.path, fcntl.LOCK_EX, said) if database.path else nullcontext()


def require_nobody_else(db: Connection) -> None:
    """On PostgreSQL: that no other process of ours is connected to the database. Raises InServiceError."""
    for _ in range(_LOOKS):
        others = others_connected(db)
        if not others:
            return
        time.sleep(_PAUSE_SECONDS)  # one that has just been stopped is still there for a moment
    raise InServiceError(
        f"{others} connection{'' if others == 1 else 's'} of other Sparekey processes to this database are open. "
        "Stop every server first."
    )


@contextmanager
def _locked(path: Path, how: int, said: str) -> Iterator[None]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.with_suffix(".in-service").open("w") as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InServiceError(f"{path} {said}") from None
        yield
