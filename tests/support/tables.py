"""The whole database as values that can be compared."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Column, Table, make_url, select

from app.portal import Portal
from app.storage.tables import metadata

_BOOKKEEPING = {"session": {"last_seen_at"}}

Dump = dict[str, list[dict[str, Any]]]
Rows = dict[str, list[tuple[Any, ...]]]
Look = Callable[[], Rows]


def dump(portal: Portal) -> Dump:
    """Every row of every table, but for when a session was last used."""
    with portal.reading() as tx:
        return {
            table.name: [
                {name: value for name, value in row.items() if name not in _BOOKKEEPING.get(table.name, ())}
                for row in tx.db.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in metadata.sorted_tables
        }


@contextmanager
def watching(portal: Portal, aside: Mapping[str, set[str]]) -> Iterator[Look]:
    """Likewise, to be looked at often: rows as the driver gives them, but for the columns that are set aside.

    SQLite says for little whether anything was written: there they are read anew only then.
    """
    kept = ((table, _columns(table, aside.get(table.name, set()))) for table in metadata.sorted_tables)
    statements = {table.name: str(select(*columns).order_by(*table.primary_key)) for table, columns in kept if columns}

    def read() -> Rows:
        with portal.reading() as tx:
            return {
                name: [tuple(row) for row in tx.db.exec_driver_sql(statement)] for name, statement in statements.items()
            }

    url = make_url(portal.settings.database)
    if url.get_backend_name() != "sqlite":
        yield read
        return
    with closing(sqlite3.connect(str(url.database))) as connection:
        seen: tuple[int, Rows] = (-1, {})

        def read_anew() -> Rows:
            nonlocal seen
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            if version != seen[0]:
                seen = (version, read())
            return seen[1]

        yield read_anew


def _columns(table: Table, aside: set[str]) -> list[Column[Any]]:
    return [one for one in table.columns if one.name not in aside | _BOOKKEEPING.get(table.name, set())]
