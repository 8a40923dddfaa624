"""What a database can say about itself."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, text

from app.storage.tables import event


def kind_of(db: Connection) -> str:
    version = ".".join(str(part) for part in db.dialect.server_version_info or ())
    return f"{'SQLite' if db.dialect.name == 'sqlite' else 'PostgreSQL'} {version}"


def integrity_problem(db: Connection) -> str | None:
    """SQLite's own quick check; PostgreSQL looks after itself."""
    if db.dialect.name != "sqlite":
        return None
    said: str = db.execute(text("PRAGMA quick_check(1)")).scalar_one()
    return None if said == "ok" else said


def clock_of(db: Connection) -> datetime | None:
    """The database server's clock, where it has one of its own."""
    if db.dialect.name == "sqlite":
        return None
    there: datetime = db.execute(text("SELECT clock_timestamp()")).scalar_one()
    return there.astimezone(UTC)


def write_nothing_new(db: Connection) -> None:
    db.execute(text("UPDATE alembic_version SET version_num = version_num"))


def newest_event(db: Connection) -> datetime | None:
    return db.execute(select(func.max(event.c.at))).scalar_one_or_none()


def unsafe_settings(db: Connection) -> list[str]:
    """Those of PostgreSQL's with which it says that something is kept before it is."""
    if db.dialect.name == "sqlite":
        return []
    names = ("fsync", "full_page_writes", "synchronous_commit")
    return [name for name in names if _setting(db, name) == "off"]


@dataclass(frozen=True, slots=True)
class Connections:
    """Of a PostgreSQL server: how many it takes, how many there are, and how many of these are Sparekey's."""

    most: int
    now: int
    ours: int


def connections(db: Connection) -> Connections | None:
    """None for SQLite."""
    if db.dialect.name == "sqlite":
        return None
    kept_back = int(_setting(db, "superuser_reserved_connections")) + int(_setting(db, "reserved_connections") or 0)
    counted = text(
        "SELECT count(*) AS now, count(*) FILTER (WHERE application_name LIKE 'sparekey%') AS ours "
        "FROM pg_stat_activity WHERE backend_type = 'client backend'"
    )
    there = db.execute(counted).one()
    return Connections(int(_setting(db, "max_connections")) - kept_back, there.now, there.ours)


def others_connected(db: Connection) -> int:
    """Connections that other processes of ours have to this PostgreSQL database; 0 for SQLite, where a lock tells."""
    if db.dialect.name == "sqlite":
        return 0
    db.execute(text("SELECT pg_stat_clear_snapshot()"))  # else it would be the same all through the transaction
    counted = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND application_name LIKE 'sparekey-%' AND application_name <> current_setting('application_name')"
    )
    number: int = db.execute(counted).scalar_one()
    return number


def _setting(db: Connection, name: str) -> str:
    """Empty where the server is of a version that does not know it."""
    said: str | None = db.execute(text("SELECT current_setting(:name, true)"), {"name": name}).scalar_one()
    return said or ""
