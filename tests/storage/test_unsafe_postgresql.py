"""What PostgreSQL says about itself, and which servers are refused."""

import re
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.engine import make_url

from app.storage import diagnosis
from app.storage.database import Database, UnavailableError
from app.storage.database import _if_several as if_several

pytestmark = pytest.mark.only("postgresql")


@pytest.fixture
def read_only(database_url: str, database: Database) -> Iterator[Database]:
    """Through which nothing can be written, as on a replica."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        name = connection.execute("SELECT current_database()").fetchone()
        assert name
        connection.execute(f'ALTER DATABASE "{name[0]}" SET default_transaction_read_only = on')
    there = Database(database_url)
    yield there
    there.close()


def test_a_server_that_takes_no_writing_is_refused_in_a_sentence(read_only: Database) -> None:
    with (
        pytest.raises(UnavailableError, match=r"takes no writing: it is a replica, .* DATABASE_URL must lead"),
        read_only.reading(),
    ):
        pass


def test_of_several_servers_the_one_that_is_written_to_is_looked_for() -> None:
    assert if_several(make_url("postgresql://u@one/db")) == {}
    assert if_several(make_url("postgresql://u@/db?host=/run/postgresql")) == {}
    assert if_several(make_url("postgresql://u@/db?host=one,two")) == {"target_session_attrs": "read-write"}
    assert if_several(make_url("postgresql://u@/db?host=one:5432&host=two:5432")) == {
        "target_session_attrs": "read-write"
    }


def test_settings_with_which_it_may_forget_are_named(database: Database) -> None:
    with database.reading() as db:
        assert diagnosis.unsafe_settings(db) == ["fsync", "full_page_writes"]  # those of the tests' own server


def test_connections_are_counted_and_ours_are_known_by_their_name(database: Database) -> None:
    with database.reading() as db:
        counted = diagnosis.connections(db)
        assert re.fullmatch("sparekey-[0-9a-f]{12}", db.exec_driver_sql("SHOW application_name").scalar_one())
    assert counted
    assert counted.most > counted.now >= counted.ours >= 1
