"""Opening the portal: settings, keys and database fit together, or it says in a sentence what does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.pool import QueuePool

from app import opening
from app.config import Settings
from app.domain.keyring import KeyRing
from app.opening import open_portal
from app.portal import Portal
from app.storage import key_file
from app.storage.database import Database
from app.storage.key_file import UnfitKeysError
from app.storage.migrations import UnfitDatabaseError
from tests.support.clock import TestClock
from tests.support.people import People

on_sqlite = pytest.mark.only("sqlite")
on_postgresql = pytest.mark.only("postgresql")


@pytest.fixture(autouse=True)
def opened_databases(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Database]]:
    """All that were opened, whether or not it came to a portal."""
    databases = []

    def open_one(url: str, **of: int) -> Database:
        databases.append(Database(url, **of))
        return databases[-1]

    monkeypatch.setattr(opening, "Database", open_one)
    yield databases
    for database in databases:
        database.close()


def opened(settings: Settings, *, migrate: bool = True, **changed: object) -> Portal:
    portal = open_portal(settings.model_copy(update=changed), migrate=migrate, clock=TestClock())
    portal.database.close()
    return portal


@on_sqlite
def test_the_first_start_makes_folder_keys_and_database(tmp_path: Path) -> None:
    instance = tmp_path / "fresh"
    portal = opened(Settings(instance=instance))
    assert instance.stat().st_mode & 0o777 == 0o700
    assert (instance / "keys.json").stat().st_mode & 0o777 == 0o600
    assert (instance / "sparekey.sqlite3").exists()
    assert opened(Settings(instance=instance)).keys == portal.keys


@on_sqlite
def test_what_was_sealed_before_a_restart_opens_after_it(tmp_path: Path, clock: TestClock) -> None:
    settings = Settings(instance=tmp_path / "fresh")
    first = open_portal(settings, migrate=True, clock=clock)
    person = People(first, clock).ready()
    first.database.close()
    person.portal = open_portal(settings, migrate=False, clock=clock)
    person.sign_in()
    person.sign_in(person.codes[0])
    person.portal.database.close()


@on_sqlite
def test_without_its_keys_a_database_that_needs_them_does_not_open(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path / "fresh")
    opened(settings)
    (settings.instance / "keys.json").unlink()
    with pytest.raises(UnfitKeysError, match=r"is missing.*Put the file back"):
        opened(settings)
    assert not (settings.instance / "keys.json").exists()


def test_a_portal_that_does_not_open_leaves_no_connection_open(
    settings: Settings, opened_databases: list[Database]
) -> None:
    opened(settings, keys=KeyRing.new().to_json())
    with pytest.raises(UnfitKeysError):
        opened(settings, keys=KeyRing.new().to_json())
    pools = [database.engine.pool for database in opened_databases]
    assert [pool.checkedin() for pool in pools if isinstance(pool, QueuePool)] == [0, 0]


def test_with_another_key_of_the_same_id_it_does_not_open(settings: Settings) -> None:
    opened(settings, keys=KeyRing.new().to_json())
    with pytest.raises(UnfitKeysError, match="not the one"):
        opened(settings, keys=KeyRing.new().to_json())


def test_without_a_key_that_is_still_needed_it_does_not_open(settings: Settings) -> None:
    ring = KeyRing.new()
    both = KeyRing(2, {**ring.keys, 2: bytes(32)})
    opened(settings, keys=both.to_json())
    with pytest.raises(UnfitKeysError, match="Key 1 is missing"):
        opened(settings, keys=KeyRing(2, {2: bytes(32)}).to_json())


def test_a_second_key_may_be_added_and_is_known_from_then_on(settings: Settings) -> None:
    ring = KeyRing.new()
    opened(settings, keys=ring.to_json())
    opened(settings, keys=KeyRing(1, {**ring.keys, 2: bytes(32)}).to_json())
    with pytest.raises(UnfitKeysError, match="Key 2 is missing"):
        opened(settings, keys=ring.to_json())


@on_postgresql
def test_postgresql_needs_keys_that_are_given(settings: Settings) -> None:
    with pytest.raises(UnfitKeysError, match="sparekey keys init"):
        opened(settings)
    assert not (settings.instance / "keys.json").exists()


@on_postgresql
def test_a_key_file_beside_the_settings_will_do(settings: Settings) -> None:
    keys = key_file.create(settings.instance / "keys.json")
    assert opened(settings).keys == keys


def test_a_key_file_that_is_named_must_be_there(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(UnfitKeysError, match="There is no key file"):
        opened(settings, keys_file=tmp_path / "nowhere.json")


def test_keys_that_are_none_are_refused_without_showing_them(settings: Settings) -> None:
    with pytest.raises(UnfitKeysError, match="KEYS") as refused:
        opened(settings, keys="a secret that is no ring")
    assert "a secret that is no ring" not in str(refused.value)


@on_sqlite
def test_a_database_that_was_never_migrated_opens_for_serving_only(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path / "fresh")
    with pytest.raises(UnfitDatabaseError, match="sparekey serve"):
        opened(settings, migrate=False)
    assert not (settings.instance / "sparekey.sqlite3").exists()
    opened(settings)
    opened(settings, migrate=False)


@on_postgresql
def test_an_empty_postgresql_opens_for_serving_only(settings: Settings, request: pytest.FixtureRequest) -> None:
    postgres = request.getfixturevalue("postgres_databases")._postgres
    name = postgres.create()
    keys = KeyRing.new().to_json()
    with pytest.raises(UnfitDatabaseError, match="sparekey serve"):
        opened(settings, migrate=False, database_url=postgres.url(name), keys=keys)
    opened(settings, database_url=postgres.url(name), keys=keys)
    opened(settings, migrate=False, database_url=postgres.url(name), keys=keys)
    postgres.drop(name)
