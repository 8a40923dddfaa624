"""What a database can say about itself."""

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


def newest_event(db: Connection) -> datetime | None:
    return db.execute(select(func.max(event.c.at))).scalar_one_or_none()
