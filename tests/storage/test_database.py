"""Beginning, committing, rolling back, and what happens when the database cannot be asked."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.portal import Portal
from app.storage import database as module
from app.storage.database import Database, UnavailableError
from tests.support.people import People, Person

on_sqlite = pytest.mark.only("sqlite")
on_postgresql = pytest.mark.only("postgresql")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, database_url: str) -> Iterator[Database]:
    """The database, for one who waits for nobody."""
    monkeypatch.setattr(module, "_BUSY_SECONDS", 0.05)
    database = Database(database_url, connections=2)
    yield database
    database.close()


HOLD_THE_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def locked_by_another(path: Path | None) -> Iterator[None]:
    """Another process holds the write lock, as a backup tool or a second server would."""
    assert path
    command = [sys.executable, "-c", HOLD_THE_LOCK, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        yield
        other.communicate()


def _write_and_fail(database: Database) -> None:
    with database.writing() as db:
        db.execute(text("UPDATE member SET name = 'Lovelace'"))
        raise RuntimeError


def names(database: Database) -> list[str]:
    with database.reading() as db:
        return list(db.execute(text("SELECT name FROM member")).scalars())


def test_what_was_written_is_there(ada: Person, database: Database) -> None:
    with database.writing() as db:
        db.execute(text("UPDATE member SET name = 'Lovelace'"))
    assert names(database) == ["Lovelace"]


def test_an_exception_rolls_everything_back(ada: Person, database: Database) -> None:
    with pytest.raises(RuntimeError):
        _write_and_fail(database)
    assert names(database) == ["Ada"]


def test_one_that_fails_leaves_the_next_one_free(ada: Person, database: Database) -> None:
    for _ in range(20):
        with pytest.raises(IntegrityError), database.writing() as db:
            db.execute(text("INSERT INTO member SELECT * FROM member"))
    with database.writing() as db:
        db.execute(text("UPDATE member SET name = 'Lovelace'"))
    assert names(database) == ["Lovelace"]


@on_sqlite
def test_sqlite_is_set_up_so_that_no_spent_code_comes_back(database: Database) -> None:
    with database.writing() as db:
        pragmas = {
            name: db.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


@on_sqlite
def test_a_writer_holds_the_write_lock_from_the_start(database: Database) -> None:
    assert database.path
    other = sqlite3.connect(database.path, timeout=0, isolation_level=None)
    with closing(other), database.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")


@on_sqlite
def test_readers_do_not_wait_for_a_writer(ada: Person, database: Database) -> None:
    with database.writing() as db:
        db.execute(text("UPDATE member SET name = 'Lovelace'"))
        assert names(database) == ["Ada"]


@on_sqlite
def test_a_lock_held_by_another_process_makes_it_unavailable(impatient: Database) -> None:
    with locked_by_another(impatient.path), pytest.raises(UnavailableError), impatient.writing():
        raise AssertionError("it must not come so far")
    with impatient.writing():
        pass


@on_sqlite
def test_a_writer_of_this_process_that_takes_too_long_makes_it_unavailable(impatient: Database) -> None:
    with impatient.writing(), pytest.raises(UnavailableError), impatient.writing():
        raise AssertionError("it must not come so far")
    with impatient.writing():
        pass


def test_too_many_at_once_make_it_unavailable(impatient: Database) -> None:
    with ExitStack() as busy:
        for _ in range(2):
            busy.enter_context(impatient.reading())
        with pytest.raises(UnavailableError), impatient.reading():
            raise AssertionError("it must not come so far")
    with impatient.reading():
        pass


def test_a_database_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    nowhere = Database(f"postgresql://nobody@/nothing?host={tmp_path}")
    with pytest.raises(UnavailableError), nowhere.reading():
        raise AssertionError("it must not come so far")
    nowhere.close()


def _write_and_be_cut(database: Database) -> None:
    with database.writing() as db:
        mine = db.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with database.reading() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
        db.execute(text("UPDATE member SET name = 'Lovelace'"))


@on_postgresql
def test_a_connection_that_was_cut_is_unavailable_once_and_replaced(ada: Person, database: Database) -> None:
    with pytest.raises(UnavailableError):
        _write_and_be_cut(database)
    assert names(database) == ["Ada"]


def test_no_row_points_into_another_organization(people: People, ada: Person, portal: Portal) -> None:
    other = people.organization("elsewhere")
    for table in ("session", "authenticator", "recovery_code_set", "recovery_code", "known_browser"):
        with pytest.raises(IntegrityError), portal.writing() as tx:
            tx.db.execute(text(f"UPDATE {table} SET organization_id = :other"), {"other": other})  # noqa: S608


def test_a_member_cannot_be_moved_from_under_its_rows(people: People, ada: Person, portal: Portal) -> None:
    other = people.organization("elsewhere")
    with pytest.raises(IntegrityError), portal.writing() as tx:
        tx.db.execute(text("UPDATE member SET organization_id = :other"), {"other": other})


def test_what_belongs_to_a_member_goes_with_the_member_and_the_log_stays(ada: Person, portal: Portal) -> None:
    with portal.writing() as tx:
        before = tx.db.execute(text("SELECT count(*) FROM event")).scalar_one()
        tx.db.execute(text("DELETE FROM member"))
        for table in ("session", "authenticator", "recovery_code_set", "recovery_code", "known_browser"):
            assert tx.db.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0  # noqa: S608
        assert tx.db.execute(text("SELECT count(*) FROM event")).scalar_one() == before > 0


def test_an_error_of_the_database_does_not_list_what_was_bound(ada: Person, database: Database) -> None:
    """It may be a hash, an address or a token, and errors are logged."""
    with pytest.raises(IntegrityError) as problem, database.writing() as db:
        db.execute(text("UPDATE member SET role = NULL WHERE name = 'Ada' OR name = :name"), {"name": "marker-value"})
    assert "marker-value" not in str(problem.value)
