"""Fresh, migrated databases: each kind is migrated once a run, and every test gets a copy."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
