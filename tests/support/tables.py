"""The whole database as values that can be compared."""

from typing import Any

from sqlalchemy import select

from app.portal import Portal
from app.storage.tables import metadata

_BOOKKEEPING = {"session": {"last_seen_at"}}

Dump = dict[str, list[dict[str, Any]]]


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
