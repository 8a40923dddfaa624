"""Moments, as both databases keep them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import StatementError

from app.storage.database import Database
from app.storage.tables import key_check

NOON = datetime(2026, 5, 4, 12, 0, 0, 123_456, tzinfo=UTC)


def kept(database: Database, moment: datetime) -> datetime:
    with database.writing() as db:
        db.execute(insert(key_check).values(key_id=1, sealed=b"", added_at=moment))
    with database.reading() as db:
        found: datetime = db.execute(select(key_check.c.added_at)).scalar_one()
        return found


@pytest.mark.parametrize("moment", [NOON, datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)])
def test_a_moment_comes_back_to_the_microsecond_and_in_utc(database: Database, moment: datetime) -> None:
    found = kept(database, moment)
    assert found == moment
    assert found.tzinfo is UTC


def test_a_moment_of_another_zone_is_the_same_moment(database: Database) -> None:
    assert kept(database, NOON.astimezone(timezone(timedelta(hours=-9, minutes=-30)))) == NOON


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        kept(database, NOON.replace(tzinfo=None))


@pytest.mark.only("sqlite")
def test_sqlite_keeps_microseconds_as_a_number(database: Database) -> None:
    kept(database, NOON)
    with database.reading() as db:
        assert db.execute(text("SELECT added_at FROM key_check")).scalar_one() == 1777896000123456
