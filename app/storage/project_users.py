"""What an application has noted of members. Whoever has no row is somebody it has noted nothing of."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from app.domain.members import Member
from app.domain.users import NameParts, Notes
from app.storage.tables import project_user
from app.storage.upserts import upsert


def notes_of(db: Connection, project_id: int, member_ids: Collection[int]) -> dict[int, Notes]:
    mine = project_user.c.project_id == project_id, project_user.c.member_id.in_(member_ids)
    return {row.member_id: _notes(row) for row in db.execute(select(project_user).where(*mine))}


def member_with(db: Connection, project_id: int, organization_id: int, external_id: str) -> int | None:
    """External ids are of one organization: another may have the same."""
    of = project_user.c.project_id == project_id, project_user.c.organization_id == organization_id
    named = select(project_user.c.member_id).where(*of, project_user.c.external_id == external_id)
    found: int | None = db.execute(named).scalar_one_or_none()
    return found


def note(db: Connection, project_id: int, who: Member, notes: Notes) -> None:
    """In place of what was noted before. Raises IntegrityError where the external id is somebody else's."""
    values = {
        "external_id": notes.external_id,
        "first_name": notes.name.first,
        "middle_name": notes.name.middle,
        "last_name": notes.name.last,
        "labels": list(notes.labels),
        "trusted_metadata": dict(notes.trusted_metadata),
        "untrusted_metadata": dict(notes.untrusted_metadata),
        "pending": notes.pending,
        "breakglass": notes.breakglass,
        "wants_second_factor": notes.wants_second_factor,
        "preferred": notes.preferred,
    }
    first = upsert(db, project_user).values(
        project_id=project_id, member_id=who.id, organization_id=who.organization_id, **values
    )
    db.execute(first.on_conflict_do_update(index_elements=["project_id", "member_id"], set_=values))


def has_shown_up(db: Connection, project_id: int, member_id: int) -> None:
    mine = project_user.c.project_id == project_id, project_user.c.member_id == member_id
    db.execute(update(project_user).where(*mine, project_user.c.pending.is_(True)).values(pending=False))


def forget(db: Connection, member_id: int) -> None:
    """Whatever any application has noted; their external ids are free for others."""
    db.execute(delete(project_user).where(project_user.c.member_id == member_id))


def _notes(row: Row[Any]) -> Notes:
    return Notes(
        external_id=row.external_id,
        name=NameParts(row.first_name, row.middle_name, row.last_name),
        labels=tuple(row.labels),
        trusted_metadata=row.trusted_metadata,
        untrusted_metadata=row.untrusted_metadata,
        pending=row.pending,
        breakglass=row.breakglass,
        wants_second_factor=row.wants_second_factor,
        preferred=row.preferred,
    )
