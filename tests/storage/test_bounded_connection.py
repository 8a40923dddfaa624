"""What the database may take before we stop waiting for it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from app.storage import bounded_connection
from app.storage import database as database_module
from app.storage.database import Database, UnavailableError
from tests.support.people import Person
from tests.support.postgres import mortal_postgres

pytestmark = pytest.mark.only("postgresql")

LIMITS = {
    "lock_timeout": "5s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "1min",
    "synchronous_commit": "on",  # though the cluster of the tests has it off
}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, database_url: str) -> Iterator[Database]:
    """One for whom a moment of silence is enough."""
    monkeypatch.setattr(bounded_connection, "_SILENCE_SECONDS", 0.3)
    monkeypatch.setattr(bounded_connection, "_PING_SECONDS", 0.3)
    impatient = Database(database_url, connections=2)
    yield impatient
    impatient.close()


def test_every_connection_has_its_limits(database: Database) -> None:
    for begin in (database.reading, database.writing):
        with begin() as db:
            assert {name: db.exec_driver_sql(f"SHOW {name}").scalar_one() for name in LIMITS} == LIMITS


def test_a_migration_has_none_and_leaves_them_as_they_were(database: Database) -> None:
    with database.migrating() as db:
        assert db.exec_driver_sql("SHOW statement_timeout").scalar_one() == "0"
        assert db.exec_driver_sql("SHOW lock_timeout").scalar_one() == "0"
    test_every_connection_has_its_limits(database)


def test_a_server_that_says_nothing_is_unavailable(impatient: Database) -> None:
    with pytest.raises(UnavailableError, match="said nothing for"), impatient.reading() as db:
        db.execute(text("SELECT pg_sleep(30)"))
    with impatient.reading() as db:
        assert db.execute(text("SELECT 1")).scalar_one() == 1


def _write_and_wait(database: Database) -> None:
    with database.writing() as db:
        db.execute(text("UPDATE member SET name = 'Lovelace'"))
        db.execute(text("SELECT pg_sleep(30)"))


def test_of_what_was_under_way_nothing_is_kept(ada: Person, impatient: Database) -> None:
    with pytest.raises(UnavailableError):
        _write_and_wait(impatient)
    assert ada.row.name == "Ada"


def test_a_connection_in_use_that_is_cut_off_does_not_answer_for_another(impatient: Database) -> None:
    """Its answer, should it come in the end, must not be taken for that to a later question."""
    with pytest.raises(UnavailableError), impatient.reading() as db:
        db.execute(text("SELECT pg_sleep(0.6), 'late'"))
    for number in range(20):
        with impatient.reading() as db:
            assert db.execute(text("SELECT :number"), {"number": str(number)}).scalar_one() == str(number)


def test_what_a_migration_asks_may_take_long(impatient: Database) -> None:
    with impatient.migrating() as db:
        db.execute(text("SELECT pg_sleep(1)"))


def test_a_row_that_others_hold_for_too_long_makes_it_unavailable(
    ada: Person, database: Database, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(database_module, "_LIMITS", "SELECT set_config('lock_timeout', '200ms', false)")
    other = Database(database_url)
    with database.writing() as db:
        db.execute(text("UPDATE member SET name = 'Lovelace'"))
        with pytest.raises(UnavailableError, match="lock timeout"), other.writing() as waiting:
            waiting.execute(text("UPDATE member SET name = 'Byron'"))
    other.close()
    assert ada.row.name == "Lovelace"


def test_a_server_that_takes_the_connection_and_freezes_is_given_up() -> None:
    with mortal_postgres() as postgres:
        frozen = Database(postgres.url("postgres"))
        with frozen.reading():
            pass
        postgres.freeze()
        with pytest.raises(UnavailableError), frozen.reading():
            raise AssertionError("it must not come so far")
        postgres.thaw()
        with frozen.reading() as db:
            assert db.execute(text("SELECT 1")).scalar_one() == 1
        frozen.close()


def test_one_at_a_time_and_the_next_when_the_first_is_done(database: Database, database_url: str) -> None:
    number, other = 4711, Database(database_url)
    with database.alone(number):
        with other.reading() as db:
            assert not db.execute(text("SELECT pg_try_advisory_lock(:number)"), {"number": number}).scalar_one()
        with database.reading() as db:  # nobody's transaction stays open while it takes
            idle = text("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'")
            assert db.execute(idle).scalar_one() == 0
    with other.alone(number):
        pass
    other.close()
