"""The connection to SQLite or PostgreSQL, and the only place that begins, commits and rolls back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

_BUSY_SECONDS = 5.0
_WRITING = "sparekey_writing"


class UnavailableError(Exception):
    """The database cannot be asked right now: it is down, full, or locked for longer than anybody should wait."""


class BrokenReferencesError(Exception):
    """A migration left rows that point nowhere."""


class Database:
    """One engine a process. The same statements run on both databases; only how a transaction begins differs."""

    def __init__(self, url: str, *, connections: int = 10) -> None:
        parsed = make_url(url)
        self.on_sqlite = parsed.get_backend_name() == "sqlite"
        self.path = Path(parsed.database) if self.on_sqlite and parsed.database else None
        # SQLite's own retry sleeps in steps that grow; within one process writers queue up here instead.
        self._turn_to_write = threading.Lock()
        self.engine = self._sqlite(url, connections) if self.on_sqlite else self._postgresql(url, connections)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with _faults_named(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Commits when the block ends, rolls back when it raises. Raises UnavailableError."""
        with self._turn(), _faults_named(), self.engine.connect() as connection:
            connection.execution_options(**{_WRITING: True})
            with connection.begin():
                yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Like writing, but foreign keys are off until the end and checked there, so that tables can be rebuilt.

        Dropping a rebuilt table with foreign keys on would delete what refers to it, and SQLite switches them only
        outside of a transaction.
        """
        with _faults_named(), self.engine.connect() as connection:
            self._foreign_keys(connection, "OFF")
            try:
                connection.execution_options(**{_WRITING: True})
                with connection.begin():
                    yield connection
                    if self.on_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                        raise BrokenReferencesError(f"{len(broken)} rows would point nowhere; nothing was changed")
            finally:
                self._foreign_keys(connection, "ON")

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.on_sqlite:
            yield
            return
        if not self._turn_to_write.acquire(timeout=_BUSY_SECONDS):
            raise UnavailableError("others have been writing for too long")
        try:
            yield
        finally:
            self._turn_to_write.release()

    def _foreign_keys(self, connection: Connection, state: str) -> None:
        if self.on_sqlite:
            cast("SqliteConnection", connection.connection.dbapi_connection).execute(f"PRAGMA foreign_keys={state}")

    @staticmethod
    def _sqlite(url: str, connections: int) -> Engine:
        engine = create_engine(
            url,
            hide_parameters=True,
            pool_size=connections,
            max_overflow=0,
            pool_timeout=_BUSY_SECONDS,
            connect_args={"timeout": _BUSY_SECONDS},
        )

        @event.listens_for(engine, "connect")
        def _prepare(connection: SqliteConnection, _record: Any) -> None:
            connection.isolation_level = None  # the driver must not begin transactions of its own
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")  # NORMAL can un-spend a code when the power goes
            connection.execute("PRAGMA foreign_keys=ON")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            writing = connection.get_execution_options().get(_WRITING)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

        return engine

    @staticmethod
    def _postgresql(url: str, connections: int) -> Engine:
        return create_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            hide_parameters=True,  # they hold addresses and hashes, and errors are logged
            pool_size=connections,
            max_overflow=0,
            pool_timeout=_BUSY_SECONDS,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
        )


@contextmanager
def _faults_named() -> Iterator[None]:
    try:
        yield
    except (OperationalError, PoolTimeoutError) as problem:
        raise UnavailableError(str(problem.__cause__ or problem)) from problem
    except DBAPIError as problem:
        if problem.connection_invalidated or type(problem) is DatabaseError:  # such as a file that is no database
            raise UnavailableError(str(problem.orig)) from problem
        raise
