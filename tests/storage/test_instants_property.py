"""Any moment comes back as it was kept, on both databases."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from app.storage.database import Database
from app.storage.tables import key_check

MOMENTS = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=st.timezones())  # noqa: DTZ001


@settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(moments=st.lists(MOMENTS, min_size=1, max_size=20))
def test_moments_come_back_and_keep_their_order(database: Database, moments: list[datetime]) -> None:
    with database.writing() as db:
        db.execute(delete(key_check))
        db.execute(
            insert(key_check),
            [{"key_id": number, "sealed": b"", "added_at": moment} for number, moment in enumerate(moments)],
        )
    with database.reading() as db:
        kept = list(db.execute(select(key_check.c.added_at).order_by(key_check.c.key_id)).scalars())
        in_order = list(db.execute(select(key_check.c.added_at).order_by(key_check.c.added_at)).scalars())
    expected = [moment.astimezone(UTC) for moment in moments]  # moments that a clock shows twice equal none elsewhere
    assert kept == expected
    assert in_order == sorted(expected)
