"""Taking an organization out, with all its people at once. Its row stays for its log, which nothing is taken out of."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, func, select, update

from app.domain.members import Status
from app.storage.tables import member, metadata, organization, project_tenant, readiness_figure

_OF_MEMBERS = [
    table for table in reversed(metadata.sorted_tables) if any(key.column.table is member for key in table.foreign_keys)
]
"""All that belongs to members, what refers to others of it first."""

_NOTHING = {
    "email_key": None,
    "password_hash": None,
    "password_stopped_at": None,
    "enrols_with_pass": True,
    "lock_reason": None,
    "locked_until": None,
    "locked_at": None,
    "failures_in_row": 0,
    "locks_in_row": 0,
    "authenticator_count": 0,
    "codes_left": 0,
    "codes_pending": False,
    "ready": False,
}


def end(db: Connection, organization_id: int, public_id: UUID, now: datetime) -> int:
    """It must be held. Its short name is free for another. Returns how many people were in it."""
    present = select(func.count()).where(member.c.organization_id == organization_id, member.c.status != Status.REMOVED)
    people: int = db.execute(present).scalar_one()
    for table in _OF_MEMBERS:
        db.execute(delete(table).where(table.c.organization_id == organization_id))
    removed = update(member).where(member.c.organization_id == organization_id)
    db.execute(removed.values(status=Status.REMOVED, factor_generation=member.c.factor_generation + 1, **_NOTHING))
    for table in (readiness_figure, project_tenant):
        db.execute(delete(table).where(table.c.organization_id == organization_id))
    ended = update(organization).where(organization.c.id == organization_id)
    db.execute(ended.values(ended_at=now, slug=f"removed-{public_id.hex}", second_factor_required_from=None))
    return people
