"""How often somebody calls, in rows that each count one caller's requests in one window."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, case, or_

from app.domain.projects import LIMIT_WINDOW
from app.storage.upserts import upsert


def take(
    db: Connection, counts: Table, key: Mapping[str, Any], *, count: int, limit: int, window_began_at: datetime
) -> bool:
    """Set so many requests aside in the window, unless that is more than there may be: the row count is the verdict.

    `key` is the table's key, and of whom.
    """
    row = counts.c
    same = row.window_began_at == window_began_at
    first = upsert(db, counts).values(**key, window_began_at=window_began_at, taken=count)
    taken = first.on_conflict_do_update(
        index_elements=list(key),
        set_={"window_began_at": window_began_at, "taken": case((same, row.taken + count), else_=count)},
        # A node whose clock is a little behind gets none, since two windows in turn would each begin the count anew;
        # a window further ahead than that was written before the clock was put back.
        where=or_(
            row.window_began_at < window_began_at,
            row.window_began_at > window_began_at + LIMIT_WINDOW,
            and_(same, row.taken + count <= limit),
        ),
    )
    return db.execute(taken.returning(row.taken)).scalar_one_or_none() is not None
