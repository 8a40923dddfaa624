"""Whether a SQLite file is being served: what is must not be put aside for another."""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from app.storage.database import Database


class InServiceError(Exception):
    """Its text is the plain sentence to show."""


def serving(database: Database) -> AbstractContextManager[None]:
    """For as long as a server runs. PostgreSQL knows by itself who is connected."""
    return _locked(database, fcntl.LOCK_SH) if database.path else nullcontext()


def taken_out(database: Database) -> AbstractContextManager[None]:
    """While nobody serves it, and nobody can begin to. Raises InServiceError."""
    return _locked(database, fcntl.LOCK_EX) if database.path else nullcontext()


@contextmanager
def _locked(database: Database, how: int) -> Iterator[None]:
    assert database.path is not None  # noqa: S101 -- looked at by both callers
    with database.path.with_suffix(".in-service").open("w") as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InServiceError(f"{database.path} is in use by a running server. Stop it first.") from None
        yield
