"""The connection to SQLite or PostgreSQL, and the only place that begins, commits and rolls back."""

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError
from typing import Any, cast

from psycopg import Connection as PostgresConnection
from psycopg import OperationalError as PostgresError
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import NullPool

from app.storage.bounded_connection import BoundedConnection

_BUSY_SECONDS = 5.0
_CONNECT_SECONDS = 3
_LOOK_AGAIN_SECONDS = 0.2
# The server's own limits come before the connection's, so that it says itself what took too long. What nobody finishes,
# since its process hangs or is cut off, must not hold rows against the other nodes for ever. And a server that was told
# to answer before a commit has reached the disk would un-spend codes when it falls: not in our sessions.
_LIMITS = """SELECT set_config('lock_timeout', '5s', false), set_config('statement_timeout', '15s', false),
    set_config('idle_in_transaction_session_timeout', '60s', false), set_config('synchronous_commit',
    replace(current_setting('synchronous_commit'), 'off', 'on'), false)"""
_CONNECTING = {"connect_timeout": str(_CONNECT_SECONDS)}
_WRITABLE = "SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off'"
_TAKES_NO_WRITING = (
    "this PostgreSQL server takes no writing: it is a replica, or was set to read-only. "
    "DATABASE_URL must lead to the one that is written to."
)
_WITHOUT_LIMITS = """SELECT set_config('lock_timeout', '0', true), set_config('statement_timeout', '0', true),
    set_config('idle_in_transaction_session_timeout', '0', true)"""
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
    def snapshot(self) -> Iterator[Connection]:
        """For reading everything as it is at one moment, however long that takes."""
        with _faults_named(), self.engine.connect() as connection:
            if not self.on_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin(), self._without_limits(connection):
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
                with connection.begin(), self._without_limits(connection):
                    yield connection
                    if self.on_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                        raise BrokenReferencesError(f"{len(broken)} rows would point nowhere; nothing was changed")
            finally:
                self._foreign_keys(connection, "ON")

    @contextmanager
    def alone(self, number: int) -> Iterator[None]:
        """On PostgreSQL: of all who ask by that number, on all nodes, one at a time; the others wait for their turn.

        They ask again and again, since a statement that waits would run into its limit, and since the one whose turn
        it is would have a transaction open for as long as it takes.
        """
        with _faults_named(), self.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            while not connection.execute(text("SELECT pg_try_advisory_lock(:number)"), {"number": number}).scalar_one():
                time.sleep(_LOOK_AGAIN_SECONDS)
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})

    def sweep(self) -> None:
        """Leave nothing of what was deleted, as far as a database can. On SQLite the log beside it is left to empty.

        Raises UnavailableError where others write for too long.
        """
        with self._turn(), _faults_named(), self.engine.connect() as connection:
            if self.on_sqlite:
                cast("SqliteConnection", connection.connection.dbapi_connection).execute("VACUUM")
                return
            connection.execution_options(isolation_level="AUTOCOMMIT")
            bounded = cast("BoundedConnection", connection.connection.dbapi_connection)
            with bounded.unbounded():
                connection.exec_driver_sql("SET statement_timeout = 0")
                connection.exec_driver_sql("SET lock_timeout = 0")
                connection.exec_driver_sql("VACUUM")
            connection.invalidate()  # nobody else is to get a connection without limits

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

    @contextmanager
    def _without_limits(self, connection: Connection) -> Iterator[None]:
        """Rebuilding a large table takes as long as it takes."""
        if self.on_sqlite:
            yield
            return
        bounded = cast("BoundedConnection", connection.connection.dbapi_connection)
        with bounded.unbounded():
            connection.exec_driver_sql(_WITHOUT_LIMITS)
            yield

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
        address = make_url(url).set(drivername="postgresql+psycopg")
        engine = create_engine(
            address.update_query_dict({**_CONNECTING, **_called(), **_if_several(address), **address.query}),
            hide_parameters=True,  # they hold addresses and hashes, and errors are logged
            pool_size=connections,
            max_overflow=0,
            pool_timeout=_BUSY_SECONDS,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
        )

        @event.listens_for(engine, "do_connect")
        def _connect(_dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]) -> BoundedConnection:
            return BoundedConnection.connect(*arguments, **options)

        @event.listens_for(engine, "connect")
        def _prepare(connection: PostgresConnection[Any], _record: Any) -> None:
            connection.execute(_LIMITS)
            (writable,) = connection.execute(_WRITABLE).fetchone() or (False,)
            connection.commit()
            if not writable:
                raise PostgresError(_TAKES_NO_WRITING)

        return engine


def _called() -> dict[str, str]:
    """A name of its own for each process, by which it tells its connections from those of others."""
    return {"application_name": f"sparekey-{secrets.token_hex(6)}"}


def _if_several(address: URL) -> dict[str, str]:
    """Of several servers that are named, such as a primary and its replica, the one that is written to."""
    named = ",".join([address.host or "", *(str(host) for host in address.normalized_query.get("host", ()))])
    return {"target_session_attrs": "read-write"} if "," in named.strip(",") else {}


@contextmanager
def plainly(path: Path) -> Iterator[Connection]:
    """A SQLite file in one transaction, without what our own connections switch on: no log comes to lie beside it."""
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool, hide_parameters=True)
    with engine.begin() as connection:
        yield connection


@contextmanager
def _faults_named() -> Iterator[None]:
    try:
        yield
    except (OperationalError, PoolTimeoutError) as problem:
        raise UnavailableError(str(problem.__cause__ or problem)) from problem
    except SqliteError as problem:
        raise UnavailableError(str(problem)) from problem
    except DBAPIError as problem:
        if problem.connection_invalidated or type(problem) is DatabaseError:  # such as a file that is no database
            raise UnavailableError(str(problem.orig)) from problem
        raise
