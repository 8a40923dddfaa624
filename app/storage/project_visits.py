"""How often browsers call, by a keyed digest of the project and of where they are."""

from datetime import datetime

from sqlalchemy import Connection, and_, case, or_

from app.domain.projects import LIMIT_WINDOW
from app.storage.tables import project_visit
from app.storage.upserts import upsert


def take(db: Connection, key: bytes, *, count: int, limit: int, window_began_at: datetime) -> bool:
    """Set so many requests aside in the window, unless that is more than there may be: the row count is the verdict."""
    use = project_visit.c
    same = use.window_began_at == window_began_at
    first = upsert(db, project_visit).values(key=key, window_began_at=window_began_at, taken=count)
    taken = first.on_conflict_do_update(
        index_elements=["key"],
        set_={"window_began_at": window_began_at, "taken": case((same, use.taken + count), else_=count)},
        # As for what projects call by themselves: a node that is a little behind gets none.
        where=or_(
            use.window_began_at < window_began_at,
            use.window_began_at > window_began_at + LIMIT_WINDOW,
            and_(same, use.taken + count <= limit),
        ),
    )
    return db.execute(taken.returning(use.taken)).scalar_one_or_none() is not None
