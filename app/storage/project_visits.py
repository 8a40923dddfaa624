"""How often browsers call, by a keyed digest of the project and of where they are."""

from datetime import datetime

from sqlalchemy import Connection

from app.storage import request_windows
from app.storage.tables import project_visit


def take(db: Connection, key: bytes, *, count: int, limit: int, window_began_at: datetime) -> bool:
    """Set so many requests aside in the window, unless that is more than there may be."""
    of = {"key": key}
    return request_windows.take(db, project_visit, of, count=count, limit=limit, window_began_at=window_began_at)
