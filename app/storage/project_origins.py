"""From which pages browsers may call in the name of a project."""

from sqlalchemy import Connection, delete, select

from app.storage.tables import project_origin
from app.storage.upserts import upsert


def add(db: Connection, project_id: int, origin: str) -> bool:
    """False where it was there already."""
    statement = upsert(db, project_origin).values(project_id=project_id, origin=origin)
    return db.execute(statement.on_conflict_do_nothing().returning(project_origin.c.id)).first() is not None


def all_for(db: Connection, project_id: int) -> list[str]:
    mine = select(project_origin.c.origin).where(project_origin.c.project_id == project_id)
    return list(db.execute(mine.order_by(project_origin.c.origin)).scalars())


def has(db: Connection, project_id: int, origin: str) -> bool:
    mine = project_origin.c.project_id == project_id, project_origin.c.origin == origin
    return db.execute(select(project_origin.c.id).where(*mine)).first() is not None


def remove(db: Connection, project_id: int, origin: str) -> bool:
    mine = project_origin.c.project_id == project_id, project_origin.c.origin == origin
    return db.execute(delete(project_origin).where(*mine)).rowcount == 1


def remove_all(db: Connection, project_id: int) -> None:
    db.execute(delete(project_origin).where(project_origin.c.project_id == project_id))
