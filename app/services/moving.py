"""Moving an installation to another database, from SQLite to PostgreSQL above all."""

from dataclasses import dataclass

from sqlalchemy.engine import make_url

from app.config import Settings
from app.opening import require_looked_after, ring_of
from app.storage import copying, in_service, key_checks, migrations
from app.storage.database import Database

_SECRET = ["password", "sslpassword", "passfile"]


@dataclass(frozen=True, slots=True)
class Moved:
    """The names of both databases are without their passwords."""

    source: str
    target: str
    tables: int
    rows: int


def move(settings: Settings, source: str, target: str) -> Moved:
    """Copy everything and compare it; the source is only read.

    Raises NotDoneError, InServiceError, UnfitKeysError, UnfitDatabaseError and UnavailableError.
    """
    ring, here, there = ring_of(settings), Database(source), Database(target)
    try:
        migrations.require_current(here)
        require_looked_after(here)
        with here.reading() as db:
            key_checks.require_fit(db, ring)
        with in_service.taken_out(here):
            with here.reading() as db:  # before the snapshot, which would miss what somebody writes until they are gone
                in_service.require_nobody_else(db)
            with here.snapshot() as db:
                copied = copying.copy(db, there)
    finally:
        here.close()
        there.close()
    return Moved(_without_secrets(source), _without_secrets(target), len(copied), sum(table.rows for table in copied))


def _without_secrets(address: str) -> str:
    parsed = make_url(address).set(password=None).difference_update_query(_SECRET)
    return parsed.render_as_string()
