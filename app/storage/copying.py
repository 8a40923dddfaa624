"""Everything of one database into another, of either kind: in one transaction there, and compared before it ends."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from alembic import command
from sqlalchemy import Connection, Integer, Table, func, insert, inspect, select, text
from sqlalchemy.exc import DataError, IntegrityError

from app.domain.operating import NotDoneError
from app.storage import migrations
from app.storage.database import Database
from app.storage.tables import metadata

_AT_ONCE = 1000
_EVERY_DIGEST = 2**256
_CLOSING = "nothing was kept of the copy"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two tables with the same rows have in common, in whatever order a database gives them out."""

    rows: int
    digest: int


def copy(source: Connection, target: Database) -> list[Likeness]:
    """All tables, into an empty database that gets its form here. Raises NotDoneError, and then nothing is in it."""
    if target.path:
        target.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.path.touch(mode=0o600)
    with migrations.alone(target), target.migrating() as db:
        if inspect(db).get_table_names():
            raise NotDoneError("The new database is not empty. Name one that has nothing in it.")
        command.upgrade(migrations.config_for(db), "head")
        copied = [_copy(table, source, db) for table in metadata.sorted_tables]
        for table in metadata.sorted_tables:
            _count_on(table, source, db)
        return copied


def _copy(table: Table, source: Connection, target: Connection) -> Likeness:
    try:
        for rows in _batches(source, table):
            target.execute(insert(table), rows)
    except (DataError, IntegrityError) as problem:
        why = str(problem.orig).partition("\n")[0]  # what may follow is the row itself
        raise NotDoneError(
            f"A row of the table {table.name} does not fit into the new database ({why}); {_CLOSING}."
        ) from None
    there, here = _likeness(source, table), _likeness(target, table)
    if there != here:
        raise NotDoneError(f"The table {table.name} did not come over as it is; {_CLOSING}.")
    return here


def _batches(db: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """In the order of the ids, as the columns' types hand the values out."""
    rows = db.execute(select(table).order_by(*table.primary_key), execution_options={"yield_per": _AT_ONCE})
    for batch in rows.mappings().partitions():
        yield [dict(row) for row in batch]


def _likeness(db: Connection, table: Table) -> Likeness:
    rows = digest = 0
    for batch in _batches(db, table):
        for row in batch:
            written = json.dumps(row, default=_plain, sort_keys=True).encode()
            digest = (digest + int.from_bytes(hashlib.sha256(written).digest())) % _EVERY_DIGEST
            rows += 1
    return Likeness(rows, digest)


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no table holds a {type(value).__name__}")


def _count_on(table: Table, source: Connection, target: Connection) -> None:
    """No id is given out twice, of those neither whose rows are gone: the count goes on from the highest there was."""
    if not _counts(table):
        return
    highest = _highest(table, source)
    if highest == 0:
        return
    if target.dialect.name == "postgresql":
        counted = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)")
        target.execute(counted, {"name": table.name, "highest": highest})
        return
    target.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    counted = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :highest)")
    target.execute(counted, {"name": table.name, "highest": highest})


def _highest(table: Table, db: Connection) -> int:
    """What was given out last; an id that was written by hand counts as well."""
    if db.dialect.name == "postgresql":
        counted = text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, 'id')::regclass)")
    else:
        counted = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    given_out: int | None = db.execute(counted, {"name": table.name}).scalar_one_or_none()
    there: int | None = db.execute(select(func.max(table.c.id))).scalar_one()
    return max(given_out or 0, there or 0)


def _counts(table: Table) -> bool:
    id_column = table.c.get("id")
    return id_column is not None and id_column.primary_key and isinstance(id_column.type, Integer)
