"""A scene that is made once a run, with the database as it was then: whoever walks through it has a copy."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from app import create_app
from app.config import Settings
from app.domain.keyring import KeyRing
from app.domain.passwords import PasswordHasher
from app.portal import Portal
from app.storage.database import Database
from tests.support.applications import Caller, made
from tests.support.clock import TestClock
from tests.support.databases import SqliteFiles, with_shared_statements
from tests.support.people import People
from tests.support.wires import Scene


@dataclass(frozen=True)
class Stages:
    """What it takes to make scenes."""

    files: SqliteFiles
    keys: KeyRing
    hasher: PasswordHasher

    @contextmanager
    def made_in(self, instance: Path, **wishes: int) -> Iterator[Scene]:
        """A new one, with a portal of its own in that folder."""
        usual = Settings(instance=instance, database_url=self.files.copied_to(instance))
        settings = usual.model_copy(update=wishes)
        with closing(with_shared_statements(Database(settings.database))) as database:
            clock = TestClock(datetime.now(UTC))
            portal = Portal(settings, database, self.keys, clock, self.hasher)
            People(portal, clock).organization()
            yield Scene.of(Caller(create_app(portal)), made(portal, "Shop", organization="harbour"), clock)

    def kept_in(self, instance: Path) -> "Stage":
        with self.made_in(instance) as scene:
            return Stage(scene)


@dataclass(frozen=True)
class Stage:
    scene: Scene

    def copied_to(self, caller: Caller, portal: Portal, clock: TestClock) -> Scene:
        """In place of all that this portal has, at the time when it was made."""
        there, here = (_file_of(one) for one in (self.scene.application.portal, portal))
        with closing(sqlite3.connect(there)) as source, closing(sqlite3.connect(here)) as place:
            source.backup(place)
        clock.set(self.scene.clock.now())
        return self.scene.copied(caller, portal, clock)


def _file_of(portal: Portal) -> str:
    return str(make_url(portal.settings.database).database)
