"""The command line as somebody types it: each command run in this process, against the test's own installation."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import cli, opening
from app.cli import databases
from app.config import Settings
from app.domain import signing_keys
from app.domain.events import Event
from app.domain.keyring import KeyRing
from app.portal import Portal
from app.storage import events
from app.storage.database import Database
from tests.support import dumps, shops
from tests.support.clock import TestClock
from tests.support.people import People, Person
from tests.support.shops import KeysMadeBefore, Shop


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command came to: its exit status, and what it wrote to either stream."""

    status: int
    out: str
    err: str


Sparekey = Callable[..., Outcome]


def whole_log(portal: Portal, organization_id: int) -> list[Event]:
    """Newest first."""
    with portal.reading() as tx:
        return events.page_of(tx.db, organization_id, events.Search(), before=None, count=10_000)


@pytest.fixture
def sparekey(
    settings: Settings,
    database: Database,
    keys: KeyRing,
    clock: TestClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Sparekey]:
    """`sparekey("pass", "ada@example.org")`: the settings come from the environment, the time from the test's clock.

    The key ring lies in the instance folder, as an operator's does, unless a test takes it away.
    """
    ring = settings.instance / "keys.json"
    ring.write_text(keys.to_json())
    ring.chmod(0o600)
    monkeypatch.setenv("INSTANCE", str(settings.instance))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    for module in (opening, databases):
        monkeypatch.setattr(module, "SystemClock", lambda: clock)
    opened: list[Database] = []

    def open_one(url: str, **of: int) -> Database:
        opened.append(Database(url, **of))
        return opened[-1]

    monkeypatch.setattr(opening, "Database", open_one)
    _keep_to_itself(monkeypatch)

    def run(*arguments: object) -> Outcome:
        capsys.readouterr()
        database.close()  # what the test itself has open, and does not use now, would be somebody else's
        try:
            status = cli.main([str(argument) for argument in arguments])
        except SystemExit as left:  # a wrong call, or --help
            status = int(left.code or 0)
        finally:
            while opened:  # a command leaves that to the end of its process
                opened.pop().close()
        said = capsys.readouterr()
        return Outcome(status, said.out, said.err)

    umask = os.umask(0o022)
    os.umask(umask)
    yield run
    os.umask(umask)
    while opened:
        opened.pop().close()


def _keep_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that does not come to serve must not change the process of the tests, nor ask for a port."""
    monkeypatch.setattr("app.logs.install", lambda _settings: None)
    monkeypatch.setattr("app.serve._require_free", lambda _settings: None)


@pytest.fixture
def people(portal: Portal, clock: TestClock) -> People:
    return People(portal, clock)


@pytest.fixture
def ada(people: People) -> Person:
    """Enrolled, with acknowledged codes, signed in and fresh."""
    return people.ready()


@pytest.fixture
def olive(people: People) -> Person:
    """An owner, likewise."""
    return people.owner()


@pytest.fixture(scope="session")
def keys_made_before() -> KeysMadeBefore:
    return KeysMadeBefore()


@pytest.fixture
def quick_projects(keys_made_before: KeysMadeBefore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each gets a signing key that was made before."""
    monkeypatch.setattr(signing_keys, "make", keys_made_before)


@pytest.fixture
def shop(quick_projects: None, people: People, portal: Portal, clock: TestClock) -> Shop:
    """An application of the first organization, which may do everything."""
    people.organization()
    return shops.opened(portal, clock)


@dataclass(frozen=True, slots=True)
class Copies:
    """Backing up and restoring as the operator of either database does."""

    portal: Portal
    sparekey: Sparekey
    folder: Path

    def back_up(self, name: str = "backup") -> Path:
        file = self.folder / name
        if self.portal.settings.on_sqlite:
            assert self.sparekey("backup", file).status == 0
        else:
            dumps.dump(self.portal.settings.database, file)
        return file

    def restore(self, file: Path) -> None:
        """The database is as it was, and nobody has looked after it yet."""
        self.portal.database.close()
        if self.portal.settings.on_sqlite:
            done = self.sparekey("restore", file)
            assert (done.status, done.err) == (0, "")
        else:
            dumps.restore(file, self.portal.settings.database)

    def finish(self) -> Outcome:
        self.portal.database.close()
        unmarked = [] if self.portal.settings.on_sqlite else ["--yes"]
        done = self.sparekey("restore-finish", *unmarked)
        assert (done.status, done.err) == (0, "")
        return done


@pytest.fixture
def copies(portal: Portal, sparekey: Sparekey, tmp_path: Path) -> Copies:
    return Copies(portal, sparekey, tmp_path)
