"""Fresh, migrated databases: each kind is migrated once a run, and every test gets a copy."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Dialect

from app.storage import migrations
from app.storage.database import Database
from tests.support.clock import A_MONDAY
from tests.support.postgres import Postgres


class SqliteFiles:
    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.sqlite3"
        _migrate(f"sqlite:///{self._template}")

    def copied_to(self, folder: Path) -> str:
        """The URL of a new database in that folder."""
        path = folder / "sparekey.sqlite3"
        shutil.copy(self._template, path)
        return f"sqlite:///{path}"


class PostgresDatabases:
    def __init__(self, postgres: Postgres) -> None:
        self._postgres = postgres
        self._template = postgres.create()
        _migrate(postgres.url(self._template))

    @contextmanager
    def copied(self) -> Iterator[str]:
        """The URL of a new database, which is dropped afterwards."""
        with self._made(self._postgres.create(template=self._template)) as url:
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Likewise, with nothing in it."""
        with self._made(self._postgres.create()) as url:
            yield url

    @contextmanager
    def _made(self, name: str) -> Iterator[str]:
        yield self._postgres.url(name)
        self._postgres.drop(name)


def _migrate(url: str) -> None:
    database = Database(url)
    migrations.upgrade(database, A_MONDAY)
    database.close()


_COMPILED: dict[str, tuple[Dialect, Any]] = {}


def with_shared_statements(database: Database) -> Database:
    """Let it use the statements that the databases of earlier tests have compiled: that is half the time of a test.

    SQLAlchemy keeps them by engine and dialect, and every test has an engine of its own.
    """
    engine = database.engine
    with database.reading():
        pass  # the first connection tells the dialect what server it speaks to
    dialect, statements = _COMPILED.setdefault(engine.name, (engine.dialect, engine._compiled_cache))
    engine.dialect, engine._compiled_cache = dialect, statements
    return database
