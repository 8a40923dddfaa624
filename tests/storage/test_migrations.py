"""From nothing, or from an older form, to the newest one."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from app.portal import Portal
from app.storage import migrations, tables
from app.storage.database import BrokenReferencesError, Database
from app.storage.migrations import UnfitDatabaseError
from tests.support.clock import A_MONDAY
from tests.support.people import Person


@pytest.fixture
def empty(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path / 'made' / 'here' / 'new.sqlite3'}")


def backups(database: Database) -> list[Path]:
    assert database.path
    return list(database.path.parent.glob("*before-migration*"))


def pretend_older(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the newest migration be one that the database does not have yet, and that changes nothing."""
    monkeypatch.setattr(command, "upgrade", lambda *_: None)
    with database.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    real = migrations._current

    def current(of: Database) -> str | None:
        try:
            return real(of)
        except UnfitDatabaseError:
            return "older"

    monkeypatch.setattr(migrations, "_current", current)


def test_the_tables_are_those_of_the_migrations(database: Database) -> None:
    with database.reading() as db:
        config = migrations.config_for(db)
        config.attributes["batch"] = False
        command.check(config)


def test_every_table_is_there(database: Database) -> None:
    with database.reading() as db:
        there = set(inspect(db).get_table_names())
    assert there == set(tables.metadata.tables) | {"alembic_version"}


def test_what_the_first_form_must_have_is_there(database: Database) -> None:
    with database.reading() as db:
        columns = {table: {c["name"]: c for c in inspect(db).get_columns(table)} for table in tables.metadata.tables}
    assert columns["member"]["email"]["nullable"]
    assert columns["member"]["password_hash"]["nullable"]
    assert "audience" in columns["session"]
    assert "generation" in columns["recovery_code_set"]
    assert {"index_key_id", "seal_key_id"} <= columns["recovery_code"].keys()
    assert "seal_key_id" in columns["authenticator"]
    assert "lock_reason" in columns["member"]
    without = {"alembic_version", "organization", "key_check", "setup_link", "password_wait", "event_origin"}
    without |= {
        "chore",
        "backup_mark",
        "project_secret",
        "project_profile",
        "project_use",
        "project_origin",
        "project_visit",
    }
    without |= {"signing_key"}
    assert all("organization_id" in columns[table] for table in columns.keys() - without)


def test_upgrading_again_changes_nothing(ada: Person, database: Database) -> None:
    before = ada.row
    migrations.upgrade(database, A_MONDAY)
    assert ada.row == before
    if database.path:
        assert backups(database) == []


def test_a_newer_database_is_refused_in_a_sentence(database: Database) -> None:
    with database.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UnfitDatabaseError, match=r"newer version of Sparekey.*\."):
        migrations.upgrade(database, A_MONDAY)
    with pytest.raises(UnfitDatabaseError, match="newer version"):
        migrations.require_current(database)


def test_a_current_database_is_required(database: Database) -> None:
    migrations.require_current(database)
    with database.writing() as db:
        db.execute(text("DELETE FROM alembic_version"))
    with pytest.raises(UnfitDatabaseError, match="sparekey serve"):
        migrations.require_current(database)


def test_a_new_database_is_made_with_its_folder_and_without_a_backup(empty: Database) -> None:
    migrations.upgrade(empty, A_MONDAY)
    with empty.reading() as db:
        assert migrations.serves(db)
    assert backups(empty) == []
    empty.close()


def test_looking_whether_it_is_current_makes_no_file(empty: Database) -> None:
    with pytest.raises(UnfitDatabaseError):
        migrations.require_current(empty)
    assert empty.path
    assert not empty.path.exists()


@pytest.mark.only("sqlite")
def test_before_an_older_database_is_changed_it_is_backed_up(
    ada: Person, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_older(database, monkeypatch)
    migrations.upgrade(database, A_MONDAY)
    (kept,) = backups(database)
    assert kept.name == "sparekey-before-migration-20260504T093000Z.sqlite3"
    assert kept.stat().st_mode & 0o777 == 0o600
    copy = sqlite3.connect(kept)
    assert copy.execute("SELECT email FROM member").fetchall() == [(ada.email,)]
    copy.close()


@pytest.mark.only("sqlite")
def test_foreign_keys_are_off_while_migrating_and_on_afterwards(database: Database) -> None:
    with database.migrating() as db:
        assert db.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 0
    for _ in range(3):
        with database.writing() as db:
            assert db.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


@pytest.mark.only("sqlite")
def test_a_migration_that_leaves_rows_pointing_nowhere_is_undone(ada: Person, database: Database) -> None:
    with pytest.raises(BrokenReferencesError), database.migrating() as db:
        db.execute(text("DELETE FROM organization"))
    assert ada.row.email == ada.email
    with database.reading() as db:
        assert db.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_one_that_cannot_be_done_is_a_sentence(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_older(database, monkeypatch)

    def forbidden(config: Config, _revision: str) -> None:
        config.attributes["connection"].exec_driver_sql("INSERT INTO chore (name) VALUES ('x')")

    monkeypatch.setattr(command, "upgrade", forbidden)
    with pytest.raises(UnfitDatabaseError, match=r"^The database cannot be brought to its newest form: .*due_at"):
        migrations.upgrade(database, A_MONDAY)


@pytest.mark.only("sqlite")
def test_without_room_for_the_copy_nothing_is_migrated(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_older(database, monkeypatch)

    def full(_path: Path, copy: Path) -> None:
        copy.write_bytes(b"half of it")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(migrations, "copy_out", full)
    with pytest.raises(
        UnfitDatabaseError, match=r"There is no copy .* so it is not migrated: database or disk is full"
    ):
        migrations.upgrade(database, A_MONDAY)
    assert backups(database) == []


def _migrate_and_fail(database: Database) -> None:
    with database.migrating() as db:
        db.execute(text("UPDATE member SET name = 'Nobody'"))
        raise RuntimeError


def test_a_migration_that_fails_changes_nothing(ada: Person, database: Database) -> None:
    with pytest.raises(RuntimeError):
        _migrate_and_fail(database)
    assert ada.row.name == "Ada"


def test_the_portal_works_on_what_was_migrated(portal: Portal, ada: Person) -> None:
    ada.sign_in()
